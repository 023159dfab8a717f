"""Years that are none of the program: of the partner, of a contract, of a customer."""

from datetime import date
from typing import Any

from tests.second.judge.book import Case, find
from tests.second.judge.days import ONE_DAY, plus_months
from tests.second.judge.filters import first_business

OWN_YEARS = ("partner year", "agreement year")
OWNERS_YEARS = ("contract year", "customer year")


def own_year(case: Case, unit: str, day: date) -> tuple[date, date] | None:
    """First and last day of the one that holds a day; None for other units, and where its first day is not known."""
    begins = case.partner.joined if unit == "partner year" else case.partner.agreement_signed
    return None if unit not in OWN_YEARS or begins is None else _year(begins, day)


def year_of_owner(case: Case, unit: str, day: date, owner: Any) -> tuple[date, date] | None:
    """The same of a contract, or of a customer of the partner; None where its first day is not known."""
    if unit == "customer year":
        begins = first_business(case, owner if isinstance(owner, str) else None)
    else:
        contract = find(case, "contract", owner if isinstance(owner, str) else None)
        begins = contract.start if contract else None
    return None if begins is None else _year(begins, day)


def _year(begins: date, day: date) -> tuple[date, date]:
    years = 0
    while day >= plus_months(begins, 12 * (years + 1)):
        years += 1
    while day < plus_months(begins, 12 * years):
        years -= 1
    return plus_months(begins, 12 * years), plus_months(begins, 12 * (years + 1)) - ONE_DAY
