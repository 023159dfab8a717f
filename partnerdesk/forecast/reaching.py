"""Whether the figures of a period reach a tier under changed facts, asked many times: the engine's own tiers.

What decides is watched: the metrics of the tiers' requirements and of the score, in the period and in those before it
that count as well. A number that was worked out for a set of actions is used again for every set that is the same in
what the metric reads; everything else is worked out from the facts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.figures.arithmetic import VALUES
from partnerdesk.engine.metrics.metrics import measured
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Measured, Reckoning
from partnerdesk.engine.rules import Need, Program, ScorePart
from partnerdesk.engine.terms.made_of import kinds_needed, made_of
from partnerdesk.engine.tiers.scoring import scored
from partnerdesk.engine.tiers.tiers import reached
from partnerdesk.engine.world.index import Index
from partnerdesk.engine.world.world import World

# A watched number: of which metric, so many periods before the one asked about.
Watched = tuple[str, int]
Numbers = Mapping[Watched, Measured[Decimal]]


class Reaching:
    """One partner's way to a tier by the end of a period, from facts `as_it_stands` on that day."""

    def __init__(
        self, programs: Sequence[Program], as_it_stands: Facts, partner: str, period: Period, tier: str
    ) -> None:
        """Raises ValueError where the version of the period's end has no such tier above the lowest."""
        self.programs, self.as_it_stands, self.partner, self.period = programs, as_it_stands, partner, period
        self.base = self.evaluated(as_it_stands)
        self.version = self.base.terms.at_end(period)
        self.ranks = self.version.tiers.ranks
        if not self.ranks.get(tier):
            raise ValueError(f"there is no tier {tier} to reach in version {self.version.program.version}")
        self.rank = self.ranks[tier]
        self.needs = [t.requires for t in self.version.program.tier[self.rank :] if t.requires is not None]
        self.better = dict(_merged([*self._of_needs(), *self._of_score()]))
        self.is_parted = self._is_parted()

    def evaluated(self, facts: Facts) -> Reckoning[Decimal]:
        """A full evaluation of the partner as of the period's end."""
        found = evaluate(self.programs, facts, self.period.end, partners=[self.partner]).partners[self.partner]
        return found.views.reckoning

    def reckoning(self, facts: Facts, known: Numbers | None = None) -> Reckoning[Decimal]:
        """The partner's evaluation under these facts, with what is known of its numbers."""
        base = self.base
        if base.terms.is_fed_back:
            return self.evaluated(facts)  # metrics of earnings need the lines
        made = Reckoning(VALUES, World(Index(facts), base.world.partner, base.terms), base.terms)
        made.began, made.begun, made.first = base.began, base.begun, base.first
        for (name, back), number in (known or {}).items():
            made.numbers[self.version.metrics[name].slot][self._period(back).label] = number
        return made

    def numbers(self, reckoning: Reckoning[Decimal], watched: Iterable[Watched]) -> dict[Watched, Measured[Decimal]]:
        """Watched numbers of an evaluation."""
        return {
            (name, back): measured(reckoning, self.version.metrics[name], self._period(back)) for name, back in watched
        }

    def reaches(self, reckoning: Reckoning[Decimal]) -> bool:
        """Whether the tier, or a higher one, is reached."""
        return self.ranks[reached(reckoning, self.version, self.period)] >= self.rank

    def score(self, reckoning: Reckoning[Decimal]) -> Decimal | None:
        """The score of the period; None in a program without one."""
        found = scored(reckoning, self.version, self.period)
        return found.total if found else None

    def kinds(self, name: str) -> set[str]:
        """The kinds of fact that a metric reads, through whatever it is made of."""
        metric = self.version.program.metric[name]
        others = (metric.groups.among, metric.groups.without) if metric.groups else ()
        parts = [*made_of(metric), *(other for other in others if other)]
        return kinds_needed(metric).union(*(self.kinds(part) for part in parts))

    def metrics(self, kind: str) -> list[str]:
        """The watched metrics that read a kind of fact, those of the requirements first."""
        return [name for name, back in self.better if not back and kind in self.kinds(name)]

    def _period(self, back: int) -> Period:
        return self.base.calendar.after(self.period, -back) if back else self.period

    def _is_parted(self) -> bool:
        """Whether the watched numbers are all that decides: no score by scopes, no tier that is asked for."""
        rule = self.version.program.score
        tiers = any(need.tier for top in self.needs for need, _ in _within(top, 1))
        return not (self.base.terms.is_fed_back or tiers or (rule is not None and rule.scope))

    def _of_needs(self) -> Iterator[tuple[Watched, int]]:
        """The metrics that requirements bound, each in every period that counts, and where they are better."""
        sticky = self.version.tiers.sticky
        for top in self.needs:
            for need, sign in _within(top, 1):
                for back in range(sticky + need.for_periods - 1 if need.metric else 0):
                    yield (need.metric, back), sign * _side(need)
        for terms in self.version.blocking:
            for back in range(sticky):
                yield (terms.name, back), 0

    def _of_score(self) -> Iterator[tuple[Watched, int]]:
        rule = self.version.program.score
        if rule is None:
            return
        asked = [(need, sign) for top in self.needs for need, sign in _within(top, 1) if need.score]
        signs = {sign * _side(need) for need, sign in asked}
        sign = signs.pop() if len(signs) == 1 else 0
        longest = self.version.tiers.sticky + max((need.for_periods for need, _ in asked), default=1) - 1
        sets = [(rule.parts, sign if asked else 1), *((track.parts, 0) for track in rule.track)]
        for parts, way in sets:
            for name, better in _of_parts(parts, way):
                for back in range(longest):
                    yield (name, back), better


def _within(need: Need, sign: int) -> Iterator[tuple[Need, int]]:
    """A requirement and all that it is made of, with -1 for what must not hold, the longest stretch kept."""
    yield need, sign
    for parts, way in ((need.all, 1), (need.any, 1), (need.of, 1), (need.none, -1)):
        for part in parts:
            yield from _within(_as_long(part, need.for_periods), sign * way)


def _as_long(part: Need, periods: int) -> Need:
    """A part of what must hold in several periods is asked in each of them."""
    return part if periods <= 1 else replace(part, for_periods=part.for_periods + periods - 1)


def _side(need: Need) -> int:
    lower = need.at_least is not None or need.above is not None
    upper = need.at_most is not None or need.below is not None
    return lower - upper


def _of_parts(parts: Sequence[ScorePart], sign: int) -> Iterator[tuple[str, int]]:
    """The metrics of a score and where they are better for it."""
    for part in parts:
        points = [ZERO] * part.is_stepped + [point.points for point in part.scale]
        rises = 1 if points == sorted(points) else -1 if points == sorted(points, reverse=True) else 0
        way = sign if part.as_points or not part.scale else sign * rises
        if part.metric:
            yield part.metric, way
            if part.minimum is not None or part.more_than is not None:
                yield part.metric, rises
        yield from _of_parts(part.parts, way)


def _merged(found: Iterable[tuple[Watched, int]]) -> Mapping[Watched, int]:
    """Of each number where it is better; unknown where requirements and score pull in two directions."""
    signs: dict[Watched, int] = {}
    for watched, sign in found:
        signs[watched] = sign if signs.get(watched, sign) == sign else 0
    return signs
