"""Program as a user meets it: a draft from a version, its form, text, words, changes and cases, and the publication."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from partnerdesk.paths import resource
from partnerdesk.program.reader import read_program
from partnerdesk.queries.drafts import Shelf, shelf
from partnerdesk.ui.dialogs.publish import PublishDialog
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.program_pages.drafting import READ_MS
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.editors import PAUSE_MS, AutosaveLine
from partnerdesk.ui.widgets.entries import Entry, EntryList
from partnerdesk.ui.widgets.flow import Flow
from partnerdesk.ui.widgets.form import Choice
from partnerdesk.ui.widgets.text import Label
from tests.ui.screens.conftest import Stage, cells

CASE = """
[[example]]
says = "A deal of 10,000 <b>in</b> Registered & co"
as_of = 2026-03-31
covers = ["earning.anchor"]
expect = [{ figure = "earned", period = "2026-03", value = 800.00 }]

[example.facts]
partner = [{ id = "P1", name = "A partner" }]
deal = [{ id = "D1", partner = "P1", kind = "new", status = "won", amount = 10_000.00, closed = 2026-03-10 }]
"""


def rows(entries: EntryList) -> list[Entry]:
    return [entry for entry in entries.entries() if not entry.is_head]


def kept(stage: Stage) -> Shelf:
    assert stage.desk._store is not None
    return stage.desk._store.read(shelf, stage.desk.today())


def settle(stage: Stage) -> None:
    """What was typed is read, saved and worked out."""
    stage.qtbot.wait(max(READ_MS, PAUSE_MS) + 50)
    stage.quiet()
    stage.quiet()


def draft(stage: Stage) -> Any:
    """The page on a new draft of the version in force."""
    page = stage.go("program")
    stage.act("page.new")
    stage.quiet()
    return page


def typed(stage: Stage, page: Any, before: str, after: str) -> None:
    """Something is typed over in the text."""
    text = page.drafting.text
    assert before in text
    page.tabs.show_tab("text")
    page.text.editor.setPlainText(text.replace(before, after, 1))
    settle(stage)


def field(page: Any, name: str) -> AutosaveLine:
    found = [f for f in page.fields.findChildren(AutosaveLine) if f.accessibleName() == name]
    assert len(found) == 1, [f.accessibleName() for f in page.fields.findChildren(AutosaveLine)]
    return found[0]


def enter(stage: Stage, page: Any, name: str, words: str) -> None:
    """A field of the form is typed over and left with Enter."""
    page.tabs.show_tab("form")
    stage.qtbot.waitUntil(lambda: not page.fields._left)
    line = field(page, name)
    line.selectAll()
    stage.qtbot.keyClicks(line, words)
    stage.qtbot.keyClick(line, Qt.Key.Key_Return)
    stage.quiet()
    stage.quiet()


# The shelf and the words


def test_the_versions_stand_with_their_days_and_the_one_in_force_is_shown(stage: Stage) -> None:
    page = stage.go("program")
    assert [(e.title, e.body) for e in rows(page.list)] == [
        ("2026.2", "In force from 01 Jul 2026"),
        ("2024.1", "Ended, 01 Jan 2024 to 30 Jun 2026"),
    ]
    assert page.place() == Place("program", "version 2026.2", "rules")
    assert page.header.note.text() == "Fennmark Partner Alliance"
    assert not page.publish.isVisible() and not page.compare.isVisible()


def test_every_rule_tier_and_metric_is_a_sentence_in_full(stage: Stage) -> None:
    page = stage.go("program")
    found = {e.key: e for e in rows(page.rules.list)}
    assert found["earning.milestone"].body.endswith("you earn 750.00 EUR.")
    assert (found["earning.milestone"].lead, found["earning.milestone"].note) == ("MS-01", "750.00 EUR")
    assert found["tier.1"].body == "Requires that score is at least 50."
    assert found["metric.escalations"].body.startswith("Number of cases that are escalated")
    assert found["cap.0"].word == "Changed", "against the version before"
    heads = [e.title for e in page.rules.list.entries() if e.is_head]
    assert heads == ["Score and tiers", "What is earned", "Limits and timing", "Terms", "Funds and benefits", "Metrics"]


def test_keys_walk_the_rules_and_the_detail_follows(stage: Stage) -> None:
    page = stage.go("program")
    page.rules.list.setFocus()
    page.rules.list.show_key("earning.anchor")
    stage.qtbot.keyClick(page.rules.list, Qt.Key.Key_Down)
    assert page.rules.list.current() == "earning.anchor.clawback.0"
    said = [label.text() for label in page.rules.detail.findChildren(Label)]
    assert any("clawed back" in words for words in said) and "12 months" in said
    page.acts.show_in_text("earning.anchor")
    assert page.tabs.current() == "text"
    line = page.text.editor.line()
    assert page.drafting.text.splitlines()[line - 1] == "[earning.anchor]"


def test_another_version_is_chosen_with_the_arrow_keys_and_back_returns(stage: Stage) -> None:
    page = stage.go("program")
    stage.qtbot.keyClick(page.list, Qt.Key.Key_Down)
    stage.quiet()
    assert page.chosen == "version 2024.1"
    assert page.drafting.study is not None and page.drafting.study.program.version == "2024.1"
    stage.go("statements")
    stage.window.back()
    stage.quiet()
    assert stage.window.page is page and page.chosen == "version 2024.1"


def test_a_published_text_is_read_only_and_offers_a_draft(stage: Stage) -> None:
    page = stage.go("program", tab="text")
    assert page.text.editor.isReadOnly() and page.text.copy.isVisible()
    page.tabs.show_tab("form")
    stage.quiet()
    assert all(f.isReadOnly() for f in page.fields.findChildren(AutosaveLine))
    page.tabs.show_tab("text")
    page.text.copy.click()
    stage.quiet()
    assert [d.based_on for d in kept(stage).drafts] == ["2026.2"]


# Drafts


def test_a_new_draft_is_shown_as_a_form_and_undone_in_one_step(stage: Stage) -> None:
    page = draft(stage)
    assert rows(page.list)[0].body == "Draft, from 01 Jan 2027"
    assert page.tabs.current() == "form" and page.is_draft
    assert page.publish.words() == "Publish from 01 Jan 2027…" and page.publish.isEnabled()
    stage.act("edit.undo")
    assert kept(stage).drafts == ()
    assert page.chosen == "version 2026.2"


def test_a_field_changes_its_value_in_the_text_and_nothing_else(stage: Stage) -> None:
    page = draft(stage)
    before = kept(stage).drafts[0].text
    enter(stage, page, "Anchor commission, Rate, by tier, Silver, %", "10.5")
    assert kept(stage).drafts[0].text == before.replace("Silver = 0.10", "Silver = 0.105")
    assert page.text.editor.toPlainText() == kept(stage).drafts[0].text
    enter(stage, page, "Quarterly cap, At most, EUR", "50,000")
    assert "at_most = 50_000.00" in kept(stage).drafts[0].text
    enter(stage, page, "This version, In force from", "1 Apr 2027")
    assert "effective_from = 2027-04-01" in kept(stage).drafts[0].text
    stage.act("edit.undo")
    stage.act("edit.undo")
    assert field(page, "Quarterly cap, At most, EUR").text() == "45,000.00"
    assert "Silver = 0.105" in page.text.editor.toPlainText(), "each field is a step of its own"


def test_a_term_that_the_text_leaves_out_is_added_emptied_and_chosen(stage: Stage) -> None:
    page = draft(stage)
    before = kept(stage).drafts[0].text
    enter(stage, page, "When it is paid, Pays on day", "20")
    assert "\n[settlement]\npays_on_day = 20\n" in kept(stage).drafts[0].text
    line = field(page, "When it is paid, Pays on day")
    line.setFocus()
    assert page.fields.help.text().startswith("settlement.pays_on_day: Day of that month")
    line.clear()
    stage.qtbot.keyClick(line, Qt.Key.Key_Return)
    stage.quiet()
    stage.quiet()
    assert line.text() == "" and line.placeholderText() == "15", "what the format takes"
    moves = next(c for c in page.fields.findChildren(Choice) if c.accessibleName() == "Moving down, Moves")
    moves.setCurrentIndex(moves.findData("never"))
    moves.activated.emit(moves.currentIndex())
    stage.quiet()
    stage.quiet()
    assert 'down = { moves = "never" }' in kept(stage).drafts[0].text
    for _ in range(3):
        stage.act("edit.undo")
    assert kept(stage).drafts[0].text == before


def test_the_parts_of_the_form_are_led_to_by_their_links(stage: Stage) -> None:
    page = draft(stage)
    page.tabs.show_tab("form")
    stage.quiet()
    links = [b.words() for b in page.fields.findChildren(Flow)[0].findChildren(Button)]
    assert links == [
        "This version", "Score and tiers", "Earnings", "Limits", "Payment", "Funds and benefits", "Metrics"
    ]  # fmt: skip
    page.fields.show_part("Payment")
    stage.qtbot.waitUntil(lambda: page.fields.column.verticalScrollBar().value() > 0)
    assert stage.window.focusWidget().accessibleName() == "When it is paid, Every"


def test_a_field_that_cannot_be_read_says_so_and_changes_nothing(stage: Stage) -> None:
    page = draft(stage)
    before = kept(stage).drafts[0].text
    enter(stage, page, "Score, Renewal rate, weight", "thirty")
    assert field(page, "Score, Renewal rate, weight").problem.words()
    assert kept(stage).drafts[0].text == before


def test_a_problem_stands_beside_the_text_and_under_its_field(stage: Stage) -> None:
    page = draft(stage)
    typed(stage, page, "within_months = 9", "within_months = 9.5")
    (problem,) = rows(page.text.problems)
    assert problem.lead == "Line 216" and problem.note == "earning.anchor.vests.1.within_months"
    page.text.editor.go_to(1)
    page.text.problems.opened.emit(problem.key)
    assert page.text.editor.line() == 216
    assert page.publish.accessibleDescription() == "Publishing waits for 1 problem to be corrected"
    assert stage.window.status_bar.middle.text() == "Publishing waits for 1 problem to be corrected"
    assert rows(page.list)[0].word == "1 problem"
    page.tabs.show_tab("form")
    stage.quiet()
    shown = [label.text() for row, label in page.fields._notes if label.isVisible() and "Vesting" in row.label]
    assert len(shown) == 1 and "whole number" in shown[0]
    enter(stage, page, "Anchor commission, Vesting part 2, within, months", "8")
    assert page.publish.isEnabled() and rows(page.text.problems) == []


def test_a_text_that_is_no_toml_keeps_its_line_and_empties_form_and_rules(stage: Stage) -> None:
    page = draft(stage)
    typed(stage, page, 'currency = "EUR"', "currency = EUR")
    (problem,) = rows(page.text.problems)
    assert problem.lead == "Line 9"
    page.tabs.show_tab("form")
    assert page.fields.stack.currentIndex() == 1
    page.tabs.show_tab("rules")
    assert page.rules.stack.currentIndex() == 1
    typed(stage, page, "currency = EUR", 'currency = "EUR"')
    page.tabs.show_tab("rules")
    assert page.rules.stack.currentIndex() == 0


def test_typing_is_saved_after_a_pause_as_one_step_and_undo_takes_it_back(stage: Stage) -> None:
    page = draft(stage)
    page.tabs.show_tab("text")
    editor = page.text.editor
    before = editor.toPlainText()
    editor.setFocus()
    editor.go_to(1)
    stage.qtbot.keyClicks(editor, "# mine, ")
    assert kept(stage).drafts[0].text == before
    settle(stage)
    assert kept(stage).drafts[0].text == f"# mine, {before}"
    assert editor.textCursor().position() == len("# mine, ")
    stage.qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.quiet()
    assert kept(stage).drafts[0].text == before == editor.toPlainText()


def test_what_was_typed_is_saved_before_the_page_is_left(stage: Stage) -> None:
    page = draft(stage)
    page.tabs.show_tab("text")
    page.text.editor.setPlainText("# mine\n" + page.drafting.text)
    stage.go("today")
    assert kept(stage).drafts[0].text.startswith("# mine\n")


def test_the_help_follows_the_cursor(stage: Stage) -> None:
    page = draft(stage)
    page.acts.show_in_text("earning.anchor.vests")
    said = " ".join(label.text() for label in page.text.help.findChildren(Label))
    assert "50\xa0% is payable at once" in said, "the rule in words"
    assert "Shares and when each becomes payable" in said, "what the reference says of the key"


def test_a_discarded_draft_comes_back_with_undo(stage: Stage) -> None:
    page = draft(stage)
    stage.act("program.discard")
    assert stage.toast() == "Draft 2027.1 was discarded" and page.chosen == "version 2026.2"
    stage.act("edit.undo")
    assert rows(page.list)[0].title == "2027.1"


# Changes, cases, money


def test_changes_are_told_in_words_against_any_other_text(stage: Stage) -> None:
    page = draft(stage)
    page.tabs.show_tab("changes")
    assert rows(page.changes.list) == []
    enter(stage, page, "Anchor commission, Rate, by tier, Silver, %", "11")
    page.tabs.show_tab("changes")
    (change,) = rows(page.changes.list)
    assert (change.title, change.word) == ("Anchor commission", "Changed")
    assert "11\xa0% as Silver" in change.body and "10\xa0% as Silver" in change.note
    marked = [change.body[mark.start : mark.start + mark.length] for mark in change.marks]
    assert [text.split("\xa0")[0] for text in marked] == ["11"], "where the sentence says it, and nowhere again"
    page._compare_with("version 2024.1")
    stage.quiet()
    assert {e.key for e in rows(page.changes.list)} >= {"earning.anchor", "earning.recurring", "cap.0"}
    assert page.changes.against.words() == "Against 2024.1"


def test_cases_run_on_every_change_and_one_that_differs_stops_the_publishing(stage: Stage) -> None:
    page = draft(stage)
    page.tabs.show_tab("text")
    page.text.editor.setPlainText(page.drafting.text.partition("\n# Worked cases")[0])
    settle(stage)
    assert page.cases.table._empty_now is not None
    typed(stage, page, "\n# Earnings", CASE + "\n# Earnings")
    page.tabs.show_tab("cases")
    assert cells(page.cases.table, "says") == ["A deal of 10,000 <b>in</b> Registered & co"]
    assert cells(page.cases.table, "result") == ["Met"] and rows(page.list)[0].word == "1 of 1"
    assert not page.cases.accept.isVisible()
    assert "as if it had been in force then" in page.cases.note.text()
    enter(stage, page, "Anchor commission, Rate, by tier, Registered, %", "9")
    stage.quiet()
    assert cells(page.cases.table, "expected") == ["800.00"] and cells(page.cases.table, "found") == ["900.00"]
    assert cells(page.cases.table, "result") == ["Differs by 100.00"]
    assert rows(page.list)[0].word == "1 case differs"
    assert not page.publish.isEnabled()
    assert stage.window.commands.why_not("program.publish") == "Publishing waits for the case that differs"
    page.cases.accept.click()
    settle(stage)
    assert "value = 900.00" in page.drafting.text and page.tabs.current() == "text"
    assert rows(page.list)[0].word == "1 of 1" and page.publish.isEnabled()
    stage.act("edit.undo")
    assert "value = 800.00" in page.drafting.text


def test_the_money_is_that_of_the_last_closed_period_by_partner(stage: Stage) -> None:
    page = draft(stage)
    stage.act("program.compare")
    stage.quiet()
    assert page.changes.finding.title.text() == "Nothing would have moved in September 2026"
    enter(stage, page, "Recurring commission, Rate, age 1, rate, %", "10")
    assert page.publishing.money is None, "it was another text's"
    stage.act("program.compare")
    stage.quiet()
    money = page.publishing.money
    assert money is not None and money.change > 0 and page.tabs.current() == "changes"
    assert " more earned in September 2026, " in page.changes.finding.title.text()
    assert "as if the draft had stood for 2026.2 since 01 Jul 2026" in page.changes.basis.text()
    shown = [Decimal(cell.replace(",", "").strip("() ")) for cell in cells(page.changes.table, "change")]
    assert sum(shown) == money.change and shown == sorted(shown, key=abs, reverse=True)


# Publishing


def test_publishing_shows_money_and_words_then_makes_a_version_for_good(stage: Stage) -> None:
    page = draft(stage)
    enter(stage, page, "Anchor commission, Rate, by tier, Silver, %", "11")
    page.cases.accept.click()
    settle(stage)
    stage.act("program.publish")
    stage.quiet()
    dialog = stage.dialog(PublishDialog)
    assert dialog.windowTitle() == "Publish 2027.1 from 01 Jan 2027?"
    assert "906.00 EUR more earned in September 2026" in dialog.finding.text()
    assert [e.title for e in dialog.list.entries()] == ["Anchor commission"]
    assert dialog.cancel.hasFocus()
    dialog.verb.click()
    stage.quiet()
    found = kept(stage)
    assert found.drafts == () and [v.version for v in found.versions] == ["2024.1", "2026.2", "2027.1"]
    assert rows(page.list)[0].body == "From 01 Jan 2027" and page.chosen == "version 2027.1"
    assert "Version 2027.1 is published." in stage.says()
    assert stage.desk.undo_label is None
    assert page.text.editor.isReadOnly()


def test_a_cancelled_publication_changes_nothing(stage: Stage) -> None:
    draft(stage)
    stage.act("program.publish")
    stage.quiet()
    stage.dialog(PublishDialog).reject()
    stage.quiet()
    assert len(kept(stage).drafts) == 1 and len(kept(stage).versions) == 2


@pytest.mark.parametrize(
    ("name", "words", "reason"),
    [
        ("In force from", "1 Sep 2026", "Its first day must come after 30 Sep 2026, which is closed"),
        ("Version", "2026.2", "A version 2026.2 is published already"),
    ],
)
def test_what_cannot_be_published_says_why(stage: Stage, name: str, words: str, reason: str) -> None:
    page = draft(stage)
    enter(stage, page, f"This version, {name}", words)
    assert page.publish.accessibleDescription() == reason


# The guide


def test_the_guide_is_written_of_what_is_shown_in_the_windows_numbers(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("partnerdesk.paths.folder", lambda name: tmp_path)
    page = stage.go("program")
    stage.window.set_locale("de_DE")
    stage.quiet()
    page.pdf.click()
    stage.quiet()
    (file,) = tmp_path.glob("*.pdf")
    with pdfium.PdfDocument(file) as document:
        assert stage.toast() == f"{file.name} written, {len(document)} pages"
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert "45.000,00" in text and "45,000.00" not in text
    assert "What changed since version 2024.1" in text, "the book's earlier versions are known"


def test_the_guide_waits_for_problems_and_for_cases(stage: Stage) -> None:
    page = draft(stage)
    assert stage.window.commands.why_not("page.export") == ""
    enter(stage, page, "Anchor commission, Rate, by tier, Silver, %", "11")
    assert page.pdf.accessibleDescription() == "The guide waits for the cases that differ"
    typed(stage, page, "within_months = 9", "within_months = 9.5")
    assert stage.window.commands.why_not("page.export") == "The guide waits for the text's problems to be corrected"


# An empty book, files, and the rest


def test_a_book_without_a_program_begins_with_the_template(bare_stage: Stage) -> None:
    page = bare_stage.go("program")
    assert page.stack.currentIndex() == 1
    bare_stage.act("page.new")
    settle(bare_stage)
    assert rows(page.list)[0].title == "2027.1" and rows(page.list)[0].word == "1 of 1"
    bare_stage.act("program.publish")
    bare_stage.quiet()
    dialog = bare_stage.dialog(PublishDialog)
    assert dialog.finding.text() == "No period to compare"
    dialog.verb.click()
    bare_stage.quiet()
    assert [v.version for v in kept(bare_stage).versions] == ["2027.1"]


def program(version: str, day: str) -> str:
    """The sample's program under another version and day."""
    text = resource("programs/fennmark/2026.2.toml").read_text(encoding="utf-8")
    text = re.sub(r'(?m)^version = ".*"', f'version = "{version}"', text, count=1)
    return re.sub(r"(?m)^effective_from = .*", f"effective_from = {day}", text, count=1)


