"""Statements as a user meets them: the run, its close, what stays final, and the files that leave."""

import csv
import json
from decimal import Decimal
from hashlib import sha256
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from partnerdesk import paths
from partnerdesk.ops.rows.facts import change_row
from partnerdesk.ops.statements.replaying import ReplayRow
from partnerdesk.queries.outgoing import outgoing_documents
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.queries.statements.closing import run
from partnerdesk.reports.manifest import changed_files, manifest_path
from partnerdesk.ui.dialogs.close_period import CloseDialog
from partnerdesk.ui.dialogs.export_run import ExportRunDialog
from partnerdesk.ui.dialogs.restate import RestateDialog
from partnerdesk.ui.screens import printing, replayed
from partnerdesk.ui.widgets.text import Label
from tests.ui.screens.conftest import Stage, cells

MONEY = ("opening", "earned", "transfers", "clawed_back", "adjusted", "paid", "closing", "held")


@pytest.fixture
def page(stage: Stage) -> Any:
    return stage.go("statements")


def asked_to_close(stage: Stage) -> CloseDialog:
    stage.window.page.close_.click()
    stage.quiet()
    dialog = stage.dialog(CloseDialog)
    assert isinstance(dialog, CloseDialog)
    dialog.maker.setText("Ann Example")
    dialog.checker.setText("Ben Example")
    return dialog


def close_period(stage: Stage) -> None:
    dialog = asked_to_close(stage)
    dialog.total.setText(stage.desk.formats.accounting(stage.window.page.run_.total))
    dialog.verb.click()
    stage.quiet()


def test_the_newest_ended_period_is_shown_with_its_totals(page: Any, stage: Stage) -> None:
    assert page.period.words() == "October 2026"
    assert page.rules.words() == "Rules v2026.2"
    assert page.count.text() == "24 partners"
    assert set(cells(page.table, "status")) == {"Ready"}
    assert set(cells(page.table, "checks")) == {"5 of 5"}
    totals = page.table.totals.accessibleName()
    parse = stage.desk.formats.parse_number
    for key, title in (("opening", "Opening"), ("paid", "Paid"), ("closing", "Closing")):
        total = sum((parse(words) for words in cells(page.table, key)), Decimal(0))
        assert f"{title}: {stage.desk.formats.accounting(total)}" in totals
    assert page.table.horizontalScrollBar().maximum() == 0


def test_every_figure_answers_why_with_its_own_value(page: Any, stage: Stage) -> None:
    """The columns that are sums of several rows of a statement explain the sum that is shown."""
    rows = {row.name: row for row in page.run_.rows}
    for name in ("Brindlemoor Systems", "Grauwald IT"):
        for key in MONEY:
            column = next(c for c in page.table.table_model.columns if c.key == key)
            page.ask_why(column.figure(rows[name]))
            stage.quiet()
            shown = stage.window.side.inspector.shown
            assert shown is not None and stage.says() == ""
            assert stage.desk.formats.parse_number(shown.title) == getattr(rows[name], key), (name, key)


def test_the_run_says_what_changed_against_the_period_before(page: Any, stage: Stage) -> None:
    parse = stage.desk.formats.parse_number
    earned = {row.name: row.earned for row in page.run_.rows}
    changes = dict(zip(cells(page.table, "name"), cells(page.table, "change"), strict=True))
    page._choose("2026-09")
    stage.quiet()
    before = {row.name: row.earned for row in page.run_.rows}
    assert set(earned) == set(before)
    assert {name: parse(words) for name, words in changes.items()} == {n: earned[n] - before[n] for n in earned}
    page._choose("2026-10")
    stage.quiet()
    largest = max(earned, key=lambda name: abs(earned[name] - before[name]))
    assert f"most of all {largest}" in " ".join(label.text() for label in asked_to_close(stage).findChildren(QLabel))


