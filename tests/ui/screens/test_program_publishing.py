"""Changes in words and money, cases, publishing for good, and files of the next version."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from partnerdesk.paths import resource
from partnerdesk.ui.dialogs.publish import PublishDialog
from tests.ui.screens.conftest import Stage, cells
from tests.ui.screens.programs import CASE, draft, enter, kept, rows, settle, typed

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


def test_a_draft_in_another_currency_says_why_it_waits(stage: Stage) -> None:
    page = draft(stage)
    typed(stage, page, 'currency = "EUR"', 'currency = "USD"')
    assert page.publishing._clash().startswith("What is closed in another currency would be counted in USD")
