"""What a path to a tier earns the partner: by the end of its review, in the year after it, and through the tier.

Each path with its actions done is held against the same course of things: what is in none of the paths goes its
likeliest way, and new business comes as in a few drawn futures, over which amounts are averaged; without business to
come a tier would seem to bring nothing. Where a person decides on tiers, the coming reviews are taken as confirmed on
both sides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.facts import Deal, Facts
from partnerdesk.engine.figures.arithmetic import VALUES
from partnerdesk.engine.money import ZERO, decimals, rounded
from partnerdesk.engine.period import add_months, month_end
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.engine.whole import Outcome
from partnerdesk.forecast.actions import Action, settled
from partnerdesk.forecast.effects import Compared, Effect, effect
from partnerdesk.forecast.efforts import FORWARD
from partnerdesk.forecast.event import MONTHS, at_likeliest
from partnerdesk.forecast.items import Rows, joined, without
from partnerdesk.forecast.path import Path
from partnerdesk.forecast.prepared import Asked, Prepared
from partnerdesk.forecast.ways import Way
from partnerdesk.forecast.worth import as_confirmed

FUTURES, SEED = 4, 1  # of new business: each costs three evaluations a path


@dataclass(frozen=True, slots=True)
class Brings:
    """What a path earns in `currency` up to `horizon`: payable by `at_once`, `later`, and through the tier."""

    currency: str
    at_once: date
    horizon: date
    now: Decimal
    later: Decimal
    tier: Decimal

    @property
    def total(self) -> Decimal:
        """All parts together."""
        return self.now + self.later + self.tier

    def part(self, name: str) -> Decimal:
        """One of the parts by its name."""
        found: Decimal = getattr(self, name)
        return found


class PathMoney:
    """The evaluations that tell what paths of a way earn, up to a year after its review."""

    def __init__(self, way: Way, paths: Sequence[Path], posted: Posted | None = None) -> None:
        near = way.prepared
        self.horizon = month_end(add_months(way.period.end, MONTHS))
        asked = Asked(near.asked.as_of, self.horizon, FUTURES, SEED)
        self.prepared = Prepared(near.programs, near.learned, near.partner, asked, posted)
        terms = Terms(near.programs, self.horizon)
        self.currency, self.at_once = terms.currency, terms.statement_period(way.period.end).end
        self._is_confirmed = any(d.moves == "confirmed" for d in terms.versions[-1].tiers.directions)
        self.courses = self._courses({step.action.fact for path in paths for step in path.steps})
        self._stands = [self._follows(facts) for facts in self.courses]

    def _courses(self, told: set[tuple[str, str] | None]) -> list[Facts]:
        """How things go without any path: what is `told` of as it stands, the rest at its likeliest, new business."""
        prepared = self.prepared
        others = [item for item in prepared.items if item.key not in told]
        base = at_likeliest(prepared.as_it_stands, others)
        return [joined(base, prepared.new(n)) for n in range(FUTURES if prepared.coming else 1)]

    def of(self, path: Path) -> Brings:
        """What a path earns on average with all its actions done."""
        done = [step.action for step in path.steps]
        own = frozenset(row.id for action in done for _, row in action.rows)
        pairs = zip(self.courses, self._stands, strict=True)
        found = [self._effect(self.facts(facts, done), stands, own) for facts, stands in pairs]

        def mean(part: str) -> Decimal:
            return rounded(sum((one.part(part) for one in found), ZERO) / len(found), decimals(self.currency))

        return Brings(self.currency, self.at_once, self.horizon, mean("now"), mean("later"), mean("tier"))

    def _effect(self, facts: Facts, stands: Outcome, own: frozenset[str]) -> Effect[Decimal]:
        held = self.prepared.run(facts, stands.tier_on)
        return effect(VALUES, Compared(stands, held, self._follows(facts)), self.at_once, own)

    def facts(self, course: Facts, done: Sequence[Action]) -> Facts:
        """A course of things with these actions done, and what they bring up to the horizon."""
        settle = {action.fact for action in done}
        stands = without(course, [item for item in self.prepared.items if item.key in settle])
        return joined(stands, [row for action in done for row in self._rows(action)])

    def _rows(self, action: Action) -> Rows:
        """The facts of an action; those of the search end with the review."""
        if action.fact is None:
            return action.rows
        if action.kind == FORWARD:
            (kind, row), asked = action.rows[0], self.prepared.asked
            after = self.prepared.learned.follows.after
            more = after(row, asked.as_of, asked.horizon) if isinstance(row, Deal) else ()
            return ((kind, row), *more)
        item = next(item for item in self.prepared.items if item.key == action.fact)
        way = settled(item)
        return way.rows if way is not None else action.rows

    def _follows(self, facts: Facts) -> Outcome:
        """The figures with the tiers that follow from them, confirmed where a person would have to."""
        found = self.prepared.run(facts)
        if not self._is_confirmed:
            return found
        return self.prepared.run(facts, as_confirmed(found, self.prepared.asked.as_of))
