"""Words, lists and pages of a review: what is typed is the file that is exported."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from partnerdesk import paths
from partnerdesk.ops.joint.reviews import add_item, change_review
from partnerdesk.ui.dialogs.attendees import AttendeesDialog
from tests.ui.screens.conftest import Stage, cells
from tests.ui.screens.reviewing import builder_of, text_of


def test_the_pages_are_the_file_that_is_exported(stage: Stage) -> None:
    builder = builder_of(stage)
    shown = builder.made
    assert builder.preview.page_count == len(shown.keys)
    undo = stage.desk.undo_label
    stage.act("page.export")
    (file,) = paths.folder("exports").glob("*.pdf")
    assert file.name == shown.name
    assert file.read_bytes() == shown.pdf
    assert (
        stage.toast()
        == f"{file.name} written: review pack for {builder.view.review.partner_name}, {builder.view.review.quarter}"
    )
    assert stage.desk.undo_label == undo


def test_a_title_that_is_typed_stands_in_the_document(stage: Stage) -> None:
    builder = builder_of(stage)
    assert "Renewals carry this quarter" not in text_of(builder.made.pdf)
    builder.aside.title.setPlainText("Renewals carry this quarter")
    builder.aside.title.commit()
    stage.quiet()
    assert "Renewals carry this quarter" in text_of(builder.made.pdf)
    assert stage.desk.undo_label == "Edit page words"
    stage.act("edit.undo")
    assert "Renewals carry this quarter" not in text_of(builder.made.pdf)
    assert builder.aside.title.toPlainText().startswith("Q3: ")  # the draft again


def test_a_drafted_title_is_there_to_be_typed_over_and_comes_back(stage: Stage) -> None:
    builder = builder_of(stage)
    drafted = builder.aside.drafted_title
    draft = drafted.field.toPlainText()
    assert draft.startswith("Q3: ") and drafted.says.text() == "Drafted from the figures"
    drafted.commit()
    stage.quiet()
    assert stage.desk.undo_label != "Edit page words"  # the draft is nobody's words
    drafted.field.setPlainText(f"{draft}, and more")
    assert drafted.back.isVisibleTo(drafted) and drafted.says.text() == "Your words"
    drafted.commit()
    stage.quiet()
    drafted.back.click()
    stage.quiet()
    assert drafted.field.toPlainText() == draft and builder.view.pages["summary"].title == ""


def test_what_is_typed_just_before_an_export_is_in_the_file(stage: Stage) -> None:
    builder = builder_of(stage)
    builder.aside.deck.setPlainText("Two seats were added in August")
    stage.act("page.export")
    (file,) = paths.folder("exports").glob("*.pdf")
    assert "Two seats were added in August" in text_of(file.read_bytes())


def test_our_notes_stay_out_of_the_partner_s_pack(stage: Stage) -> None:
    secret = "Budget for next year is not agreed at all"
    builder = builder_of(stage)
    builder.aside.notes.setPlainText(secret)
    builder.aside.notes.commit()
    stage.quiet()
    assert secret not in text_of(builder.made.pdf)
    assert secret.encode() not in builder.made.pdf
    builder.variant._pick("internal", lambda _v: builder._compose())
    stage.quiet()
    assert secret in text_of(builder.made.pdf)
    assert builder.made.name.endswith("_INTERNAL.pdf")


def test_a_mark_beside_a_page_says_what_lacks(stage: Stage) -> None:
    builder = builder_of(stage)
    marks = {line.key: line.state for line in builder.outline._model.lines}
    assert marks["summary"] == "good"
    assert marks["next"] == "warn"
    assert builder.aside.checks_title.note.text() == "7 pass, 1 open"
    before = {"next_review": None}
    stage.desk.run("Next", change_review, builder.id, before, next_review=stage.desk.today().replace(month=12))
    stage.quiet()
    marks = {line.key: line.state for line in builder.outline._model.lines}
    assert marks["next"] == "good"


def test_the_outline_turns_the_pages(stage: Stage) -> None:
    builder = builder_of(stage)
    builder.outline.setFocus()
    for _ in range(2):
        stage.qtbot.keyClick(builder.outline, Qt.Key.Key_Down)
    stage.quiet()
    at = builder.made.keys.index("score") + 1
    assert builder.current == "score"
    assert builder.turner.says.text() == f"Page {at} of {len(builder.made.keys)}"
    assert "Score" in builder.aside.page_title.note.text()
    builder.turner.after.click()
    stage.quiet()
    assert builder.turner.says.text() == f"Page {at + 1} of {len(builder.made.keys)}"


def test_lines_are_added_and_edited_in_place(stage: Stage) -> None:
    builder = builder_of(stage)
    for kind in ("agenda", "ask", "commitment", "heard"):
        builder._chosen(f"list.{kind}")
        table, key = builder.lists.tables[kind], "text"
        before = len(table.table_model.rows)
        builder.lists.add.click()
        stage.qtbot.waitUntil(lambda t=table, n=before: len(t.table_model.rows) == n + 1)
        stage.quiet()
        column = next(c for c in table.table_model.columns if c.key == key)
        row = next(r for r in table.table_model.rows if r.text in (f"New {kind}", "New commitment", "What was said"))
        column.edit.commit(row, f"Something new for {kind}")
        stage.qtbot.waitUntil(lambda t=table, k=key, w=kind: f"Something new for {w}" in cells(t, k))
    stage.quiet()
    shown = text_of(builder.made.pdf)
    assert "Something new for ask" in shown
    assert "Something new for commitment" in shown
    assert "Something new for heard" not in shown  # ours until it may be quoted
    for _ in range(3):
        stage.act("edit.undo")
    assert "Something new for commitment" not in cells(builder.lists.tables["commitment"], "text")


def test_people_of_both_sides_who_are_known_may_attend(stage: Stage) -> None:
    builder = builder_of(stage)
    attending = {row.name for row in builder.view.attendees}
    offered = builder.desk_view.people
    assert offered and not attending & {person.name for person in offered}
    person = offered[0]
    builder.lists.acts.attend(person.name, person.side, person.role)
    stage.quiet()
    assert person.name in {row.name for row in builder.view.attendees}
    assert person.name not in {left.name for left in builder.desk_view.people}


def test_a_list_of_people_is_pasted_and_shown_before_it_is_added(stage: Stage) -> None:
    builder = builder_of(stage)
    builder.lists.show_list("people")
    there = builder.view.attendees[0].name
    QApplication.clipboard().setText(f"{there}; Quirin Aalto <q@example.org>, CFO\nBea Lund")
    table = builder.lists.tables["people"]
    table.select(builder.view.attendees[0].id)
    stage.qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = stage.dialog(AttendeesDialog)
    stage.qtbot.waitUntil(lambda: len(dialog.table.table_model.rows) == 3)
    assert dialog.verb.text() == "Add 2 attendees" and "attends already" in cells(dialog.table, "why")
    dialog._turn(next(row for row in dialog.table.table_model.rows if row.name == "Bea Lund"))
    dialog.verb.click()
    stage.quiet()
    added = {row.name: row for row in builder.view.attendees}
    assert added["Bea Lund"].side == "vendor" and added["Quirin Aalto"].role == "CFO"
    stage.act("edit.undo")
    assert "Bea Lund" not in {row.name for row in builder.view.attendees}


def test_an_open_check_leads_to_the_cell_that_puts_it_right(stage: Stage) -> None:
    builder = builder_of(stage, "Tesserin Cloud")
    check = next(c for c in builder.checks() if "has no owner" in c.sentence)
    builder.put_right(check)
    stage.quiet()
    table = builder.lists.tables["commitment"]
    assert builder.current == "list.commitment" and table.current_row().owner == ""
    assert table.state() == table.State.EditingState
    table.setFocus()
    builder.put_right(next(c for c in builder.checks() if "next review has no date" in c.sentence))
    assert builder.current == "list.agenda"
    field = builder.lists.meeting.fields["next_review"]
    field.setText("9 feb")
    field.commit()
    stage.quiet()
    assert builder.view.review.next_review == date(2027, 2, 9)
    assert not any("next review has no date" in c.sentence for c in builder.checks())


def test_a_line_that_is_added_is_typed_at_once_and_lacks_stand_together(stage: Stage) -> None:
    stage.go("reviews").verbs.begin("P-15", "2026Q3")
    stage.quiet()
    builder = stage.window.page.builder  # type: ignore[union-attr]
    check = next(c for c in builder.checks() if "no new commitment" in c.sentence)
    left_out = next(c for c in builder.checks() if "left out" in c.sentence)
    assert (left_out.kind, left_out.page) == ("good", "")  # nothing was promised before: nothing to put right
    builder.put_right(check)
    stage.quiet()
    table = builder.lists.tables["commitment"]
    assert table.state() == table.State.EditingState and table.current_row().text == "New commitment"
    table.setFocus()
    lacks = [c.sentence for c in builder.checks() if c.sentence.startswith("Commitment 1")]
    assert lacks == ["Commitment 1 has no owner, no date and no measure."]
    builder.go_to("list.notes")
    stage.act("page.new")
    assert builder.lists.capture.field.hasFocus()
    builder.lists.capture.field.setText("Send it @nobody fri")
    assert "@nobody\N{RIGHT DOUBLE QUOTATION MARK} fits no one person" in builder.lists.capture.says.text()
    builder.lists.capture.add()
    stage.quiet()
    assert builder.lists.capture.says.text().startswith("Noted under New commitments: Our commitment")


def test_the_sum_of_a_list_goes_with_the_list(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = builder_of(stage, "Tesserin Cloud")
    said: list[str] = []
    monkeypatch.setattr(builder.host.shell, "status", said.append)
    builder.show_part("list.agenda")
    table = builder.lists.tables["agenda"]
    table.select(table.table_model.key(table.table_model.rows[0]))
    assert said[-1].startswith("1 of ")
    builder.show_part("summary")
    assert said[-1] == ""
    builder.show_part("list.agenda")
    assert said[-1].startswith("1 of ")


def test_a_text_that_names_somebody_else_is_a_check_that_leads_to_it(stage: Stage) -> None:
    builder = builder_of(stage)
    assert any(c.sentence == "No other partner is named" for c in builder.checks())
    stage.desk.run("Line", add_item, builder.id, "agenda", text="As at Tesserin Cloud")
    stage.quiet()
    found = builder.checks()
    assert (found[0].kind, found[0].fix) == ("bad", "Reword it")
    assert found[0].sentence == "“As at Tesserin Cloud” names Tesserin Cloud, who is somebody else's"
    assert not any(c.sentence == "No other partner is named" for c in found)
    builder.put_right(found[0])
    assert builder.current == "list.agenda"


def test_a_page_is_moved_and_the_file_follows(stage: Stage) -> None:
    builder = builder_of(stage)
    stage.go("reviews", str(builder.id))
    before = [line.key for line in builder.outline._model.lines if line.number]
    row = before.index("renewals")
    builder.outline.setCurrentIndex(builder.outline.model().index(row, 0))
    stage.qtbot.keyClick(builder.outline, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    stage.quiet()
    keys = list(dict.fromkeys(builder.made.keys))
    assert keys.index("renewals") == keys.index("earnings") - 1
    assert not builder.outline.move_page(1, 0)  # the summary stays the first
    stage.act("edit.undo")
    assert [key for key in dict.fromkeys(builder.made.keys) if key in before] == before
