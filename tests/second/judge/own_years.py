"""Years of a partner's own: from the day on which it joined, or on which its agreement was signed."""

from datetime import date

from tests.second.judge.book import Case
from tests.second.judge.days import ONE_DAY, plus_months

OWN_YEARS = ("partner year", "agreement year")


def own_year(case: Case, unit: str, day: date) -> tuple[date, date] | None:
    """First and last day of the one that holds a day; None for other units, and where its first day is not known."""
    begins = case.partner.joined if unit == "partner year" else case.partner.agreement_signed
    if unit not in OWN_YEARS or begins is None:
        return None
    years = 0
    while day >= plus_months(begins, 12 * (years + 1)):
        years += 1
    while day < plus_months(begins, 12 * years):
        years -= 1
    return plus_months(begins, 12 * years), plus_months(begins, 12 * (years + 1)) - ONE_DAY
