"""Opening balances as a user types them: from the Partner menu to the statement that confirms them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit

from partnerdesk.engine.facts import Partner
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.statements.openings import openings
from partnerdesk.ui.dialogs.opening import OpeningDialog
from tests.ui.screens.conftest import Stage, cells
from tests.ui.screens.test_statements import close_period

DAY = date(2026, 10, 31)


@pytest.fixture
def dialog(stage: Stage) -> Any:
    """The form of a partner that is new to the book."""
    stage.desk.run("New", add_rows, [Partner(id="P-99", name="Taken Over Oy")])
    stage.quiet()
    stage.go("partners", "P-99", "earnings")
    stage.act("partner.opening")
    return stage.dialog(OpeningDialog)


def fill(stage: Stage, dialog: Any) -> None:
    formats = stage.desk.formats
    dialog.evidence.setText("ledger.xlsx of finance")
    held, paid, due = dialog.rows[:3]
    held.amount.setText("600")
    held.due.setText(formats.day(date(2026, 12, 31)))
    held.line.setText("L-7")
    held.earning.show_value("anchor")
    paid.kind.show_value("paid")
    paid.amount.setText("400")
    paid.line.setText("L-7")
    due.amount.setText(formats.accounting(Decimal("250.50")))


def test_balances_are_entered_and_confirmed_by_closing_their_period(stage: Stage, dialog: Any) -> None:
    assert dialog.day.text() == stage.desk.formats.day(DAY)
    fill(stage, dialog)
    dialog.verb.click()
    stage.quiet()
    assert stage.toast() == "Taken Over Oy is taken over as of 31 Oct 2026; closing that period confirms it"
    (view,) = stage.desk._store.read(openings)
    assert [(r.kind, r.amount, r.due) for r in view.rows] == [
        ("vesting", Decimal(600), date(2026, 12, 31)),
        ("paid", Decimal(400), None),
        ("payable", Decimal("250.50"), None),
    ]
    page = stage.go("statements", "2026-10")
    rows = dict(zip(cells(page.table, "name"), cells(page.table, "closing"), strict=True))
    assert rows["Taken Over Oy"] == "850.50"
    close_period(stage)
    assert stage.desk._store.read(openings)[0].is_confirmed
    stage.go("partners", "P-99", "earnings")
    stage.act("partner.opening")
    assert "its ledger has begun" in stage.says()


def test_what_was_entered_is_shown_again(stage: Stage, dialog: Any) -> None:
    fill(stage, dialog)
    dialog.verb.click()
    stage.quiet()
    stage.act("partner.opening")
    again = stage.dialog(OpeningDialog)
    assert (again.evidence.text(), again.rows[0].line.text(), again.rows[0].earning.value()) == (
        "ledger.xlsx of finance",
        "L-7",
        "anchor",
    )
    assert again.rows[2].amount.text() == "250.50"


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("evidence", " ", "name their evidence"),
        ("day", "some day", "day"),
        ("amount", "many", "number"),
        ("amount", "-5", "is above zero"),
        ("amount", "", "at least one balance"),
        ("due", "later", "day"),
    ],
)
def test_a_wrong_entry_is_said_and_the_dialog_stays(
    stage: Stage, dialog: Any, field: str, text: str, says: str
) -> None:
    dialog.evidence.setText("x")
    dialog.rows[0].amount.setText("1")
    target: QLineEdit = getattr(dialog, field, None) or getattr(dialog.rows[0], field)
    target.setText(text)
    dialog.verb.click()
    assert dialog.isVisible() and says in dialog.problem.text()
    dialog.reject()
    stage.quiet()
    assert stage.desk._store.read(openings) == ()