def test_the_running_period_cannot_be_closed_and_says_until_when(page: Any, stage: Stage) -> None:
    texts = [text for text, _ in page.period._choices]
    assert texts[:2] == ["November 2026", "October 2026"]
    page._choose("2026-11")
    stage.quiet()
    assert page.period.words() == "November 2026"
    assert set(cells(page.table, "status")) == {"Period is running"}
    assert not page.close_.isEnabled()
    assert "The period ends on 30 Nov 2026" in page.hint.text()
    assert stage.window.page.place().item == "2026-11"


@pytest.mark.parametrize(
    ("maker", "checker", "total", "says"),
    [
        ("", "Ben", "", "A close names who prepared it"),
        ("Ann", " ", "", "A close names who checked it"),
        ("Ann", "Ben", "", "number"),
        ("Ann", "Ben", "a lot", "number"),
        ("Ann", "Ben", "146,367.55", "The total typed in, 146,367.55, is not the total of this run. Compare"),
    ],
)
def test_a_close_is_refused_in_the_dialog(
    maker: str, checker: str, total: str, says: str, page: Any, stage: Stage
) -> None:
    dialog = asked_to_close(stage)
    dialog.maker.setText(maker)
    dialog.checker.setText(checker)
    dialog.total.setText(total)
    dialog.verb.click()
    assert dialog.isVisible()
    assert says in dialog.problem.text()
    dialog.reject()
    stage.quiet()
    assert set(cells(page.table, "status")) == {"Ready"}


def test_names_that_no_page_can_print_are_told_before_the_close(page: Any, stage: Stage) -> None:
    dialog = asked_to_close(stage)
    assert not hasattr(dialog, "doubts"), "nothing is warned of where every name can be printed"
    dialog.reject()
    stage.quiet()
    renamed = page.run_.ready[0].partner
    stage.desk.run("Name", change_row, "partner", renamed, {}, by="me", name="שלום", document_name="", legal_name="")
    stage.quiet()
    dialog = asked_to_close(stage)
    assert dialog.doubts.toPlainText().startswith("שלום: “שלום” cannot be printed on its pages")
    assert dialog.doubts.document().defaultTextOption().textDirection() == Qt.LayoutDirection.LeftToRight
    assert any("Look at 1 thing first" in label.text() for label in dialog.findChildren(QLabel))
    dialog.total.setText(stage.desk.formats.accounting(page.run_.total))
    dialog.verb.click()
    stage.quiet()
    assert page.run_.is_closed, "it warns, and a person decides"


def test_a_close_is_final_everywhere(page: Any, stage: Stage) -> None:
    assert len(statements_on_today(stage)) == 1
    stage.go("statements")
    close_period(stage)
    assert set(cells(page.table, "status")) == {"Final v1"}
    assert stage.toast() == "2026-10 is closed, 24 statements are final"
    assert page.export.words() == "Export statements"
    assert not page.close_.isEnabled()
    assert "This period is closed" in page.hint.text()
    assert statements_on_today(stage) == []
    found = stage.desk._store.read(run, "2026-10", stage.desk.today())
    assert found.is_closed
    assert all(row.sha256 for row in found.rows)


def test_a_close_can_be_stopped_and_leaves_all_open(page: Any, stage: Stage) -> None:
    dialog = asked_to_close(stage)
    dialog.total.setText(stage.desk.formats.accounting(page.run_.total))
    dialog.verb.click()
    (job,) = (job for job in stage.desk.jobs.running if job.label.startswith("Close 2026-10"))
    assert job.can_cancel
    job.cancel()
    stage.quiet()
    assert stage.says().startswith("The close was stopped. None of its statements is closed")
    assert not stage.desk._store.read(closed_statements, period="2026-10")
    assert page.close_.isEnabled()


def test_closed_statements_are_replayed_beside_them(page: Any, stage: Stage) -> None:
    assert not page.replay.isVisible(), "nothing of the period is closed"
    page._choose("2026-09")
    stage.quiet()
    page.replay.click()
    stage.quiet()
    assert stage.says().startswith("24 closed statements computed again from what was frozen.")
    assert "All come out the same to the byte." in stage.says()
    row = ReplayRow(1, "ST-2026-09", 1, "P-01", "2026-09", "PartnerDesk 0.1.0", "", True, "run: a then, b now")
    replayed._say(page, (row,))
    assert "ST-2026-09 of P-01 of 1 closed statement would come out differently." in stage.says()
    assert "First place: run: a then, b now." in stage.says()


