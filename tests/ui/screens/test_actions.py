"""Plans & actions as a user meets it: one list and board of what was promised, and all joint plans."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from partnerdesk.queries.joint.action_list import ListedAction
from partnerdesk.ui.dialogs.evidence import EvidenceDialog
from partnerdesk.ui.dialogs.name import NameDialog
from partnerdesk.ui.dialogs.reason import ReasonDialog
from partnerdesk.ui.quick_add import QuickAdd, Source, open_capture
from partnerdesk.ui.screens.action_pages.cards import MIME
from partnerdesk.ui.widgets.editors import InlineLine
from tests.ui.screens.conftest import Stage, cells

Key = Qt.Key


@pytest.fixture
def page(stage: Stage) -> Any:
    return stage.go("actions").segment


def pick(page: Any, index: int = 0) -> ListedAction:
    """Select a row of the table and give the table the keyboard."""
    row: ListedAction = page.table.table_model.rows[index]
    page.table.setFocus()
    page.table.select(row.id)
    return row


def shown(page: Any) -> list[int]:
    return [row.id for row in page.table.table_model.rows]


def test_the_list_opens_with_what_is_open_the_latest_first_and_nothing_is_cut_off(page: Any) -> None:
    states = cells(page.table, "state")
    assert states[0].startswith("Late, ") and {s.partition(",")[0] for s in states} <= {"Late", "Open", "Proposed"}
    assert page.table.horizontalScrollBar().maximum() == 0
    assert page.views.words() == "Open"


def test_d_marks_as_done_and_s_snoozes_and_both_can_be_undone(stage: Stage, page: Any) -> None:
    row = pick(page)
    before = shown(page)
    stage.qtbot.keyClick(page.table, Key.Key_D)
    stage.quiet()
    assert row.id not in shown(page) and stage.toast() == "Marked 1 action as done"
    stage.act("edit.undo")
    assert shown(page) == before
    loose = next(at for at, r in enumerate(page.table.table_model.rows) if r.row.source == "note")
    row = pick(page, loose)
    stage.qtbot.keyClick(page.table, Key.Key_S)
    stage.quiet()
    assert "Moved 1 action to 23 Nov" in stage.toast()
    stage.act("edit.undo")
    assert shown(page) == before


def test_e_asks_what_shows_that_it_is_done_and_takes_it_later_too(stage: Stage, page: Any) -> None:
    row = pick(page)
    stage.qtbot.keyClick(page.table, Key.Key_E)
    dialog = stage.dialog(EvidenceDialog)
    stage.qtbot.keyClicks(dialog.outcome, "Two days early")
    stage.qtbot.keyClicks(dialog.evidence, "Order 4711")
    dialog.accept()
    stage.quiet()
    assert row.id not in shown(page) and stage.toast() == "Marked 1 action as done"
    page.views.choose("Done and dropped")
    page.table.select(row.id)
    assert dict(zip(shown(page), cells(page.table, "evidence"), strict=True))[row.id] == "Order 4711"
    stage.qtbot.keyClick(page.table, Key.Key_E)
    again = stage.dialog(EvidenceDialog)
    assert again.outcome is None and again.evidence.text() == "Order 4711"
    again.evidence.setText("Order 4711, signed")
    again.accept()
    stage.quiet()
    assert dict(zip(shown(page), cells(page.table, "evidence"), strict=True))[row.id] == "Order 4711, signed"
    assert dict(zip(shown(page), cells(page.table, "outcome"), strict=True))[row.id] == "Two days early"


def test_letters_in_the_filter_are_letters(stage: Stage, page: Any) -> None:
    before = len(shown(page))
    stage.qtbot.keyClicks(page.filter.field, "sd")
    stage.quiet()
    assert page.filter.field.text() == "sd" and not stage.toast() and len(shown(page)) < before
    assert page.views.words() == "Open, changed"


def test_several_are_dropped_with_one_reason(stage: Stage, page: Any) -> None:
    rows = page.table.table_model.rows[4:6]
    page.acts.drop(rows)
    dialog = stage.dialog(ReasonDialog)
    dialog.reason.setText("The customer left")
    dialog.accept()
    stage.quiet()
    assert not {row.id for row in rows} & set(shown(page)) and stage.toast() == "Dropped 2 actions"
    page.views.choose("Done and dropped")
    outcome = dict(zip(shown(page), cells(page.table, "outcome"), strict=True))
    assert all(outcome[row.id] == "The customer left" for row in rows)


def test_a_day_is_typed_as_one_says_it(stage: Stage, page: Any) -> None:
    loose = next(at for at, r in enumerate(page.table.table_model.rows) if r.row.source == "note")
    row = pick(page, loose)
    page.table.select(row.id, page.table.table_model.column("due"))
    stage.qtbot.keyClick(page.table, Key.Key_F2)
    editor = page.table.viewport().findChild(InlineLine)
    editor.selectAll()
    stage.qtbot.keyClicks(editor, "fri")
    stage.qtbot.keyClick(editor, Key.Key_Return)
    stage.quiet()
    assert dict(zip(shown(page), cells(page.table, "due"), strict=True))[row.id] == "20 Nov"
    name = next(n for n in page.names if sum(other.startswith(n[:6]) for other in page.names) == 1)
    page.table.select(row.id, page.table.table_model.column("owner"))
    stage.qtbot.keyClick(page.table, Key.Key_F2)
    editor = next(e for e in page.table.viewport().findChildren(InlineLine) if e.isVisible())
    editor.selectAll()
    stage.qtbot.keyClicks(editor, name[:6])  # the beginning of one name is enough
    stage.qtbot.keyClick(editor, Key.Key_Return)
    stage.quiet()
    assert dict(zip(shown(page), cells(page.table, "owner"), strict=True))[row.id] == name


def test_a_card_is_dragged_to_another_day_and_side_or_moved_by_its_menu(stage: Stage, page: Any) -> None:
    stage.go("actions", "", "actions", "board")
    board = page.board
    source, target = board.fields["vendor", "late"], board.fields["partner", "undated"]
    row = next(r for r in source.cards.rows if r.row.source == "note")
    data = QMimeData()
    data.setData(MIME, f"[{row.id}]".encode())
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    target.dropEvent(drop)
    stage.quiet()
    assert [r.id for r in target.cards.rows] == [row.id] and row.id not in [r.id for r in source.cards.rows]
    assert target.cards.rows[0].row.owner == ""  # our owner did not go along
    stage.act("edit.undo")
    assert row.id in [r.id for r in source.cards.rows]
    names = [action.text() for action in page.menu(row) if action is not None]
    assert {"Move to", "Side", "Assign to"} <= set(names)
    assert not board.fields["vendor", "late"].acceptDrops()


def test_a_view_is_kept_under_a_name_and_forgotten(stage: Stage, page: Any) -> None:
    page._choose_side("partner")
    assert page.views.words() == "Open, changed" and page.views.is_changed
    page.views.choose("Keep this view…")
    dialog = stage.dialog(NameDialog)
    dialog.findChild(QLineEdit).setText("Their turn")
    dialog.accept()
    stage.quiet()
    assert page.views.words() == "Their turn"
    page.views.choose("Late")
    assert set(cells(page.table, "side")) == {"ours", "theirs"}
    page.views.choose("Their turn")
    assert set(cells(page.table, "side")) == {"theirs"}
    page.views.choose("Forget this view")
    stage.quiet()
    assert page.views.words() == "Open, changed"


def test_where_it_was_promised_opens(stage: Stage, page: Any) -> None:
    row = next(r for r in page.table.table_model.rows if r.row.source == "review")
    page.acts.open_source(row)
    stage.quiet()
    assert stage.window.page.ID == "reviews" and stage.window.page.place().item == str(row.row.review)


def test_plans_of_all_partners_with_what_they_lack(stage: Stage) -> None:
    page = stage.go("actions", "", "plans").segment
    sides = cells(page.table, "sides")
    assert any(s.startswith("1 · ") for s in sides) and any(r.startswith("1 · ") for r in cells(page.table, "risk"))
    row = page.table.table_model.rows[0]
    page.table.opened.emit(row)
    stage.quiet()
    assert stage.window.page.place().item == row.plan.partner and stage.window.page.place().tab == "plan"


def test_an_empty_book_says_what_belongs_here(bare_stage: Stage) -> None:
    page = bare_stage.go("actions").segment
    assert page.table._empty_now.accessibleName().startswith("No open commitments.")
    page = bare_stage.go("actions", "", "plans").segment
    assert page.table._empty_now.accessibleName().startswith("No joint plan yet.")


def test_what_waits_is_said_and_a_reminder_is_copied(stage: Stage, page: Any) -> None:
    theirs = next(r for r in page.table.table_model.rows if r.row.side == "partner" and r.row.source == "note")
    page.acts.wait_for([theirs], "their legal")
    stage.quiet()
    assert dict(zip(shown(page), cells(page.table, "outcome"), strict=True))[theirs.id] == "waits for their legal"
    page.views.choose("Waiting")
    assert shown(page) == [theirs.id]
    page.acts.nudge([theirs])
    stage.quiet()
    assert f"for {theirs.row.partner_name} copied" in stage.says()
    assert theirs.row.text in QApplication.clipboard().text() and "their legal" not in QApplication.clipboard().text()


def test_dates_are_written_for_us_and_for_the_partner(stage: Stage, page: Any, own_home: Path) -> None:
    stage.act("page.export")
    assert stage.toast().startswith("INTERNAL_dates.ics written, ")
    stage.window.set_partner("P-01", "any")
    stage.act("partner.dates")
    assert stage.toast().startswith("Dates_") and not stage.says()


def test_a_dispute_brings_an_action_that_leads_back(stage: Stage) -> None:
    tab = stage.go("partners", "P-01", "earnings").detail.page
    source = Source("P-01", "any", "for dispute D-1", "Find the order", {"dispute": "D-1"})
    open_capture(tab, source)
    quick = stage.window.findChild(QuickAdd)
    assert quick is not None and "for dispute D-1" in quick.says.text()
    stage.qtbot.keyClick(quick.field, Key.Key_Return)
    stage.quiet()
    page = stage.go("actions").segment
    row = next(r for r in page.table.table_model.rows if r.row.dispute == "D-1")
    assert "Dispute D-1" in cells(page.table, "source")
    page.acts.open_source(row)
    stage.quiet()
    assert stage.window.page.place().tab == "earnings"
