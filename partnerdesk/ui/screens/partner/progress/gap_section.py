"""What is missing in enablement, as a section of Progress: certificates and sessions, with the way to their page."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.ui.screens.partner.progress.gap_lines import gap_line
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.section import SectionTitle

if TYPE_CHECKING:
    from partnerdesk.queries.enablement.gaps import EnablementGap
    from partnerdesk.ui.screens.partner.tab import PartnerTab


class GapSection(QWidget):
    """A line for each gap; hidden where nothing is missing and nothing runs out."""

    def __init__(self, tab: "PartnerTab") -> None:
        super().__init__()
        self._tab = tab
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(2))
        self.hide()

    def show_gaps(self, gaps: "tuple[EnablementGap, ...]") -> None:
        """Show them, once."""
        if not gaps or self._column.count():
            return
        way = link("Open enablement", self._open)
        self._column.addWidget(SectionTitle("Enablement", "what is missing or runs out, as of today", way))
        for gap in gaps:
            self._column.addWidget(gap_line(gap, self._tab.formats))
        self.show()

    def _open(self) -> None:
        from partnerdesk.ui.screens.base import Place

        self._tab.shell.go(Place("partners", self._tab.partner, self._tab.KEY, "enablement"))