def test_a_close_cannot_be_undone_and_says_so(page: Any, stage: Stage) -> None:
    close_period(stage)
    assert stage.window.commands.why_not("edit.undo") == "Nothing to undo"
    stage.desk.undo()
    stage.quiet()
    assert "undo" in stage.says().lower()
    stage.go("statements")
    assert set(cells(page.table, "status")) == {"Final v1"}


def test_drafts_leave_as_workbook_and_csv_and_are_no_step_of_undo(page: Any, stage: Stage) -> None:
    undo = stage.desk.undo_label
    stage.act("page.export")
    stage.dialog(ExportRunDialog).verb.click()
    stage.quiet()
    assert stage.toast() == "24 statements written, each with its CSV files; a manifest holds their digests"
    folder = paths.folder("exports") / "statements-2026-10"
    assert list(changed_files(manifest_path(folder, "2026-10"))) == []
    books, texts = sorted(folder.glob("*.xlsx")), sorted(folder.glob("*.csv"))
    assert sorted(f"{b.stem}{end}" for b in books for end in ("", "_movements")) == sorted(t.stem for t in texts)
    assert len(books) == 24
    assert "2 Earnings" in openpyxl.load_workbook(books[0], read_only=True).sheetnames
    with (folder / "ST-2026-10_ATELIER BRUMAIRE_v1.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file, strict=True))
    assert {line["Partner"] for line in lines} == {lines[0]["Partner"]}
    assert {line["Status"] for line in lines} == {"DRAFT"}
    assert stage.desk.undo_label == undo


def test_all_statements_leave_with_pages_to_print_where_that_is_chosen(page: Any, stage: Stage) -> None:
    wanted: list[tuple[Any, bool]] = []
    stage.act("page.export")
    dialog = stage.dialog(ExportRunDialog)
    dialog._then = lambda pages: wanted.append((None, pages))
    dialog.forms.setCurrentIndex(1)
    dialog.verb.click()
    assert wanted == [(None, True)]
    stage.act("page.export")
    again = stage.dialog(ExportRunDialog)
    assert again.forms.value() is True, "what was chosen last is offered first"
    again.reject()


def test_one_statement_is_exported_from_its_row(page: Any, stage: Stage) -> None:
    row = page.run_.rows[3]
    export = next(action for action in page._menu(row) if action.text() == "Export this statement")
    export.trigger()
    stage.quiet()
    (book,) = (paths.folder("exports") / "statements-2026-10").glob("*.xlsx")
    closing = stage.desk.formats.money(row.closing, currency=row.currency)
    assert stage.toast().startswith(f"{book.name} and ")
    assert stage.toast().endswith(f" written: statement for {row.name}, ST-2026-10 draft, closing {closing}")
    history = stage.go("partners", row.partner, "history").detail.page
    left = [h for h in history.table.table_model.rows if h.kind == "document"]
    assert {h.title for h in left} >= {book.name, f"{book.stem}.csv", f"{book.stem}_movements.csv"}
    assert sha256(book.read_bytes()).hexdigest() in {h.document.sha256 for h in left}
    assert row.name.upper()[:8] in book.name


def test_the_pages_of_a_statement_are_opened_to_be_printed(
    page: Any, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(printing, "open_document", opened.append)
    page.table.clearSelection()
    page.table.setCurrentIndex(page.table.table_model.index(-1, -1))
    stage.act("page.preview")
    assert "No statement is selected." in stage.says()
    row = page.run_.rows[3]
    page.table.select(row.partner)
    stage.act("page.preview")
    (pages,) = opened
    assert pages.suffix == ".pdf" and pages.read_bytes().startswith(b"%PDF")


def test_an_empty_book_says_what_belongs_here(bare_stage: Stage) -> None:
    page = bare_stage.go("statements")
    assert not page.close_.isEnabled()
    assert not page.export.isEnabled()
    assert not page.rules.isVisible()
    page.commands()["page.export"]()
    bare_stage.quiet()
    assert not list(paths.folder("exports").iterdir())


def statements_on_today(stage: Stage) -> list[str]:
    """What Today says of statements to close."""
    today = stage.go("today")
    return [need.key for need in today.view.needs if need.kind == "statement"]


def test_a_closed_statement_is_restated_from_its_row(page: Any, stage: Stage) -> None:
    page._choose("2026-09")
    stage.quiet()
    (row,) = [r for r in page.run_.rows if r.name == "Brindlemoor Systems"]
    entry = next(a for a in page._menu(row) if a.text() == "Restate this statement…")
    entry.trigger()
    stage.quiet()
    dialog = stage.dialog(RestateDialog)
    assert any("has changed since v1" in label.text() for label in dialog.findChildren(Label))
    dialog.checker.setText(dialog.maker.text())
    assert dialog.alone.isVisible(), "one person alone is said before it is recorded"
    dialog.checker.setText("Ben Example")
    assert not dialog.alone.isVisible()
    dialog.verb.click()
    assert dialog.isVisible() and "says why" in dialog.problem.text()
    dialog.reason.setText("It was never sent.")
    dialog.verb.click()
    stage.quiet()
    assert stage.toast() == "ST-2026-09 of Brindlemoor Systems is restated as v2; every figure is the same"
    found = stage.desk._store.read(closed_statements, row.partner, "2026-09", revisions=True)
    assert [(c.revision, c.closing) for c in found] == [(2, row.closing), (1, row.closing)]
    history = stage.go("partners", row.partner, "history").detail.page
    assert "ST-2026-09 restated as v2" in cells(history.table, "title")


def test_cancel_waits_for_the_partner_whose_documents_are_being_made(page: Any, stage: Stage) -> None:
    stage.act("page.export")
    stage.dialog(ExportRunDialog).verb.click()
    stage.qtbot.waitUntil(lambda: any(job.step_total for job in stage.desk.jobs.running), timeout=60_000)
    (job,) = (job for job in stage.desk.jobs.running if job.label == "Exporting drafts")
    job.cancel()
    line = stage.window.status_bar.jobs
    line._show(job)
    assert line.says.text() == f"Finishing {job.step_label}'s documents…"
    stage.quiet()
    assert (
        stage.says().startswith("The export was stopped.") and "not reached. The manifest lists both." in stage.says()
    )
    folder = paths.folder("exports") / "statements-2026-10"
    told = json.loads(manifest_path(folder, "2026-10").read_text("utf-8"))
    assert told["files"] and told["left_out"] and not changed_files(manifest_path(folder, "2026-10"))
    assert {path.name for path in folder.glob("ST*")} == {row["file"] for row in told["files"]}
    assert all((folder / f"{book.stem}_movements.csv").exists() for book in folder.glob("*.xlsx"))
    noted = stage.desk._store.read(outgoing_documents)
    assert {row.file for row in noted} == {row["file"] for row in told["files"]}


def test_the_window_closes_once_what_was_begun_is_whole_and_on_record(page: Any, stage: Stage) -> None:
    stage.act("page.export")
    stage.dialog(ExportRunDialog).verb.click()
    stage.qtbot.waitUntil(lambda: any(job.step_total for job in stage.desk.jobs.running), timeout=60_000)
    assert not stage.window.close() and stage.window.isVisible()
    stage.qtbot.waitUntil(lambda: not stage.window.isVisible(), timeout=60_000)
    folder = paths.folder("exports") / "statements-2026-10"
    told = json.loads(manifest_path(folder, "2026-10").read_text("utf-8"))
    assert told["files"] and told["left_out"]
    noted = stage.desk._store.read(outgoing_documents)
    assert {row.file for row in noted} == {row["file"] for row in told["files"]}
