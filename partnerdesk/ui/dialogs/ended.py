"""Why something ended without us, and on which day it became known."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from partnerdesk.ui.dialogs.dated import Dated

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats


class EndedDialog(Dated):
    """Calls `then(day, reason)`; subclasses have the words."""

    ASKS: ClassVar[str] = ""  # what follows the name, as a question
    WORDS: ClassVar[str] = ""
    DAY: ClassVar[str] = ""  # what the day is called
    VERB: ClassVar[str] = ""

    def __init__(
        self, parent: QWidget, what: str, today: date, formats: "Formats", then: Callable[[date, str], object]
    ) -> None:
        super().__init__(parent, f"{what} {self.ASKS}", self.WORDS, formats)
        self._today, self._then = today, then
        self.reason = self.ask("Reason", "In a sentence")
        self.day = self.ask(self.DAY, "", formats.day(today))
        self.verb = self.offer(self.VERB)
        self.reason.setFocus()

    def accept(self) -> None:
        """Hand both over; what is missing or wrong is said."""
        if self.missing(self.reason, self.day):
            return
        day = self.past_day_of(self.day, self._today)
        if day is not None:
            super().accept()
            self._then(day, self.reason.text().strip())
