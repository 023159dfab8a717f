"""The panel at the right, full height: the page's own details, or the Why of a figure in their place."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.explanation import Explanation
    from partnerdesk.ui.inspector import Inspector
    from partnerdesk.ui.state import State

HIDDEN = "aside.hidden"
WHY_WIDTH = 328


class SidePanel(QWidget):
    """Shows one of two things or nothing. `toggled` says whether it is open."""

    toggled = Signal(bool)
    why_closed = Signal()
    opened_input = Signal(object)  # an InputRow of the inspector
    opened_rule = Signal(str, str)

    def __init__(self, state: "State", formats: "Callable[[], Formats]") -> None:
        super().__init__()
        self._state, self._formats = state, formats
        self.setAccessibleName("Details")
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(self._stack)
        self._aside: QWidget | None = None
        self._aside_width = 0
        self.inspector: Inspector | None = None
        self.is_why = False
        self._is_tight = self._is_asked_for = False
        self.hide()

    def set_tight(self, is_tight: bool) -> None:
        """Where a page has no room beside its panel, the panel stays away until it is asked for."""
        if is_tight != self._is_tight:
            self._is_tight, self._is_asked_for = is_tight, False
            self._arrange()

    def stands_beside(self, aside: QWidget | None) -> bool:
        """Whether this is the page's own panel now."""
        return self._aside is aside

    def show_aside(self, aside: QWidget | None, width: int) -> None:
        """The page's own panel; closes the Why of the page before."""
        was_why = self.is_why
        self._aside, self._aside_width = aside, width
        if aside is not None and self._stack.indexOf(aside) < 0:
            self._stack.addWidget(aside)
        self.is_why = False
        self._arrange()
        if was_why:
            self.why_closed.emit()

    def forget(self, keep: QWidget | None = None) -> None:
        """Pages are made anew: the panels of the old ones go, all but one."""
        for at in reversed(range(self._stack.count())):
            widget = self._stack.widget(at)
            if widget is not None and widget not in (self.inspector, keep):
                self._stack.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        if keep is None:
            self.show_aside(None, 0)

    @property
    def has_something(self) -> bool:
        """Whether there is a panel to open or close."""
        return self.is_why or self._aside is not None

    def show_why(self, explanation: "Explanation") -> None:
        """Explain a figure; the same one again closes the panel."""
        inspector = self._made()
        if self.is_why and inspector.first == explanation:
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
            if self._is_tight:
                self._is_asked_for = not self._is_asked_for
            else:
                self._state.set(HIDDEN, not self._state.get(HIDDEN, False))
            self._arrange()

    def _made(self) -> "Inspector":
        if self.inspector is None:
            from partnerdesk.ui.inspector import Inspector

            self.inspector = Inspector(self._formats)
            self.inspector.closed.connect(self.close_why)
            self.inspector.opened_input.connect(self.opened_input)
            self.inspector.opened_rule.connect(self.opened_rule)
            self._stack.addWidget(self.inspector)
        return self.inspector

    def _arrange(self) -> None:
        shown = self.inspector if self.is_why else self._aside
        is_away = not self._is_asked_for if self._is_tight else self._state.get(HIDDEN, False)
        if shown is None or (not self.is_why and is_away):
            self.hide()
        else:
            self._stack.setCurrentWidget(shown)
            self.setFixedWidth(theme().px(WHY_WIDTH if self.is_why else self._aside_width))
            self.show()
        self.toggled.emit(not self.isHidden())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("bg"))
        brush.upright(painter, 0, 0, self.height())
