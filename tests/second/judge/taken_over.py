"""A partner taken over in mid-life: balances of a former ledger, which go on by their own schedule."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.second.judge.account import Account
from tests.second.judge.contracts import contracts_of, has_ended, live_day
from tests.second.judge.line import Line
from tests.second.judge.typed import in_own_money, opens, until_today

HELD_KINDS = ("vesting", "holdback")
GIVEN = ("event", "earning", "deal", "contract", "customer", "product")


@dataclass(frozen=True)
class TakenOver:
    """One line of the former ledger: its balances (row, amount), and the line that it is in this one."""

    rows: tuple[tuple[Any, Fraction], ...]
    line: Line

    @property
    def is_open(self) -> bool:
        """Whether an earning of the program goes on with it."""
        return bool(self.line.earning) and self.line.amount > 0


def taken_over(account: Account) -> list[TakenOver]:
    """The former lines, in the order of their first rows. A row that cannot be taken is left out."""
    if not until_today(account, "opening"):
        return []
    names, last = {name for v in account.case.versions for name in v.earning}, opens(account) - timedelta(days=1)
    groups: dict[str, list[tuple[Any, Fraction]]] = defaultdict(list)
    for row in sorted(until_today(account, "opening"), key=lambda row: (row.day, row.id)):
        is_wrong = (
            row.amount is None or row.amount <= 0 or row.day != last or (row.earning and row.earning not in names)
        )
        amount = None if is_wrong else in_own_money(account, row, row.amount)
        if amount is not None:
            groups[row.line or f" {row.id}"].append((row, amount))
    return [TakenOver(tuple(rows), _line(account, rows)) for rows in groups.values()]


def _line(account: Account, rows: list[tuple[Any, Fraction]]) -> Line:
    """It earned what is held, payable and paid of it, on its event's day; each thing is what the first row says."""
    first = rows[0][0]
    given = {name: next((v for row, _ in rows if (v := getattr(row, name))), None) for name in GIVEN}
    name, event = given.pop("earning") or "", given.pop("event") or first.day
    version = account.version_on(event)
    if name and name not in version.earning:
        version = next(v for v in account.case.versions if name in v.earning)
    amount = sum((amount for row, amount in rows if row.kind != "receivable"), Fraction(0))
    key, type_ = (f"earning.{name}", version.earning[name].type) if name else ("opening", "")
    statement, id = account.statement(first.day), f"opening:{first.line or first.id}"
    kind = "deal" if given["deal"] else "contract" if given["contract"] else "opening"
    fact = given["deal"] or given["contract"] or first.id
    return Line(id, key, name, type_, version, event, statement, amount, kind, fact, **given)


def ways_out(account: Account, row: Any, line: Line) -> Iterator[tuple[date, bool]]:
    """The day after the opening or later on which a held balance ends, and whether it is released."""
    first, due = row.day + timedelta(days=1), row.due
    came = _came(account, row, line)
    if came is not None and not (row.waits_for and due is not None and came > due):
        is_lost = row.if_active and has_ended(account.case, line, came)
        yield max(came, first), not is_lost
    elif row.waits_for and due is not None and due < account.as_of:
        yield max(due, first), False


def _came(account: Account, row: Any, line: Line) -> date | None:
    if row.waits_for == "contract start":
        found = min((row.start for row in contracts_of(account.case, line) if row.start), default=None)
    elif row.waits_for:
        found = live_day(account.case, line, "live" if row.waits_for == "customer live" else "first_value")
    else:
        found = row.due
    return found if found is not None and found <= account.as_of else None
