"""Editors save by themselves, once, and say underneath what they cannot take."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.errors import Refused
from partnerdesk.ui.widgets.editors import AutosaveLine, AutosaveText, ClickToEdit


def code(text: str) -> str:
    if len(text) != 3:
        raise Refused(f"{text} is not a currency code.", "Use three letters.")
    return text.upper()


@pytest.fixture
def form(qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made)
    other = QLineEdit()
    other.setObjectName("other")
    made.layout().addWidget(other)  # type: ignore[union-attr]
    qtbot.addWidget(made)
    made.resize(400, 300)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def placed(form: QWidget, widget: QWidget) -> None:
    layout = form.layout()
    assert layout is not None
    layout.addWidget(widget)
    QApplication.processEvents()  # a layout shows what is added to it in its own time
    widget.setFocus()


def other(form: QWidget) -> QLineEdit:
    found = form.findChild(QLineEdit, "other")
    assert isinstance(found, QLineEdit)
    return found


def test_enter_saves_what_was_typed_once(form: QWidget, qtbot: QtBot) -> None:
    saved: list[str] = []
    line = AutosaveLine("Currency", saved.append, code)
    line.show_text("EUR")
    placed(form, line)
    line.selectAll()
    qtbot.keyClicks(line, "sek")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    other(form).setFocus()
    assert saved == ["SEK"]


def test_leaving_an_unchanged_field_saves_nothing(form: QWidget, qtbot: QtBot) -> None:
    saved: list[str] = []
    line = AutosaveLine("Currency", saved.append, code)
    line.show_text("EUR")
    placed(form, line)
    other(form).setFocus()
    assert saved == []


def test_a_wrong_text_stays_with_the_reason_under_it(form: QWidget, qtbot: QtBot) -> None:
    saved: list[str] = []
    line = AutosaveLine("Currency", saved.append, code)
    line.show_text("EUR")
    placed(form, line)
    qtbot.keyClicks(line, "O")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert saved == []
    assert line.problem.isVisible()
    assert line.problem.words() == "EURO is not a currency code. Use three letters."
    assert line.problem.y() >= line.mapTo(form, line.rect().bottomLeft()).y()
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "EUR"
    assert not line.problem.isVisible()


def test_a_read_does_not_take_away_what_is_being_typed(form: QWidget, qtbot: QtBot) -> None:
    saved: list[str] = []
    line = AutosaveLine("Name", saved.append)
    line.show_text("Fennmark")
    placed(form, line)
    qtbot.keyClicks(line, " Software")
    line.show_text("Fennmark")
    assert line.text() == "Fennmark Software"
    other(form).setFocus()
    line.show_text("Fennmark Software")
    assert saved == ["Fennmark Software"]


def test_a_long_text_saves_after_a_pause_and_when_left(form: QWidget, qtbot: QtBot) -> None:
    saved: list[str] = []
    text = AutosaveText("Note", saved.append)
    text.show_text("")
    placed(form, text)
    qtbot.keyClicks(text, "First")
    qtbot.waitUntil(lambda: saved == ["First"], timeout=3000)
    qtbot.keyClicks(text, " second")
    other(form).setFocus()
    assert saved == ["First", "First second"]


def test_text_becomes_a_field_and_text_again(form: QWidget, qtbot: QtBot) -> None:
    saved: list[str] = []
    editor = ClickToEdit("Title", saved.append, hint="Add a title")
    editor.show_text("")
    placed(form, editor)
    assert "Add a title" in editor.accessibleName()
    qtbot.keyClick(editor, Qt.Key.Key_F2)
    assert editor._line.isVisible()
    qtbot.keyClicks(editor._line, "Score 71.4")
    qtbot.keyClick(editor._line, Qt.Key.Key_Return)
    assert saved == ["Score 71.4"]
    assert not editor._line.isVisible()


def test_a_text_that_is_longer_than_its_field_shows_how_it_begins(form: QWidget) -> None:
    line = AutosaveLine("Name", lambda _text: None)
    line.setFixedWidth(120)
    line.show_text("Zweckverband für die gemeinsame Trinkwasserversorgung")
    assert line.cursorPosition() == 0
    placed(form, line)
    line.end(False)
    other(form).setFocus()
    assert line.cursorPosition() == 0
