"""The engine's figures beside those of the second evaluator, to the last digit."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from partnerdesk.engine.evaluate import evaluate
from tests.second.judge.book import Case
from tests.second.judge.days import Span
from tests.second.judge.metrics import measure
from tests.second.maker.pair import Pair

DIGITS = 20  # figures that are not rounded are compared to so many significant digits


@dataclass(frozen=True)
class Difference:
    where: str
    engine: Any
    judge: Any

    def __str__(self) -> str:
        return f"{self.where}: the engine says {self.engine}, the judge {self.judge}"


def same(engine: Decimal | None, judge: Fraction | None) -> bool:
    """Whether two numbers are one; what the engine holds in 28 digits may differ from a fraction in the last few."""
    if engine is None or judge is None:
        return engine is None and judge is None
    if Fraction(engine) == judge:
        return True
    return (
        abs(Fraction(engine) - judge) * 10**DIGITS <= max(abs(judge), Fraction(1, 10**DIGITS))
        and len(engine.as_tuple().digits) > DIGITS
    )


def compared(pair: Pair) -> Iterator[Difference]:
    found = evaluate(pair.programs, pair.facts, pair.as_of)
    for partner in pair.facts.of("partner"):
        case = Case(pair.programs[0], pair.facts, pair.as_of, partner)
        yield from _metrics(case, found.partners[partner.id])


def _metrics(case: Case, outcome: Any) -> Iterator[Difference]:
    from partnerdesk.engine.period import periods

    labels = {
        p.label: p
        for unit in ("month", "quarter", "half", "year")
        for p in periods(case.program.effective_from, case.as_of, unit, case.first_month)
    }
    for (name, label), result in outcome.metrics.items():
        period = labels[label]
        judged = measure(case, name, Span(period.unit, period.start, period.end))
        if not same(result.value, judged):
            yield Difference(
                f"{case.partner.id} {name} {label}", result.value, judged and f"{judged} = {float(judged)}"
            )
