"""The entries of a fund as they were typed or imported: which fund and which request each one means, in which money."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Generic

from partnerdesk.engine.facts import FundEntry
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.world.world import MissingRate

# The kinds of entries in the order in which those of one day happen.
ENTRY_KINDS = (
    "allocation",
    "request",
    "approval",
    "denial",
    "claim",
    "proof",
    "reimbursement",
    "release",
    "expiry",
)
OF_FUND = ("allocation", "expiry")  # those that concern the fund as a whole


def fund_names(reckoning: Reckoning[N]) -> dict[str, str]:
    """The funds of the program by every way to write them; the latest version's words win."""
    found: dict[str, str] = {}
    for version in reckoning.terms.versions:
        for name, rule in version.program.fund.items():
            found |= {name.casefold(): name, rule.says.casefold(): name}
    return found


def by_fund(reckoning: Reckoning[N], through: date) -> dict[str, list[FundEntry]]:
    """The partner's entries up to a day by fund; one that names no fund means the program's only one."""
    names = fund_names(reckoning)
    only = next(iter(names.values())) if len(set(names.values())) == 1 else ""
    found: dict[str, list[FundEntry]] = {name: [] for name in names.values()}
    for row in reckoning.world.series("fund_entry", "day").between(None, through):
        said = row.fund.strip()
        found.setdefault(names.get(said.casefold(), said) if said else only, []).append(row)
    return found


def request_of(entries: Iterable[FundEntry]) -> dict[str, str]:
    """By entry, the id of the request it belongs to: the one it names, else of its activity, else itself."""
    rows = sorted(entries, key=lambda row: (row.kind != "request", row.day or date.min, row.id))
    ids = {row.id for row in rows}
    first: dict[str, str] = {}  # by activity
    found: dict[str, str] = {}
    for row in rows:
        if row.kind in OF_FUND:
            found[row.id] = ""
        elif row.kind != "request" and row.request in ids:
            found[row.id] = row.request or ""
        elif row.activity is not None:
            found[row.id] = first.setdefault(row.activity, row.id)
        else:
            found[row.id] = row.id
    return found


class Money(Generic[N]):
    """Amounts of one fund's entries in the fund's own currency."""

    def __init__(self, reckoning: Reckoning[N], has_rule: bool, entries: Sequence[FundEntry]) -> None:
        self.reckoning = reckoning
        currencies = {row.currency for row in entries if row.amount is not None}
        own = currencies.pop() if not has_rule and len(currencies) == 1 else reckoning.currency
        self.currency: str = own
        self.problems: list[Problem] = []

    def of(self, row: FundEntry, attribute: str, label: str, day: date) -> N | None:
        """The amount of an entry (or its cost), at the rate of a day; None where there is none or no rate."""
        amount = getattr(row, attribute)
        if amount is None:
            return None
        ar = self.reckoning.arithmetic
        if row.currency == self.currency:
            return ar.leaf(row, attribute, amount, row.currency, label)
        version = self.reckoning.terms.at(day)
        try:
            found = self.reckoning.money(version.program.exchange, row, amount, attribute, label, day)
        except MissingRate as missing:
            self.problems.append(Problem(f"fund entry {row.id}", f"{missing}.", "Add the rate."))
            return None
        return ar.round(found, version.program.rounding.decimals, version.program.rounding.mode)
