"""An official payout in the window: read, its columns named, differences disputed, the sheet written."""

from pathlib import Path

from partnerdesk import paths
from partnerdesk.queries.statements.disputes import disputes
from partnerdesk.ui.dialogs.dispute import RaiseManyDialog
from partnerdesk.ui.dialogs.payout_columns import PayoutColumnsDialog
from tests.ui.screens.conftest import Stage, cells
from tests.ui.screens.test_disputes import PARTNER, PERIOD, photograph


def test_a_payout_is_held_against_a_period_and_its_differences_disputed(stage: Stage, tmp_path: Path) -> None:
    stage.go("partners", PARTNER, "earnings", PERIOD)
    file = tmp_path / "paid.csv"
    file.write_text(f"Partner,Ours,Amount\n{PARTNER},T-04052,2545.00\n{PARTNER},X-1,10.00\n{PARTNER},X-2,1\n", "utf-8")
    screen = stage.go("statements", PERIOD, "reconcile")
    page = screen.reconcile
    assert screen.stack.currentWidget() is page and not page.dispute.isEnabled()
    page.take(file)
    stage.quiet()
    assert "Rate" not in cells(page.table, "kind"), "nothing says which line the row pays"
    page.columns.click()
    dialog = stage.dialog(PayoutColumnsDialog)
    dialog.choices["Ours"].show_value("reference")
    photograph(dialog, "columns")
    dialog.accept()
    stage.quiet()
    row = next(r for r in page.found.rows if r.reference == "T-04052")
    assert (row.kind, row.because) == ("rate", "paid at 5 %, 6 % on the statement")
    assert "the same base at another rate" in page.meanings.text()
    photograph(stage.window, "reconcile")
    page.dispute.click()
    many = stage.dialog(RaiseManyDialog)
    many.late.setText("the payout came late")
    many.accept()
    stage.quiet()
    assert row.line in {d.line for d in stage.desk._open_store().read(disputes, stage.desk.today())}
    assert not page.found.disputable(), "the page has read again"
    page.sheet.click()
    stage.quiet()
    assert [p.name for p in (paths.folder("exports") / "reconciliations").glob("*.xlsx")]
    (own,) = page._menu(row)
    own.trigger()
    stage.quiet()
    names = [p.name for p in (paths.folder("exports") / "reconciliations").glob("*.xlsx")]
    assert any(row.partner_name in name for name in names), stage.says()
    gone = next(r for r in page.found.rows if r.partner in page.found.unnamed and r.can_be_disputed)
    _, dispute = page._menu(gone)
    assert dispute.text() == f"Dispute the lines of {gone.partner_name}, who is not in this file…"
    dispute.trigger()
    many = stage.dialog(RaiseManyDialog)
    photograph(many, "absent")
    many.late.setText("the payout came late")
    many.accept()
    stage.quiet()
    assert {d.partner for d in stage.desk._open_store().read(disputes, stage.desk.today())} >= {gone.partner}
    page.take(file)
    stage.quiet()
    assert any(r.kind == "rate" for r in page.found.rows), "the columns are remembered"


def test_a_file_that_leaves_something_open_asks_by_itself_and_no_line_looks_unpaid(
    stage: Stage, tmp_path: Path
) -> None:
    stage.go("partners", PARTNER, "earnings", PERIOD)
    file = tmp_path / "paid.csv"
    file.write_text(f"Partner;Deal;This;That\n{PARTNER};T-04052;2,545;1,5\n", "utf-8")
    page = stage.go("statements", PERIOD, "reconcile").reconcile
    page.take(file)
    stage.quiet()
    dialog = stage.dialog(PayoutColumnsDialog)
    photograph(dialog, "columns-open")
    assert page.found.rows == () and "not compared yet" in page.count.text()
    dialog.accept()
    assert dialog.isVisible() and "amount paid" in dialog.problem.text()
    dialog.choices["This"].show_value("amount")
    dialog.accept()
    stage.quiet()
    page.columns.click()  # the cell can be read in two ways
    dialog = stage.dialog(PayoutColumnsDialog)
    (answer,) = dialog.answers.values()
    dialog.accept()
    assert dialog.isVisible() and "question is open" in dialog.problem.text()
    answer.show_value(".")
    dialog.accept()
    stage.quiet()
    assert next(r for r in page.found.rows if r.reference == "T-04052").kind == "rate"


def test_a_file_of_a_bank_asks_what_is_below_zero_and_keeps_the_answer(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "bank.csv"
    file.write_text(f"Beleg;Wer;Betrag\nT-04052;{PARTNER};-2545,00\nX-1;{PARTNER};-10,00\n", "utf-8")
    page = stage.go("statements", PERIOD, "reconcile").reconcile
    page.take(file)
    stage.quiet()
    dialog = stage.dialog(PayoutColumnsDialog)
    photograph(dialog, "columns-sign")
    dialog.answers["sign"].show_value("paid")
    dialog.accept()
    stage.quiet()
    assert next(r for r in page.found.rows if r.reference == "T-04052").kind == "rate"
    page.take(file)
    stage.quiet()
    assert any(r.kind == "rate" for r in page.found.rows), "the answer is remembered"


def test_without_a_period_no_payout_is_asked_for(bare_stage: Stage) -> None:
    screen = bare_stage.go("statements", "", "reconcile")
    page = screen.reconcile
    assert not page.read.isEnabled() and not screen.period.isVisible()
    assert page.table._empty_now.primary.words() == "Open Run"


def test_a_payout_can_be_read_once_the_periods_are_known(stage: Stage) -> None:
    page = stage.go("statements", "", "reconcile").reconcile
    assert page.read.isEnabled()
    assert page.table._empty_now.primary.words() == "Read payout…"
