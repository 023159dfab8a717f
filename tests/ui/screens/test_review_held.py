"""A review at the table and afterwards: what is said, what is promised, and what is locked."""

from datetime import date

from PySide6.QtCore import Qt

from partnerdesk.ops.joint.reviews import add_item
from partnerdesk.ui.dialogs.hold_review import HoldReviewDialog
from tests.ui.screens.conftest import Stage, cells
from tests.ui.screens.reviewing import builder_of, text_of


def test_what_is_said_becomes_a_commitment_or_a_plan_change_by_one_key(stage: Stage) -> None:
    builder = builder_of(stage, "Tesserin Cloud")
    stage.act("partner.note")
    assert builder.current == "list.notes" and builder.lists.capture.field.hasFocus()
    stage.qtbot.keyClicks(builder.lists.capture.field, "learning: Kick-offs need the department @carla fri")
    assert builder.lists.capture.says.text().startswith("Learning · owner Carla")
    stage.qtbot.keyClick(builder.lists.capture.field, Qt.Key.Key_Return)
    stage.quiet()
    stage.qtbot.keyClicks(builder.lists.capture.field, "objective: Second product at three customers")
    stage.qtbot.keyClick(builder.lists.capture.field, Qt.Key.Key_Return)
    stage.quiet()
    table, rows = builder.lists.tables["notes"], builder.view.items
    table.setFocus()
    assert table.select(next(r.id for r in rows if r.text.startswith("Kick-offs need")))
    stage.qtbot.keyClick(table, Qt.Key.Key_C)
    stage.quiet()
    promised = next(c for c in builder.view.commitments if c.text.startswith("Kick-offs need"))
    assert (promised.side, promised.owner.split()[0], promised.due) == ("partner", "Carla", date(2026, 11, 20))
    assert table.select(next(r.id for r in builder.view.items if r.kind == "recalibrate"))
    stage.qtbot.keyClick(table, Qt.Key.Key_P)
    stage.quiet()
    assert stage.toast() == "The joint plan has it"
    assert {"Commitment", "Plan change"} <= set(cells(table, "became"))


def test_review_mode_shows_the_partner_s_pages_and_takes_notes(stage: Stage) -> None:
    secret = "Budget for next year is not agreed at all"
    builder = builder_of(stage)
    builder.aside.notes.setPlainText(secret)
    builder.aside.notes.commit()
    builder.variant._pick("internal", lambda _v: builder._compose())
    stage.quiet()
    stage.act("review.present")
    mode = builder.acts.mode
    assert secret not in text_of(mode._pages.pdf) and builder.variant.value() == "partner"
    for _ in range(2):
        stage.qtbot.keyClick(mode, Qt.Key.Key_Right)
    stage.quiet()
    assert mode.page == 3 and mode.topic.text() == "Score, gates and what moves them"
    assert not mode.sheet.image.isNull()
    stage.qtbot.keyClick(mode, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    stage.qtbot.keyClicks(mode.capture.field, "Send the price model fri")
    stage.qtbot.keyClick(mode.capture.field, Qt.Key.Key_Return)
    stage.quiet()
    assert "Send the price model" in {row.text for row in builder.view.commitments}
    assert mode.page == 3
    stage.qtbot.keyClick(mode.capture.field, Qt.Key.Key_Escape)
    assert not mode.capture.isVisible()
    stage.qtbot.keyClick(mode, Qt.Key.Key_Escape)
    assert builder.acts.mode is None


def test_a_review_that_was_held_is_locked(stage: Stage) -> None:
    builder = builder_of(stage)
    shown = builder.made
    builder.held.click()
    dialog = stage.dialog(HoldReviewDialog)
    dialog.next.setText("9 Feb 2027")
    dialog.verb.click()
    stage.quiet()
    assert stage.toast().startswith("Held; ")
    assert builder.view.review.is_held and builder.view.review.next_review == date(2027, 2, 9)
    assert builder.host.header.note.text() == "Held 19 Nov"
    assert builder.made.frozen and builder.made.keys == shown.keys and builder.made.paper == "A4"
    builder.go_to("list.commitment")
    stage.quiet()
    assert not builder.held.isVisible() and not builder.lists.add.isVisible()
    assert builder.aside.title.isReadOnly()
    stage.go("reviews")
    assert stage.window.page.table.select(builder.id)  # type: ignore[union-attr]
    assert stage.window.page.table.current_row().status == "held"  # type: ignore[union-attr]


def test_after_the_meeting_checks_offer_no_edit_and_undo_takes_the_words_of_the_step_away(stage: Stage) -> None:
    builder = builder_of(stage, "Tesserin Cloud")
    assert any(c.fix == "Set its day" for c in builder.checks())
    builder.held.click()
    stage.dialog(HoldReviewDialog).verb.click()
    stage.quiet()
    held = builder.checks()
    assert {c.fix for c in held} <= {"", "Open the action", "Show it"} and not builder.sent.isVisible()
    builder.put_right(next(c for c in held if "has no owner" in c.sentence))
    stage.quiet()
    actions = stage.window.page.segment.table  # type: ignore[union-attr]
    assert actions.current_row().row.owner == "" and actions.current_row().row.quarter == "2026Q3"
    assert stage.toast().startswith("Held; ")
    stage.act("edit.undo")
    assert stage.toast() == "", "what was taken back is not said any more"


def test_a_held_review_refuses_a_change_with_a_sentence(stage: Stage) -> None:
    builder = builder_of(stage, "Tesserin Cloud", "2026Q1")
    builder.change("Add win", add_item, builder.id, "win", text="Too late")
    stage.quiet()
    assert "held" in stage.says()


def test_today_names_what_a_review_that_was_held_promised_and_leads_to_it(stage: Stage) -> None:
    builder = builder_of(stage, "Tesserin Cloud")
    builder.held.click()
    stage.dialog(HoldReviewDialog).verb.click()
    stage.quiet()
    today = stage.go("today")
    (row,) = today.view.promised
    assert (row.partner_name, row.quarter, row.ours + row.theirs) == ("Tesserin Cloud", "2026Q3", 6)
    today._go(("reviews", str(row.review), "list.commitment"))
    stage.quiet()
    page = stage.window.page
    assert page.builder.current == "list.commitment"  # type: ignore[union-attr]
    assert {r.state for r in page.builder.view.commitments} == {"open"}  # type: ignore[union-attr]


def test_a_review_held_before_shows_the_figures_that_were_frozen_with_it(stage: Stage) -> None:
    builder = builder_of(stage, "Nordskær Data")
    assert builder.view.review.is_held and len(builder.made.frozen) == 64
    assert "Data as of 10 Nov 2026" in text_of(builder.made.pdf)
    assert [line.can_move for line in builder.outline._model.lines].count(True) == 0
