"""How the program looks: colour tokens, fonts by role, metrics by density, in one place.

Two explicit palettes (`reports.look`, shared with charts), because a platform's colour scheme changes nothing on
some of them; what a palette cannot say is in resources/themes/style.qss.
Sizes are written as px at 96 dpi, as in the design; `px` scales them with the text size, fonts are set in points.
A widget asks `theme()` while it paints, so a change of theme needs no bookkeeping.
"""

import re
import sys
from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from partnerdesk.paths import resource
from partnerdesk.reports import look

FAMILY, MONO = "IBM Plex Sans", "IBM Plex Mono"
FALLBACKS = ["Noto Sans", "Noto Sans CJK SC", "DejaVu Sans"]
FILES = ("IBMPlexSans_400Regular.ttf", "IBMPlexSans_500Medium.ttf", "IBMPlexSans_600SemiBold.ttf")
LATER = ("IBMPlexSans_400Regular_Italic.ttf", "IBMPlexMono_400Regular.ttf")

# role -> (px, weight)
ROLES: dict[str, tuple[float, int]] = {
    "welcome": (28, 600),
    "score": (30, 600),
    "tile": (22, 600),
    "tile_small": (18, 600),
    "page": (20, 600),
    "dialog": (16, 600),
    "lead": (15, 400),
    "card": (15, 600),
    "section": (13, 600),
    "body": (13, 400),
    "name": (13, 500),
    "strong": (13, 600),
    "header": (12, 500),
    "small": (12, 400),
    "small_name": (12, 500),
    "small_strong": (12, 600),
    "chart": (11, 400),
    "hint": (11, 400),
    "mono": (12, 400),
}

COMPACT, REGULAR, RELAXED = "compact", "regular", "relaxed"
DENSITIES = (COMPACT, REGULAR, RELAXED)
# measure -> px in compact, regular, relaxed
MEASURES: dict[str, tuple[int, int, int]] = {
    "row": (26, 32, 38),
    "figures_row": (24, 28, 34),
    "two_lines": (42, 52, 58),
    "control": (26, 30, 34),
    "inner_control": (24, 26, 30),
    "nav": (26, 30, 36),
    "line": (20, 24, 28),
}

SYSTEM, LIGHT, DARK = "system", "light", "dark"
CHOICES = (SYSTEM, LIGHT, DARK)


class Theme(QObject):
    """The look in force. One per process: `theme()`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice, self.density, self.zoom = SYSTEM, REGULAR, 1.0
        self.name = LIGHT
        self.scale = 1.0  # of lengths; the system's own text size and dpi included
        self._text = 1.0  # of fonts, which know the dpi themselves
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[str, QFont] = {}

    @property
    def is_dark(self) -> bool:
        return self.name == DARK

    @property
    def look(self) -> look.Look:
        """The tokens for charts and marks."""
        return look.DARK if self.is_dark else look.LIGHT

    def colour(self, token: str) -> QColor:
        """The colour a token stands for now."""
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = QColor(self.look.colour(token))
        return found

    def font(self, role: str) -> QFont:
        """The font of a role in `ROLES`. Shared: copy it before changing it."""
        found = self._fonts.get(role)
        if found is None:
            size, weight = ROLES[role]
            found = self._fonts[role] = self.sized(size, weight, MONO if role == "mono" else FAMILY)
        return found

    def sized(self, px: float, weight: int = 400, family: str = FAMILY) -> QFont:
        """A font of a size in px at 96 dpi."""
        font = QFont([family, *FALLBACKS])
        per_px = 1.0 if sys.platform == "darwin" else 0.75  # a point is a px there
        font.setPointSizeF(px * per_px * self._text)
        font.setWeight(QFont.Weight(weight))
        font.setKerning(True)
        return font

    def px(self, length: float) -> int:
        """A length of the design, scaled with the text."""
        return round(length * self.scale)

    def measure(self, name: str) -> int:
        """A height of `MEASURES` in the density in force."""
        return self.px(MEASURES[name][DENSITIES.index(self.density)])

    def choose(self, choice: str = "", density: str = "", zoom: float = 0.0) -> None:
        """Change theme, density or text size and repaint everything."""
        self.choice = choice or self.choice
        self.density = density or self.density
        self.zoom = zoom or self.zoom
        self.apply()

    def apply(self) -> None:
        """Put the look on the application."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            raise RuntimeError("a theme needs an application")
        self.name = _resolved(self.choice)
        self._text = self.zoom * _system_text_scale()
        screen = QGuiApplication.primaryScreen()
        dots = screen.logicalDotsPerInch() if screen and sys.platform != "darwin" else 96.0
        self.scale = self._text * max(1.0, dots / 96)
        self._colours.clear()
        self._fonts.clear()
        app.setPalette(self.palette())
        app.setFont(self.font("body"))
        app.setStyleSheet(self._style_sheet())
        self.changed.emit()

    def palette(self) -> QPalette:
        """The QPalette of the tokens, so that a stock widget is never a white box in the dark."""
        palette = QPalette()
        for role, token in _PALETTE.items():
            palette.setColor(getattr(QPalette.ColorRole, role), self.colour(token))
        for role in ("WindowText", "Text", "ButtonText"):
            palette.setColor(QPalette.ColorGroup.Disabled, getattr(QPalette.ColorRole, role), self.colour("border"))
        return palette

    def _style_sheet(self) -> str:
        text = resource("themes/style.qss").read_text(encoding="utf-8")
        text = text.replace("@chevron@", resource(f"themes/chevron-{self.name}.svg").as_posix())
        text = re.sub(r"@(\d+)px@", lambda m: f"{self.px(int(m[1]))}px", text)
        return re.sub(r"@(\w+)@", lambda m: self.look.colour(m[1]), text)


_PALETTE = {
    "Window": "bg",
    "WindowText": "text",
    "Base": "bg",
    "AlternateBase": "bg2",
    "Text": "text",
    "Button": "button",
    "ButtonText": "text",
    "BrightText": "on_accent",
    "ToolTipBase": "bg2",
    "ToolTipText": "text",
    "PlaceholderText": "muted",
    "Highlight": "accent",
    "HighlightedText": "on_accent",
    "Link": "accent",
    "LinkVisited": "accent",
    "Light": "bg",
    "Midlight": "line2",
    "Mid": "button_line",
    "Dark": "border",
    "Shadow": "border",
    "Accent": "accent",
}


@lru_cache(maxsize=1)
def theme() -> Theme:
    """The theme of this process."""
    return Theme()


def start(choice: str = SYSTEM, density: str = REGULAR, zoom: float = 1.0) -> Theme:
    """Style, the three fonts that every page needs, and the theme; before the first widget is made."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("a theme needs an application")
    app.setStyle(QStyleFactory.create("Fusion"))
    load_fonts(FILES)
    current = theme()
    current.choose(choice, density, zoom)
    return current


def load_fonts(files: tuple[str, ...] = LATER) -> None:
    """Register vendored fonts; italic and mono wait until after the first paint."""
    for name in files:
        if name not in _loaded and QFontDatabase.addApplicationFont(str(resource(f"fonts/{name}"))) >= 0:
            _loaded.add(name)


_loaded: set[str] = set()


def _resolved(choice: str) -> str:
    if choice in (LIGHT, DARK):
        return choice
    return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def _system_text_scale() -> float:
    """How much larger than usual the user asked the system to write; never smaller than the design."""
    usual = 13.0 if sys.platform == "darwin" else 11.0
    asked = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    return min(max(asked / usual, 1.0), 1.6)
