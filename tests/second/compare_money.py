"""Lines, entries and payouts of the engine beside those of the second evaluator."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.second.judge.account import Account
from tests.second.judge.ledger import Entry, Ledger
from tests.second.judge.line import Line
from tests.second.judge.losses import losses
from tests.second.judge.manual_holds import on_hold
from tests.second.judge.paid import lines_of
from tests.second.judge.payouts import Payout, payouts
from tests.second.judge.typed import opens

Figure = tuple[str, Any, Any]
NUMBERS = ("moved", "paid", "carried", "advanced", "recovered", "owed", "invoiced", "lost", "withheld")


def figures(account: Account, outcome: Any) -> Iterator[Figure]:
    """What each rule pays for a fact on a day, what moves in the ledger, what is paid out."""
    lines = lines_of(account)
    ledger = Ledger(account, lines)
    yield from _lines(outcome, [line for line in lines if line.event >= opens(account)])
    entries = [*ledger.entries, *on_hold(account, [lot.line for lot in ledger.lots], ledger.entries)]
    paid, back = payouts(account, entries)
    yield from _entries(outcome, [*entries, *back, *losses(paid, account.as_of)])
    has_paid = any(entry.kind in ("payment", "tax") for entry in entries)
    yield from _payouts(outcome, paid if has_paid else payouts(account, entries, as_made=True)[0])


def _lines(outcome: Any, lines: list[Line]) -> Iterator[Figure]:
    engine, judged = defaultdict(Decimal), defaultdict(Fraction)
    for line in outcome.lines:
        engine[line.rule.key, line.event, _of_fact(line.fact_kind, line.fact_id)] += line.amount
    for own in lines:
        judged[own.key, own.event, _of_fact(own.kind, own.fact)] += own.amount
    yield from _sums("line", engine, judged)


def _of_fact(kind: str, id: str) -> str:
    return "" if kind == "earning" else id


def _sums(where: str, engine: Mapping[Any, Decimal], judged: Mapping[Any, Fraction]) -> Iterator[Figure]:
    for name in sorted(engine.keys() | judged.keys()):
        words = " ".join(map(str, name))
        yield f"{where} {words}", engine.get(name, Decimal(0)), judged.get(name, Fraction(0))


def _entries(outcome: Any, moved: list[Entry]) -> Iterator[Figure]:
    """What moved in a bucket on a day, of the lines of one earning or of none."""
    engine, judged = defaultdict(Decimal), defaultdict(Fraction)
    for entry in outcome.entries:
        engine[entry.kind, entry.bucket, entry.day, entry.line.partition(":")[0]] += entry.amount
    for own in moved:
        judged[own.kind, own.bucket, own.day, own.line.partition(":")[0]] += own.amount
    yield from _sums("entry", engine, judged)


def _payouts(outcome: Any, paid: list[Payout]) -> Iterator[Figure]:
    """Every payout, number by number, and its days."""
    engine = {(payout.period.end, payout.type): payout for payout in outcome.payouts.values()}
    judged = {(payout.span.end, payout.type): payout for payout in paid}
    for key in sorted(engine.keys() | judged.keys()):
        a, b, where = engine.get(key), judged.get(key), f"payout {key[0]} {key[1]}"
        yield f"{where} is there", a is not None, b is not None
        if a is not None and b is not None:
            yield f"{where} days", (a.cut, a.day), (b.cut, b.day)
            for name in NUMBERS:
                yield f"{where} {name}", getattr(a, name), getattr(b, name)
