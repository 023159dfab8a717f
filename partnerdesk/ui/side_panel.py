"""The panel at the right, full height: the page's own details, or the Why of a figure in their place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush

if TYPE_CHECKING:
    from partnerdesk.ui.explanation import Explanation, FormulaRow
    from partnerdesk.ui.inspector import Inspector
    from partnerdesk.ui.state import State


class SidePanel(QWidget):
    """Shows one of two things or nothing. `toggled` says whether it is open."""

    toggled = Signal(bool)
    part_wanted = Signal(object)
    why_closed = Signal()

    def __init__(self, state: "State") -> None:
        super().__init__()
        self._state = state
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(self._stack)
        self._aside: QWidget | None = None
        self._aside_width = 0
        self.inspector: Inspector | None = None
        self.is_why = False
        self.hide()

    def show_aside(self, aside: QWidget | None, width: int) -> None:
        """The page's own panel; closes the Why of the page before."""
        self._aside, self._aside_width = aside, width
        if aside is not None and self._stack.indexOf(aside) < 0:
            self._stack.addWidget(aside)
        self.is_why = False
        self._arrange()

    def show_why(self, explanation: "Explanation") -> None:
        """Explain a figure; the same one again closes the panel."""
        inspector = self._made()
        shown = inspector.shown
        if self.is_why and shown is not None and shown.figure == explanation.figure and shown == explanation:
            self.close_why()
            return
        inspector.show_explanation(explanation)
        self.is_why = True
        self._arrange()

    def close_why(self) -> None:
        """Back to the page's own panel."""
        if self.is_why:
            self.is_why = False
            self._arrange()
            self.why_closed.emit()

    def toggle(self) -> None:
        """Close the Why, or open and close the page's own panel."""
        if self.is_why:
            self.close_why()
        elif self._aside is not None:
            self._state.set("aside.hidden", not self._state.get("aside.hidden", False))
            self._arrange()

    def _made(self) -> "Inspector":
        if self.inspector is None:
            from partnerdesk.ui.inspector import Inspector

            self.inspector = Inspector()
            self.inspector.closed.connect(self.close_why)
            self.inspector.wanted_part.connect(self._open_part)
            self._stack.addWidget(self.inspector)
        return self.inspector

    def _open_part(self, row: "FormulaRow") -> None:
        self.part_wanted.emit(row)

    def _arrange(self) -> None:
        from partnerdesk.ui.inspector import WIDTH

        shown = self.inspector if self.is_why else self._aside
        if shown is None or (not self.is_why and self._state.get("aside.hidden", False)):
            self.hide()
        else:
            self._stack.setCurrentWidget(shown)
            self.setFixedWidth(theme().px(WIDTH if self.is_why else self._aside_width))
            self.show()
        self.toggled.emit(not self.isHidden())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("bg"))
        brush.upright(painter, 0, 0, self.height())
