"""Funds as a user meets them: requests with what is due, each step by its dialog, balances that answer why."""

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from partnerdesk.ui.dialogs.confirm import ConfirmDialog
from partnerdesk.ui.dialogs.fund_step import StepDialog
from partnerdesk.ui.widgets import brush
from tests.ui.screens.conftest import Stage, cells

GLYPH = 44  # px of a state's glyph and of the room at both sides


@pytest.fixture
def page(stage: Stage) -> Any:
    return stage.go("funds")


def fill(stage: Stage, **texts: str) -> Any:
    """Types into the open dialog and takes its verb."""
    dialog = stage.dialog(StepDialog)
    for key, text in texts.items():
        dialog.fields[key].setText(text)
    dialog.verb.click()
    stage.quiet()
    return dialog


def words_of(dialog: QWidget) -> str:
    """All that a dialog says."""
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_requests_show_their_state_and_what_is_due(page: Any, stage: Stage) -> None:
    assert stage.window.page is page
    assert set(cells(page.requests, "state")) == {"Claimed, proof due", "Reimbursed"}
    assert all(words.startswith("Proof, ") for words in cells(page.requests, "due") if words)
    page._choose("balances")
    ends = [brush.width_of(words, "body") for words in cells(page.balances, "expires")]
    assert 0 < max(ends) + GLYPH < page.balances.columnWidth(len(page.balances.table_model.columns) - 1)
    assert len(cells(page.balances, "available")) >= len(set(cells(page.requests, "partner")))


def test_a_request_is_made_approved_and_claimed_and_undone(page: Any, stage: Stage) -> None:
    row = page.view.funds[0]
    page.partner = row.partner
    stage.act("page.new")
    dialog = stage.dialog(StepDialog)
    assert dialog.fields["partner"].value() == row.partner
    fill(stage, project="Harbour fair", amount="500")
    assert stage.toast() == "Request recorded"
    made = next(r for r in page.view.requests if r.project == "Harbour fair")
    assert made.currency == row.currency
    page._next_step(made)
    fill(stage, amount="400")
    made = next(r for r in page.view.requests if r.project == "Harbour fair")
    assert (made.state, made.approved) == ("approved", Decimal(400))
    page.steps.take("claim", made)
    fill(stage, amount="300", evidence="bill.pdf")
    assert stage.desk.book is not None
    stage.act("edit.undo")
    assert next(r for r in page.view.requests if r.project == "Harbour fair").claimed == 0


def test_a_request_for_more_than_there_is_asks_before_it_is_recorded(page: Any, stage: Stage) -> None:
    page.partner = page.view.funds[0].partner
    before = page.view.requests
    stage.act("page.new")
    fill(stage, project="Harbour fair", amount="99999999")
    asking = stage.dialog(ConfirmDialog)
    assert "99,999,999.00" in words_of(asking) and page.view.requests == before
    asking.verb.click()
    stage.quiet()
    assert next(r for r in page.view.requests if r.project == "Harbour fair").requested == 99_999_999


def test_what_the_ledger_refuses_is_said_and_nothing_is_written(page: Any, stage: Stage) -> None:
    before = page.view.requests
    stage.act("page.new")
    dialog = stage.dialog(StepDialog)
    dialog.verb.click()
    assert "“Joint project” is needed" in dialog.problem.text()
    dialog.reject()
    page.steps.expire(page.view.funds[0])
    fill(stage, amount="999999")
    assert page.view.requests == before
    assert page.messages.isVisible()


def test_a_balance_answers_why_and_a_chip_narrows_to_one_partner(page: Any, stage: Stage) -> None:
    row = page.view.funds[0]
    page.explain(f"{row.partner}#fund|{row.key}|available")
    stage.quiet()
    inspector = stage.window.side.inspector
    assert inspector is not None and inspector.shown is not None
    narrowed = stage.go("funds", row.partner, "balances")
    assert {r.partner for r in narrowed.balances.table_model.rows} == {row.partner}
    assert narrowed.place().item == row.partner


def test_the_ledger_of_the_sample_has_no_problem(page: Any, stage: Stage) -> None:
    assert page.view.funds and not any(row.problems for row in page.view.funds)


def test_an_empty_book_says_what_funds_need_first(bare_stage: Stage) -> None:
    screen = bare_stage.go("funds")
    for table in (screen.requests, screen.balances, screen.benefits):
        assert table._empty_now.primary.words() == "Open Program"  # nobody is there to allocate to
    screen.requests._empty_now.primary.click()
    bare_stage.quiet()
    assert bare_stage.window.page.ID == "program"
