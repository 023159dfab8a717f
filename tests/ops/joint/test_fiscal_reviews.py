"""Reviews and packs of a vendor whose year begins on 1 February, or counts in weeks; and what was kept before."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.cli import main
from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.errors import Refused
from partnerdesk.ops.joint.reviews import add_review, duplicate_review, hold_review
from partnerdesk.ops.pack import pack_data
from partnerdesk.ops.pack.exports import export_pack
from partnerdesk.ops.pack.many import LABEL, packs_due
from partnerdesk.ops.pack.onepage import one_page
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.figures import programs
from partnerdesk.queries.joint.review_calendar import DUE, HELD, review_calendar
from partnerdesk.queries.joint.review_desk import review_desk
from partnerdesk.queries.joint.review_pages import pack_periods, review_list
from partnerdesk.queries.joint.reviews import previous_review, review_row, reviews
from partnerdesk.queries.quarters import period_named
from partnerdesk.reports.manifest import manifest_path
from partnerdesk.reports.pack.data import PackData
from partnerdesk.store import Store
from tests.cli.evaluating import PROGRAM

FEBRUARY = 'fiscal_year_starts = "02-01"'
WEEKS = f'{FEBRUARY}\nfiscal_weeks = {{ ends_on = "Saturday", ends = "nearest" }}'
AUGUST = date(2026, 8, 10)
SAID = {"system": "test"}


def program(head: str, version: str = "2026-1", since: str = "2026-01-01") -> str:
    text = PROGRAM.replace("2026-1", version).replace(
        "effective_from = 2026-01-01", f"effective_from = {since}\n{head}"
    )
    return text.replace('where = { status = "won" }', 'where = { status = "won" }\nwindow = "period"')


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Store]:
    """A book without a program; a deal on the first and the last day of the quarter, and beside both."""
    with Store.create(tmp_path / "my.partnerdesk", user="me") as store:
        store.transact("Facts", add_rows, [Partner(id="P1", name="Alder")], **SAID)
        yield store


def add_deals(store: Store) -> None:
    """Won deals of 1,000 and more on both ends of the quarter, and around it."""
    year = store.read(programs)[-1].fiscal_year
    period = period_named("FY2027Q2", year)
    assert period is not None
    days = (date.fromordinal(period.start.toordinal() - 1), period.start, period.end, AUGUST)
    deals = [
        Deal(id=f"D{n}", partner="P1", kind="new", status="won", closed=day, amount=Decimal(1000 * 10**n))
        for n, day in enumerate(days)
    ]
    store.transact("Deals", add_rows, deals, **SAID)


@pytest.fixture(params=[FEBRUARY, WEEKS], ids=["february", "weeks"])
def store(request: pytest.FixtureRequest, plain: Store) -> Store:
    plain.transact("Program", add_version, program(request.param), "fiscal.toml")
    add_deals(plain)
    return plain


def figure(pack: PackData, label: str) -> tuple[Decimal | None, Decimal | None]:
    return next((f.value, f.previous) for f in pack.figures if f.label.startswith(label))


def test_all_figures_of_a_pack_are_of_the_fiscal_quarter(store: Store) -> None:
    pack = store.read(pack_data, "P1", "FY2027Q2", AUGUST)
    assert isinstance(pack, PackData)
    assert pack.period == period_named("FY2027Q2", store.read(programs)[-1].fiscal_year)
    assert pack.previous == "Q1" and not pack.is_open
    assert figure(pack, "Revenue") == (Decimal(110000), Decimal(1000))
    earned = figure(pack, "Earned")
    assert earned[0] is not None and earned[0] > 0 and earned[1] == Decimal("80.00")
    assert pack.score is not None and pack.score.total == 100
    assert [p.period.label for p in pack.score.history][-2:] == ["FY2027Q1", "FY2027Q2"]
    assert pack.earnings is not None
    assert all(
        pack.period.start <= s.period.start and s.period.end <= pack.period.end for s in pack.earnings.statements
    )
    assert len(pack.earnings.statements) == 3
    assert pack.outlook is not None and pack.outlook.fan is not None
    assert [q.period.label for q in pack.outlook.fan.ahead] == ["FY2027Q3", "FY2027Q4"]
    assert [q.period.label for q in pack.outlook.fan.behind][-2:] == ["FY2027Q1", "FY2027Q2"]


def test_the_page_before_a_call_is_of_the_last_fiscal_quarter(store: Store) -> None:
    page = store.read(one_page, "P1", AUGUST, internal=True)
    assert (page.period.label, page.previous) == ("FY2027Q2", "Q1")


def test_a_run_is_called_by_the_quarter_of_the_program(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    asked = ["qbr", "--all", "fy2027q2", "--book", str(store.path), "--out", str(out), "--as-of", AUGUST.isoformat()]
    assert main(asked) == 0
    assert manifest_path(out, LABEL.format(quarter="FY2027Q2")).exists()
    assert [path.name for path in out.glob("*.pdf")] == ["QBR_Alder_FY2027Q2_v1.pdf"]


def test_a_review_is_begun_of_a_fiscal_quarter_alone(store: Store) -> None:
    with pytest.raises(Refused, match="2026Q2 is a quarter of the calendar") as refused:
        store.transact("Add", add_review, "P1", "2026Q2", on=AUGUST)
    assert "Write FY2027Q2" in refused.value.remedy
    with pytest.raises(Refused, match="quarter of the calendar"):
        store.read(pack_data, "P1", "2026Q2", AUGUST)
    id = store.transact("Add", add_review, "P1", "FY2027Q2", on=AUGUST).value
    view = store.read(review_desk, id, AUGUST)
    assert view is not None and view.view.review.quarter == "FY2027Q2" and view.instead == ""
    assert next(item.detail for item in view.view.of("win")).startswith("to 100.0")
    assert "Two deals won together" in [item.text for item in view.view.of("win")]


def test_the_calendar_of_reviews_has_the_fiscal_quarters(store: Store) -> None:
    found = store.read(review_calendar, AUGUST)
    assert found.quarters == ("FY2026Q4", "FY2027Q1", "FY2027Q2", "FY2027Q3")
    wanted = found.rows[0].wanted
    assert wanted is not None and (wanted.label, wanted.state) == ("FY2027Q2", DUE)
    assert store.read(pack_periods, AUGUST, 2)[:3] == ("FY2027Q2", "FY2027Q1", "FY2027Q3")


def test_what_was_kept_by_calendar_quarters_stays_as_it_was(plain: Store, tmp_path: Path) -> None:
    """A program that gets its fiscal year later: the held review is the same to the byte, and counts where it lies."""
    plain.transact("Program", add_version, program(""), "calendar.toml")
    july = date(2026, 7, 20)
    held = plain.transact("Add", add_review, "P1", "2026Q2", on=july).value
    plain.transact("Hold", hold_review, held, on=july)
    before = plain.read(export_pack, "P1", "2026Q2", july, tmp_path / "before", review=held)
    open_one = plain.transact("Add", add_review, "P1", "2026Q3", on=july).value

    plain.transact("Program", add_version, program(FEBRUARY, "2026-2", "2026-08-01"), "fiscal.toml")
    after = plain.read(export_pack, "P1", "2026Q2", AUGUST, tmp_path / "after", review=held)
    assert after.path.name == before.path.name and after.path.read_bytes() == before.path.read_bytes()

    row = plain.read(review_calendar, AUGUST).rows[0]
    assert [(slot.label, slot.state) for slot in row.quarters][2] == ("2026Q2", HELD)
    assert row.quarters[3].label == "2026Q3" and row.wanted is None  # nothing is asked for twice
    pack = plain.read(pack_data, "P1", "2026Q3", AUGUST)
    assert isinstance(pack, PackData) and (pack.period.start, pack.previous) == (date(2026, 7, 1), "Q2")
    desk = plain.read(review_desk, open_one, AUGUST)
    assert desk is not None and desk.instead == "FY2027Q3"

    own = plain.transact("Copy", duplicate_review, held, "FY2027Q2", on=AUGUST).value
    assert [r.quarter for r in plain.read(reviews)] == ["2026Q3", "FY2027Q2", "2026Q2"]  # the newest first
    assert [r.period.end for r in plain.read(review_list, AUGUST)][1] == date(2026, 7, 31)
    found = plain.read(review_row, own)
    assert found is not None
    last = plain.read(previous_review, found)
    assert last is not None and last.id == held
    assert plain.read(review_calendar, AUGUST).rows[0].quarters[2].label == "FY2027Q2"
    assert [due.review for due in plain.read(packs_due, "2026Q3", AUGUST)] == [open_one]
