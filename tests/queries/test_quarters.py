"""Whose quarters a label names: the fiscal year's or the calendar's, and what is asked for anew."""

from datetime import date

import pytest

from partnerdesk.engine.fiscal import FiscalYear, Weeks
from partnerdesk.engine.period import CALENDAR_YEAR, MONTHS, period_at
from partnerdesk.errors import Refused
from partnerdesk.queries.joint.review_periods import asked_period, kind_of, last_finished, spoken
from partnerdesk.queries.quarters import holds_most_of, period_named, year_of

FEBRUARY, JULY = FiscalYear(2), FiscalYear(7)
WEEKS = FiscalYear(2, weeks=Weeks(5, nearest=True))
PERIODS = FiscalYear(2, weeks=Weeks(5, nearest=True, longer=13, quarters=(3, 3, 3, 4)))


@pytest.mark.parametrize("year", [CALENDAR_YEAR, FEBRUARY, JULY, WEEKS, PERIODS, FiscalYear(4, 6, "begin")])
def test_every_label_names_its_period_again(year: FiscalYear) -> None:
    for unit in ("month", "quarter", "half"):
        for month in range(1, 13):
            period = period_at(date(2026, month, 28), unit, year)
            assert period_named(period.label, year) == period
            assert period_named(f" {period.label.lower()} ", year) == period


def test_a_label_without_a_fiscal_year_is_of_the_calendar() -> None:
    found = period_named("2026Q2", FEBRUARY)
    assert found == period_at(date(2026, 4, 1), "quarter")
    assert (year_of("2026Q2", FEBRUARY), year_of("FY2027Q2", FEBRUARY)) == (CALENDAR_YEAR, FEBRUARY)
    assert period_named("FY2027Q2", CALENDAR_YEAR) == period_at(date(2027, 4, 1), "quarter")


@pytest.mark.parametrize(
    "label",
    ["2026Q5", "2026Q0", "2026H3", "2026M08", "FY2027M13", "FY2027Q02", "2026-13", "2026-00", "1200Q1", "Q2", ""],
)
def test_what_names_no_period_is_none(label: str) -> None:
    assert period_named(label, FEBRUARY) is None


def test_a_year_of_thirteen_months_has_a_thirteenth_and_no_other() -> None:
    last = period_named("FY2027M13", PERIODS)
    assert last is not None and (last.start, last.end) == (date(2027, 1, 3), date(2027, 1, 30))
    assert period_named("FY2027M14", PERIODS) is None


def test_a_quarter_of_the_calendar_is_asked_for_by_what_holds_most_of_it() -> None:
    with pytest.raises(Refused, match="quarter of the calendar") as refused:
        asked_period("2026Q2", FEBRUARY)
    assert str(refused.value).endswith("Write FY2027Q2, from 1 May 2026 to 31 Jul 2026, which holds most of it.")
    assert asked_period("2026Q3", JULY).label == "FY2027Q1"  # the same days, by the program's name
    assert asked_period("2026-05", FEBRUARY).label == "2026-05"
    assert asked_period("2026Q2", CALENDAR_YEAR).label == "2026Q2"
    with pytest.raises(Refused, match="“2027 Q2” is no month, quarter or half") as refused:
        asked_period("2027 Q2", WEEKS)
    assert "FY2027Q2" in refused.value.remedy


@pytest.mark.parametrize("year", [FEBRUARY, JULY, WEEKS, FiscalYear(12), FiscalYear(1, weeks=Weeks(5))])
def test_quarters_of_the_calendar_lie_in_different_ones(year: FiscalYear) -> None:
    for unit in MONTHS:
        named = [holds_most_of(p, year).label for n in range(12) if (p := period_at(date(2026, n + 1, 3), unit))]
        assert len(set(named)) == 12 // MONTHS[unit]


def test_periods_are_spoken_as_statements_call_them() -> None:
    assert [spoken(label) for label in ("FY2027Q2", "2026Q2", "FY2027H1", "FY2027M05", "2026-05", "none")] == [
        "Q2 FY2027",
        "Q2 2026",
        "H1 FY2027",
        "M5 FY2027",
        "May 2026",
        "none",
    ]
    assert [kind_of(label).key for label in ("FY2027Q2", "FY2027M05", "2026H1")] == [
        "quarterly",
        "operating",
        "half-yearly",
    ]


def test_the_last_finished_quarter_is_over_on_its_last_day() -> None:
    assert last_finished(date(2026, 7, 31), "quarter", FEBRUARY).label == "FY2027Q2"
    assert last_finished(date(2026, 7, 30), "quarter", FEBRUARY).label == "FY2027Q1"
