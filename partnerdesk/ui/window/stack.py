"""The screens that were made, one upon the other: made when first opened, dropped when the book changes."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget

from partnerdesk.ui.refresh import Refresher
from partnerdesk.ui.screens.base import Screen


class ScreenStack(QStackedWidget):
    """Holds each screen under its page's id, and knows which of them are stale."""

    def __init__(self, make: Callable[[str], Screen | None]) -> None:
        super().__init__()
        self._make = make
        self.made: dict[str, Screen] = {}
        self.refresher = Refresher()

    def screen_of(self, id: str) -> Screen | None:
        """The screen of a page, made now where it was not; None where none can be made."""
        if id not in self.made:
            screen = self._make(id)
            if screen is None:
                return None
            self.add(id, screen)
            self.refresher.add(screen)
        return self.made[id]

    def add(self, id: str, screen: Screen) -> None:
        """Keep a screen under an id."""
        self.made[id] = screen
        self.addWidget(screen)

    def drop(self, keep: Screen | None = None) -> None:
        """Every page is made anew when it is opened next; `keep` stays as it stands."""
        for screen in self.made.values():
            if screen is not keep:
                self.removeWidget(screen)
                screen.hide()
                screen.deleteLater()
        self.made = {} if keep is None else {keep.ID: keep}
        self.refresher = Refresher()
        if keep is not None:
            self.refresher.add(keep)
            self.refresher.show(keep)
