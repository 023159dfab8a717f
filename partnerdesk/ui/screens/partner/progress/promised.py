"""The benefits that a partner's tier promises, on Progress: each with its state, its day and what it changes."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.screens.fund_pages.columns import BENEFITS
from partnerdesk.ui.screens.fund_pages.steps import Steps
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.section import SectionTitle
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import LineLabel

if TYPE_CHECKING:
    from partnerdesk.queries.funds.benefits import BenefitRow
    from partnerdesk.ui.screens.partner.tab import PartnerTab


class Promised(QWidget):
    """One line per benefit; hidden where the tier promises none."""

    def __init__(self, tab: "PartnerTab") -> None:
        super().__init__()
        self._tab = tab
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(4))
        self.hide()

    def show_rows(self, rows: "tuple[BenefitRow, ...]") -> None:
        """Show them, once."""
        if not rows or self._column.count():
            return
        waiting = sum(row.is_open for row in rows)
        note = f"{len(rows)} promised" + (f", {waiting} to be delivered" if waiting else "")
        self._column.addWidget(SectionTitle(f"Benefits of {rows[0].benefit.tier}", note))
        for row in rows:
            self._column.addWidget(self._line(row))
        self.show()

    def _line(self, row: "BenefitRow") -> QWidget:
        line, benefit = QWidget(), row.benefit
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().px(12))
        layout.addWidget(LineLabel(benefit.says, "body"), 3)
        kind, words = BENEFITS[benefit.state]
        day = benefit.delivered or benefit.due
        layout.addWidget(Status(kind, f"{words}, {self._tab.formats.day(day)}" if day else words), 3)
        layout.addWidget(LineLabel("; ".join(benefit.effects), "small", "muted"), 4)
        if row.is_open:
            deliver = Button("Record delivery…", lambda: Steps(self._tab.host).deliver(row), inner=True)
            deliver.setAccessibleName(f"Record delivery of {benefit.says}")
            layout.addWidget(deliver)
        return line
