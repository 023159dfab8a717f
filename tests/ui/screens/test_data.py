"""Data as a user meets it: a file in and back out, backups, and the check of the book."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from partnerdesk.ops.imports.effect import Effect, Moved, PartnerEffect
from partnerdesk.ui.dialogs.confirm import ConfirmDialog
from partnerdesk.ui.dialogs.gone import GoneDialog
from partnerdesk.ui.screens.data_pages.effect import EffectPart
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.text import LineLabel
from tests.files import csv_file
from tests.ui.screens.conftest import Stage, cells
from tests.ui.screens.test_disputes import photograph

HEADER = "Deal ID,Partner,Customer,Stage,Amount,Currency,Close date,Tier mult\n"
GOOD = HEADER + (
    'D-9001,Delta,Osterkamp Verlag,Closed Won,"60,000.00",EUR,2026-11-17,1.1\n'
    "D-9002,Tesserin Cloud,Osterkamp Verlag,Closed Won,12000.50,EUR,2026-11-16,1.0\n"
)
MIXED = GOOD + "D-9003,Delta,Osterkamp Verlag,Closed Won,tbd,EUR,2026-11-17,1.0\nTotal,,,,72000.50,,,\n"


@pytest.fixture(autouse=True)
def effect(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The effect on figures takes a process and two evaluations; only the tests that ask for it wait for it."""
    if "effect" not in request.function.__name__:
        monkeypatch.setattr(EffectPart, "begin", lambda *_args: None)


def dropped(stage: Stage, folder: Path, text: str, name: str = "november.csv") -> Any:
    """The preview of a file that was dropped on the page."""
    page = stage.go("data")
    assert page.accept_files([csv_file(folder, text, name)])
    stage.quiet()
    return page


def told(page: Any) -> list[str]:
    """The rows of the accounting, as a screen reader hears them."""
    from partnerdesk.ui.screens.data_pages.accounting import _Row

    return [row.accessibleName() for row in page.preview.right.findChildren(_Row)]


def field(page: Any, header: str) -> QComboBox:
    return next(b for b in page.preview.left.findChildren(QComboBox) if b.accessibleName() == f"{header} becomes")


def choose(stage: Stage, box: QComboBox, words: str) -> None:
    at = box.findText(words)
    assert at >= 0, [box.itemText(n) for n in range(box.count())]
    box.setCurrentIndex(at)
    box.activated.emit(at)
    stage.quiet()


def backups(stage: Stage) -> list[str]:
    return [b.reason for b in stage.desk._store.backups()]  # type: ignore[union-attr]


def deals(stage: Stage) -> set[str]:
    from partnerdesk.queries.facts import facts

    return {d.id for d in stage.desk._store.read(facts, kinds=("deal",)).of("deal")}  # type: ignore[union-attr]


def test_a_preview_accounts_for_every_row_and_writes_nothing(stage: Stage, tmp_path: Path) -> None:
    before = stage.desk._store.revision  # type: ignore[union-attr]
    page = dropped(stage, tmp_path, MIXED)
    found = page.preview.found
    assert found.rows_new + found.rows_changed + found.rows_same + found.ignored + found.rejected == found.read == 4
    assert told(page) == [
        "New: 2",
        "Changed: 0",
        "Same as before: 0",
        "Left out: 1",
        "Problems: 1",
        "Rows in file: 4",
    ]
    assert page.header.note.text() == "november.csv, 4 rows, Plain table"
    assert stage.desk._store.revision == before  # type: ignore[union-attr]
    stage.qtbot.keyClick(page, Qt.Key.Key_Escape)
    stage.quiet()
    assert page.stack.currentWidget() is page.lists
    assert backups(stage) == []


def test_another_mapping_reads_the_file_again(stage: Stage, tmp_path: Path) -> None:
    page = dropped(stage, tmp_path, GOOD)
    assert field(page, "Tier mult").currentText() == "Leave out"
    choose(stage, field(page, "Amount"), "Leave out")
    row = next(c for c in page.preview.found.columns if c.header == "Amount")
    assert row.target == ""
    assert field(page, "Amount").currentText() == "Leave out"
    choose(stage, field(page, "Amount"), "Amount")
    assert next(c for c in page.preview.found.columns if c.header == "Amount").target == "deal.amount"


