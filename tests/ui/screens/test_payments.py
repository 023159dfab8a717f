"""Payments as a user meets them: what is due, its release, its files, remittances matched, an item withdrawn."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk import paths
from partnerdesk.engine.facts import Payment
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.payments.runs import runs
from partnerdesk.ui.dialogs.reason import ReasonDialog
from partnerdesk.ui.dialogs.total import TotalDialog
from tests.ui.screens.conftest import Stage, cells
from tests.ui.screens.test_statements import close_period


@pytest.fixture
def page(stage: Stage) -> Any:
    """October is closed, and what it makes payable is due."""
    stage.go("statements")
    close_period(stage)
    return stage.go("statements", "", "payments")


def release(stage: Stage, page: Any) -> None:
    page.payments.release.click()
    dialog = stage.dialog(TotalDialog)
    dialog.checker.setText("Ben Example")
    total = sum((r.net for r in page.payments.ready() if r.kind == "pay"), Decimal(0))
    dialog.total.setText(stage.desk.formats.accounting(total))
    dialog.verb.click()
    stage.quiet()


def test_what_is_due_stands_beside_the_run(page: Any, stage: Stage) -> None:
    assert page.place().tab == "payments"
    assert page.payments.isVisible() and not page.table.isVisible() and not page.close_.isVisible()
    rows = page.payments.due
    assert rows and {r.status for r in rows} == {"due"}
    assert cells(page.payments.due_table, "statements")[0].startswith("ST-2026-")
    assert page.payments.release.words() == f"Release {len(rows)} payments…"
    page.views._parts["run"].click()
    stage.quiet()
    assert page.table.isVisible() and page.close_.isVisible() and not page.payments.release.isVisible()
    assert page.place().tab == ""


def test_a_payment_that_waits_leads_to_the_statements_to_close(page: Any, stage: Stage) -> None:
    payments = page.payments
    waits = replace(payments.due[0], status="waiting", why="2026-09 is not closed yet", waits_for="2026-09")
    payments._show_due((waits, *payments.due[1:]))
    assert cells(payments.due_table, "status")[0] == "Close September 2026 first"
    assert payments.waiting.accessibleName() == "1 waits until statements are closed"
    (go,) = payments._due_menu(waits)
    assert go.text() == "Go to September 2026, to close it" and payments._due_menu(payments.due[1]) == []
    go.trigger()
    stage.quiet()
    assert (page.label, page.place().tab) == ("2026-09", "")


def test_a_release_wants_the_total_again_and_is_final(page: Any, stage: Stage) -> None:
    count = len(page.payments.due)
    page.payments.release.click()
    dialog = stage.dialog(TotalDialog)
    dialog.checker.setText("Ben Example")
    dialog.total.setText("1.00")
    dialog.verb.click()
    assert dialog.isVisible() and "1.00, is not the total of this run. Compare" in dialog.problem.text()
    dialog.reject()
    release(stage, page)
    assert stage.toast() == f"PR-0001 is released with {count} items"
    assert cells(page.payments.due_table, "name") == []
    assert set(cells(page.payments.items_table, "state")) == {"Not paid yet"}
    assert not page.payments.release.isEnabled()
    assert stage.window.commands.why_not("edit.undo") == "Nothing to undo"


def test_the_files_of_a_run_are_written(page: Any, stage: Stage) -> None:
    release(stage, page)
    row = page.payments.items_table.table_model.rows[0]
    page.payments._menu(row)[0].trigger()
    stage.quiet()
    written = sorted(p.suffix for p in (paths.folder("exports") / "payments").iterdir())
    assert written == [".csv", ".xlsx"]
    assert stage.toast().startswith("PR-0001_") and stage.toast().endswith("with its workbook")


def test_remittances_settle_items_and_what_fits_none_is_told(page: Any, stage: Stage) -> None:
    release(stage, page)
    first, other = page.payments.runs[0].items[:2]
    day = date(2026, 11, 20)
    rows = [
        Payment(id="R1", partner=first.partner, day=day, amount=first.net, remittance="REM-1"),
        Payment(id="R2", partner=other.partner, day=day, amount=Decimal("0.01"), remittance="REM-2"),
    ]
    stage.desk.run("Pay", add_rows, rows)
    stage.quiet()
    page.payments.match.click()
    stage.quiet()
    assert "1 item settled by this match, 1 in all" in stage.says() and "settles nothing" in stage.says()
    states = dict(
        zip(cells(page.payments.items_table, "reference"), cells(page.payments.items_table, "state"), strict=True)
    )
    assert (states[first.reference], states[other.reference]) == ("Settled", "Not paid yet")


def test_an_item_is_withdrawn_with_a_reason(page: Any, stage: Stage) -> None:
    release(stage, page)
    row = page.payments.items_table.table_model.rows[0]
    page.payments._menu(row)[1].trigger()
    dialog = stage.dialog(ReasonDialog)
    dialog.reason.setText("The account is closed")
    dialog.verb.click()
    stage.quiet()
    found = stage.desk._store.read(runs)[0].items
    assert [i.withdrawn for i in found if i.reference == row.reference] == ["The account is closed"]
    assert cells(page.payments.due_table, "name") == [row.name]


def test_nothing_is_released_or_matched_in_a_book_without_a_program(bare_stage: Stage) -> None:
    page = bare_stage.go("statements", "", "payments").payments
    assert not page.release.isEnabled() and not page.match.isEnabled()
