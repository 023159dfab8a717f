"""Deals & renewals as a user meets it: all deals in one list, what is done to them, and the selected one beside it."""

import re
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from partnerdesk.ops.rows.deals import moved_by
from partnerdesk.queries.pipeline.deals import deal_view
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.ui.dialogs.confirm import ConfirmDialog
from partnerdesk.ui.dialogs.deal_outcome import LostDialog, SlipDialog, WonDialog
from partnerdesk.ui.dialogs.give_deal import GiveDialog
from partnerdesk.ui.dialogs.new_deal import NewDealDialog
from partnerdesk.ui.quick_add import QuickAdd
from partnerdesk.ui.screens.deal_pages import worth_part
from partnerdesk.ui.widgets.number import Number
from tests.ui.screens.cell_typing import type_into
from tests.ui.screens.conftest import Stage, cells

Key = Qt.Key


@pytest.fixture(autouse=True)
def no_worth(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a deal is worth takes a process of its own; one test waits for it."""
    monkeypatch.setattr(worth_part, "PAUSE_MS", 3_600_000)


@pytest.fixture
def page(stage: Stage) -> Any:
    return stage.go("deals").segment


def pick(page: Any, index: int = 0) -> Any:
    """Select a row of the table and give the table the keyboard."""
    row = page.table.table_model.rows[index]
    page.table.setFocus()
    page.table.select(row.id)
    return row


def shown(page: Any) -> list[str]:
    return [row.id for row in page.table.table_model.rows]


def beside(page: Any) -> str:
    """What stands beside the list."""
    return "\n".join(label.text() for label in page.aside().findChildren(QLabel))


def test_the_list_opens_with_open_deals_and_nothing_is_cut_off(stage: Stage, page: Any) -> None:
    rows = page.table.table_model.rows
    assert rows and all(row.is_open for row in rows) and page.views.words() == "Open"
    assert page.table.horizontalScrollBar().maximum() == 0
    assert all(words.endswith("%") for words in cells(page.table, "chance"))
    assert page.now().state == "open" and "Set by a person" in beside(page)


def give(stage: Stage, page: Any, row: Any, partner: str) -> None:
    """Through the row's menu and the dialog."""
    action = next(a for a in page.acts.menu(row, page.found) if a is not None and a.text().startswith("Give to"))
    action.trigger()
    dialog = stage.dialog(GiveDialog)
    dialog.partner.show_value(partner)
    dialog.verb.click()
    stage.quiet()


def test_a_deal_of_closed_statements_is_given_away_once_a_person_has_read_what_that_moves(
    stage: Stage, page: Any
) -> None:
    row = pick(page)
    other = next(p.id for p in page.found.partners if p.id != row.deal.partner)
    give(stage, page, row, other)
    assert stage.toast().endswith(f"given to {next(p.name for p in page.found.partners if p.id == other)}")
    assert stage.desk._store.read(deal_view, row.id).deal.partner == other
    page.views.choose("Won")
    stage.quiet()
    closed = stage.desk._store.read(closed_statements)
    assert closed, "the sample has closed statements"
    given = next(
        r
        for r in page.table.table_model.rows
        if r.deal.partner not in (None, other) and stage.desk._store.read(moved_by, [r.id], other)
    )
    pick(page, page.table.table_model.rows.index(given))
    give(stage, page, given, other)
    dialog = stage.dialog(ConfirmDialog)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert f"Deal {given.id} (ST-" in said and "next statement of each partner corrects it" in said
    assert stage.desk._store.read(deal_view, given.id).deal.partner == given.deal.partner
    dialog.verb.click()
    stage.quiet()
    assert stage.desk._store.read(deal_view, given.id).deal.partner == other


def test_a_deal_is_won_for_what_was_signed_and_undo_opens_it_again(stage: Stage, page: Any) -> None:
    row = pick(page)
    stage.qtbot.keyClick(page.table, Key.Key_W)
    dialog = stage.dialog(WonDialog)
    dialog.day.setText("+1w")
    dialog.accept()
    assert "still to come" in dialog.problem.text()
    dialog.day.setText(page.formats.day(stage.desk.today()))
    dialog.signed.setText("9,100")
    dialog.accept()
    stage.quiet()
    assert row.id not in shown(page) and stage.toast().endswith("won")
    page.views.choose("Won")
    won = next(r for r in page.table.table_model.rows if r.id == row.id)
    assert str(won.deal.amount) == "9100.00" and won.deal.stage == "Won"
    stage.act("edit.undo")
    page.views.choose("Open")
    assert row.id in shown(page)


def test_several_are_lost_with_one_reason_and_one_is_opened_again_where_it_was(stage: Stage, page: Any) -> None:
    rows = page.table.table_model.rows[2:4]
    page.acts.lose(rows)
    dialog = stage.dialog(LostDialog)
    dialog.accept()
    assert "needed" in dialog.problem.text()
    dialog.reason.setText("Budget gone")
    dialog.accept()
    stage.quiet()
    assert not {row.id for row in rows} & set(shown(page)) and stage.toast() == "Marked 2 deals as lost"
    page.views.choose("Lost")
    lost = next(r for r in page.table.table_model.rows if r.id == rows[0].id)
    assert lost.deal.lost_reason == "Budget gone"
    page.acts.reopen([lost])
    stage.quiet()
    page.views.choose("All")
    again = next(r for r in page.table.table_model.rows if r.id == rows[0].id)
    assert again.is_open and again.deal.stage == rows[0].deal.stage


def test_a_deal_that_slips_says_from_when_to_when_and_why(stage: Stage, page: Any) -> None:
    row = pick(page)
    stage.qtbot.keyClick(page.table, Key.Key_S)
    dialog = stage.dialog(SlipDialog)
    dialog.reason.setText("Their board meets in January")
    dialog.day.setText(page.formats.day(row.deal.expected_close))
    dialog.accept()
    assert "slips to a day after" in dialog.problem.text()
    dialog.day.setText("15 jan 2027")
    dialog.accept()
    stage.quiet()
    page.views.choose("Slipped")
    slipped = next(r for r in page.table.table_model.rows if r.id == row.id)
    assert cells(page.table, "state")[shown(page).index(row.id)].startswith("Slipped 1")
    assert slipped.deal.stage == row.deal.stage and page.formats.day(slipped.deal.expected_close) == "15 Jan 2027"
    page.table.select(row.id)
    stage.quiet()
    assert "Their board meets in January" in beside(page)
    stage.act("edit.undo")
    assert row.id not in shown(page)


def test_cells_are_typed_in_and_the_own_probability_can_be_given_back_to_the_record(stage: Stage, page: Any) -> None:
    row = pick(page)
    editor = type_into(stage, page, row, "chance", "140")
    assert "between 0 and 100" in editor.problem.words()
    stage.qtbot.keyClick(editor, Key.Key_Escape)
    type_into(stage, page, row, "chance", "64 %")
    assert cells(page.table, "chance")[0] == "64%"
    type_into(stage, page, row, "chance", " ")
    assert cells(page.table, "chance")[0].startswith("~") and "Type your own" in beside(page)
    type_into(stage, page, row, "stage", "Proposal")
    assert page.table.table_model.rows[0].deal.stage == "Proposal" and "Proposal" in stage.toast()
    type_into(stage, page, row, "next", "Call the sponsor")
    type_into(stage, page, row, "amount", "12,345.50 GBP")
    changed = page.table.table_model.rows[0].deal
    assert (changed.next_step, str(changed.amount), changed.currency) == ("Call the sponsor", "12345.50", "GBP")
    assert type_into(stage, page, row, "stage", "won").problem.words().startswith("Mark the deal as won")


def test_a_view_is_kept_under_a_name_with_stage_and_owner(stage: Stage, page: Any) -> None:
    page._choose_stage("Negotiation")
    assert page.views.words() == "Open, changed" and {r.deal.stage for r in page.table.table_model.rows} == {
        "Negotiation"
    }
    page.views._keep("Nearly there")
    stage.quiet()
    page.views.choose("Open")
    assert page.stage.words() == "Any stage"
    page.views.choose("Nearly there")
    assert page.view.stage == "Negotiation" and page.views.words() == "Nearly there"


def test_a_new_deal_is_found_by_its_name_and_an_action_says_which_deal_it_is_about(stage: Stage, page: Any) -> None:
    stage.act("page.new")
    dialog = stage.dialog(NewDealDialog)
    dialog.accept()
    assert "needed" in dialog.problem.text()
    dialog.partner.show_value("P-04")
    dialog.name.setText("Quayside rollout")
    dialog.customer.setText("Quayside Harbours")
    dialog.amount_field.setText("18,000")
    dialog.close_day.setText("12 dec")
    dialog.stage.setText("Qualified")
    dialog.accept()
    stage.quiet()
    row = page.table.current_row()
    assert row.deal.name == "Quayside rollout" and cells(page.table, "chance")[shown(page).index(row.id)][0] == "~"
    stage.qtbot.keyClick(page.table, Key.Key_A)
    line = next(w for w in stage.window.findChildren(QuickAdd) if w.isVisible())
    line.field.setText("Send the price model fri")
    line.add()
    stage.quiet()
    assert "Send the price model" in beside(page)
    listed = stage.go("actions").segment
    action = next(r for r in listed.table.table_model.all_rows() if r.row.deal == row.id)
    listed.acts.open_source(action)
    stage.quiet()
    assert stage.window.page.ID == "deals" and stage.window.page.segment.table.current_row().id == row.id


def test_a_deal_named_by_a_link_is_shown_even_when_it_is_closed(stage: Stage, page: Any) -> None:
    closed = next(r for r in page.table.table_model.all_rows() if r.deal.status == "won")
    there = stage.go("deals", "", "deals", f"#{closed.id}").segment
    assert there.table.current_row().id == closed.id and there.views.words() == "All"


def test_what_a_deal_is_worth_stands_beside_it_with_its_why(
    stage: Stage, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worth_part, "PAUSE_MS", 0)
    row = pick(page, 3)
    stage.qtbot.waitUntil(lambda: bool(figures(page)), timeout=60_000)
    assert "an estimate, not a promise" in beside(page)
    total = next(n for n in figures(page) if n.figure.startswith(f"worth|deal|{row.id}|total|well|"))
    total.click()
    stage.quiet()
    inspector = stage.window.side.inspector
    assert inspector is not None and inspector.shown is not None
    assert inspector.shown.title in total.accessibleName() and "What it brings in all" in inspector.shown.sentence
    assert not re.search(r"\d{4}-\d{2}", inspector.shown.sentence), "days are written as this window writes them"


def figures(page: Any) -> list[Number]:
    """The numbers beside the list that answer why."""
    return [n for n in page.aside().findChildren(Number) if n.figure]


def test_a_change_of_a_deal_that_counts_in_a_closed_period_says_so_and_that_a_true_up_follows(
    stage: Stage, page: Any
) -> None:
    page.views.choose("Won")
    row = next(r for r in page.table.table_model.rows if r.deal.closed.year < 2026)
    page.acts.change_amount(row, (row.deal.amount + 1000, ""))
    stage.quiet()
    told = re.fullmatch(r"Closed 20\d\d-\d\d rests on it and stays as it is; (.*)", stage.toast())
    assert told and told[1] == "the next statement corrects what changes by a true-up."
    page.views.choose("Open")
    page.acts.change_amount(pick(page), (row.deal.amount, ""))
    page.acts.reopen([row])
    stage.quiet()
    assert stage.toast().endswith("is open again. " + told[0])
