"""The engine's figures beside those of the second evaluator, to the last digit."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.period import periods
from tests.second import compare_funds, compare_money
from tests.second.judge.account import Account
from tests.second.judge.book import Case
from tests.second.judge.days import Span
from tests.second.judge.metrics import measure
from tests.second.judge.policy import names_of
from tests.second.judge.score import score
from tests.second.judge.stages import stages
from tests.second.judge.versions import case_of, on_day
from tests.second.maker.pair import Pair

DIGITS = 20  # figures that are not rounded are compared to so many significant digits


@dataclass(frozen=True)
class Difference:
    where: str
    engine: Any
    judge: Any

    def __str__(self) -> str:
        return f"{self.where}: the engine says {self.engine}, the judge {self.judge}"


def same(engine: Any, judge: Any) -> bool:
    """Whether two figures are one; what the engine holds in 28 digits may differ from a fraction in the last few."""
    if not isinstance(engine, Decimal) or not isinstance(judge, Fraction):
        return bool(engine == judge)
    if Fraction(engine) == judge:
        return True
    _, digits, exponent = engine.as_tuple()
    # What is left of parts without end that cancel out has few digits, all of them the last that are held.
    has_no_end = len(digits) > DIGITS or int(exponent) < -DIGITS
    return has_no_end and abs(Fraction(engine) - judge) * 10**DIGITS <= max(abs(judge), Fraction(1, 10**DIGITS))


def compared(pair: Pair) -> Iterator[Difference]:
    """Every figure of every partner that differs."""
    found = evaluate(pair.programs, pair.facts, pair.as_of)
    for partner in pair.facts.of("partner"):
        account = Account(case_of(pair.programs, pair.facts, pair.as_of, partner))
        outcome = found.partners[partner.id]
        for where, engine, judge in _figures(account, outcome):
            if not same(engine, judge):
                yield Difference(f"{partner.id} {where}", engine, judge)


def _figures(account: Account, outcome: Any) -> Iterator[tuple[str, Any, Any]]:
    """Each figure: where it stands, what the engine says, what the judge does."""
    yield from _metrics(account, outcome)
    yield from _scores(account, outcome)
    yield from _standings(account, outcome)
    yield "stages", {name: view.state for name, view in outcome.stages.items()}, stages(account)
    yield from compare_money.figures(account, outcome)
    yield from compare_funds.figures(account, outcome)


def _spans(case: Case) -> dict[str, Span]:
    """The periods of every unit by their labels."""
    first = case.versions[0]
    return {
        period.label: Span(period.unit, period.start, period.end)
        for unit in ("month", "quarter", "half", "year")
        for period in periods(first.effective_from, case.as_of, unit, first.fiscal_year)
    }


def _metrics(account: Account, outcome: Any) -> Iterator[tuple[str, Any, Any]]:
    case, spans = account.case, _spans(account.case)
    for (name, label), result in outcome.metrics.items():
        then = on_day(case, case.last_day(spans[label]))
        if name in then.program.metric:
            yield f"{name} {label}", result.value, measure(then, name, spans[label])


def _scores(account: Account, outcome: Any) -> Iterator[tuple[str, Any, Any]]:
    spans = _spans(account.case)
    for label, result in outcome.scores.items():
        then = account.under(account.version_at_end(spans[label]))
        yield f"score {label}", result.total, score(then, spans[label]).total
        yield f"takes part {label}", True, account.takes_part(spans[label])


def _standings(account: Account, outcome: Any) -> Iterator[tuple[str, Any, Any]]:
    """The tier that is reached, and the one in force."""
    spans = _spans(account.case)
    for label, result in outcome.standings.items():
        version, span = account.version_at_end(spans[label]), spans[label]
        yield f"reached {label}", result.reached, names_of(version)[account.standing.reached(version, span)]
        yield f"tier {label}", result.tier, account.tier_on(account.case.last_day(span))
        yield f"takes part {label}", True, account.takes_part(span)
