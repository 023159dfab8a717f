"""Fiscal years of every published kind: where their periods begin, what they are called, how windows count in them."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from partnerdesk.engine.facts import Partner, Transaction
from partnerdesk.engine.fiscal import FiscalYear, Weeks, unit_of
from partnerdesk.engine.period import CALENDAR_YEAR, MONTHS, Calendar, Period, next_period, period_at, periods
from tests.engine.cases import program, worked

SATURDAY, FRIDAY = 5, 4
LAST_OF_JULY = FiscalYear(8, 1, weeks=Weeks(SATURDAY))
NEAREST_TO_JANUARY = FiscalYear(2, 1, weeks=Weeks(FRIDAY, nearest=True, quarter=(4, 5, 4)))
TAX_YEAR = FiscalYear(4, 6)
KINDS = (
    CALENDAR_YEAR,
    FiscalYear(7),
    TAX_YEAR,
    FiscalYear(1, 31),
    FiscalYear(2, 29, "begin"),
    LAST_OF_JULY,
    NEAREST_TO_JANUARY,
    FiscalYear(1, 1, weeks=Weeks(6, nearest=True, quarter=(5, 4, 4), longer=7)),
    FiscalYear(3, 1, "begin", Weeks(0)),
    FiscalYear(1, 1, weeks=Weeks(5, longer=13, quarters=(3, 3, 3, 4))),
    FiscalYear(2, 1, weeks=Weeks(5, nearest=True, longer=13, quarters=(4, 3, 3, 3))),
)


def between(first: tuple[int, int, int], last: tuple[int, int, int]) -> tuple[date, date]:
    return date(*first), date(*last)


@pytest.mark.parametrize(
    ("day", "unit", "label", "days"),
    [
        # The last Saturdays of July: 27 in 2024, 26 in 2025, 25 in 2026, 31 in 2027, 29 in 2028.
        ((2024, 7, 27), "year", "FY2024", ((2023, 7, 30), (2024, 7, 27))),
        ((2024, 7, 28), "year", "FY2025", ((2024, 7, 28), (2025, 7, 26))),
        ((2026, 7, 25), "year", "FY2026", ((2025, 7, 27), (2026, 7, 25))),
        ((2026, 7, 26), "year", "FY2027", ((2026, 7, 26), (2027, 7, 31))),
        ((2027, 8, 1), "year", "FY2028", ((2027, 8, 1), (2028, 7, 29))),
        ((2025, 10, 25), "quarter", "FY2026Q1", ((2025, 7, 27), (2025, 10, 25))),
        ((2026, 1, 24), "quarter", "FY2026Q2", ((2025, 10, 26), (2026, 1, 24))),
        ((2026, 1, 25), "half", "FY2026H2", ((2026, 1, 25), (2026, 7, 25))),
        ((2026, 3, 1), "month", "FY2026M08", ((2026, 2, 22), (2026, 3, 21))),
        ((2026, 7, 25), "month", "FY2026M12", ((2026, 6, 21), (2026, 7, 25))),
        # Week 53 of FY2027 makes its last month one of six weeks.
        ((2027, 7, 31), "month", "FY2027M12", ((2027, 6, 20), (2027, 7, 31))),
    ],
)
def test_a_year_that_ends_on_the_last_saturday_of_july(day: Any, unit: str, label: str, days: Any) -> None:
    assert period_at(date(*day), unit, LAST_OF_JULY) == Period(*between(*days), unit, label)


@pytest.mark.parametrize(
    ("year", "ends"),
    [(2023, (2023, 2, 3)), (2024, (2024, 2, 2)), (2025, (2025, 1, 31)), (2026, (2026, 1, 30)), (2027, (2027, 1, 29))],
)
def test_a_year_that_ends_on_the_friday_nearest_to_the_end_of_january(year: int, ends: tuple[int, int, int]) -> None:
    found = period_at(date(*ends), "year", NEAREST_TO_JANUARY)
    assert (found.end, found.label) == (date(*ends), f"FY{year}")
    assert (found.end - found.start).days + 1 == (371 if year == 2023 else 364)
    weeks = [(p.end - p.start).days // 7 + 1 for p in periods(found.start, found.end, "month", NEAREST_TO_JANUARY)]
    assert weeks == [4, 5, 4] * 3 + [4, 5, 5 if year == 2023 else 4]


def test_a_year_that_begins_inside_a_month() -> None:
    assert period_at(date(2026, 4, 5), "year", TAX_YEAR).label == "FY2026"
    found = period_at(date(2026, 4, 6), "year", TAX_YEAR)
    assert found == Period(date(2026, 4, 6), date(2027, 4, 5), "year", "FY2027")
    assert period_at(date(2027, 1, 5), "month", TAX_YEAR) == Period(
        date(2026, 12, 6), date(2027, 1, 5), "month", "FY2027M09"
    )
    assert period_at(date(2026, 4, 6), "year", FiscalYear(4, 6, "begin")).label == "FY2026"
    months = [p.start for p in periods(date(2026, 1, 31), date(2026, 4, 1), "month", FiscalYear(1, 31))]
    assert months == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]


@pytest.mark.parametrize("year", KINDS)
@pytest.mark.parametrize("unit", MONTHS)
def test_every_day_has_one_period(year: FiscalYear, unit: str) -> None:
    calendar, first = Calendar(year), period_at(date(2019, 5, 17), unit, year)
    found = [first]
    while found[-1].end < date(2031, 1, 1):
        found.append(next_period(found[-1], year))
    assert len({p.label for p in found}) == len(found)
    assert all(after.start == before.end + timedelta(days=1) for before, after in pairwise(found))
    assert all(unit_of(p.label) == unit for p in found)
    for n, period in enumerate(found):
        for day in (period.start, period.start + timedelta(days=9), period.end):
            assert calendar.at(day, unit) == period
        assert calendar.after(first, n) == period and calendar.after(period, -n) == first
        years, rest = divmod(n, year.count(unit))
        steps = years * year.steps_in("year") + rest * year.steps_in(unit)
        assert calendar.stepped(first.start, steps) == period.start
        assert calendar.stepped_end(first.end, steps) == period.end
        assert calendar.steps_before(period, steps) == first
    assert calendar.between(first.start, found[-1].end, unit) == tuple(found)


HEAD = 'fiscal_year_starts = "08-01"\nfiscal_weeks = { ends_on = "Saturday" }\n'


def invoiced(window: str, as_of: date, period: str, *days: date, head: str = HEAD, more: str = "") -> Decimal | None:
    """The sum of 1 on the first day, 2 on the second, 4, 8 ... that a window holds; `more` follows the metric."""
    rows = [Transaction(id=f"T{i}", partner="A", day=day, amount=Decimal(2**i)) for i, day in enumerate(days)]
    partner = Partner(id="A", name="Alder", joined=date(2023, 8, 20))
    text = f'{head}[metric.m]\nsays = "Invoiced"\nof = "transaction"\nwindow = "{window}"\n{more}'
    found = worked(text, [partner, *rows], as_of).metrics["growth" if more else "m", period].value
    return None if found is None else Decimal(found)


def test_windows_count_fiscal_months() -> None:
    end = date(2026, 7, 25)
    days = date(2025, 7, 26), date(2025, 7, 27), date(2026, 4, 25), date(2026, 4, 26), end
    assert invoiced("period", end, "FY2026Q4", *days) == 8 + 16
    assert invoiced("trailing 12 months", end, "FY2026Q4", *days) == 2 + 4 + 8 + 16  # 52 weeks, no day of FY2025
    assert invoiced("4 quarters before", end, "FY2026Q4", *days) == 1 + 2 + 4
    assert invoiced("year to date", end, "FY2026Q4", *days) == 2 + 4 + 8 + 16
    assert invoiced("trailing 3 calendar months", end, "FY2026Q4", *days) == 8 + 16


def test_a_year_earlier_is_the_fiscal_year_before_though_it_has_a_week_less() -> None:
    end = date(2027, 7, 31)  # of 53 weeks
    days = date(2025, 7, 26), date(2025, 7, 27), date(2026, 7, 25), date(2026, 7, 26), end
    assert invoiced("whole year", end, "FY2027Q4", *days) == 8 + 16
    assert invoiced("whole year, a year earlier", end, "FY2027Q4", *days) == 2 + 4
    growth = '[metric.growth]\nsays = "Growth"\ngrowth = "m"\n'
    assert invoiced("trailing 12 months", end, "FY2027Q4", *days, more=growth) == (8 + 16 - 6) / Decimal(6)


def test_inside_a_month_the_same_day_into_it_counts() -> None:
    # 30 January 2026 is the sixth day of FY2026M07; the sixth day of the month before is 26 December.
    as_of = date(2026, 1, 30)
    days = date(2025, 12, 26), date(2025, 12, 27), as_of
    assert invoiced("trailing 1 month", as_of, "FY2026Q3", *days) == 2 + 4


def test_what_counts_from_joining_counts_calendar_months() -> None:
    # Joined on 20 August 2023: two months end on 19 October.
    days = date(2023, 10, 19), date(2023, 10, 20)
    assert invoiced("first 2 months", date(2023, 10, 28), "FY2024Q1", *days) == 1


def test_in_a_year_from_6_april_windows_end_with_it() -> None:
    head, as_of = 'fiscal_year_starts = "04-06"\n', date(2026, 4, 5)
    days = date(2025, 4, 5), date(2025, 4, 6), date(2026, 1, 5), date(2026, 1, 6), as_of
    assert invoiced("period", as_of, "FY2026Q4", *days, head=head) == 8 + 16
    assert invoiced("trailing 1 year", as_of, "FY2026Q4", *days, head=head) == 2 + 4 + 8 + 16
    assert invoiced("period, a year earlier", as_of, "FY2026Q4", *days, head=head) == 1


THIRTEEN = (
    'fiscal_year_starts = "02-01"\nfiscal_weeks = { ends_on = "Saturday", ends = "nearest", periods = "3-3-3-4" }\n'
)


def test_a_year_of_thirteen_periods_has_a_quarter_of_four_and_halves_of_six_and_seven() -> None:
    year = program(THIRTEEN).fiscal_year
    found = period_at(date(2024, 1, 1), "year", year)  # from 29 January 2023 to 3 February 2024, 53 weeks
    assert (found.label, found.start, found.end) == ("FY2024", *between((2023, 1, 29), (2024, 2, 3)))

    def weeks(unit: str) -> list[int]:
        return [((p.end - p.start).days + 1) // 7 for p in periods(found.start, found.end, unit, year)]

    assert weeks("month") == [4] * 12 + [5]
    assert weeks("quarter") == [12, 12, 12, 17]
    assert weeks("half") == [24, 29]
    assert period_at(date(2024, 2, 3), "month", year).label == "FY2024M13"
    assert period_at(date(2024, 2, 4), "month", year).label == "FY2025M01"


def test_windows_of_thirteen_periods_count_four_weeks_and_twelve_of_them_are_the_year() -> None:
    # FY2024 begins on 29 January 2023; its last quarter on 8 October, its last period on 31 December.
    days = date(2023, 1, 28), date(2023, 1, 29), date(2023, 10, 7), date(2023, 10, 8), date(2023, 11, 5)
    days, end = (*days, date(2024, 2, 3)), date(2024, 2, 3)
    assert invoiced("period", end, "FY2024Q4", *days, head=THIRTEEN) == 8 + 16 + 32
    assert invoiced("trailing 3 months", end, "FY2024Q4", *days, head=THIRTEEN) == 16 + 32
    assert invoiced("trailing 1 quarter", end, "FY2024Q4", *days, head=THIRTEEN) == 8 + 16 + 32
    assert invoiced("trailing 12 months", end, "FY2024Q4", *days, head=THIRTEEN) == 2 + 4 + 8 + 16 + 32
    assert invoiced("whole year", end, "FY2024Q4", *days, head=THIRTEEN) == 2 + 4 + 8 + 16 + 32
    assert invoiced("trailing 4 quarters, 12 months earlier", end, "FY2024Q4", *days, head=THIRTEEN) == 1


def test_growth_of_a_quarter_of_three_periods_compares_the_one_of_four_before_it() -> None:
    # FY2025 begins on 4 February 2024, and its first quarter ends on 27 April.
    days, end = (date(2023, 10, 7), date(2023, 10, 8), date(2024, 2, 3), date(2024, 4, 27)), date(2024, 4, 27)
    growth = '[metric.growth]\nsays = "Growth"\ngrowth = "m"\ngrowth_as = "amount"\ngrowth_from = "the period before"\n'
    assert invoiced("period", end, "FY2025Q1", *days, head=THIRTEEN, more=growth) == 8 - (2 + 4)
    assert invoiced("period", date(2024, 3, 2), "FY2025Q1", *days, head=THIRTEEN, more=growth) == 0 - 2
