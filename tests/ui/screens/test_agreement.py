"""A partner's agreement as a user meets it: versions, the next one, its text, the issue, the signed copy."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from partnerdesk.queries.agreements import agreement_document, agreements
from partnerdesk.ui.dialogs.confirm import ConfirmDialog
from partnerdesk.ui.dialogs.sign_agreement import SignDialog
from partnerdesk.ui.screens.partner.agreement import acts as agreement_acts
from partnerdesk.ui.widgets.editors import PAUSE_MS
from tests.ui.screens.conftest import Stage


def page_of(stage: Stage, partner: str) -> Any:
    return stage.go("partners", partner, "history", "agreement").detail.page.agreement


def rows(stage: Stage, partner: str) -> Any:
    assert stage.desk._store is not None
    return stage.desk._store.read(agreements, partner)


def choose(stage: Stage, page: Any, key: str) -> None:
    assert page.versions.show_key(key)
    page.versions.picked.emit(key)
    stage.quiet()


def see(stage: Stage, page: Any, view: str) -> None:
    page.views._parts[view].click()
    stage.quiet()


def issue(stage: Stage, page: Any) -> None:
    page.controls.issue.click()
    dialog = stage.dialog(ConfirmDialog)
    dialog.accept()
    stage.quiet()


def test_the_newest_version_is_shown_as_it_was_issued(stage: Stage) -> None:
    page = page_of(stage, "P-01")
    words = [(e.title, e.word) for e in page.versions.entries()]
    assert words == [("Version 3", "Draft"), ("Version 2", "Signed"), ("Version 1", "Replaced")]
    newest = rows(stage, "P-01")[0]
    assert page.chosen == str(newest.id)
    assert stage.desk._store is not None
    assert page._pdf == stage.desk._store.read(agreement_document, newest.id)
    assert page.preview.page_count == newest.pages
    choose(stage, page, str(rows(stage, "P-01")[1].id))
    see(stage, page, "changes")
    assert page.stack.currentWidget() is page._empty, "nothing is before the first one"
    choose(stage, page, str(newest.id))
    titles = [e.title for e in page.changes.entries()]
    assert "What you earn: Recurring commission" in titles and "Remedies and ending: Breach and remedy" in titles


def test_a_partner_without_one_gets_its_first(stage: Stage, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(stage, "P-02")
    assert page.chosen == "next" and page.controls.issue.words() == "Issue version 1…"
    assert not page.controls.compare.isVisible() and not page.controls.export.isVisible()
    issue(stage, page)
    (row,) = rows(stage, "P-02")
    assert (row.number, row.status) == ("AG-P-02-1", "issued") and page.chosen == str(row.id)
    assert "The agreement is issued." in stage.says()
    assert stage.desk.undo_label is None
    stage.act("page.export")
    assert (own_home / "exports" / row.file).read_bytes() == page._pdf
    assert row.file in stage.toast()
    opened: list[Path] = []
    monkeypatch.setattr(agreement_acts, "open_document", opened.append)
    stage.act("page.preview")
    assert opened == [own_home / "exports" / row.file]


def test_another_day_is_laid_out_and_issued(stage: Stage) -> None:
    page = page_of(stage, "P-02")
    page.day.setText("1 Jan 2027")
    page.day.commit()
    stage.quiet()
    issue(stage, page)
    assert rows(stage, "P-02")[0].holds_from.isoformat() == "2027-01-01"


def test_the_text_is_written_with_places_and_its_problems_stop_the_issue(stage: Stage) -> None:
    page = page_of(stage, "P-01")
    see(stage, page, "text")
    assert page.chosen == "next", "the text is that of the next version"
    page.text.editor.setPlainText("For {partnr} & <b>all</b>.")
    stage.qtbot.wait(PAUSE_MS + 50)
    stage.quiet()
    assert [e.title for e in page.text.problems.entries()] == ["Text, line 1"]
    assert not page.controls.issue.isEnabled()
    page.text.editor.setPlainText("For ")
    page.text.editor.moveCursor(page.text.editor.textCursor().MoveOperation.End)
    page.text.places.show_key("partner")
    stage.qtbot.keyClick(page.text.places, Qt.Key.Key_Return)
    assert page.text.editor.toPlainText() == "For {partner}"
    stage.qtbot.wait(PAUSE_MS + 50)
    stage.quiet()
    assert page.controls.issue.isEnabled()
    see(stage, page, "changes")
    assert "Text of the agreement: Paragraph 1" in [e.title for e in page.changes.entries()]
    see(stage, page, "text")
    page.text.restore.click()
    stage.quiet()
    assert page.text.editor.toPlainText().startswith("1. What is agreed")


def test_the_account_manager_sees_what_is_not_in_it(stage: Stage) -> None:
    page = page_of(stage, "P-01")
    choose(stage, page, "next")
    see(stage, page, "changes")
    said = {e.title: e.body for e in page.changes.entries()}
    assert said["British Isles"] == "for partners whose country is GB or IE"


def test_a_signed_copy_is_recorded_and_recognised(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(stage, "P-10")
    assert [e.word for e in page.versions.entries()] == ["Draft", "Issued"]
    scan = tmp_path / "Scan & <sign>.pdf"
    scan.write_bytes(b"both names")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(scan), ""))
    page.controls.sign.click()
    dialog = stage.dialog(SignDialog)
    dialog.accept()
    assert dialog.isVisible() and dialog.problem.text() == "Choose the file that was signed."
    dialog.file.click()
    dialog.accept()
    assert dialog.problem.text() == "Enter who signed for the partner."
    dialog.partner.setText("Nils Fell")
    dialog.vendor.setText("Vera Manager")
    dialog.accept()
    stage.quiet()
    assert stage.toast() == "Signature recorded"
    assert "Signed 19 Nov 2026 by Nils Fell and Vera Manager" in [e.note for e in page.versions.entries()]
    page.controls.compare.click()
    stage.quiet()
    assert "Scan & <sign>.pdf is the signed copy of AG-P-10-1." in stage.says()
    scan.write_bytes(b"both names!")
    page.controls.compare.click()
    stage.quiet()
    assert "is no signed copy of this agreement" in stage.says()


def test_issues_and_signatures_are_events_that_lead_there(stage: Stage) -> None:
    tab = stage.go("partners", "P-01", "history", "events").detail.page
    found = [row for row in tab.table.table_model.rows if row.kind == "agreement"]
    assert [tab._title(row) for row in found][-2:] == ["AG-P-01-1 signed", "AG-P-01-1 issued"]
    tab.table.opened.emit(found[-1])
    stage.quiet()
    assert tab.sub == "agreement" and tab.agreement.chosen == found[-1].target
    assert not [w for w in (tab.controls.issue,) if w.isVisible()] and tab.controls.sign.isVisible()


def test_the_partner_menu_leads_there(stage: Stage) -> None:
    stage.go("partners", "P-04")
    stage.act("partner.agreement")
    assert stage.window.page.detail.page.sub == "agreement"
    stage.go("partners", "P-04", "overview")
    tab = stage.window.page.detail._pages["history"]
    assert not [w for w in tab.header_controls() if w.isVisible()]
