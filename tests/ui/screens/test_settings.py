"""Settings as a user meets them: fields in one line, and a text size that is always named."""

import pytest
from PySide6.QtCore import QPoint

from partnerdesk.ui.dialogs.draft_mail import DraftMailDialog
from tests.ui.screens.conftest import Stage


def test_fields_of_all_sections_stand_under_each_other(stage: Stage) -> None:
    page = stage.go("settings")
    fields = (*page.efforts.values(), page.currency, page.vendor, page.numbers)
    assert len({field.mapTo(page, QPoint()).x() for field in fields}) == 1


def test_a_text_size_between_those_that_have_a_name_is_shown_too(stage: Stage) -> None:
    stage.go("settings")
    stage.act("zoom.in")
    assert stage.window.page.zoom.currentText() == "110%"
    stage.act("zoom.normal")
    assert stage.window.page.zoom.currentText() == "Normal"
    assert "110%" not in [stage.window.page.zoom.itemText(n) for n in range(stage.window.page.zoom.count())]


def test_the_text_of_a_mail_is_written_with_a_partners_mail_beside_it(stage: Stage) -> None:
    mails = stage.go("settings").mails
    assert "ST-2026-10" in mails.preview.toPlainText() and not mails.restore.isVisible()
    mails.editor.setPlainText("Post {number}\n\nHi {contakt}")
    mails.editor.commit()
    stage.quiet()
    assert "Did you mean {contact}?" in mails.says.text() and not mails.preview.toPlainText()
    mails.editor.setPlainText("Post {number}\n\nHi {contact}")
    mails.editor.commit()
    stage.quiet()
    assert mails.preview.toPlainText().startswith("Post ST-2026-10\n\nHi ") and "{" not in mails.preview.toPlainText()
    mails.restore.click()
    stage.quiet()
    assert "please find attached" in mails.editor.toPlainText()


def test_a_draft_asks_who_gets_it(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    from partnerdesk.ui.screens import drafting_mail

    asked: list[list[str]] = []
    monkeypatch.setattr(drafting_mail, "export_away", lambda *_args, to, **_kw: asked.append(to))
    drafting_mail.draft_statement(stage.go("statements"), "P-04", "2026-10")
    stage.quiet()
    dialog = stage.dialog(DraftMailDialog)
    assert dialog.chosen() == ["alliance@p-04.example"]
    for box, _email in dialog.people:
        box.setChecked(False)
    assert not dialog.verb.isEnabled()
    dialog.people[1][0].setChecked(True)
    dialog.verb.click()
    assert asked == [[dialog.people[1][1]]]
