"""The lists of a brief: a line for each renewal, deal, action or person, what is alike under each other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.section import Hairline
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label, LineLabel


class BriefRows(QWidget):
    """Lines with hairlines below: words, a status, a figure and a day, each under its like."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(16))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)

    def add(self, words: str, status: tuple[str, str], middle: str, end: str, act: QWidget | None = None) -> None:
        """A line, with what can be done about it at its end; what is empty leaves its place free."""
        line = self._grid.rowCount()
        kind, said = status
        self._grid.setRowMinimumHeight(line, theme().px(28))
        self._grid.addWidget(LineLabel(words, "body"), line, 0)
        self._grid.addWidget(Status(kind, said, "small", "text" if kind else "muted"), line, 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(Label(middle, "body"), line, 2, right)
        self._grid.addWidget(Label(end, "small", "muted"), line, 3, right)
        if act is not None:
            self._grid.addWidget(act, line, 4, right)
        self._grid.addWidget(Hairline("line2"), line + 1, 0, 1, 5)
