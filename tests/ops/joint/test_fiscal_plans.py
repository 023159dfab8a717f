"""Joint plans by the fiscal quarters of the program; those that were kept by calendar quarters stay with them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.engine.fiscal import FiscalYear, Weeks
from partnerdesk.engine.period import CALENDAR_YEAR
from partnerdesk.errors import Refused
from partnerdesk.ops.joint.plan_governance import set_review_day
from partnerdesk.ops.joint.plan_parts import add_target, set_quarter
from partnerdesk.ops.joint.plans import add_plan, copy_plan
from partnerdesk.ops.pack import pack_data
from partnerdesk.ops.plan.contents import contents
from partnerdesk.ops.plan.gathered import gathered
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.joint.plan_pages import plan_page
from partnerdesk.queries.joint.plan_quarters import coming_year, plan_quarters, year_after
from partnerdesk.queries.joint.plans import plan_row, plan_view
from partnerdesk.reports.pack.data import PackData
from partnerdesk.reports.plan.opening import words_of_quarter
from partnerdesk.store import Store
from tests.ops.joint.test_fiscal_reviews import FEBRUARY, WEEKS, program

AUGUST = date(2026, 8, 10)
OF_FISCAL = ("FY2027Q1", "FY2027Q2", "FY2027Q3", "FY2027Q4")
OF_CALENDAR = ("2026Q1", "2026Q2", "2026Q3", "2026Q4")
TRAINED = partial(add_target, label="Trained", source="manual")
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(params=[FEBRUARY, WEEKS], ids=["february", "weeks"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "my.partnerdesk", user="me") as store:
        deals = [
            Deal(id=f"D{n}", partner="P1", kind="new", status="won", closed=day, amount=Decimal(amount))
            for n, (day, amount) in enumerate(((date(2026, 6, 1), 700), (date(2026, 4, 20), 50)))
        ]
        store.transact("Facts", add_rows, [Partner(id="P1", name="Alder"), *deals])
        store.transact("Program", add_version, program(request.param), "fiscal.toml")
        yield store


def test_a_plan_begins_with_the_program_s_year_and_its_quarters(store: Store) -> None:
    year = store.read(coming_year, AUGUST)
    assert (year.label, year.start) == ("FY2027", date(2026, 2, 1))
    id = store.transact("Plan", add_plan, "P1", start=year.start, end=year.end, on=AUGUST).value
    row = store.read(plan_row, id)
    assert row is not None and row.title == "Joint plan FY2027"
    aim = partial(add_target, label="Revenue", metric="revenue", unit="EUR", source="auto")
    target = store.transact("Target", aim, id).value
    store.transact("Aim", set_quarter, target, "fy2027q2", value=Decimal(1000))
    page = store.read(plan_page, "P1", AUGUST)
    assert page is not None and page.quarters == OF_FISCAL
    found = page.targets[0].quarters
    assert [q.quarter for q in found] == [*OF_FISCAL]
    assert (found[1].value, found[0].actual, found[1].actual) == (Decimal(1000), Decimal(50), Decimal(700))
    document = store.read(gathered, id, AUGUST).document
    assert document.running == "FY2027Q3"
    assert [q.label for q in document.standing.revenue][-1] == "FY2027Q2"
    names = [field.title for field in store.read(contents, id, AUGUST).block("target").fields]
    assert "Target Q2 FY2027" in names and "Reached Q4 FY2027" in names
    pack = store.read(pack_data, "P1", "FY2027Q2", AUGUST)
    assert isinstance(pack, PackData)
    assert next(f.plan for f in pack.figures if f.label.startswith("Revenue")) == Decimal(1000)
    start, end = store.read(year_after, year.end)
    copied = store.transact("Copy", copy_plan, id, start=start, end=end, on=AUGUST).value
    row = store.read(plan_row, copied)
    assert row is not None and row.title == "Joint plan FY2028"


def test_a_plan_that_was_kept_by_calendar_quarters_stays_with_them(tmp_path: Path) -> None:
    with Store.create(tmp_path / "my.partnerdesk", user="me") as store:
        store.transact("Facts", add_rows, [Partner(id="P1", name="Alder")])
        kept, by_days, bare = (
            store.transact("Plan", add_plan, partner, start=YEAR[0], end=YEAR[1], on=AUGUST).value
            for partner in ("P1", "P2", "P3")
        )
        target = store.transact("Target", TRAINED, kept).value
        store.transact("Aim", set_quarter, target, "2026Q2", value=Decimal(3))
        store.transact("Day", set_review_day, by_days, "2026Q3", day=AUGUST)
        before = store.read(plan_view, kept, AUGUST)
        store.transact("Program", add_version, program(FEBRUARY), "fiscal.toml")
        after = store.read(plan_view, kept, AUGUST)
        assert before is not None and after == replace(before) and after.quarters == OF_CALENDAR
        other, empty = (store.read(plan_view, id, AUGUST) for id in (by_days, bare))
        assert other is not None and other.quarters == OF_CALENDAR
        assert empty is not None and empty.quarters == OF_FISCAL


def test_a_target_of_no_quarter_is_refused(store: Store) -> None:
    id = store.transact("Plan", add_plan, "P1", start=YEAR[0], end=YEAR[1], on=AUGUST).value
    target = store.transact("Target", TRAINED, id).value
    for label in ("FY2027H1", "2026-05", "Q2"):
        with pytest.raises(Refused, match=f"“{label}” is no quarter. Write it like FY2027Q2"):
            store.transact("Aim", set_quarter, target, label, value=Decimal(1))


@pytest.mark.parametrize(
    ("year", "labels", "found"),
    [
        (CALENDAR_YEAR, (), OF_CALENDAR),
        (FiscalYear(2), (), OF_FISCAL),
        (FiscalYear(2), ("2026Q1",), OF_CALENDAR),
        (FiscalYear(2), ("FY2027Q1",), OF_FISCAL),
        (FiscalYear(2, weeks=Weeks(5)), (), OF_FISCAL),
        (FiscalYear(7), (), ("FY2026Q3", "FY2026Q4", "FY2027Q1", "FY2027Q2")),
    ],
)
def test_a_plan_of_a_calendar_year_has_four_quarters(
    year: FiscalYear, labels: tuple[str, ...], found: tuple[str, ...]
) -> None:
    assert plan_quarters(*YEAR, labels, year) == found


def test_a_plan_shorter_than_a_quarter_has_that_quarter() -> None:
    assert plan_quarters(date(2026, 5, 1), date(2026, 5, 20), (), FiscalYear(2)) == ("FY2027Q2",)


def test_without_a_program_plans_are_of_the_calendar(tmp_path: Path) -> None:
    with Store.create(tmp_path / "my.partnerdesk", user="me") as store:
        assert store.read(coming_year, date(2026, 9, 30)).label == "2026"
        assert store.read(coming_year, date(2026, 10, 1)).label == "2027"
        assert store.read(year_after, YEAR[1]) == (date(2027, 1, 1), date(2027, 12, 31))
        assert store.read(year_after, date(2026, 3, 14)) == (date(2026, 3, 15), date(2027, 3, 14))


def test_quarters_on_a_page_are_short() -> None:
    assert [words_of_quarter(label) for label in ("2026Q3", "FY2027Q2")] == ["Q3 26", "Q2 FY27"]
