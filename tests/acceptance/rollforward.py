"""The hand-written computation's statements: opening, movements and closing of each month, in held and payable."""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

from tests.acceptance.sample_lines import TYPES
from tests.acceptance.sample_money import Money
from tests.acceptance.sample_world import AS_OF, PROGRAM_STARTS, months_later

ROWS = {"deferral": "deferred", "release": "released", "forfeiture": "forfeited", "adjustment": "adjusted"}
ROWS |= {"payment": "paid", "holdback": "holdback", "clawback": "clawback", "topup": "topup"}
Rows = dict[tuple[str, str], Fraction]


def months() -> list[tuple[str, date, date]]:
    """The months of the sample book, the running one last: label, first and last day."""
    firsts = [months_later(PROGRAM_STARTS, n) for n in range(35)]
    assert firsts[-1] == AS_OF.replace(day=1)
    return [(f"{day:%Y-%m}", day, months_later(day, 1) - timedelta(days=1)) for day in firsts]


def rollforward(money: Money) -> dict[str, Rows]:
    """The rows of each month by their key and bucket; a row that is not there is zero."""
    balance = {"held": Fraction(0), "payable": Fraction(0)}
    found: dict[str, Rows] = {}
    for label, first, last in months():
        rows = _movements(money, first, last)
        opening = {("opening", bucket): amount for bucket, amount in balance.items()}
        for (_, bucket), amount in rows.items():
            balance[bucket] += amount
        found[label] = rows | opening | {("closing", bucket): amount for bucket, amount in balance.items()}
    return found


def _movements(money: Money, first: date, last: date) -> Rows:
    rules = {line.id: line.rule for line in money.lines}
    found: Rows = defaultdict(Fraction)
    for move in money.moves:
        if first <= move.day <= last:
            key = f"earned.{TYPES[rules[move.line]]}" if move.kind == "accrual" else ROWS[move.kind]
            found[key, move.bucket] += move.amount
    return dict(found)
