"""Reviews as a user meets them: the list, a new one, words and lists, and pages that are the file."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication

from partnerdesk import paths
from partnerdesk.ops.joint.reviews import add_item, change_review
from partnerdesk.ops.pack.exports import ExportedPack
from partnerdesk.ops.pack.runs import PackRun, RunPack
from partnerdesk.queries.joint.review_pages import review_list
from partnerdesk.reports.manifest import LeftOut
from partnerdesk.ui.dialogs.attendees import AttendeesDialog
from partnerdesk.ui.dialogs.hold_review import HoldReviewDialog
from partnerdesk.ui.dialogs.new_review import CopyReviewDialog, NewReviewDialog
from partnerdesk.ui.dialogs.packs import PackRunDialog, PacksDialog
from partnerdesk.ui.screens.review.fixing import put_right
from partnerdesk.ui.widgets.button import Button
from tests.ui.screens.conftest import Stage, cells

OPEN = ("Helvetor Informatik", "2026Q3")


def review_of(stage: Stage, name: str, quarter: str) -> Any:
    rows = stage.desk._store.read(review_list, stage.desk.today())  # type: ignore[union-attr]
    return next(row for row in rows if (row.partner_name, row.quarter) == (name, quarter))


def builder_of(stage: Stage, name: str = OPEN[0], quarter: str = OPEN[1]) -> Any:
    page = stage.go("reviews", str(review_of(stage, name, quarter).id))
    assert page.builder.made is not None
    return page.builder


def text_of(pdf: bytes) -> str:
    """The words of a PDF with single blanks between them."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_list_shows_what_was_kept_and_what_is_late(stage: Stage) -> None:
    page = stage.go("reviews")
    assert len(page.table.table_model.rows) == 40
    late = review_of(stage, "Grauwald IT", "2026Q3")
    assert late.is_late
    assert "Draft, day passed" in cells(page.table, "status")
    assert "3 of 4" in cells(page.table, "ours")
    assert not page.builder.save.isVisible()


def test_the_filter_finds_a_partner_s_reviews(stage: Stage) -> None:
    page = stage.go("reviews")
    stage.act("page.find")
    stage.qtbot.keyClicks(page.window().focusWidget(), "nordsk")
    stage.qtbot.waitUntil(lambda: set(cells(page.table, "partner")) == {"Nordskær Data"})
    page.table.clear_filters()
    assert len(page.table.table_model.rows) == 40


def test_a_new_review_opens_in_its_builder(stage: Stage) -> None:
    page = stage.go("reviews")
    stage.act("page.new")
    dialog = stage.dialog(NewReviewDialog)
    dialog.partner.show_value(next(r.partner for r in page.table.table_model.rows if r.partner_name == "Delta"))
    assert dialog.partner.itemText(0) == "Atelier Brumaire, due"  # its operating review of October
    dialog._pick(dialog.partner.value())
    assert dialog.quarter.value() == "2026Q3" and dialog.verb.words() == "Open the review"  # there is a draft of it
    dialog.partner.show_value(next(r.partner for r in page.table.table_model.rows if r.partner_name == "Nordskær Data"))
    dialog._pick(dialog.partner.value())
    assert (dialog.quarter.value(), dialog.verb.words()) == ("2026Q4", "Add review")  # that of the quarter was held
    dialog.partner.show_value(next(r.partner for r in page.table.table_model.rows if r.partner_name == "Delta"))
    dialog.quarter.show_value("2025Q4")
    dialog.verb.click()
    stage.quiet()
    assert page.header.title.text() == "Delta, Q4 2025"
    assert page.builder.made is not None
    assert stage.toast() == "Review added"
    assert page.builder.outline.model().rowCount() > 10
    stage.act("edit.undo")
    assert page.is_list


def test_the_calendar_says_who_is_due_and_begins_their_reviews_in_one_step(stage: Stage) -> None:
    page = stage.go("reviews")
    assert page.list_page.lacking.accessibleName() == "6 Silver partners have no Q3 2026 review"
    page.show_calendar()
    stage.quiet()
    calendar = page.calendar_page
    rows = {row.partner_name: row for row in calendar.table.table_model.rows}
    assert (rows["Grauwald IT"].state, rows["Delta"].state, rows["Saarvik OÜ"].state) == ("late", "", "due")
    assert "Not held 12 Nov" in cells(calendar.table, "2026Q3")
    agreed = dict(zip(cells(calendar.table, "partner"), cells(calendar.table, "2026Q4"), strict=True))
    assert (agreed["Nordskær Data"], agreed["Delta"]) == ("Agreed 09 Feb", "–")
    calendar.table.select(rows["Saarvik OÜ"].partner)
    below = calendar.table.table_model.index(calendar.table.currentIndex().row() + 1, 0)
    flags = QItemSelectionModel.SelectionFlag
    calendar.table.selectionModel().select(below, flags.Select | flags.Rows)
    assert calendar.begin.words() == "Begin 2 reviews"
    calendar.begin.click()
    stage.quiet()
    assert stage.toast() == "2 reviews added" and stage.desk.undo_label == "Add 2 reviews"
    assert len(page.table.table_model.all_rows()) == 42
    stage.act("edit.undo")
    assert len(page.table.table_model.all_rows()) == 40