def test_a_question_is_answered_before_apply(stage: Stage, tmp_path: Path) -> None:
    days = (
        HEADER
        + "D-9001,Delta,Foo,Closed Won,5.00,EUR,03/02/2026,1\nD-9002,Delta,Foo,Closed Won,5.00,EUR,04/02/2026,1\n"
    )
    page = dropped(stage, tmp_path, days)
    assert len(page.preview.found.questions) == 1
    assert not page.preview.apply.isEnabled()
    assert page.preview.apply.accessibleDescription() == "Answer 1 question first"
    option = page.preview.found.questions[0].options[0]
    next(b for b in page.preview.left.findChildren(Button) if b.words() == option.says).click()
    stage.quiet()
    assert page.preview.found.questions == ()
    assert page.preview.apply.isEnabled()


def test_a_row_that_the_book_has_already_is_corrected_where_a_person_says_it_is_the_same(
    stage: Stage, tmp_path: Path
) -> None:
    from partnerdesk.queries.facts import fact, facts

    store = stage.desk._open_store()
    row = next(d for d in store.read(facts, kinds=("deal",)).of("deal") if d.status == "won" and d.amount)
    head = "Deal ID,Partner ID,Stage,Amount,Currency,Close date\n"
    text = f"{row.id},{row.partner},Won,{row.amount + 1000},{row.currency},{row.closed}\n"
    page = dropped(stage, tmp_path, head + text)
    photograph(stage.window, "same-row")
    for says in ("Yes, that one is meant", "It is the same: take its values"):
        next(b for b in page.preview.left.findChildren(Button) if b.words() == says).click()
        stage.quiet()
    assert page.preview.found.questions == ()
    page.preview.apply.click()
    stage.quiet()
    changed = store.read(fact, "deal", row.id)
    assert (changed.amount, changed.customer) == (row.amount + 1000, row.customer)


def test_an_import_is_one_step_after_a_verified_backup_and_goes_back(stage: Stage, tmp_path: Path) -> None:
    page = dropped(stage, tmp_path, GOOD)
    stage.qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.quiet()
    assert stage.toast() == "november.csv was imported"
    assert backups(stage) == ["before an import"]
    assert stage.desk.undo_label == "Import november.csv"
    assert deals(stage) >= {"D-9001", "D-9002"}
    table = page.pages["imports"].table
    assert cells(table, "file")[0] == "november.csv"
    assert [cells(table, key)[0] for key in ("read", "accepted", "new")] == ["2", "2", "2"]

    dropped(stage, tmp_path, GOOD)
    assert "Same as before: 2" in told(page)
    assert page.preview.apply.accessibleDescription() == "The book has all of it already"
    page.preview.cancel.click()
    stage.quiet()

    table.select(table.table_model.rows[0].id)
    (back,) = page.pages["imports"]._menu(table.current_row())
    back.trigger()
    stage.quiet()
    assert "november.csv was taken back" in stage.toast()
    assert not deals(stage) & {"D-9001", "D-9002"}
    stage.act("edit.undo")
    assert deals(stage) >= {"D-9001", "D-9002"}


def test_taking_back_what_closed_statements_rest_on_asks_first(stage: Stage, tmp_path: Path) -> None:
    page = stage.go("data", "", "imports").pages["imports"]
    row = page.table.table_model.rows[0]
    one = PartnerEffect("P-01", "Delta", "EUR", (Moved("trueup", Decimal(0), Decimal("-120.50")),), ("2026-08",), ())
    page._ask(row, 3, Effect(date(2026, 11, 19), date(2026, 10, 1), True, (one,)))
    dialog = stage.dialog(GoneDialog)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "3 rows stand under closed statements" in said
    assert "1 partner would get true-ups of August 2026" in said
    assert "corrects Delta −120.50 EUR." in said
    dialog.reject()
    stage.quiet()
    assert row.id in [r.id for r in page.table.table_model.rows]


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"PK\x03\x04 this is no workbook", "broken.xlsx"), (b"", "empty.csv"), (b"\x89PNG\r\n\x1a\n" * 30, "photo.csv")],
)
def test_a_file_that_cannot_be_read_is_said_in_a_sentence(
    content: bytes, name: str, stage: Stage, tmp_path: Path
) -> None:
    page = stage.go("data")
    (tmp_path / name).write_bytes(content)
    page.accept_files([tmp_path / name])
    stage.quiet()
    assert name in stage.says()
    assert stage.says().endswith(".")
    assert "Error" not in stage.says()
    assert page.stack.currentWidget() is page.lists


