"""What statements are called: by the month, quarter, half or year of the fiscal year that they are of."""

from datetime import date

from tests.second.judge.account import Account
from tests.second.judge.days import Span, place_in_year, spans_back
from tests.second.judge.typed import until_today
from tests.second.judge.years import Year, months_of


def statement_named(account: Account, number: str, last: date) -> Span | None:
    """The period of the statement of that number, from the partner's first one to the one that holds the last day.

    Balances that were taken over may stand on one before there was anything else.
    """
    span = account.statement(last)
    opening = max((row.day for row in until_today(account, "opening")), default=date.max)
    while span.end >= min(account.first, opening):
        if number_of(span, account) == number:
            return span
        span = spans_back(span, 1, account.case.year)
    return None


def number_of(span: Span, account: Account) -> str:
    """ST-2026-09, ST-2026Q3, or of another year than that of the calendar ST-FY2027M08, ST-FY2027H2, ST-FY2027."""
    year, is_named_by_end = account.case.year, account.case.program.fiscal_year_named == "end"
    if span.unit == "month" and not year.ends_on and year.starts.endswith("-01"):
        return f"ST-{span.start:%Y-%m}"
    number, place = _place(span, year)
    is_plain = year.starts == "01-01"
    name = f"{number}" if is_plain and not year.ends_on else f"FY{number + (is_named_by_end and not is_plain)}"
    if span.unit == "year":
        return f"ST-{name}"
    part = place_in_year(place, span.unit, year)[0] + 1
    return f"ST-{name}M{part:02}" if span.unit == "month" else f"ST-{name}{span.unit[0].upper()}{part}"


def _place(span: Span, year: Year) -> tuple[int, int]:
    """The calendar year in which its fiscal year begins by its terms, and how many months of that are before it."""
    for number in range(span.start.year - 1, span.start.year + 2):
        if span.start in (months := months_of(year, number)):
            return number, months.index(span.start)
    raise LookupError(span)
