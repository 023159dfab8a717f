"""What pages within a page share: the screen that holds them, and through it the book, the window and the formats."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.desk import Desk
    from partnerdesk.ui.screens.base import Screen, Shell


class Inner(QWidget):
    """A page within a page; subclasses implement `build` and `reload`. `host`, the screen, reads and writes for it."""

    KEY: ClassVar[str] = ""
    TITLE: ClassVar[str] = ""

    def __init__(self, host: "Screen") -> None:
        super().__init__()
        self.host = host
        self.setAccessibleName(self.TITLE)

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
        """Read what the page shows; only while it is the one that is seen."""
        raise NotImplementedError
