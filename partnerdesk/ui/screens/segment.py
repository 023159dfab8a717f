"""What the segments of a page share: each is a page of its own under one head.

To add one, write a module in the page's folder with a subclass of `Segment` and name it in `SEGMENTS` of the page.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.ui.screens.inner import Inner

if TYPE_CHECKING:
    from partnerdesk.ui.screens.base import Screen


class Segment(Inner):
    """A segment of a page."""

    def __init__(self, host: "Screen") -> None:
        super().__init__(host)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.build()

    def controls(self) -> list[QWidget]:
        """What stands in the page's head while the segment is shown."""
        return []

    def commands(self) -> dict[str, Callable[[], object]]:
        """Commands of `ui.actions` that the segment answers."""
        return {}

    def reasons(self) -> dict[str, Callable[[], str]]:
        """Why a command cannot run now; an empty text when it can."""
        return {}

    def letters(self) -> dict[str, Callable[[], object]]:
        """Single letters that act while its list has the keyboard."""
        return {}

    def first_focus(self) -> QWidget | None:
        """What has the keyboard when the segment is opened."""
        return None

    def aside(self) -> QWidget | None:
        """The panel at the right while the segment is shown, made once."""
        return None

    def show_sub(self, item: str, sub: str) -> None:
        """Show one partner's rows (`item`) and a part of the segment (`sub`); both may be empty."""

    def sub(self) -> tuple[str, str]:
        """The partner and part shown, for Back."""
        return "", ""
