"""Restating a closed statement: why, who prepared it, who checked it; every figure stays."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from partnerdesk.ui.dialogs.signed import SignedDialog
from partnerdesk.ui.widgets.text import Label

WORDS = (
    "The next revision has today's name, tax number, agreement and contact, and every figure of the one it replaces. "
    "Both stay readable. Figures change by a correction in the next period alone. This cannot be undone."
)


class RestateDialog(SignedDialog):
    """Calls `then(reason, maker, checker)` once all three are there; `warns` is what speaks against it."""

    def __init__(
        self, parent: QWidget, name: str, user: str, then: Callable[[str, str, str], object], warns: str = ""
    ) -> None:
        super().__init__(parent, f"Restate {name}?", WORDS)
        self._then = then
        self.reason = self.ask("Reason", "In a sentence; the partner reads it")
        self.ask_who()
        if warns:
            self.body.addWidget(Label(warns, "small", "warn", wrap=True))
        self.close_with("Restate")
        self.maker.setText(user)
        self.reason.setFocus()

    def accept(self) -> None:
        """Hand the entries over; a missing one is said under the fields, and the dialog stays."""
        asked = (
            (self.reason, "A restatement says why."),
            (self.maker, "A restatement names who prepared it."),
            (self.checker, "A restatement names who checked it."),
        )
        if self.is_whole(asked):
            super().accept()
            self._then(self.reason.text(), self.maker.text(), self.checker.text())
