"""The versions of a partner's agreement that are shown, which of them is chosen, and every change as one step."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from partnerdesk.ops.agreements.view import AgreementView
    from partnerdesk.queries.agreements import AgreementRow
    from partnerdesk.ui.screens.partner.tab import PartnerTab


class ShownAgreement(QWidget):
    """What the verbs of the agreement rest on; its page shows it."""

    def __init__(self, tab: "PartnerTab") -> None:
        super().__init__()
        self.tab = tab
        self.partner = ""  # whose agreement was read last
        self.view: AgreementView | None = None
        self.chosen = ""  # the newest one, or the next where none is issued

    @property
    def row(self) -> "AgreementRow | None":
        """The issued version that is chosen; None for the next one."""
        rows = self.view.rows if self.view else ()
        return next((row for row in rows if str(row.id) == self.chosen), None)

    def bound(self, query: Callable[..., Any], **given: Any) -> Callable[..., Any]:
        """A query for this partner under its own name."""
        partner = self.partner

        def of_partner(session: Any) -> Any:
            return query(session, partner, **given)

        of_partner.__name__ = query.__name__
        return of_partner

    def run(self, label: str, op: Callable[..., Any], *args: Any, **given: Any) -> None:
        """One step of the book."""
        self.tab.host.run(label, op, *args, **given)
