"""How a partner stands among the others, without telling who they are: median and quartiles, rounded.

The only place where one partner's document may learn something of others. Nothing here is anybody's own figure: each
number is the mean of two or three neighbours in the order, never the least or the greatest, and rounded coarsely. Where
too few others have a figure, or what is left would still be one partner's, nothing is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.rules import FEWEST_OTHERS, Benchmark, Program
from partnerdesk.engine.whole import Outcome
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation, needed_programs

SCORE = ""  # in the place of a metric's name
FINENESS = 25  # a figure is rounded to at least one part in so many of the greatest of the three
COARSER = 3  # how often a figure that happens to be one partner's own is rounded again
_NICE = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_QUARTERS = (Decimal("0.25"), Decimal("0.5"), Decimal("0.75"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A figure beside those of `others` partners: three rounded numbers, or the reason why there are none."""

    name: str
    label: str
    unit: str
    own: Decimal | None
    others: int = 0  # how many; 0 where nothing is told
    lower: Decimal | None = None
    median: Decimal | None = None
    upper: Decimal | None = None
    refused: str = ""


def benchmark(session: Session, partner: str, period: str, as_of: date, *, scored: str = "") -> tuple[Compared, ...]:
    """What the version in force on a day lets a partner compare for a period such as 2026Q3; empty where nothing.

    `scored` is the period of the scores where they are of another one, such as its last month.
    """
    versions = needed_programs(session)
    program = ([p for p in versions if p.effective_from <= as_of] or [versions[0]])[-1]
    rule = program.benchmark
    if not (rule.metrics or rule.score):
        return ()
    found = evaluation(session, as_of).partners
    people = {p.id: p for p in facts(session, kinds=("partner",)).of("partner") if p.id in found}
    if partner not in people:
        return ()
    peers = [found[id] for id, other in people.items() if _is_peer(rule, people[partner], other)]
    return compared(program, found[partner], peers, period, scored)


def _is_peer(rule: Benchmark, one: Partner, other: Partner) -> bool:
    return other.id != one.id and (rule.among == "all" or other.type == one.type)


def compared(
    program: Program, own: Outcome, others: Sequence[Outcome], period: str, scored: str = ""
) -> tuple[Compared, ...]:
    """Each figure that the version names, of one partner beside others."""
    rule = program.benchmark
    names = [*([SCORE] if rule.score else []), *rule.metrics]
    spans = {SCORE: scored or period}
    return tuple(_compared(program, name, own, others, spans.get(name, period)) for name in dict.fromkeys(names))


def _compared(program: Program, name: str, own: Outcome, others: Sequence[Outcome], period: str) -> Compared:
    label = "Score" if name == SCORE else program.metric[name].says
    results = (outcome.metrics.get((name, period)) for outcome in (own, *others))
    unit = "points" if name == SCORE else next((found.unit for found in results if found), "")
    told = Compared(name=name, label=label, unit=unit, own=_value(own, name, period))
    known = [value for other in others if (value := _value(other, name, period)) is not None]
    return _told(told, known, max(FEWEST_OTHERS, program.benchmark.least))


def _value(outcome: Outcome, name: str, period: str) -> Decimal | None:
    if name == SCORE:
        score = outcome.scores.get(period)
        return score.total if score else None
    result = outcome.metrics.get((name, period))
    return result.value if result else None


def _told(row: Compared, known: Sequence[Decimal], least: int) -> Compared:
    """The row with its numbers, or with why they are kept back."""
    if len(known) < least:
        return replace(row, refused=f"fewer than {least} others have a figure")
    found = quartiles(known)
    if found is None:
        return replace(row, refused="the others are too much alike to stay unknown")
    lower, median, upper = found
    return replace(row, others=len(known), lower=lower, median=median, upper=upper)


def quartiles(values: Sequence[Decimal]) -> tuple[Decimal, Decimal, Decimal] | None:
    """Lower quartile, median and upper quartile of five values or more, as they may be told.

    None where all three would be one number (it would be nearly everybody's), or where one would still be exactly what
    a single partner has. Raises ValueError for fewer than five values.
    """
    if len(values) < FEWEST_OTHERS:
        raise ValueError(f"quartiles of {len(values)} values would tell single ones")
    ordered = sorted(values)
    exact = [_around(ordered, share) for share in _QUARTERS]
    singles = {value for value in values if ordered.count(value) == 1}
    step = _step(max(map(abs, exact)))
    for _ in range(COARSER):
        lower, median, upper = (_rounded(value, step) for value in exact)
        if lower == upper:
            return None
        if singles.isdisjoint((lower, median, upper)):
            return lower, median, upper
        step = _next(step)
    return None


def _around(ordered: Sequence[Decimal], share: Decimal) -> Decimal:
    """The mean of the two or three values about a place in the order, the first and the last left out."""
    place = (len(ordered) - 1) * share
    near = [ordered[i] for i in range(1, len(ordered) - 1) if abs(i - place) <= 1]
    return sum(near, Decimal(0)) / len(near)


def _step(greatest: Decimal) -> Decimal:
    """The least of 1, 2, 5, 10 times a power of ten that is a share of the greatest number or more."""
    wanted = greatest / FINENESS
    if not wanted:
        return Decimal(1)
    power = Decimal(1).scaleb(wanted.adjusted())
    return next(nice * power for nice in _NICE if nice * power >= wanted)


def _next(step: Decimal) -> Decimal:
    """The next coarser step: 1, 2, 5, 10."""
    first = step.scaleb(-step.adjusted())
    return next(nice for nice in _NICE if nice > first).scaleb(step.adjusted())


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step + 0  # never -0
