"""Earnings as a user meets it: the figures of a period, its ledger to the closing balance, what is held and ahead."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.forecast import Ahead, Outlook
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import outcome
from partnerdesk.ui.dialogs.adjust import AdjustDialog
from partnerdesk.ui.screens.partner.earnings.charts import outlook_chart
from tests.ui.screens.conftest import Stage, cells
from tests.ui.screens.test_partners import texts

PARTNER, PERIOD = "P-04", "2026-09"


def earnings(stage: Stage, partner: str = PARTNER, period: str = PERIOD) -> Any:
    return stage.go("partners", partner, "earnings", period).detail.page


def read(words: str) -> Decimal:
    """An amount as it is printed in a ledger."""
    digits = words.strip("()").replace(",", "").replace("\N{MINUS SIGN}", "-").replace("+", "")
    return -Decimal(digits) if words.startswith("(") else Decimal(digits)


def test_the_ledger_runs_from_the_opening_to_the_closing_balance(stage: Stage) -> None:
    tab = earnings(stage)
    note = tab.ledger_title.note.text()
    opening = read(note.partition("opening balance ")[2].removesuffix(" EUR"))
    balances = [read(words) for words in cells(tab.table, "balance")]
    amounts = [read(words) for words in cells(tab.table, "amount")]
    run = opening
    for amount, balance in zip(amounts, balances, strict=True):
        run += amount
        assert run == balance
    totals = tab.table.totals.accessibleName()
    assert f"Balance: {cells(tab.table, 'balance')[-1]}" in totals
    held, payable = (sum((read(w) for w in cells(tab.table, key)), Decimal(0)) for key in ("held", "payable"))
    assert held + payable == sum(amounts, Decimal(0))


def test_the_figures_are_those_of_the_statement(stage: Stage) -> None:
    tab = earnings(stage)
    found = stage.desk._open_store().read(outcome, PARTNER, stage.desk.today()).statements[PERIOD]
    rows = {row.key: row for row in found.rows}
    earned = sum((r.total for r in found.rows if r.key.startswith("earned.")), Decimal(0))
    assert read(tab.tiles["earned"].number.words()) == earned
    assert read(tab.tiles["paid"].number.words()) == -rows["paid"].total > 0
    assert read(tab.tiles["held"].number.words()) == rows["closing"].held
    assert tab.state.accessibleName() == "Final v1, 5 checks agree"


def test_the_waterfall_is_the_statement_in_its_order(stage: Stage) -> None:
    tab = earnings(stage)
    found = stage.desk._open_store().read(outcome, PARTNER, stage.desk.today()).statements[PERIOD]
    shown = {row[0]: row[1:] for row in tab.waterfall._shown.rows}
    for row in found.rows:
        if row.label in shown:
            assert [read(words) for words in shown[row.label]] == [row.held, row.payable, row.total]
    steps = tab.waterfall._shown.data.steps
    assert (steps[0].label, steps[-1].label) == ("Opening", "Closing")
    run = steps[0].amount + sum((s.amount for s in steps[1:-1] if s.kind != "transfer"), Decimal(0))
    assert run == steps[-1].amount, "what is drawn ends where the statement ends"


def test_what_is_held_is_drawn_by_month_and_complete(stage: Stage) -> None:
    tab = earnings(stage)
    dated = sum((read(v) + read(h) for _, v, h in tab.releases._shown.rows), Decimal(0))
    assert dated + tab.view.undated == read(tab.tiles["held"].number.words())


def test_the_months_ahead_name_both_runs(stage: Stage) -> None:
    tab = earnings(stage)
    data = tab.outlook._shown.data
    assert (data.scheduled, data.if_all) == ("scheduled", "if all dated deals and renewals close")
    *ahead, tier = tab.outlook._shown.rows
    assert len(ahead) == 7
    assert tier[0] == "Tier at the end"
    assert tier[2]
    assert "if all closes" in tab.outlook._shown.summary


def test_a_tier_that_nobody_can_know_is_not_named_beside_the_months_ahead(stage: Stage) -> None:
    tab = earnings(stage)
    run = Outlook("scheduled", (), "", (), "Gold", ("surveys", "go-lives"))
    outlook_chart(tab.outlook, Ahead("P-13", "EUR", run, run, ()), stage.desk.formats)
    said = "Gold today; not projected: no surveys or go-lives are assumed"
    assert tab.outlook._shown.rows[-1] == ("Tier at the end", "", said, "", said)
    assert "tier not projected" in tab.outlook._shown.summary


def test_every_chart_offers_its_data(stage: Stage) -> None:
    tab = earnings(stage)
    for chart in (tab.waterfall, tab.outlook, tab.releases):
        assert chart.canvas.accessibleName()
        chart.toggle_data()
        stage.quiet()
        assert chart._table is not None
        assert chart._table.isVisible()
        chart.toggle_data()


def test_space_on_an_amount_says_how_it_was_earned(stage: Stage, qtbot: QtBot) -> None:
    tab = earnings(stage)
    row = next(r for r in tab.table.table_model.rows if r.figure.startswith("line|") and r.amount)
    tab.table.select(row.id, tab.table.table_model.column("amount"))
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_Space)
    stage.quiet()
    inspector = stage.window.side.inspector
    assert inspector is not None
    shown = inspector.shown
    assert shown is not None
    assert read(shown.title) == row.amount
    assert shown.sentence
    assert row.rule in shown.rule
    assert shown.inputs


def test_a_row_names_deal_and_customer_whatever_happens_to_it(stage: Stage) -> None:
    tab = earnings(stage)
    released = [r for r in tab.table.table_model.rows if r.kind == "Released"]
    assert released
    assert all(r.reference.startswith("D-") and r.words for r in released)
    paid = next(r for r in tab.table.table_model.rows if r.kind == "Paid")
    assert (paid.reference, paid.words) == ("REM-2026-09-P-04", "Remittance")
    capped = next(r for r in tab.table.table_model.rows if r.kind == "Growth rebate")
    assert "cap" in capped.words.casefold()


def test_a_ledger_fits_the_width(stage: Stage) -> None:
    tab = earnings(stage)
    assert tab.table.horizontalScrollBar().maximum() == 0


def test_another_period_is_chosen_in_the_head(stage: Stage) -> None:
    tab = earnings(stage, period="")
    assert tab.period.words() == "October 2026"
    assert tab.state.accessibleName() == "Ready to close, 5 checks agree"
    tab._choose("2026-11")
    stage.quiet()
    assert tab.period.words() == "November 2026"
    assert tab.state.accessibleName() == "The period is running"
    assert stage.window.page is not None
    assert stage.window.page.place().sub == "2026-11"


def test_the_statement_leaves_as_a_workbook(stage: Stage, own_home: Path) -> None:
    tab = earnings(stage)
    stage.act("page.export")
    written = list(own_home.rglob("*.xlsx"))
    assert len(written) == 1
    assert stage.toast().startswith(f"{written[0].name} and ")
    assert f" written: statement for {tab.view.partner.name}, ST-2026-09 final, closing EUR" in stage.toast()
    book = openpyxl.load_workbook(written[0], data_only=True)
    assert tab.view.partner.name in str([cell.value for row in book["1 Summary"].iter_rows() for cell in row])


def test_a_partner_without_earnings_says_so(stage: Stage) -> None:
    earnings(stage)
    stage.desk.run("New", add_rows, [Partner(id="P-99", name="Nothing Yet AB")])
    stage.quiet()
    tab = earnings(stage, "P-99", "")
    said = texts(tab)
    assert "Nothing moved in this period" in said
    assert "Nothing earned, nothing held" in said
    assert "Nothing scheduled" in said
    assert {tile.number.words() for tile in tab.tiles.values()} == {"0.00"}


def test_a_book_without_a_program_says_so_in_the_tabs_place(bare_stage: Stage) -> None:
    bare_stage.desk.run("New", add_rows, [Partner(id="P-1", name="First AB")])
    bare_stage.quiet()
    tab = earnings(bare_stage, "P-1", "")
    assert "This book has no partner program yet." in texts(tab)
    assert not tab.table.isVisible()


@pytest.mark.parametrize("period", ["2026-09", "2026-06", "2025-12"])
def test_opening_is_the_closing_before(stage: Stage, period: str) -> None:
    first = earnings(stage, period=period)
    opening = read(first.ledger_title.note.text().partition("opening balance ")[2].removesuffix(" EUR"))
    year, month = int(period[:4]), int(period[5:])
    before = f"{year - (month == 1)}-{(month - 2) % 12 + 1:02}"
    second = earnings(stage, period=before)
    assert read(cells(second.table, "balance")[-1]) == opening


def test_an_adjustment_is_entered_on_the_page(stage: Stage) -> None:
    tab = earnings(stage, period="2026-11")
    before = read(tab.tiles["adjusted"].number.words())
    tab.adjust.click()
    dialog = stage.dialog(AdjustDialog)
    for field, words, says in (
        (dialog.amount, "much", "number"),
        (dialog.day, "someday", "day"),
        (dialog.reason, "", "needs a reason in words"),
        (dialog.approver, " ", "needs who approved it"),
    ):
        was = field.text()
        dialog.amount.setText(dialog.amount.text() or "1,250.50")
        field.setText(words)
        dialog.verb.click()
        assert dialog.isVisible()
        assert says in dialog.problem.text()
        field.setText(was or {dialog.reason: "Agreed on the phone", dialog.approver: "Ben"}.get(field, "1,250.50"))
    dialog.counts["counts_for_tier"].setCurrentIndex(1)
    dialog.verb.click()
    stage.quiet()
    assert read(tab.tiles["adjusted"].number.words()) - before == Decimal("1250.50")
    rows = stage.desk._open_store().read(facts, kinds=["adjustment"]).of("adjustment")
    (row,) = [r for r in rows if r.id == "J-1001"]
    assert (row.reason_code, row.counts_for_tier, row.counts_for_cap) == ("CORRECTION", True, False)
    assert stage.desk.undo_label == "Add adjustment"


def test_an_adjustment_in_a_closed_period_is_refused_in_words(stage: Stage) -> None:
    tab = earnings(stage, period="2026-11")
    tab.adjust.click()
    dialog = stage.dialog(AdjustDialog)
    for field, words in ((dialog.amount, "10"), (dialog.reason, "Late"), (dialog.approver, "Ben")):
        field.setText(words)
    dialog.day.setText(stage.desk.formats.day(date(2026, 9, 30)))
    dialog.verb.click()
    stage.quiet()
    assert "up to 2026-09-30 is closed" in stage.says()


def test_the_calendar_says_what_comes_what_may_be_lost_and_the_worst_case(stage: Stage) -> None:
    tab = earnings(stage, "P-02")
    tab.views._parts["calendar"].click()
    stage.quiet()
    assert tab.calendar.table.isVisible() and not tab.table.isVisible()
    assert "worst case" in tab.ledger_title.note.text() and "leaves the next day" in tab.ledger_title.note.text()
    kinds = set(cells(tab.calendar.table, "kind"))
    assert {"Released", "Can be clawed back until", "If the customer leaves"} <= kinds
    tab.views._parts["ledger"].click()
    stage.quiet()
    assert tab.table.isVisible() and "opening balance" in tab.ledger_title.note.text()


def test_base_and_rate_of_a_line_give_its_amount(stage: Stage) -> None:
    tab = earnings(stage)
    shown = zip(cells(tab.table, "base"), cells(tab.table, "rate"), cells(tab.table, "amount"), strict=True)
    lines = [(read(base), rate, read(amount)) for base, rate, amount in shown if rate and base]
    assert any(
        rate.endswith("%") and round(base * read(rate.removesuffix("%")) / 100, 2) == amount
        for base, rate, amount in lines
    )
    assert all("." in rate and len(rate.partition(".")[2]) >= 3 for _, rate, _ in lines), "no rate is rounded"
