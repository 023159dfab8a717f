"""Disputes as a user meets them: raised from a line, the clock on partner and Today, answered, returned files."""

import os
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.queries.statements.disputes import DisputeRow, disputes
from partnerdesk.queries.today.ranked import today
from partnerdesk.ui.dialogs.dispute import AnswerDialog, RaiseDialog
from partnerdesk.ui.dialogs.returned import MARKED, OTHER, ReturnedDialog
from partnerdesk.ui.screens.need_words import need_words
from partnerdesk.ui.screens.partner.earnings import disputing
from partnerdesk.ui.screens.statements_acts import row_menu
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from tests.ops.disputes.test_returned import edited
from tests.ui.screens.conftest import Stage, cells

PARTNER, PERIOD = "P-04", "2026-09"


def rows(stage: Stage) -> tuple[DisputeRow, ...]:
    return stage.desk._open_store().read(disputes, stage.desk.today())


def photograph(shown: QWidget, name: str) -> None:
    """Kept where somebody looks at it; only on request."""
    if folder := os.environ.get("PHOTOGRAPHS"):
        shown.grab().save(f"{folder}/{name}.png")


def raise_first(stage: Stage) -> Any:
    """Raises a dispute of the first line of a closed month, as its menu does; returns the tab."""
    tab = stage.go("partners", PARTNER, "earnings", PERIOD).detail.page
    line = next(r for r in tab.view.ledger if r.figure.startswith("line|") and r.payable > 0)
    (action,) = tab.disputes.menu(line, tab.view.closed is not None)
    assert action.isEnabled(), action.text()
    action.trigger()
    stage.quiet()
    dialog = stage.dialog(RaiseDialog)
    dialog.accept()
    assert "is needed" in dialog.problem.text(), "a dispute says what is wrong"
    dialog.reason.setText("The <b>addendum</b> & its 15 %")
    dialog.raised_by.setText("Rita")
    dialog.claimed.setText(stage.desk.formats.number(line.amount + Decimal(100), 2))
    dialog.late.setText("the mail was sent in time")
    photograph(dialog, "raise")
    dialog.accept()
    stage.quiet()
    return stage.window.page.detail.page  # type: ignore[union-attr]


