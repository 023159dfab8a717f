"""Reviews as a user meets them: the list, who is due, a new one, and a book that has none."""

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel

from partnerdesk.ops.pack.exports import ExportedPack
from partnerdesk.ops.pack.runs import PackRun, RunPack
from partnerdesk.reports.manifest import LeftOut
from partnerdesk.ui.dialogs.new_review import CopyReviewDialog, NewReviewDialog
from partnerdesk.ui.dialogs.packs import PackRunDialog, PacksDialog
from partnerdesk.ui.widgets.button import Button
from tests.ui.screens.conftest import Stage, cells
from tests.ui.screens.reviewing import review_of


def test_the_list_shows_what_was_kept_and_what_is_late(stage: Stage) -> None:
    page = stage.go("reviews")
    assert len(page.table.table_model.rows) == 40
    late = review_of(stage, "Grauwald IT", "2026Q3")
    assert late.is_late
    assert "Draft, day passed" in cells(page.table, "status")
    assert "3 of 4" in cells(page.table, "ours")


def test_the_builder_is_made_with_the_first_review_that_is_opened(stage: Stage) -> None:
    page = stage.go("reviews")
    assert page._builder is None
    late = review_of(stage, "Grauwald IT", "2026Q3")
    stage.go("reviews", str(late.id))
    assert page.builder.save.isVisible() and not page.new.isVisible()
    stage.go("reviews")
    assert not page.builder.save.isVisible() and page.new.isVisible()


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
    page.verbs.show_calendar()
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
    page.verbs.ask_copy(review_of(stage, "Nordskær Data", "2026Q2"))
    stage.quiet()
    dialog = stage.dialog(CopyReviewDialog)
    assert dialog.form.period.value() == "2026Q3"
    dialog.form.show_label("2025Q4")
    dialog.verb.click()
    stage.quiet()
    assert page.header.title.text() == "Nordskær Data, Q4 2025"
    assert page.builder.view.attendees and page.builder.view.minutes == 90


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
    page.verbs.begin("P-1", "2026Q3")
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


def test_the_calendar_of_an_empty_book_says_how_partners_come(bare_stage: Stage) -> None:
    screen = bare_stage.go("reviews", "", "calendar")
    assert screen.calendar_page.table._empty_now.primary.words() == "Import a file"
