"""What the segments of a page share: each is a page of its own under one head.

To add one, write a module in the page's folder with a subclass of `Segment` and name it in `SEGMENTS` of the page.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.desk import Desk
    from partnerdesk.ui.screens.base import Screen, Shell


class Segment(QWidget):
    """A segment; subclasses implement `build` and `reload`. `host`, the screen, runs its reads and writes."""

    KEY: ClassVar[str] = ""
    TITLE: ClassVar[str] = ""

    def __init__(self, host: "Screen") -> None:
        super().__init__()
        self.host = host
        self.setAccessibleName(self.TITLE)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.build()

    @property
    def desk(self) -> "Desk":
        return self.host.desk

    @property
    def shell(self) -> "Shell":
        return self.host.shell

    @property
    def formats(self) -> "Formats":
        return self.host.desk.formats

    def build(self) -> None:
        """Make the widgets, once."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read what the segment shows; only while it is the one that is seen."""
        raise NotImplementedError

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
