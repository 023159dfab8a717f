"""The look: contrast of every pair that is used, both themes, text size, densities, no white box in the dark."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.paths import resource
from partnerdesk.ui import icons, theme
from partnerdesk.ui.desk import Desk
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.theme import ROLES
from partnerdesk.ui.widgets.text import Label
from tests.ui.conftest import WindowMaker
from tests.ui.pages import TEST_PAGES

# (ink, ground, least contrast): text 4.5, marks and edges of controls 3
PAIRS = [
    ("text", "bg", 7),
    ("text", "bg2", 7),
    ("text", "selected", 7),
    ("text", "hover", 7),
    ("text", "button", 7),
    ("muted", "bg", 4.5),
    ("muted", "bg2", 4.5),
    ("muted", "selected", 4.5),
    ("accent", "bg", 4.5),
    ("accent", "bg2", 4.5),
    ("accent", "selected", 4.5),
    ("on_accent", "accent", 4.5),
    ("good", "bg", 4.5),
    ("warn", "bg", 4.5),
    ("bad", "bg", 4.5),
    ("info", "bg", 4.5),
    ("text", "bar_good", 7),
    ("text", "bar_warn", 7),
    ("text", "bar_bad", 7),
    ("text", "bar_info", 7),
    ("border", "bg", 3),
    ("border", "bg2", 3),
]


def luminance(colour: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(a: QColor, b: QColor) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("choice", [theme.LIGHT, theme.DARK])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_text_and_marks_can_be_read(choice: str, ink: str, ground: str, least: float) -> None:
    look = theme.start(choice)
    assert contrast(look.colour(ink), look.colour(ground)) >= least


def test_the_fonts_are_the_vendored_ones_at_their_sizes(qapp: QApplication) -> None:
    look = theme.theme()
    for role, (px, weight) in ROLES.items():
        if role == "mono":
            theme.load_fonts()
        font = look.font(role)
        assert QFontInfo(font).family().startswith("IBM Plex"), role
        assert font.pointSizeF() == pytest.approx(px * 0.75)
        assert font.weight() == weight


def test_larger_text_scales_lengths_with_it(qapp: QApplication) -> None:
    look = theme.theme()
    look.choose(zoom=1.3)
    assert look.font("body").pointSizeF() == pytest.approx(9.75 * 1.3)
    assert look.px(100) == 130
    assert look.measure("row") == round(32 * 1.3)


@pytest.mark.parametrize(("density", "row"), [("compact", 26), ("regular", 32), ("relaxed", 38)])
def test_densities_change_heights(density: str, row: int) -> None:
    look = theme.start(theme.LIGHT, density)
    assert look.measure("row") == row
    theme.start(theme.LIGHT)


def test_a_label_follows_the_theme(qtbot: QtBot) -> None:
    label = Label("x", token="muted")
    qtbot.addWidget(label)
    before = label.palette().color(label.foregroundRole())
    theme.theme().choose(choice=theme.DARK)
    assert label.palette().color(label.foregroundRole()) == theme.theme().colour("muted") != before


def stock_widgets() -> list[QWidget]:
    menu = QMenu()
    menu.addAction("One")
    menu.addAction("Two").setEnabled(False)
    box = QComboBox()
    box.addItems(["one", "two"])
    return [menu, box, QLineEdit("text"), QPlainTextEdit("text")]


def test_no_stock_widget_is_a_white_box_in_the_dark(qtbot: QtBot) -> None:
    theme.start(theme.DARK)
    for widget in stock_widgets():
        qtbot.addWidget(widget)
        widget.resize(160, 60)
        picture = widget.grab().toImage()
        bright = sum(
            picture.pixelColor(x, y).lightnessF() > 0.75
            for x in range(picture.width())
            for y in range(picture.height())
        )
        assert bright / (picture.width() * picture.height()) < 0.1, type(widget).__name__


def test_the_window_is_dark_all_over(desk: Desk, make_window: WindowMaker, settled: Callable[[Desk], None]) -> None:
    window = make_window(desk, TEST_PAGES)
    window.go(Place("list"))
    settled(desk)
    theme.theme().choose(choice=theme.DARK)
    QApplication.processEvents()
    picture = window.grab().toImage()
    points = [(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)]
    bright = [p for p in points if picture.pixelColor(*p).lightnessF() > 0.9]
    assert len(bright) / len(points) < 0.02


def test_icons_take_the_colour_of_the_theme_and_keep_their_stroke(qapp: QApplication) -> None:
    light = icons.pixmap("plus", "accent", 32).toImage()
    inks = {light.pixelColor(x, y).name() for x in range(32) for y in range(32) if light.pixelColor(x, y).alpha() > 250}
    assert inks == {"#0b5fa5"}
    theme.start(theme.DARK)
    dark = icons.pixmap("plus", "accent", 32).toImage()
    assert "#6cb6ff" in {dark.pixelColor(x, y).name() for x in range(32) for y in range(32)}


def test_every_icon_that_is_named_is_there_and_every_one_there_is_named() -> None:
    from tests.conftest import ROOT

    sources = "\n".join(p.read_text("utf-8") for p in (ROOT / "partnerdesk" / "ui").rglob("*.py"))
    words = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)*)"', sources))
    there = {path.stem for path in resource("icons").glob("*.svg")}
    assert there <= words, f"nobody uses {sorted(there - words)}"
    named = set(re.findall(r'(?:icon=|icons\.\w+\(painter, |_Iconed\()"([a-z0-9-]+)"', sources))
    assert named <= there


def test_vendored_files_carry_their_licences() -> None:
    assert "ISC License" in resource("icons/LICENSE_Lucide.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in resource("fonts/LICENSE_IBM_Plex.txt").read_text("utf-8").upper()
