"""How tiers of a version move, made ready: names and ranks, each direction, and whether the plain way is enough."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.period import Calendar, Period, add_months
from partnerdesk.engine.rules import Need, Program, TierMoves, TierPolicy, every_part
from partnerdesk.engine.terms.made_of import with_parts
from partnerdesk.engine.world.tree import GROUP


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction of a policy; `unit` is how often it is reviewed, `moves` automatic, confirmed or never."""

    up: bool
    unit: str
    moves: str
    rule: TierMoves
    is_same_period: bool

    @property
    def word(self) -> str:
        return "up" if self.up else "down"

    def first_day(self, calendar: Calendar, period: Period) -> date:
        """The day from which a review of a period counts, before any lag."""
        return period.start if self.is_same_period else calendar.after(period).start

    def effective(self, calendar: Calendar, day: date, partner: Partner) -> date:
        """The day on which a move takes effect whose review counts from a day."""
        if self.rule.lag_months:
            day = calendar.shifted(day, self.rule.lag_months)
        since: date | None = getattr(partner, self.rule.on_anniversary_of) if self.rule.on_anniversary_of else None
        return day if since is None else anniversary(since, day)


def anniversary(since: date, day: date) -> date:
    """The first anniversary of a day that is not before another; 29 February has its own on the 28th."""
    years = max(1, day.year - since.year)
    found = add_months(since, 12 * years)
    return found if found >= day else add_months(since, 12 * (years + 1))


class TierTerms:
    """The tiers of a version. `is_plain`: what the figures reach, or what a person decided, is all there is to it."""

    def __init__(self, program: Program) -> None:
        policy = program.tiers
        self.names = tuple(tier.name for tier in program.tier)
        self.ranks = {name: rank for rank, name in enumerate(self.names)}
        self.start = policy.start or (self.names[0] if self.names else "")
        self.sticky = policy.qualifies_for
        # Down first: where both directions are reviewed on one day, up has the last word.
        self.directions = (_direction(policy, policy.down, up=False), _direction(policy, policy.up, up=True))
        # Whether the figures of a period can move a partner in that period already.
        self.is_same_period = any(d.is_same_period for d in self.directions)
        # Whether a person's decisions count.
        self.is_decided = any(d.moves != "automatic" for d in self.directions)
        # Whether those for the one at the top of its tree count as well.
        self.is_of_group = policy.whose == GROUP if policy.whose else _rests_on_group(program)
        # The days of a partner on whose anniversaries it moves.
        self.anniversaries = tuple(
            {d.rule.on_anniversary_of: None for d in self.directions if d.rule.on_anniversary_of}
        )
        # The requirements on a tier that stand inside a tier's own requirements.
        self.inner = frozenset(id(n) for t in program.tier if t.requires for n in _within(t.requires) if n.tier)
        self.is_plain = not (self.inner or policy.start) and all(
            rule == TierMoves() for rule in (policy.up, policy.down)
        )


def _direction(policy: TierPolicy, rule: TierMoves, *, up: bool) -> Direction:
    moves = rule.moves or policy.moves
    # A person decides after the period: never for days that are over.
    is_same_period = (rule.in_force or policy.in_force) == "same period" and moves != "confirmed"
    return Direction(up, rule.every or policy.every, moves, rule, is_same_period)


def _rests_on_group(program: Program) -> bool:
    """Whether all that decides on a tier is measured of the group: then it is one tier, the group's."""
    needs = [need for tier in program.tier if tier.requires for need in _within(tier.requires)]
    tracks = program.score.track if program.score else ()
    parts = [*(program.score.parts if program.score else ()), *(part for track in tracks for part in track.parts)]
    ahead = [*(need.metric for need in needs), *(part.metric for part in every_part(parts))]
    ahead += [name for name, metric in program.metric.items() if metric.missing == "blocks"]
    reading = (m for m in with_parts(program, ahead) if m.of or m.retention or m.months_since)
    whose = {metric.whose for metric in reading}
    is_asked = any(need.partner for need in needs) or any(track.partner or track.enrolled for track in tracks)
    return whose == {GROUP} and not is_asked


def _within(need: Need) -> Iterator[Need]:
    """A requirement and all that it is made of."""
    yield need
    for group in (need.all, need.any, need.none, need.of):
        for part in group:
            yield from _within(part)
