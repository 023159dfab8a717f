"""What people or finance enter: adjustments, and payments with their tax."""

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
    is what it leaves of its line; `corrects` is the line that an adjustment is about, `fact` the row that was entered.
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
    fact: str = ""


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
                about = getattr(row, "line", "") or ""
                found.append(Entry(kind, PAYABLE, row.day, signed, corrects=about, fact=row.id))
    return found


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
