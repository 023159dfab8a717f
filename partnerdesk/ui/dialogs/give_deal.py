"""Giving deals to another partner: to whom; what that moves of closed statements is asked afterwards."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from partnerdesk.ui.dialogs.asking import Asking
from partnerdesk.ui.widgets.form import Choice

if TYPE_CHECKING:
    from partnerdesk.queries.partners.people import PartnerName
    from partnerdesk.reports.format import Formats


class GiveDialog(Asking):
    """Calls `then(partner, name)`; no partner is None."""

    def __init__(
        self,
        parent: QWidget,
        what: str,
        partners: "Sequence[PartnerName]",
        formats: "Formats",
        then: Callable[[str | None, str], object],
    ) -> None:
        words = "What it earns is the other partner's then, and what it counts towards as well."
        super().__init__(parent, f"Give {what} to another partner?", words, formats)
        self._then = then
        choices: list[tuple[str, object]] = [(p.name, p.id) for p in partners]
        self.partner = Choice("Partner", [*choices, ("No partner", None)], lambda _value: None)
        self.partner.setCurrentIndex(0)
        self.form.add("Partner", self.partner, width=310)
        self.verb = self.offer("Give")
        self.partner.setFocus()

    def accept(self) -> None:
        """Hand the choice over."""
        value = self.partner.value()
        super().accept()
        self._then(str(value) if value is not None else None, self.partner.currentText())
