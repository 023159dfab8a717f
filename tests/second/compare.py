"""The engine's figures beside those of the second evaluator, to the last digit."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.period import periods
from tests.second.judge.account import Account
from tests.second.judge.book import Case
from tests.second.judge.days import Span
from tests.second.judge.ledger import Ledger
from tests.second.judge.metrics import measure
from tests.second.judge.paid import lines_of
from tests.second.judge.payouts import payouts
from tests.second.judge.reached import reached
from tests.second.judge.score import score
from tests.second.judge.standing import Standing
from tests.second.judge.versions import case_of, on_day
from tests.second.maker.pair import Pair

DIGITS = 20  # figures that are not rounded are compared to so many significant digits
NUMBERS = ("moved", "paid", "carried", "advanced", "recovered", "owed", "invoiced", "lost", "withheld")


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
    """Every figure of every partner that differs."""
    found = evaluate(pair.programs, pair.facts, pair.as_of)
    for partner in pair.facts.of("partner"):
        case = case_of(pair.programs, pair.facts, pair.as_of, partner)
        outcome = found.partners[partner.id]
        yield from _metrics(case, outcome)
        yield from _scores(case, outcome)
        yield from _standings(case, outcome)
        yield from _lines(case, outcome)


def _lines(case: Case, outcome: Any) -> Iterator[Difference]:
    """What each rule pays for a fact on a day; of tiers of several versions nothing is said."""
    if len(case.versions) > 1 and any(version.tier for version in case.versions):
        return
    engine, judged = defaultdict(Decimal), defaultdict(Fraction)
    for line in outcome.lines:
        engine[line.rule.key, line.event, _of_fact(line.fact_kind, line.fact_id)] += line.amount
    account = Account(case)
    lines = lines_of(account)
    for own in lines:
        judged[own.key, own.event, _of_fact(own.kind, own.fact)] += own.amount
    yield from _sums(f"{case.partner.id} line", engine, judged)
    ledger = Ledger(account, lines)
    yield from _entries(case, outcome, ledger)
    yield from _payouts(account, outcome, ledger)


def _sums(where: str, engine: Mapping[Any, Decimal], judged: Mapping[Any, Fraction]) -> Iterator[Difference]:
    for name in sorted(engine.keys() | judged.keys()):
        a, b = engine.get(name, Decimal(0)), judged.get(name, Fraction(0))
        if not same(a, b):
            yield Difference(f"{where} {' '.join(map(str, name))}", a, b)


def _entries(case: Case, outcome: Any, ledger: Ledger) -> Iterator[Difference]:
    """What moved in a bucket on a day, of the lines of one earning or of none."""
    engine, judged = defaultdict(Decimal), defaultdict(Fraction)
    for entry in outcome.entries:
        engine[entry.kind, entry.bucket, entry.day, entry.line.partition(":")[0]] += entry.amount
    for own in ledger.entries:
        judged[own.kind, own.bucket, own.day, own.line.partition(":")[0]] += own.amount
    yield from _sums(f"{case.partner.id} entry", engine, judged)


def _payouts(account: Account, outcome: Any, ledger: Ledger) -> Iterator[Difference]:
    """Every payout, number by number, and its days."""
    engine = {(payout.period.end, payout.type): payout for payout in outcome.payouts.values()}
    judged = {(payout.span.end, payout.type): payout for payout in payouts(account, ledger.entries)}
    for key in sorted(engine.keys() | judged.keys()):
        a, b, where = engine.get(key), judged.get(key), f"{account.case.partner.id} payout {key[0]} {key[1]}"
        if a is None or b is None:
            yield Difference(where, a and a.because, b)
            continue
        if (a.cut, a.day) != (b.cut, b.day):
            yield Difference(f"{where} days", (a.cut, a.day), (b.cut, b.day))
        for name in NUMBERS:
            if not same(getattr(a, name), getattr(b, name)):
                yield Difference(f"{where} {name}", getattr(a, name), getattr(b, name))


def _of_fact(kind: str, id: str) -> str:
    return "" if kind == "earning" else id


def _spans(case: Case) -> dict[str, Span]:
    """The periods of every unit by their labels."""
    first = case.versions[0]
    return {
        period.label: Span(period.unit, period.start, period.end)
        for unit in ("month", "quarter", "half", "year")
        for period in periods(first.effective_from, case.as_of, unit, first.fiscal_year_starts)
    }


def _metrics(case: Case, outcome: Any) -> Iterator[Difference]:
    spans = _spans(case)
    for (name, label), result in outcome.metrics.items():
        then = on_day(case, case.last_day(spans[label]))
        if name not in then.program.metric or then.program.metric[name].of == "earning":
            continue
        judged = measure(then, name, spans[label])
        if not same(result.value, judged):
            yield Difference(f"{case.partner.id} {name} {label}", result.value, judged)


def _scores(case: Case, outcome: Any) -> Iterator[Difference]:
    spans = _spans(case)
    for label, result in outcome.scores.items():
        judged = score(on_day(case, case.last_day(spans[label])), spans[label]).total
        if not same(result.total, judged):
            yield Difference(f"{case.partner.id} score {label}", result.total, judged)


def _standings(case: Case, outcome: Any) -> Iterator[Difference]:
    """The tier that is reached, and the one in force; of one version, whose reviews are not those of another."""
    if not outcome.standings or len(case.versions) > 1:
        return
    spans, standing = _spans(case), Standing(case)
    for label, result in outcome.standings.items():
        reach, held = reached(case, spans[label], standing.before), standing.held(spans[label])
        if result.reached != standing.names[reach]:
            yield Difference(f"{case.partner.id} reached {label}", result.reached, standing.names[reach])
        if result.tier != standing.names[held]:
            yield Difference(f"{case.partner.id} tier {label}", result.tier, standing.names[held])
