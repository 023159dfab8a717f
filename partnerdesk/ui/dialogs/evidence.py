"""What came of an action, and what shows it: asked at its end, or later when the proof comes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from partnerdesk.ui.dialogs.asking import Asking

if TYPE_CHECKING:
    from partnerdesk.queries.joint.actions import ActionRow
    from partnerdesk.reports.format import Formats


class EvidenceDialog(Asking):
    """Calls `then(outcome, evidence)`, either of which may be empty.

    `counted` names the actions in words; `row` is the one it is about, None for several. Without `ends` they have
    ended before, and only the evidence is asked for.
    """

    def __init__(
        self,
        parent: QWidget,
        counted: str,
        row: "ActionRow | None",
        formats: "Formats",
        then: Callable[[str, str], object],
        *,
        ends: bool,
    ) -> None:
        words = row.text if row is not None else "What is written here stands beside each of them."
        if row is not None and row.measure:
            words += f"\nTo be shown by: {row.measure}"
        super().__init__(parent, f"Mark {counted} as done" if ends else f"Evidence of {counted}", words, formats)
        self._then = then
        self.outcome = self.ask("What came of it", "In a sentence, if there is more to say") if ends else None
        kept = row.evidence if row is not None else ""
        self.evidence = self.ask("Evidence", "A document, a number, an address", kept)
        self.verb = self.offer("Mark as done" if ends else "Keep")
        (self.outcome or self.evidence).setFocus()

    def accept(self) -> None:
        """Hand both over."""
        super().accept()
        self._then(self.outcome.text().strip() if self.outcome else "", self.evidence.text().strip())
