"""Data is text on every control: never markup, never a shortcut, never a picture, and nothing crashes."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage, QMovie, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.ui.explanation import Explanation, InputRow
from partnerdesk.ui.formula import FormulaRow
from partnerdesk.ui.inspector import Inspector
from partnerdesk.ui.messages import MessageBar
from partnerdesk.ui.palette.listing import Entry, PaletteList
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.widgets.button import Button, link
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.editors import AutosaveLine, AutosaveText, ClickToEdit
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.form import Choice
from partnerdesk.ui.widgets.header import PageHeader
from partnerdesk.ui.widgets.number import Number
from partnerdesk.ui.widgets.section import SectionTitle, Tile
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.tabs import TabStrip
from partnerdesk.ui.widgets.text import Label, LineLabel, set_tip

PAYLOADS = [
    "AT&T",
    "R&D <Labs>",
    "<b>bold</b>",
    '<img src="file:///dev/zero">',
    '<img src="\\\\\\\\server\\\\share\\\\x.png">',
    "<table>" * 40 + "x" + "</table>" * 40,
    "<a href='file:///etc/passwd'>open</a>",
    "=cmd|' /C calc'!A0",
    "CON.txt",
    "../../x",
    "$5k to $10k",
    "Delta",
    "&File &Edit &&",
    "Việt Phong Tech · Łużyca · Ωmega · Дельта · 日本",
    "a\tb\nc",
    "",
]


def explained(text: str) -> Explanation:
    row = FormulaRow(text, text, text)
    given = InputRow(text, text, "deal", (text,))
    return Explanation(
        "x", text, text, text, text, text, (row,), row, (given,), (given,), (row,), (row,), (row,), text, text
    )


def inspector(text: str) -> QWidget:
    from partnerdesk.reports.format import Formats

    made = Inspector(Formats)
    made.show_explanation(explained(text))
    return made


def message(text: str) -> QWidget:
    made = MessageBar()
    made.say("warn", text, text, [(text, lambda: None)])
    return made


def header(text: str) -> QWidget:
    made = PageHeader()
    made.set(text, text, text, lambda: None)
    return made


def table(text: str) -> QWidget:
    columns = [Column("a", text, lambda r: r, kind=kinds.NAME), Column("b", text, lambda r: ("warn", r), kind="status")]
    made = DataTable("", columns, key=lambda r: r, says=text)
    made.set_rows([text, "other"])
    made.selectAll()
    return made


def tile(text: str) -> QWidget:
    made = Tile(text)
    made.show_figure(text, text, "x", text, "up")
    return made


def edited(text: str) -> QWidget:
    made = ClickToEdit(text, lambda _v: None, hint=text)
    made.show_text(text)
    return made


def line(text: str) -> QWidget:
    made = AutosaveLine(text, lambda _v: None, hint=text)
    made.show_text(text)
    return made


def long_text(text: str) -> QWidget:
    made = AutosaveText(text, lambda _v: None, hint=text)
    made.show_text(text)
    return made


def results(text: str) -> QWidget:
    made = PaletteList(lambda _e: None)
    made.show_groups([(text, [Entry(text, text, "scale", (text,), (0, 1), lambda: None)])])
    return made


MADE: dict[str, Callable[[str], QWidget]] = {
    "label": lambda t: Label(t, wrap=True),
    "line": LineLabel,
    "button": lambda t: Button(t, icon="plus", keys=t),
    "link": link,
    "chip": lambda t: Chip(t, "scale", says=t),
    "choice": lambda t: Choice(t, [(t, 1)], lambda _v: None, 1),
    "segmented": lambda t: Segmented(t, [(t, 1), ("b", 2)], lambda _v: None),
    "tabs": lambda t: TabStrip(t, [(t, "a"), ("b", "b")], lambda _k: None),
    "number": lambda t: Number(t, "x", label=t, unit=t),
    "status": lambda t: Status("warn", t),
    "section": lambda t: SectionTitle(t, t),
    "tile": tile,
    "empty": lambda t: Empty(t, t, (t, lambda: None), [(t, lambda: None)]),
    "message": message,
    "header": header,
    "table": table,
    "inspector": inspector,
    "click to edit": edited,
    "autosave line": line,
    "autosave text": long_text,
    "palette": results,
}


@pytest.fixture
def no_picture(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of files that anything tried to load as a picture."""
    loaded: list[str] = []
    for kind in (QImage, QPixmap):
        monkeypatch.setattr(kind, "load", lambda _self, name, *_a: loaded.append(str(name)))
    monkeypatch.setattr(QMovie, "setFileName", lambda _self, name: loaded.append(str(name)))
    return loaded


