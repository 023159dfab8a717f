"""The holds of a partner on Earnings: each that stands, what it keeps and its release; the way to place one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtGui import QAction

from partnerdesk.ui.screens.holding import ask_hold, ask_release
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.partner.strip import Strip, Verb

if TYPE_CHECKING:
    from partnerdesk.queries.partners.earned import LedgerRow
    from partnerdesk.queries.statements.holds import HoldRow
    from partnerdesk.reports.format import Formats


class HoldStrip(Strip):
    """One line per hold that stands on the tab's partner; hidden where there is none."""

    SLOT: ClassVar[str] = "holds"

    def query(self) -> Any:
        from partnerdesk.queries.statements.holds import holds

        return holds

    def is_shown(self, row: "HoldRow") -> bool:
        return row.stands

    def words(self, row: "HoldRow") -> tuple[str, str]:
        return "late", hold_words(row, self._tab.formats)

    def verbs(self, row: "HoldRow") -> Sequence[Verb]:
        return (("Release…", f"Release {row.id}", lambda: ask_release(self._tab.host, row)),)

    def action(self, row: "LedgerRow") -> QAction:
        """What the context menu of a row of the ledger offers."""
        tab, action = self._tab, QAction("Put on hold…", self)
        action.setEnabled(tab.desk.book is not None and tab.desk.book.is_writable)
        action.triggered.connect(lambda: ask_hold(tab.host, tab.partner, row.figure))
        return action


def hold_words(row: "HoldRow", formats: "Formats") -> str:
    """A hold in one line."""
    of = "Everything is" if row.scope == "partner" else f"{row.scope.capitalize()} {row.name} is"
    kept = f"{formats.accounting(row.kept)} {row.currency} kept"
    how_long = f"for {plural(row.days, 'day')}" if row.days else "from today on"
    return f"{of} on hold {how_long}, {kept}: {row.reason}"
