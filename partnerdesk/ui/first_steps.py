"""The first quarter of an hour with the sample: a chip with five steps, and one mark that points at a figure.

Both are shown once: what was done is remembered, what was put away never comes back.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.button import icon_button, link
from partnerdesk.ui.widgets.text import Label, literal

if TYPE_CHECKING:
    from partnerdesk.ui.state import State

# id -> words, in the order in which one would try them
STEPS: dict[str, str] = {
    "why": "Ask a number why: Space on any figure",
    "pack": "Export a review pack",
    "statement": "Export a statement",
    "import": "Import a file of your own",
    "currency": "Set currency and fiscal year",
}
PLACES = {
    "why": "partners",
    "pack": "reviews",
    "statement": "statements",
    "import": "data",
    "currency": "settings",
}
KEY = "first_steps"


class FirstSteps(QWidget):
    """The chip in the status bar. `show_step` takes the user to where a step is done."""

    def __init__(self, state: "State", show_step: Callable[[str], object]) -> None:
        super().__init__()
        self._state, self._show_step = state, show_step
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(2))
        self.chip = link("", self._open)
        row.addWidget(self.chip)
        self._away = icon_button("x", "Put first steps away", self.put_away)
        self._away.setFixedSize(theme().px(18), theme().px(18))
        row.addWidget(self._away)
        self.hide()

    def offer(self) -> None:
        """Show the chip unless everything was done or it was put away."""
        done = self._done()
        self.chip.set_text(f"First steps, {len(done)} of {len(STEPS)}")
        self.setVisible(len(done) < len(STEPS) and not self._state.get(f"{KEY}.away", False))

    def done(self, step: str) -> None:
        """A step was done, wherever it was done."""
        if step in STEPS and step not in self._done():
            self._state.set(KEY, [*self._done(), step])
            if self.isVisible():
                self.offer()

    def put_away(self) -> None:
        """Never show it again."""
        self._state.set(f"{KEY}.away", True)
        self.hide()

    def _done(self) -> list[str]:
        return [step for step in self._state.get(KEY, []) if step in STEPS]

    def _open(self) -> None:
        menu = QMenu(self)
        for step, words in STEPS.items():
            action = menu.addAction(literal(words))
            action.setCheckable(True)
            action.setChecked(step in self._done())
            action.triggered.connect(lambda _on, s=step: self._show_step(s))
        menu.exec(self.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
        menu.deleteLater()


class CoachMark(QWidget):
    """One sentence with a way to it, after the words of a label; any click puts it away for good.

    It stands in the label's own free room: no words are covered, and where they leave too little it waits for another
    time.
    """

    def __init__(self, state: "State", beside: QWidget, key: str, text: str, then: Callable[[], object]) -> None:
        super().__init__(beside.window())
        self._state, self._key, self._then = state, f"coach.{key}", then
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        px = theme().px
        row.setContentsMargins(px(20), px(8), px(8), px(8))
        row.setSpacing(px(8))
        words = Label(text, "name", "on_accent")
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(words)
        self.adjustSize()
        corner = beside.mapTo(beside.window(), QPoint(beside.sizeHint().width() + px(4), beside.height() // 2))
        self.move(corner.x(), corner.y() - self.height() // 2)
        end = beside.mapTo(beside.window(), QPoint(beside.width(), 0)).x()
        self.fits = self.geometry().right() < end
        if not self.fits:
            return
        beside.installEventFilter(self)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It comes and goes with what it speaks of; what is made anew gets a mark of its own."""
        if event.type() == QEvent.Type.Hide:
            self.hide()
        elif event.type() == QEvent.Type.Show:
            self.show()
        return super().eventFilter(watched, event)

    @classmethod
    def offer(
        cls, state: "State", beside: QWidget, key: str, text: str, then: Callable[[], object]
    ) -> "CoachMark | None":
        """Show it if it was never put away, and there is room for it."""
        if state.get(f"coach.{key}", False) or not beside.isVisible():
            return None
        for old in beside.window().findChildren(cls):
            if old._key == f"coach.{key}":
                old.hide()
                old.deleteLater()
        mark = cls(state, beside, key, text, then)
        if mark.fits:
            return mark
        mark.deleteLater()
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.put_away()
        self._then()

    def put_away(self) -> None:
        """Never show it again."""
        self._state.set(self._key, True)
        self.hide()
        self.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        rect = QRectF(self.rect()).adjusted(px(8), 0, 0, 0)
        brush.box(painter, rect, "accent", radius=6)
        middle = rect.center().y()
        painter.setBrush(theme().colour("accent"))
        painter.drawPolygon(
            [QPoint(0, round(middle)), QPoint(px(9), round(middle) - px(6)), QPoint(px(9), round(middle) + px(6))]
        )
