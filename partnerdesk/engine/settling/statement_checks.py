"""Five identities that a statement must keep to the cent, each taken from another side than its rows were made from."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.money import ZERO, rounded
from partnerdesk.engine.outcome import CheckResult, EarningLine, Entry, Row
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.world.world import MissingRate

if TYPE_CHECKING:
    from partnerdesk.engine.settling.statement import StatementBook


def checks(
    book: "StatementBook[N]",
    period: Period,
    rows: Sequence[Row[N]],
    lines: Sequence[EarningLine[N]],
    own: Sequence[Entry[N]],
) -> tuple[CheckResult, ...]:
    """The checks of a period's statement; every difference must be zero.

    A closed statement stands as it was posted: what lines and payments are today is the business of a later one.
    """
    value = book.reckoning.arithmetic.value
    by_key = {r.key: r for r in rows}
    begun = sum((value(e.amount) for e in book.entries if e.period.end < period.start), ZERO)
    moved = sum((value(e.amount) for e in own), ZERO)
    earned = sum((value(r.total) for r in rows if r.key.startswith("earned.") or r.key == "topup"), ZERO)
    paid = sum((value(by_key[key].total) for key in ("paid", "tax") if key in by_key), ZERO)
    is_closed = book.closed_to is not None and period.end <= book.closed_to
    detail = earned if is_closed else sum((value(line.amount) for line in lines), ZERO)
    remitted = -paid if is_closed else _remitted(book.reckoning, period)
    return (
        CheckResult("Movements equal the closing balance", begun + moved - value(by_key["closing"].total)),
        CheckResult("Transfers net to zero", sum((value(r.total) for r in rows if r.transfer), ZERO)),
        CheckResult("Detail equals summary", detail - earned),
        CheckResult("Paid equals remittances", paid + remitted),
        CheckResult("Opening equals the last closing", begun - value(by_key["opening"].total)),
    )


def _remitted(reckoning: Reckoning[N], period: Period) -> Decimal:
    """What the payments of the period come to, by their own rows."""
    total, first = ZERO, max(period.start, reckoning.opens or period.start)
    for payment in reckoning.world.series("payment", "day").between(first, min(period.end, reckoning.as_of)):
        if payment.amount is None:
            continue  # it makes no entry
        amount, tax = payment.amount, payment.tax or ZERO
        if payment.currency != reckoning.currency:
            program = reckoning.terms.at(payment.day).program
            try:
                found = reckoning.world.exchange(payment.currency, payment.day, program.exchange)
            except MissingRate:
                continue
            rounding = program.rounding
            amount, tax = (rounded(found.of(n), rounding.decimals, rounding.mode) for n in (amount, tax))
        total += amount + tax
    return total
