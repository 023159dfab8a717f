"""How the window looks and writes: theme, density, size of text, the locale of numbers and days. All of it is kept."""

from functools import partial

from partnerdesk.ui.theme import CHOICES, DENSITIES, theme
from partnerdesk.ui.window.frame import Frame

_LEAST, _MOST = 0.8, 1.6  # times the size of text


def show_look(window: Frame) -> None:
    """Tick the theme and density in the menus."""
    for choice in CHOICES:
        window.commands.check(f"theme.{choice}", choice == theme().choice)
    for density in DENSITIES:
        window.commands.check(f"density.{density}", density == theme().density)


def choose_look(window: Frame, choice: str, density: str, zoom: float) -> None:
    """Look another way at once; what is empty stays as it is."""
    theme().choose(choice, density, min(max(zoom, _LEAST), _MOST) if zoom else 0.0)
    window.state.set("look", {"theme": theme().choice, "density": theme().density, "zoom": theme().zoom})
    show_look(window)


def write_as(window: Frame, locale: str) -> None:
    """Write numbers and days as a locale does."""
    window.desk.set_locale(locale)
    window.state.set("locale", locale)
    show_as_of(window)
    # Columns were made with the old way of writing, and are as wide as it needs.
    window.stack.drop(keep=window.page)
    window.side.forget(window.page.aside() if window.page is not None else None)
    window.stack.refresher.all_stale()


def show_as_of(window: Frame) -> None:
    """The day the data are of, at the left of the status bar."""
    desk = window.desk
    window.status_bar.as_of.set_words(f"Data as of {desk.formats.day(desk.today())}" if desk.is_open else "")


def show_sample(window: Frame) -> None:
    """Say that this is the sample book where a narrow sidebar does not."""
    window.status_bar.sample.setVisible(window.is_sample and window.sidebar.is_narrow)


def bind_look(window: Frame) -> None:
    """The commands that change how it looks."""
    bind = window.commands.bind

    def look(choice: str = "", density: str = "", zoom: float = 0.0) -> None:
        choose_look(window, choice, density, zoom)

    for choice in CHOICES:
        bind(f"theme.{choice}", partial(look, choice=choice))
    for density in DENSITIES:
        bind(f"density.{density}", partial(look, density=density))
    bind("zoom.in", lambda: look(zoom=theme().zoom + 0.1))
    bind("zoom.out", lambda: look(zoom=theme().zoom - 0.1))
    bind("zoom.normal", partial(look, zoom=1.0))
