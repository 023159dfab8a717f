"""The Reviews screen of a vendor whose year begins on 1 February, and of a book that was kept by calendar quarters."""

from datetime import date

from partnerdesk.engine.facts import Partner
from partnerdesk.ops.joint.reviews import add_review
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ui.dialogs.new_review import CopyReviewDialog, NewReviewDialog
from partnerdesk.ui.dialogs.packs import PacksDialog
from tests.cli.evaluating import PROGRAM
from tests.ui.screens.conftest import Stage, cells

FISCAL = PROGRAM.replace("[metric.revenue]", 'fiscal_year_starts = "02-01"\n\n[metric.revenue]', 1)
TODAY = date(2026, 11, 19)


def fill(stage: Stage, *kept: str) -> None:
    """A partner with reviews of calendar quarters, and then the program with its fiscal year."""
    stage.desk.run("New", add_rows, [Partner(id="P-1", name="Nordlys Data")])
    for label in kept:
        stage.desk.run("Add", add_review, "P-1", label, on=TODAY)
    stage.desk.run("Add", add_version, FISCAL, "fiscal.toml")
    stage.quiet()


def test_reviews_are_offered_and_shown_by_fiscal_quarters(bare_stage: Stage) -> None:
    stage = bare_stage
    fill(stage)
    page = stage.go("reviews", "", "calendar")
    titles = [column.title for column in page.calendar_page.table.table_model.columns]
    assert titles[3:7] == ["Q1 FY2027", "Q2 FY2027", "Q3 FY2027", "Q4 FY2027, running"]
    stage.go("reviews")
    stage.act("page.new")
    stage.quiet()
    dialog = stage.dialog(NewReviewDialog)
    assert dialog.quarter.value() == "FY2027Q3"
    assert [dialog.quarter.itemText(n) for n in range(2)] == ["Q4 FY2027, running", "Q3 FY2027"]
    dialog.verb.click()
    stage.quiet()
    assert page.header.title.text() == "Nordlys Data, Q3 FY2027"
    assert page.builder.made is not None and not page.messages.text()
    stage.go("reviews")
    assert cells(page.table, "quarter") == ["Q3 FY2027"]


def test_packs_and_copies_are_offered_by_fiscal_quarters(bare_stage: Stage) -> None:
    stage = bare_stage
    fill(stage, "2026Q2")
    page = stage.go("reviews")
    stage.act("page.export")
    stage.quiet()
    dialog = stage.dialog(PacksDialog)
    assert dialog.period.value() == "FY2027Q3" and dialog.verb.words() == "Write 1 pack"
    dialog.reject()
    page.verbs.ask_copy(page.table.table_model.rows[0])
    stage.quiet()
    copy = stage.dialog(CopyReviewDialog)
    assert copy.form.period.value() == "FY2027Q2"  # the first that begins later, on 1 May
    copy.reject()


def test_a_review_of_a_calendar_quarter_is_named_as_one(bare_stage: Stage) -> None:
    stage = bare_stage
    fill(stage, "2026Q3")
    page = stage.go("reviews", "", "calendar")
    table = page.calendar_page.table
    assert cells(table, "FY2027Q3") == ["No day, Q3 2026"]
    page.verbs.open_row(page.table.table_model.rows[0])
    stage.quiet()
    said = [check.sentence for check in page.builder.checks()]
    assert "Q3 2026 is of the calendar; scores and targets are kept by Q3 FY2027" in said
