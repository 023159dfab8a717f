"""How the window looks and writes: theme, density, size of text, the locale of numbers and days. All of it is kept."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.theme import CHOICES, DENSITIES, theme

if TYPE_CHECKING:
    from partnerdesk.ui.window.window import MainWindow

_LEAST, _MOST = 0.8, 1.6  # times the size of text


def frame_of(window: "MainWindow") -> QWidget:
    """Sidebar, pages and panel side by side, above the status bar."""
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addWidget(window.sidebar)
    row.addWidget(window.stack, 1)
    row.addWidget(window.side)
    column.addLayout(row, 1)
    column.addWidget(window.status_bar)
    return frame


def show_look(window: "MainWindow") -> None:
    """Tick the theme and density in the menus."""
    for choice in CHOICES:
        window.commands.check(f"theme.{choice}", choice == theme().choice)
    for density in DENSITIES:
        window.commands.check(f"density.{density}", density == theme().density)


def choose_look(window: "MainWindow", choice: str, density: str, zoom: float) -> None:
    """Look another way at once; what is empty stays as it is."""
    theme().choose(choice, density, min(max(zoom, _LEAST), _MOST) if zoom else 0.0)
    window.state.set("look", {"theme": theme().choice, "density": theme().density, "zoom": theme().zoom})
    show_look(window)


def write_as(window: "MainWindow", locale: str) -> None:
    """Write numbers and days as a locale does."""
    window.desk.set_locale(locale)
    window.state.set("locale", locale)
    show_as_of(window)
    # Columns were made with the old way of writing, and are as wide as it needs.
    window.stack.drop(keep=window.page)
    window.side.forget(window.page.aside() if window.page is not None else None)
    window.stack.refresher.all_stale()


def show_as_of(window: "MainWindow") -> None:
    """The day the data are of, at the left of the status bar."""
    desk = window.desk
    window.status_bar.as_of.set_words(f"Data as of {desk.formats.day(desk.today())}" if desk.is_open else "")


def show_sample(window: "MainWindow") -> None:
    """Say that this is the sample book where a narrow sidebar does not."""
    window.status_bar.sample.setVisible(window.is_sample and window.sidebar.is_narrow)