def dropped(stage: Stage, folder: Path, text: str) -> Any:
    """The page after a program file was dropped on it."""
    page = stage.go("program")
    (folder / "next.toml").write_text(text, encoding="utf-8")
    assert page.accept_files([folder / "next.toml"])
    stage.quiet()
    stage.quiet()
    return page


def test_a_broken_program_file_says_where_it_is_broken(stage: Stage, tmp_path: Path) -> None:
    dropped(stage, tmp_path, program("2027.1", "2027-01-01").replace("[", "[[", 1))
    assert stage.says().startswith("next.toml was not added. next.toml")
    assert "line" in stage.says()


def test_the_next_version_is_added_and_shown_in_words(stage: Stage, tmp_path: Path) -> None:
    page = dropped(stage, tmp_path, program("2027.1", "2027-01-01"))
    assert stage.says() == "Version 2027.1 was added."
    assert page.chosen == "version 2027.1"
    assert "Anchor commission" in [e.title for e in rows(page.rules.list)]
    assert rows(page.list)[0].body == "From 01 Jan 2027"


def test_a_version_added_to_a_book_without_closed_statements_is_undone(bare_stage: Stage, tmp_path: Path) -> None:
    page = dropped(bare_stage, tmp_path, program("2027.1", "2027-01-01"))
    assert bare_stage.toast() == "Version 2027.1 was added" and page.chosen == "version 2027.1"
    bare_stage.act("edit.undo")
    assert page.stack.currentIndex() == 1, "the book has no program again"


