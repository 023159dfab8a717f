"""History as a user meets it: everything that happened, filtered by kind, and a note written at once."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from partnerdesk.ui.dialogs.name import NameDialog
from partnerdesk.ui.quick_add import QuickAdd
from partnerdesk.ui.screens.base import Place
from tests.ui.screens.conftest import Stage, cells


@pytest.fixture
def tab(stage: Stage) -> Any:
    return stage.go("partners", "P-04", "history").detail.page


def pick(tab: Any, words: str) -> None:
    next(b for b in tab.types.findChildren(QAbstractButton) if b.accessibleName() == words).click()


def test_the_newest_comes_first(tab: Any) -> None:
    days = [row.day for row in tab.table.table_model.rows]
    assert len(days) > 20
    assert days == sorted(days, reverse=True)
    assert {"Note", "Review", "Statement"} <= set(cells(tab.table, "kind"))


def test_one_kind_at_a_time(tab: Any) -> None:
    pick(tab, "Statements")
    assert set(cells(tab.table, "kind")) == {"Statement"}
    assert cells(tab.table, "title")[0] == "ST-2026-09 closed"
    assert cells(tab.table, "detail")[0] == "at its close earned 5,836.00, paid 24,812.00, held 28,794.20 EUR"
    pick(tab, "Reviews")
    assert cells(tab.table, "title")[0] == "Review of Q3 2026"
    pick(tab, "All")
    assert len(set(cells(tab.table, "kind"))) >= 3


def test_the_filter_stays_when_something_is_added(tab: Any, stage: Stage, qtbot: QtBot) -> None:
    pick(tab, "Notes")
    before = len(cells(tab.table, "title"))
    qtbot.keyClicks(tab.note, "Asked for <b>dates</b> & a price")
    qtbot.keyClick(tab.note, Qt.Key.Key_Return)
    stage.quiet()
    assert tab.note.text() == ""
    assert len(cells(tab.table, "title")) == before + 1
    assert cells(tab.table, "title")[0] == "Asked for <b>dates</b> & a price"
    assert cells(tab.table, "detail")[0] == "note, internal"
    assert cells(tab.table, "by")[0] == "Ann"
    assert stage.toast() == "Note kept"
    stage.act("edit.undo")
    assert len(cells(tab.table, "title")) == before
    assert stage.toast() == ""  # its Undo would take back the step before


def test_another_way_of_writing_reaches_pages_that_were_open(tab: Any, stage: Stage) -> None:
    assert "at its close earned 5,836.00, paid 24,812.00, held 28,794.20 EUR" in cells(tab.table, "detail")
    kept = tab.table.columnWidth(0)
    stage.go("settings")
    stage.window.set_locale("de_DE")
    stage.quiet()
    table = stage.go("partners", "P-04", "history").detail.page.table
    assert "at its close earned 5.836,00, paid 24.812,00, held 28.794,20 EUR" in cells(table, "detail")
    assert "07. Sept. 2026" in cells(table, "day")
    assert table.columnWidth(0) > kept  # no day is cut where months are longer
    assert cells(stage.go("partners").table, "score")[0] == "27,6"


def test_the_sum_of_a_list_behind_the_page_is_not_said(stage: Stage) -> None:
    page = stage.go("partners")
    assert stage.window.status_bar.middle.text().startswith("1 of 24 rows selected")
    stage.go("partners", "P-04", "history")
    page.reload()
    stage.quiet()
    assert stage.window.status_bar.middle.text() == ""
    stage.go("partners")
    assert stage.window.status_bar.middle.text().startswith("1 of 24 rows selected")


def test_an_empty_note_is_not_kept(tab: Any, stage: Stage, qtbot: QtBot) -> None:
    qtbot.keyClick(tab.note, Qt.Key.Key_Return)
    stage.quiet()
    assert stage.desk.undo_label is None
    assert tab.note.hasFocus()


def test_enter_opens_what_a_row_is_about(tab: Any, stage: Stage, qtbot: QtBot) -> None:
    row = next(r for r in tab.table.table_model.rows if r.kind == "statement")
    tab.table.select(row.key)
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    stage.quiet()
    assert stage.window.page is not None
    assert stage.window.page.place() == Place("partners", "P-04", "earnings", row.period)
    stage.act("view.back")
    review = next(r for r in tab.table.table_model.rows if r.kind == "review")
    tab.table.select(review.key)
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    stage.quiet()
    assert stage.window.page.ID == "reviews"


def test_words_find_events_and_the_verbs_of_a_note_can_be_undone(tab: Any, stage: Stage) -> None:
    tab.acts.add("Zebra strategy")
    tab.acts.add("offer.pdf", "/srv/offers/offer.pdf")
    stage.quiet()
    tab.filter.field.setText("zebra")
    (row,) = tab.table.table_model.rows
    verbs = [action.text() for action in tab.acts.menu(row)]
    assert verbs == ["Edit…", "Kind", "May be shown to the partner", "Action from it…", "Remove"]
    tab.acts._change(row, "internal", False)
    stage.quiet()
    assert cells(tab.table, "detail") == ["note, shared"]
    tab.acts._edit(tab.table.table_model.rows[0])
    dialog = stage.dialog(NameDialog)
    dialog.name.setText("Zebra tactics")
    dialog.accept()
    stage.quiet()
    assert cells(tab.table, "title") == ["Zebra tactics"]
    tab.acts._remove(tab.table.table_model.rows[0])
    stage.quiet()
    assert cells(tab.table, "title") == []
    stage.act("edit.undo")
    assert cells(tab.table, "title") == ["Zebra tactics"]
    tab.filter.field.setText("offers")
    assert cells(tab.table, "detail") == ["note, internal, /srv/offers/offer.pdf"]
    assert "Copy its place" in [action.text() for action in tab.acts.menu(tab.table.table_model.rows[0])]


def test_a_note_becomes_an_action_that_leads_back_to_it(tab: Any, stage: Stage, qtbot: QtBot) -> None:
    row = next(r for r in tab.table.table_model.rows if r.kind == "note")
    tab.acts._follow_up(row)
    stage.quiet()
    quick = stage.window.findChild(QuickAdd)
    assert quick is not None
    qtbot.keyClicks(quick.field, "Send the offer fri")
    qtbot.keyClick(quick.field, Qt.Key.Key_Return)
    stage.quiet()
    made = next(r.row for r in stage.go("actions").segment.table.table_model.rows if r.row.text == "Send the offer")
    assert (made.note, made.partner, made.source) == (int(row.target), "P-04", "note")


def test_what_was_promised_planned_and_disputed_is_part_of_it(stage: Stage) -> None:
    tab = stage.go("partners", "P-01", "history").detail.page
    kinds = set(cells(tab.table, "kind"))
    assert {"Action", "Plan"} <= kinds
    pick(tab, "Actions")
    row = tab.table.table_model.rows[0]
    tab.open_row(row)
    stage.quiet()
    segment = stage.window.page.segment
    assert segment.table.current_row().id == int(row.target) and segment.views.words() == "All"
