"""What people or finance enter: adjustments, payments with their tax, and what waits while a line is disputed."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from tests.second.judge.account import Account
from tests.second.judge.book import mine
from tests.second.judge.money import NoRate, exchanged, rounded

HELD, PAYABLE = "held", "payable"
# What is typed: the kind of its entry, the kind of the fact, and its amount.
TYPED = (("adjustment", "adjustment", "amount"), ("payment", "payment", "amount"), ("tax", "payment", "tax"))


class Entry(NamedTuple):
    """A dated movement in one bucket; `line` is what it belongs to, `type` under which type it is settled.

    `settled` is how payouts take it, where they do otherwise: (day, amount, type) for each part. Of a clawback `left`
    is what it leaves of its line; `corrects` is the line that an adjustment is about.
    """

    kind: str
    bucket: str
    day: date
    amount: Fraction
    line: str = ""
    type: str = ""
    settled: tuple[tuple[date, Fraction, str], ...] = ()
    left: Fraction | None = None
    corrects: str = ""


def typed(account: Account) -> list[Entry]:
    """Adjustments, payments, and the tax that was withheld beside them."""
    found = []
    for kind, of, name in TYPED:
        for row in until_today(account, of, opens(account)):
            if row.amount is None or (kind == "tax" and not row.tax):
                continue
            amount = in_own_money(account, row, getattr(row, name))
            if amount is not None:
                signed = amount if kind == "adjustment" else -amount
                found.append(Entry(kind, PAYABLE, row.day, signed, corrects=getattr(row, "line", "") or ""))
    return found


def disputed(account: Account, entries: list[Entry]) -> list[Entry]:
    """What of a disputed line is not paid yet waits in held until the decision, where the program says so.

    It is what of the line became payable last, and payouts are without it from the day on which it did.
    """
    found = []
    for row in until_today(account, "dispute", opens(account)):
        if row.unpaid is None or row.unpaid <= 0 or account.version_on(row.day).disputes.meanwhile != "hold":
            continue
        amount = in_own_money(account, row, row.unpaid)
        if amount is None:
            continue
        taken, type_ = _last_payable(entries, row, amount)
        moves = [("holdback", row.day, amount, taken)]
        if row.decided is not None and row.decided <= account.as_of:
            day = max(row.decided, row.day)
            moves.append(("release", day, -amount, ((day, amount, type_),)))
        for kind, day, held, settled in moves:
            found += [Entry(kind, HELD, day, held, row.line), Entry(kind, PAYABLE, day, -held, row.line, "", settled)]
    return found


def _last_payable(
    entries: list[Entry], row: Any, amount: Fraction
) -> tuple[tuple[tuple[date, Fraction, str], ...], str]:
    """What a dispute takes of its line, the newest first, and the line's type."""
    parts, type_ = [], ""
    for entry in sorted((e for e in entries if e.line == row.line and e.bucket == PAYABLE), key=lambda e: e.day)[::-1]:
        if entry.day <= row.day:
            type_ = entry.type
            if (part := min(entry.amount, amount)) > 0:
                parts.append((entry.day, -part, type_))
                amount -= part
    return (*parts, *([(row.day, -amount, type_)] if amount else [])), type_


def until_today(account: Account, kind: str, since: date = date.min) -> list[Any]:
    return [row for row in mine(account.case, kind) if row.day is not None and since <= row.day <= account.as_of]


def opens(account: Account) -> date:
    """The first day that is posted: after the balances of a partner taken over, else any."""
    last = max((row.day for row in until_today(account, "opening")), default=None)
    return date.min if last is None else last + timedelta(days=1)


def in_own_money(account: Account, row: Any, amount: Any) -> Fraction | None:
    """An amount by the exchange and rounding of its day; none where there is no rate."""
    version = account.version_on(row.day)
    try:
        found = exchanged(account.case, amount, row.currency, row.day, version.exchange)
    except NoRate:
        return None
    if row.currency == account.case.program.currency:
        return found
    return rounded(found, version.rounding.decimals, version.rounding.mode)
