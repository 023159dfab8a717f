"""Program as a user meets it: a draft from a version, its form, text, words, changes and cases, and the publication."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from partnerdesk.program.reader import read_program
from partnerdesk.ui.dialogs.publish import PublishDialog
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.editors import AutosaveLine
from partnerdesk.ui.widgets.flow import Flow
from partnerdesk.ui.widgets.form import Choice
from partnerdesk.ui.widgets.text import Label
from tests.ui.screens.conftest import Stage
from tests.ui.screens.programs import draft, enter, field, kept, rows, settle, typed

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


def test_the_form_calls_keys_in_words(stage: Stage) -> None:
    page = draft(stage)
    said = [label.text() for label in page.fields.findChildren(Label)]
    assert any("“fiscal year starts”" in words for words in said)
    assert not [words for words in said if "`" in words]


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


# An empty book, files, and the rest


def test_a_book_without_a_program_begins_with_the_template(bare_stage: Stage) -> None:
    page = bare_stage.go("program")
    assert page.stack.currentIndex() == 1
    bare_stage.act("page.new")
    settle(bare_stage)
    assert rows(page.list)[0].title == "2027.1" and rows(page.list)[0].word == "2 of 2"
    bare_stage.act("program.publish")
    bare_stage.quiet()
    dialog = bare_stage.dialog(PublishDialog)
    assert dialog.finding.text() == "No period to compare"
    dialog.verb.click()
    bare_stage.quiet()
    assert [v.version for v in kept(bare_stage).versions] == ["2027.1"]


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