def test_a_version_of_a_closed_day_is_refused_with_a_sentence(stage: Stage, tmp_path: Path) -> None:
    page = dropped(stage, tmp_path, program("2026.3", "2026-08-01"))
    assert "closed" in stage.says()
    assert page.chosen == "version 2026.2"


def test_a_program_file_on_another_page_goes_to_the_window(stage: Stage, tmp_path: Path) -> None:
    page = stage.go("data")
    assert not page.accept_files([tmp_path / "next.toml"])


def test_names_that_look_like_markup_are_shown_as_they_are(stage: Stage) -> None:
    page = draft(stage)
    typed(stage, page, 'says = "Anchor commission"', 'says = "<img src=x> & <b>Anchor</b>"')
    page.tabs.show_tab("rules")
    assert any(e.title == "<img src=x> & <b>Anchor</b>" for e in rows(page.rules.list))
    page.rules.list.show_key("earning.anchor")
    page.rules._detail("earning.anchor")
    enter(stage, page, "This version, Why this version", 'said "so" \\ and & <i>more</i>')
    text = kept(stage).drafts[0].text
    read = read_program(text, "draft").program
    assert read is not None and read.note == 'said "so" \\ and & <i>more</i>'
    assert not stage.window.findChildren(QMenu, "error")


def test_large_text_puts_what_is_beside_below(stage: Stage) -> None:
    from partnerdesk.ui import theme
    from partnerdesk.ui.widgets.beside import Beside

    page = stage.go("program", tab="text")
    (beside,) = page.text.findChildren(Beside)
    assert not beside.is_stacked
    theme.theme().choose(zoom=2.0)
    fresh = stage.window
    fresh.resize(1360, 760)
    stage.quiet()
    assert beside.is_stacked and page.list.width() < theme.theme().px(200)
