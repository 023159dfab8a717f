"""Rows that are gone from their source: what accepting that would move, and the two answers."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from partnerdesk.ops.imports import Answer
from partnerdesk.ui.dialogs.asking import Asking
from partnerdesk.ui.widgets.button import Button

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats

EVIDENCE = "Evidence"
HINT = "To keep them: the document, or who confirmed them"


class GoneDialog(Asking):
    """Calls `then(answer)`: kept with the evidence that was typed, or accepted."""

    def __init__(
        self, parent: QWidget, title: str, text: str, formats: "Formats", then: Callable[[Answer], object]
    ) -> None:
        super().__init__(parent, title, text, formats)
        self._then = then
        self.evidence = self.ask(EVIDENCE, HINT)
        self.verb = self.offer("Keep")
        self.gone = Button("Accept as gone", self._accept_gone)
        self._buttons.insertWidget(self._buttons.indexOf(self.verb), self.gone)
        self.evidence.setFocus()

    def accept(self) -> None:
        """Keep them; without evidence the dialog says so and stays."""
        if not self.missing(self.evidence):
            super().accept()
            self._then(Answer("keep", self.evidence.text()))

    def _accept_gone(self) -> None:
        super().accept()
        self._then(Answer("accept"))
