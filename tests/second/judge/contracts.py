"""The contracts behind a line, whether they have ended, and when the customer went live."""

from datetime import date
from typing import Any

from tests.second.judge.book import Case, find, mine, rows
from tests.second.judge.line import Line


def contracts_of(case: Case, line: Line) -> list[Any]:
    """The contracts that came from the line's deal, and the line's own, in order of (start, id)."""
    found = [row for row in rows(case, "contract") if line.deal and row.deal == line.deal]
    own = find(case, "contract", line.contract)
    found += [own] if own is not None and own not in found else []
    return sorted(found, key=lambda row: (row.start or date.max, row.id))


def has_ended(case: Case, line: Line, day: date) -> bool:
    """Whether every contract of the line, else of its customer, has ended by a day, with all that renewed them."""
    chain = contracts_of(case, line)
    if not chain and line.customer:
        chain = [row for row in mine(case, "contract") if row.customer == line.customer]
    for contract in chain:  # grows with what it finds
        chain += [row for row in _renewals(case, contract) if row not in chain]
    return bool(chain) and all(_is_over(case, contract, day) for contract in chain)


def _renewals(case: Case, contract: Any) -> list[Any]:
    return [row for row in rows(case, "contract") if row.renewal_of == contract.id]


def _is_over(case: Case, contract: Any, day: date) -> bool:
    """It churned, its term ran out, or another one took its place."""
    if contract.outcome == "churned":
        ended = contract.outcome_on or contract.end
        return ended is not None and ended <= day
    if contract.outcome in ("renewed", "expanded", "contracted"):
        return bool(_renewals(case, contract))
    return contract.end is not None and contract.end < day


def live_day(case: Case, line: Line, name: str, nth: int = 1, is_last: bool = False) -> date | None:
    """The first go-live (or first value) of the deal's deployments, else of the customer's from the event on.

    Or a later one of them, or the last, once all that are known have one.
    """
    found = [row for row in rows(case, "deployment") if line.deal and row.deal == line.deal]
    if not found and line.customer:
        own = [row for row in mine(case, "deployment") if row.customer == line.customer]
        found = [row for row in own if (row.live or line.event) >= line.event]
    days = sorted(day for row in found if (day := getattr(row, name)) is not None and day <= case.as_of)
    if is_last:
        return max(days) if found and len(days) == len(found) else None
    return days[nth - 1] if len(days) >= nth else None
