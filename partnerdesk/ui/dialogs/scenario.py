"""Keeping a what-if under a name, and describing one that is kept."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.ui.dialogs.asking import Asking

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats

KEPT = "It is kept in this book beside the facts, and changes none of them. Nobody outside sees it."


class ScenarioDialog(Asking):
    """Calls `then(name, reason, owner)`."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        verb: str,
        formats: "Formats",
        then: Callable[[str, str, str], object],
        said: tuple[str, str, str],
    ) -> None:
        super().__init__(parent, title, KEPT, formats)
        self._then = then
        name, reason, owner = said
        self.name: QLineEdit = self.ask("Name", "What would be, in a few words", name)
        self.reason = self.ask("Reason", "Why anybody asks", reason)
        self.owner = self.ask("Owner", "Whose question it is", owner)
        self.verb = self.offer(verb)
        self.name.setFocus()

    def accept(self) -> None:
        """Hand the words over; without a name the dialog says so and stays."""
        if self.missing(self.name):
            return
        super().accept()
        self._then(self.name.text().strip(), self.reason.text().strip(), self.owner.text().strip())