def test_a_backup_is_made_and_restored_and_everything_reads_again(stage: Stage, tmp_path: Path) -> None:
    page = stage.go("data", "backups")
    table = page.pages["backups"].table
    assert not page.pages["backups"].restore.isEnabled()
    stage.act("data.backup")
    assert cells(table, "reason") == ["asked for"]
    assert "A verified backup was made." in stage.says()
    dropped(stage, tmp_path, GOOD)
    page.preview.apply.click()
    stage.quiet()
    assert "D-9001" in deals(stage)
    stage.go("data", "backups")
    first = next(row for row in table.table_model.rows if row.reason == "asked for")
    table.select(str(first.path))
    page.pages["backups"].restore.click()
    stage.dialog(ConfirmDialog).verb.click()
    stage.quiet()
    assert "D-9001" not in deals(stage)
    assert "The backup was restored." in stage.says()
    assert len(stage.go("statements").table.table_model.rows) == 24
    stage.go("data", "imports")
    assert "november.csv" not in cells(page.pages["imports"].table, "file")


def test_the_check_names_what_lacks_and_then_nothing(stage: Stage) -> None:
    page = stage.go("data", "check")
    table = page.pages["check"].table
    assert cells(table, "sentence") == ["There is no verified backup of this book."]
    assert page.pages["check"].state.accessibleName() == "1 finding"
    stage.act("data.backup")
    stage.act("tools.check")
    page.pages["check"].reload()
    stage.quiet()
    assert cells(table, "sentence") == []
    assert page.pages["check"].state.accessibleName() == "Nothing is wrong"


def test_the_wheel_changes_no_mapping(stage: Stage, tmp_path: Path) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    page = dropped(stage, tmp_path, GOOD)
    box = field(page, "Amount")
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        buttons,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)
    stage.quiet()
    assert box.currentText() == "Amount"


def test_the_effect_on_figures_is_worked_out_before_anything_is_written(stage: Stage, tmp_path: Path) -> None:
    before = stage.desk._store.revision  # type: ignore[union-attr]
    page = dropped(stage, tmp_path, GOOD)
    part = page.preview.effect
    stage.qtbot.waitUntil(lambda: part.table is not None, timeout=60_000)
    rows = {row[0]: row[1:] for row in part.table.rows}
    assert rows["Earned"][2].startswith("+") and "Delta, EUR" in rows
    assert part.title.note.text().startswith("periods open since")
    assert stage.desk._store.revision == before  # type: ignore[union-attr]
    page.preview.choose("column:Close date", "")
    assert page.preview.effect is None, "another answer ends it"
    page.preview.cancel.click()
    stage.quiet()


def test_rows_that_are_gone_from_the_file_are_asked_about(stage: Stage, tmp_path: Path) -> None:
    page = dropped(stage, tmp_path, GOOD + GOOD.splitlines()[2].replace("D-9002", "D-9003") + "\n")
    page.preview.apply.click()
    stage.quiet()
    page = dropped(stage, tmp_path, GOOD)
    part = page.preview.gone
    assert "Deal D-9003, EUR\u00a012,000.50, 16 Nov 2026" in " ".join(w.text() for w in part.findChildren(LineLabel))
    part.choice._pick("keep", part._chose)
    assert page.preview.apply.accessibleDescription() == "Type the evidence for the rows that you keep"
    part.choice._pick("", part._chose)
    page.preview.apply.click()
    stage.quiet()
    page = stage.go("data", "gone").pages["gone"]
    assert cells(page.table, "answer") == ["Waits"] and cells(page.table, "partner") == ["Tesserin Cloud"]
    words = " ".join(need.subject for need in stage.go("today").view.needs if need.event == "gone")
    assert "D-9003" in words
    stage.go("data", "gone")
    page.table.select(page.table.table_model.rows[0].id)
    nothing = Effect(date(2026, 11, 19), date(2026, 10, 1), True, ())
    page._ask(page.table.selected_rows(), nothing)
    dialog = stage.dialog(GoneDialog)
    dialog.accept()
    assert "“Evidence” is needed." in dialog.problem.text()
    dialog.evidence.setText("Order form 17")
    dialog.accept()
    stage.quiet()
    assert cells(page.table, "answer") == ["Kept"] and cells(page.table, "evidence") == ["Order form 17"]
    page._ask(page.table.selected_rows(), nothing)
    stage.dialog(GoneDialog).gone.click()
    stage.quiet()
    assert cells(page.table, "answer") == ["Accepted"] and "D-9003" not in deals(stage)
    stage.act("edit.undo")
    assert "D-9003" in deals(stage)
