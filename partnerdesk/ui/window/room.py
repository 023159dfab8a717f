"""How sidebar, page and the panel at the right share the width of the window, and where the toast stands."""

from partnerdesk.ui.theme import theme
from partnerdesk.ui.window.frame import Frame
from partnerdesk.ui.window.look import show_sample

NARROW_BELOW, TINY_BELOW = 1180, 860  # where the sidebar gives way: with a panel open, and without (large text)


class WindowRoom:
    """Shares out the room of one window."""

    def __init__(self, window: Frame) -> None:
        self._window = window

    def make(self) -> None:
        """Sidebar as icons where it was chosen so or where the page needs the room."""
        window = self._window
        window.side.set_tight(window.width() < theme().px(TINY_BELOW))
        tight = window.width() < theme().px(TINY_BELOW if window.side.isHidden() else NARROW_BELOW)
        narrow = bool(window.state.get("sidebar.narrow", False)) or tight
        if window.sidebar.is_narrow != narrow:
            window.sidebar.set_narrow(narrow)
            show_sample(window)
        window.commands.check("view.sidebar", not narrow)
        self.place_toast()

    def place_toast(self) -> None:
        """At the foot of the page, beside the sidebar."""
        window = self._window
        bar = window.status_bar.height() + theme().px(12)
        window.message.place(window.sidebar.width() + theme().px(12), window.height() - bar)