def test_packs_of_all_who_are_due_are_written_from_the_list(stage: Stage) -> None:
    page = stage.go("reviews")
    stage.act("page.export")
    dialog = stage.dialog(PacksDialog)
    assert dialog.period.value() == "2026Q3" and dialog.verb.words() == "Write 21 packs"
    assert [dialog.only_begun.itemText(n) for n in range(2)] == ["All 21 who are due", "The 10 whose review is begun"]
    dialog.only_begun.show_value(True)
    dialog._count()
    assert dialog.verb.words() == "Write 10 packs"
    dialog.period.show_value("2026Q1")
    dialog.ask()
    stage.quiet()
    assert "Q1 2026" in dialog.says.text()
    dialog.reject()
    pack = ExportedPack("P-2", "2026Q3", Path("/QBR_B.pdf"), ("summary", "next"), replaced=False, sha256="ab" * 32)
    left_out = LeftOut("P-1", "A", "", "A names B.", "Reword it.")
    found = (RunPack("P-2", "B", pack, no_mail="B has no person."), RunPack("P-1", "A", left_out=left_out))
    run = PackRun("2026Q3", Path("/packs"), found, Path("/packs/list.json"))
    shown = PackRunDialog(page.window(), run, page.shell.state, lambda _folder: None)
    assert cells(shown.table, "state") == ["A names B. Reword it.", "QBR_B.pdf"]  # what is to do stands first
    assert cells(shown.table, "sha256") == ["", "ab" * 32] and cells(shown.table, "mail")[1] == "B has no person."
    assert shown.says.text().startswith("A names B.")
    shown.reject()


def test_a_partner_s_rhythm_is_chosen_in_its_row(stage: Stage) -> None:
    page = stage.go("reviews", "", "calendar")
    table = page.calendar_page.table
    row = next(r for r in table.table_model.rows if r.partner_name == "Saarvik OÜ")
    edit = next(c.edit for c in table.table_model.columns if c.key == "rhythm")
    edit.commit(row, edit.parse("No reviews"))
    stage.quiet()
    row = next(r for r in table.table_model.rows if r.partner_name == "Saarvik OÜ")
    assert (row.rhythm, row.is_own, row.state) == ("none", True, "")
    edit.commit(row, edit.parse("As its tier"))
    stage.quiet()
    assert next(r for r in table.table_model.rows if r.partner_name == "Saarvik OÜ").state == "due"


def test_a_review_is_duplicated_for_another_period(stage: Stage) -> None:
    page = stage.go("reviews")
    page.ask_copy(review_of(stage, "Nordskær Data", "2026Q2"))
    stage.quiet()
    dialog = stage.dialog(CopyReviewDialog)
    assert dialog.form.period.value() == "2026Q3"
    dialog.form.show_label("2025Q4")
    dialog.verb.click()
    stage.quiet()
    assert page.header.title.text() == "Nordskær Data, Q4 2025"
    assert page.builder.view.attendees and page.builder.view.minutes == 90


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
    put_right(builder, check)
    stage.quiet()
    table = builder.lists.tables["commitment"]
    assert builder.current == "list.commitment" and table.current_row().owner == ""
    assert table.state() == table.State.EditingState
    table.setFocus()
    put_right(builder, next(c for c in builder.checks() if "next review has no date" in c.sentence))
    assert builder.current == "list.agenda"
    field = builder.lists.meeting.fields["next_review"]
    field.setText("9 feb")
    field.commit()
    stage.quiet()
    assert builder.view.review.next_review == date(2027, 2, 9)
    assert not any("next review has no date" in c.sentence for c in builder.checks())


def test_a_line_that_is_added_is_typed_at_once_and_lacks_stand_together(stage: Stage) -> None:
    stage.go("reviews").begin("P-15", "2026Q3")
    stage.quiet()
    builder = stage.window.page.builder  # type: ignore[union-attr]
    check = next(c for c in builder.checks() if "no new commitment" in c.sentence)
    left_out = next(c for c in builder.checks() if "left out" in c.sentence)
    assert (left_out.kind, left_out.page) == ("good", "")  # nothing was promised before: nothing to put right
    put_right(builder, check)
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
    put_right(builder, found[0])
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
    mode = builder.mode
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
    assert builder.mode is None


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
    put_right(builder, next(c for c in held if "has no owner" in c.sentence))
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


def test_an_empty_book_offers_the_first_review(bare_stage: Stage) -> None:
    page = bare_stage.go("reviews")
    assert page.table.table_model.rows == []
    bare_stage.act("page.new")
    dialog = bare_stage.dialog(NewReviewDialog)
    assert not dialog.verb.isEnabled()
    assert dialog.verb.accessibleDescription() == "Add a partner first"
    dialog.reject()


def test_a_review_without_a_program_says_so_and_has_its_pages_once_there_is_one(bare_stage: Stage) -> None:
    from partnerdesk.engine.facts import Partner
    from partnerdesk.ops.programs.versions import add_version
    from partnerdesk.ops.rows.facts import add_rows
    from partnerdesk.paths import resource

    stage = bare_stage
    stage.desk.run("New", add_rows, [Partner(id="P-1", name="Nordlys Data")])
    stage.quiet()
    page = stage.go("reviews")
    page.begin("P-1", "2026Q3")
    stage.quiet()
    here = page.place()
    assert page.builder.turner.says.text() == "No pages yet"
    assert [act.words() for act in page.messages.findChildren(Button) if act.isVisible()][:1] == ["Open Program"]
    stage.go("reviews")
    stage.desk.run("Add", add_version, resource("programs/template.toml").read_text(encoding="utf-8"), "t")
    stage.quiet()
    stage.window.go(here)
    assert page.header.title.text() == "Nordlys Data, Q3 2026", "at once, although it is read again"
    stage.quiet()
    assert page.builder.made is not None and not page.messages.text()


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
