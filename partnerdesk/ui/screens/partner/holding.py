"""The holds of a partner on Earnings: each that stands, what it keeps and its release; the way to place one."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.screens.holding import ask_hold, ask_release
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.status import Status

if TYPE_CHECKING:
    from partnerdesk.queries.partners.card import LedgerRow
    from partnerdesk.queries.statements.holds import HoldRow
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.screens.partner.tab import PartnerTab


class HoldStrip(QWidget):
    """One line per hold that stands on the tab's partner; hidden where there is none."""

    def __init__(self, tab: "PartnerTab") -> None:
        super().__init__()
        self._tab = tab
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme().px(8), 0, 0)
        self._column.setSpacing(theme().px(4))
        self.lines: list[QWidget] = []
        self.hide()

    def reload(self) -> None:
        """Read the partner's holds."""
        from partnerdesk.queries.statements.holds import holds

        tab, partner = self._tab, self._tab.partner

        def arrived(rows: "tuple[HoldRow, ...]") -> None:
            if partner == tab.partner:
                self.show_rows(rows)

        # Not by the tab's own read: what the tab refuses to show stays refused when the holds arrive.
        slot, today = f"{tab.host.ID}.{tab.KEY}.holds", tab.desk.today()
        tab.desk.read(holds, today, partner, done=arrived, failed=tab.host.show_error, slot=slot)

    def show_rows(self, rows: "tuple[HoldRow, ...]") -> None:
        """Show those that stand, the oldest at the top."""
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = [self._line(row) for row in rows if row.stands]
        for line in self.lines:
            self._column.addWidget(line)
        self.setVisible(bool(self.lines))

    def _line(self, row: "HoldRow") -> QWidget:
        line = QWidget(self)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().px(12))
        layout.addWidget(Status("late", hold_words(row, self._tab.formats)))
        release = Button("Release…", lambda: ask_release(self._tab.host, row))
        release.setAccessibleName(f"Release {row.id}")
        layout.addWidget(release)
        layout.addStretch(1)
        return line

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
    return f"{of} on hold {how_long}, {kept}: {row.reason[:60]}"
