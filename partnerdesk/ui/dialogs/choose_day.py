"""Asks for a day in the past, or one to come."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats


class DayDialog(BaseDialog):
    """`then(day)` runs once a day up to `last` was typed; with `is_ahead`, one from that day on."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        last: date,
        formats: "Formats",
        then: Callable[[date], object],
        *,
        is_ahead: bool = False,
    ) -> None:
        super().__init__(parent, title)
        self._is_ahead = is_ahead
        self._last, self._formats, self._then = last, formats, then
        self.body.addWidget(Label(text, "body", wrap=True))
        self.day = QLineEdit()
        self.day.setAccessibleName("Day")
        self.day.setPlaceholderText(formats.day(last))
        self.body.addWidget(self.day)
        self.problem = Label("", "small", "bad")
        self.body.addWidget(self.problem)
        self.verb = self.offer("Compare")
        self.day.setFocus()

    def accept(self) -> None:
        """Hand the day over; what is none, or is to come, is said, and the dialog stays."""
        try:
            day = self._formats.parse_day(self.day.text())
        except Refused as refused:
            self._refuse(str(refused))
            return
        if self._is_ahead and day < self._last:
            self._refuse(f"That day is over. The first one is {self._formats.day(self._last)}.")
            return
        if day > self._last and not self._is_ahead:
            self._refuse(f"That day is still to come. The last one is {self._formats.day(self._last)}.")
            return
        super().accept()
        self._then(day)

    def _refuse(self, words: str) -> None:
        self.problem.setText(words)
        self.day.setFocus()
