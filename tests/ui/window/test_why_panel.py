"""Figures answer beside the page: the panel opens, goes a step in and back, and closes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.window.window import MainWindow
from tests.ui.window.parts import figures_of, press


def test_space_on_a_figure_opens_its_why_and_space_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place("figures"))
    page = figures_of(window)
    page.number.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Qt.Key.Key_Space)
    assert window.side.isVisible()
    assert window.side.is_why
    inspector = window.side.inspector
    assert inspector is not None
    assert inspector.shown is not None
    assert inspector.shown.title == "71.4"
    assert window.why.ring.isVisible()
    press(qtbot, Qt.Key.Key_Space)
    assert not window.side.isVisible()
    assert not window.why.ring.isVisible()


def test_another_figure_takes_the_panel_over(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place("figures"))
    page = figures_of(window)
    qtbot.mouseClick(page.number, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.other, Qt.MouseButton.LeftButton)
    inspector = window.side.inspector
    assert inspector is not None
    assert inspector.shown is not None
    assert inspector.shown.figure == "held"
    assert window.side.is_why


def test_a_part_of_the_formula_opens_and_back_returns(window: MainWindow) -> None:
    window.go(Place("figures"))
    figures_of(window).explain("score")
    inspector = window.side.inspector
    assert inspector is not None
    assert inspector.shown is not None
    inspector.open_part(inspector.shown.rows[0])
    assert inspector.shown.title == "37.6"
    assert inspector.first is not inspector.shown
    inspector.go_up()
    assert inspector.shown.title == "71.4"


def test_copy_explanation_puts_the_same_words_on_the_clipboard(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place("figures"))
    figures_of(window).explain("score")
    inspector = window.side.inspector
    assert inspector is not None
    qtbot.mouseClick(inspector.copy_button, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert "Renewal rate = 0.40 × 94.0 = 37.60" in text
    assert "Sum = half up to 71.4 = 71.38" in text


def test_escape_closes_the_why(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place("figures"))
    page = figures_of(window)
    page.number.setFocus()
    page.explain("score")
    press(qtbot, Qt.Key.Key_Escape)
    assert not window.side.is_why
