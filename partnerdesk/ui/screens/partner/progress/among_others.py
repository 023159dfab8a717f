"""How the partner stands among the others, on Progress: rounded quartiles without names, where the program allows."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from partnerdesk.ui.screens.partner.progress.standing import shown_value
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.section import Hairline, SectionTitle
from partnerdesk.ui.widgets.text import LineLabel

if TYPE_CHECKING:
    from decimal import Decimal

    from partnerdesk.queries.partners.benchmark import Compared
    from partnerdesk.ui.screens.partner.tab import PartnerTab

HEADS = ("Measure", "This partner", "Lower quartile", "Median", "Upper quartile", "Others")
ROW = 28


class AmongOthers(QWidget):
    """One line per figure that may be compared; hidden where the program lets nobody compare."""

    def __init__(self, tab: "PartnerTab") -> None:
        super().__init__()
        self._formats = tab.formats
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(16))
        self._grid.setVerticalSpacing(0)
        for column in range(len(HEADS)):
            self._grid.setColumnStretch(column, 1 if column else 2)
        self.hide()

    def show_rows(self, rows: "tuple[Compared, ...]") -> None:
        """Show them, once."""
        if not rows or self._grid.count():
            return
        note = "rounded, without names; none of the numbers is one partner's own"
        self._grid.addWidget(SectionTitle("Beside other partners", note), 0, 0, 1, len(HEADS))
        for column, head in enumerate(HEADS):
            self._grid.addWidget(LineLabel(head, "header", "muted", brush.RIGHT if column else brush.LEFT), 1, column)
        self._grid.setRowMinimumHeight(1, theme().px(ROW))
        for n, row in enumerate(rows):
            self._line(2 + 2 * n, row)
        self.show()

    def _line(self, line: int, row: "Compared") -> None:
        grid = self._grid
        grid.addWidget(Hairline("line2"), line, 0, 1, len(HEADS))
        grid.setRowMinimumHeight(line + 1, theme().px(ROW))
        grid.addWidget(LineLabel(row.label, "name"), line + 1, 0)
        grid.addWidget(
            LineLabel(shown_value(row.own, row.unit, self._formats), "body", "text", brush.RIGHT), line + 1, 1
        )
        if row.refused:
            why = LineLabel(f"Not shown: {row.refused}", "small", "muted", brush.RIGHT)
            grid.addWidget(why, line + 1, 2, 1, len(HEADS) - 2)
            return
        told = [self._rounded(value, row.unit) for value in (row.lower, row.median, row.upper)]
        for column, words in enumerate((*told, self._formats.number(row.others, 0)), 2):
            grid.addWidget(LineLabel(words, "body", "text", brush.RIGHT), line + 1, column)

    def _rounded(self, value: "Decimal | None", unit: str) -> str:
        """A rounded number without decimals that it does not have."""
        if value is None:
            return ""
        if unit == "%":
            return self._formats.percent(value, 0)
        return shown_value(value, "" if unit == "points" else unit, self._formats)
