"""Changes as a user meets it: two points, an amount, a waterfall that ends where it should, and the lines behind it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.differences import compared
from partnerdesk.queries.facts import facts
from partnerdesk.ui.dialogs.choose_day import DayDialog
from partnerdesk.ui.screens.base import Place
from tests.ui.screens.conftest import Stage, cells
from tests.ui.screens.test_earnings import read


def changes(stage: Stage, sub: str = "", partner: str = "P-01") -> Any:
    return stage.go("partners", partner, "changes", sub).detail.page


def test_lines_add_up_to_the_difference(stage: Stage) -> None:
    tab = changes(stage, "2026-06..today")
    found = stage.desk._open_store().read(compared, "P-01", "2026-06", "today", stage.desk.today()).found
    amounts = [read(words) for words in cells(tab.table, "amount")]
    assert sum(amounts, Decimal(0)) == found.total == found.end - found.start
    before, after = ([read(w) for w in cells(tab.table, key)] for key in ("before", "after"))
    assert [b - a for a, b in zip(before, after, strict=True)] == amounts
    assert "Difference" in tab.table.totals.accessibleName()


def test_the_waterfall_is_there_in_words_and_ends_at_the_second_amount(stage: Stage) -> None:
    tab = changes(stage, "2026-06..today")
    shown = tab.chart._shown
    assert [row[0] for row in shown.rows] == [
        "June 2026",
        "Time passed",
        "New data",
        "Changed data",
        "Program version",
        "Adjustments",
        "Payments",
        "today",
    ]
    amounts = [read(row[1]) for row in shown.rows]
    assert sum(amounts[:-1], Decimal(0)) == amounts[-1]
    assert tab.chart.canvas.accessibleName().startswith(
        "What changed: June 2026 5,497, Time passed +320, New data +3,700"
    )
    assert tab.chart.head.title.text() == "−4,708 since June 2026; payments moved most, −14,450"


def test_it_begins_with_the_last_closed_statement_against_today(stage: Stage) -> None:
    tab = changes(stage)
    assert (tab.since.words(), tab.until.words()) == ("September 2026", "Today")


def test_other_points_and_another_amount_are_chosen(stage: Stage) -> None:
    tab = changes(stage)
    tab.since._chosen("2026-05")
    stage.quiet()
    tab.until._chosen("2026-08")
    stage.quiet()
    assert stage.window.page.place() == Place("partners", "P-01", "changes", "2026-05..2026-08")
    assert (tab.since.words(), tab.until.words()) == ("May 2026", "August 2026")
    assert "Payments" in cells(tab.table, "cause")
    tab._measure("earned")
    stage.quiet()
    assert "Payments" not in cells(tab.table, "cause")


def test_any_day_can_be_a_point(stage: Stage) -> None:
    tab = changes(stage)
    tab.since._chosen("a day")
    dialog = stage.dialog(DayDialog)
    for words, problem in (("soon", "is not a day"), ("24/12/2031", "still to come")):
        dialog.day.setText(words)
        dialog.accept()
        assert problem in dialog.problem.text()
    dialog.day.setText(stage.desk.formats.day(date(2026, 10, 31)))
    dialog.accept()
    stage.quiet()
    assert tab.view.before.day == date(2026, 10, 31)
    assert tab.since.words() == stage.desk.formats.day(date(2026, 10, 31))


def test_a_line_explains_itself_with_the_rule_before_and_now(stage: Stage) -> None:
    tab = changes(stage, "2026-06..today")
    row = next(r for r in tab.table.table_model.rows if r.cause == "Program version")
    tab.table.asked.emit(row.figure)
    stage.quiet()
    assert stage.window.side.inspector is not None
    shown = stage.window.side.inspector.shown.as_text()
    assert "Before:" in shown and "Now:" in shown and "Recurring commission, after" in shown


def test_a_closed_period_links_to_what_changed_since(stage: Stage) -> None:
    earnings = stage.go("partners", "P-04", "earnings", "2026-09").detail.page
    assert earnings.compare.isVisible()
    earnings.compare.click()
    stage.quiet()
    assert stage.window.page.place() == Place("partners", "P-04", "changes", "2026-09..today")
    stage.go("partners", "P-04", "earnings", "2026-11")
    assert not earnings.compare.isVisible()


def test_the_partner_menu_opens_it(stage: Stage) -> None:
    stage.go("partners", "P-04")
    stage.act("partner.changes")
    assert stage.window.page.place().tab == "changes"


def test_a_correction_of_a_closed_period_names_its_cause(stage: Stage) -> None:
    rows = stage.desk._open_store().read(facts, "P-04", kinds=("transaction",)).of("transaction")
    paid = next(t for t in rows if t.kind == "payment" and t.day and date(2026, 7, 1) <= t.day <= date(2026, 9, 30))
    stage.desk.run("Late", add_rows, [replace(paid, id="LATE", day=date(2026, 8, 20), source=None)])
    stage.quiet()
    tab = stage.go("partners", "P-04", "earnings", "2026-10").detail.page
    row = next(r for r in tab.table.table_model.rows if r.kind == "Correction")
    tab.table.asked.emit(row.figure)
    stage.quiet()
    assert stage.window.side.inspector is not None
    (cause,) = stage.window.side.inspector.shown.changed
    assert cause.name.startswith("New data: ") and "LATE" in cause.name
    assert read(cause.value) == row.amount