def test_a_line_is_disputed_and_its_clock_is_seen_until_it_is_answered(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = raise_first(stage)
    assert rows(stage), stage.says()
    (found,) = rows(stage)
    assert (found.partner, found.raised_by, found.outcome) == (PARTNER, "Rita", "open")
    assert tab.disputes.isVisible() and len(tab.disputes.lines) == 1
    photograph(stage.window, "partner")
    assert tab.disputes.current() is None, "without the keyboard on its line Ctrl+P is the statement's"
    tab.disputes.lines[0].findChild(Button).setFocus()
    with monkeypatch.context() as patched:
        opened: list[Path] = []
        patched.setattr(disputing, "open_document", opened.append)
        stage.act("page.preview")
    assert [path.name.startswith(f"Dossier_{found.id}_") for path in opened] == [True]
    stage.go("today")
    store, day = stage.desk._open_store(), stage.desk.today()
    (need,) = [n for n in store.read(today, day).needs if n.kind == "dispute"]
    assert need_words(need, stage.desk.formats).endswith("is to be answered in 20 days")
    later = store.read(today, day + timedelta(days=22)).needs
    assert need_words(later[0], stage.desk.formats).endswith("is open, its answer 2 days late"), "late ones stand first"
    photograph(stage.window, "today")
    tab = stage.go("partners", PARTNER, "earnings", PERIOD).detail.page
    tab.disputes._ask_answer(found)
    stage.quiet()
    dialog = stage.dialog(AnswerDialog)
    dialog.reason.setText("It holds")
    dialog.approver.setText("Bo")
    photograph(dialog, "answer")
    dialog.accept()
    stage.quiet()
    assert (rows(stage)[0].outcome, rows(stage)[0].granted) == ("approved", Decimal(100))
    assert not tab.disputes.isVisible()


def test_a_movement_is_disputed_from_its_row_and_the_total_from_any(stage: Stage) -> None:
    tab = stage.go("partners", PARTNER, "earnings", PERIOD).detail.page
    moved = next(r for r in tab.view.ledger if r.figure.startswith("entry|"))
    movement, total = tab._menu(moved)[:2]
    assert (movement.text(), total.text()) == ("Dispute this movement…", "Dispute the total…")
    several = replace(moved, parts=(("E1", "payable", Decimal(30)), ("E2", "held", Decimal(-30))))
    offered = [action.text() for action in tab._menu(several)[:2]]
    assert offered == ["Dispute the 30.00 that are payable…", "Dispute the \N{MINUS SIGN}30.00 that are held…"]
    for action, missing in ((movement, None), (total, Decimal(1200))):
        action.trigger()
        stage.quiet()
        dialog = stage.dialog(RaiseDialog)
        photograph(dialog, "raise total" if missing else "raise movement")
        dialog.reason.setText("a campaign is missing")
        dialog.raised_by.setText("Rita")
        dialog.late.setText("the mail was sent in time")
        if missing is not None:
            dialog.claimed.setText("1200")
        dialog.accept()
        stage.quiet()
    of_total, of_row = sorted(rows(stage), key=lambda row: not row.is_total)
    assert of_total.is_total and of_total.claimed == (of_total.amount or Decimal(0)) + 1200
    assert of_row.line == moved.figure.partition("|")[2] and of_row.amount == moved.payable
    stage.quiet()
    photograph(stage.window, "two disputes")
    offered = [action.text() for action in row_menu(stage.go("statements", PERIOD), run_row_of(stage))]
    assert "Dispute the total…" in offered


def run_row_of(stage: Stage) -> Any:
    """The partner's row of the run that is shown."""
    stage.quiet()
    run = stage.window.page.run_  # type: ignore[union-attr]
    return next(row for row in run.rows if row.partner == PARTNER)


def test_the_why_of_a_line_offers_to_dispute_it_and_says_until_when(stage: Stage) -> None:
    tab = stage.go("partners", PARTNER, "earnings", PERIOD).detail.page
    line = next(r for r in tab.view.ledger if r.figure.startswith("line|") and r.payable > 0)
    tab.ask_why(line.figure)
    stage.quiet()
    act = stage.window.side.inspector.act_button
    assert act.isVisible() and act.isEnabled() and act.words() == "Dispute…"
    photograph(stage.window, "why")
    act.click()
    dialog = stage.dialog(RaiseDialog)
    (words,) = [w for w in dialog.findChildren(type(dialog.problem)) if "The window ended on" in w.text()]
    assert f"{stage.desk.formats.accounting(line.amount)} EUR on ST-2026-09." in words.text()
    dialog.reason.setText("wrong rate")
    dialog.raised_by.setText("Rita")
    dialog.accept()
    assert dialog.problem.text() == "“Why it is taken” is needed.", "the window is over"
    dialog.late.setText("sent in time")
    dialog.accept()
    stage.quiet()
    assert [r.line for r in rows(stage)] == [line.figure.partition("|")[2]]
    tab.ask_why(line.figure)
    stage.quiet()
    tab.ask_why(line.figure)
    stage.quiet()
    assert not stage.window.side.inspector.act_button.isEnabled(), "one open dispute of a line at a time"
    tab.ask_why("row|closing|total|2026-09")
    stage.quiet()
    assert stage.window.side.inspector.act_button.words() == "Dispute the total…"
    tab.ask_why("row|opening|total|2026-09")
    stage.quiet()
    assert stage.window.side.inspector.act_button is None, "it is the total of the statement before"
    statements = stage.go("statements", PERIOD)
    said = dict(zip(cells(statements.table, "name"), cells(statements.table, "disputes"), strict=True))
    assert {words for words in said.values() if words} == {"1 open"}
    photograph(stage.window, "statements")


def test_a_line_of_a_running_period_is_not_disputed(stage: Stage) -> None:
    tab = stage.go("partners", PARTNER, "earnings", PERIOD).detail.page
    (action,) = tab.disputes.menu(tab.view.ledger[0], False)
    assert not action.isEnabled() and action.text().endswith(": once the period is closed")


def test_a_returned_workbook_is_dropped_and_its_marks_become_disputes(stage: Stage, tmp_path: Path) -> None:
    store = stage.desk._open_store()
    written = store.read(export_statements, PERIOD, stage.desk.today(), tmp_path / "out", partners=[PARTNER])
    back = edited(written[0].workbook, {"V6": "Yes", "W6": "see mail", "P6": "1"})
    screen = stage.go("data")
    assert not screen.accept_files([back]), "it is no import"
    assert stage.go("statements", PERIOD).accept_files([back])
    stage.quiet()
    dialog = stage.dialog(ReturnedDialog)
    assert "1 row is marked" in dialog.findChildren(type(dialog.problem))[1].text()
    marked, other = dialog.list.toPlainText().split(f"\n\n{OTHER}\n\n")
    assert marked.startswith(f"{MARKED}\n\nLine ") and "see mail" in marked
    assert "2 Earnings P6" in other
    photograph(dialog, "returned")
    dialog.raised_by.setText("Rita")
    dialog.accept()
    stage.quiet()
    assert "could be disputed until" in stage.says(), "the window is the program's"
    assert stage.go("statements", PERIOD).accept_files([back])
    stage.quiet()
    dialog = stage.dialog(ReturnedDialog)
    dialog.raised_by.setText("Rita")
    dialog.late.setText("the mail was sent in time")
    dialog.accept()
    stage.quiet()
    assert [(r.reason, r.raised_by) for r in rows(stage)] == [("see mail", "Rita")]


def test_the_same_in_the_dark(stage: Stage) -> None:
    stage.window.set_look(choice="dark")
    raise_first(stage)
    photograph(stage.window, "partner-dark")
    assert theme().choice == "dark" and rows(stage)[0].raised == stage.desk.today()


def test_what_is_said_of_a_dropped_file_stays_while_the_page_is_read(stage: Stage) -> None:
    screen = stage.go("statements", PERIOD)
    screen.reload()
    screen.messages.say("warn", "", "q3.xlsx is no statement that this book issued.")
    stage.quiet()
    assert "q3.xlsx is no statement" in screen.messages.text()
    screen._choose("2026-08")
    stage.quiet()
    assert "q3.xlsx" not in screen.messages.text()