@pytest.mark.parametrize("kind", MADE)
def test_any_text_is_shown_verbatim(kind: str, qtbot: QtBot, no_picture: list[str]) -> None:
    for text in PAYLOADS:
        widget = MADE[kind](text)
        qtbot.addWidget(widget)
        widget.resize(500, 120)
        widget.show()
        widget.grab()
        for label in widget.findChildren(QLabel):
            assert label.textFormat() == Qt.TextFormat.PlainText
            assert label.pixmap().isNull()
        for editor in widget.findChildren(QPlainTextEdit):
            assert "<" not in text or "<" in editor.toPlainText() or editor.toPlainText() == ""
        widget.hide()
        widget.deleteLater()
        QApplication.processEvents()
    assert no_picture == []


def test_an_ampersand_is_a_letter_and_no_shortcut(qtbot: QtBot) -> None:
    for made in (Button("R&D"), Chip("R&D"), link("R&D")):
        qtbot.addWidget(made)
        assert made.shortcut().isEmpty()
        assert made.words() == "R&D"
    tabs = TabStrip("R&D", [("R&D", "a"), ("b", "b")], lambda _k: None)
    qtbot.addWidget(tabs)
    assert tabs._tabs.tabText(0) == "R&&D"


def test_tips_are_escaped(qtbot: QtBot) -> None:
    widget = Label("x")
    qtbot.addWidget(widget)
    set_tip(widget, '<img src="file:///dev/zero">')
    assert "<img" not in widget.toolTip()
    assert "&lt;img" in widget.toolTip()
    set_tip(widget, "")
    assert widget.toolTip() == ""


def test_pasted_markup_becomes_text(qtbot: QtBot) -> None:
    from PySide6.QtCore import QMimeData

    saved: list[str] = []
    field = AutosaveText("Note", saved.append)
    qtbot.addWidget(field)
    mime = QMimeData()
    mime.setHtml('<b>bold</b><img src="file:///dev/zero">')
    mime.setText("bold")
    field.insertFromMimeData(mime)
    field.commit()
    assert saved == ["bold"]


def test_recent_books_and_column_names_are_literal_in_menus(qtbot: QtBot) -> None:
    from partnerdesk.ui.widgets.text import literal

    menu = QMenu()
    qtbot.addWidget(menu)
    action: QAction = menu.addAction(literal("R&D <b>Labs</b>"))
    assert action.text() == "R&&D <b>Labs</b>"


def test_the_full_text_of_a_cut_line_is_in_its_tip_and_name(qtbot: QtBot) -> None:
    long = "A very long name of a partner that does not fit"
    made = LineLabel(long)
    qtbot.addWidget(made)
    made.resize(60, 20)
    made.show()
    made.grab()
    assert long in made.toolTip()
    assert made.accessibleName() == long


def test_a_colour_is_never_read_from_markup(qtbot: QtBot) -> None:
    made = Number("<font color=red>12.00</font>", "x", label="Amount")
    qtbot.addWidget(made)
    picture = made.grab().toImage()
    reds = [
        picture.pixelColor(x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).red() > 200 and picture.pixelColor(x, y).green() < 60
    ]
    assert not reds
