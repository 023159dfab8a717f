"""A slider for a number in steps: what it is now stays marked, arrows go a step, Page up and down ten."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QSlider

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush

KNOB, TRACK = 14, 4  # px
LEAST, USUAL = 60, 200


class Slider(QSlider):
    """From `low` to `high` in steps of `step`; `moved` is told the number that a user chose."""

    def __init__(
        self,
        name: str,
        low: Decimal,
        high: Decimal,
        step: Decimal,
        moved: Callable[[Decimal], object],
        mark: Decimal | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._low, self._step, self._mark, self._is_told = low, step, mark, True
        self.setAccessibleName(name)
        self.setRange(0, int((high - low) / step))
        self.setSingleStep(1)
        self.setPageStep(10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(lambda place: self._is_told and moved(self._low + place * self._step))

    def show_number(self, number: Decimal) -> None:
        """Stand at the step nearest to a number without telling anyone; a hand on the knob is left alone."""
        if not self.isSliderDown():
            self._is_told = False
            self.setValue(round((number - self._low) / self._step))
            self._is_told = True

    def sizeHint(self) -> QSize:
        return QSize(theme().px(USUAL), theme().measure("control"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(LEAST), theme().measure("control"))

    # The mouse goes where it points

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event)
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._follow(event)
            event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        event.accept()

    def _follow(self, event: QMouseEvent) -> None:
        room = self.width() - theme().px(KNOB)
        share = (event.position().x() - theme().px(KNOB) / 2) / max(1, room)
        self.setValue(round(min(1.0, max(0.0, share)) * self.maximum()))

    # Painting

    def _x(self, place: float) -> float:
        """Where the middle of the knob stands for a place."""
        room = self.width() - theme().px(KNOB)
        return theme().px(KNOB) / 2 + room * place / max(1, self.maximum())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        middle, half = self.height() / 2, px(TRACK) / 2
        track = QRectF(px(KNOB) / 2, middle - half, self.width() - px(KNOB), 2 * half)
        brush.box(painter, track, "button_line", radius=half)
        at = self._x(self.value())
        brush.box(painter, QRectF(track.left(), track.top(), at - track.left(), track.height()), "accent", radius=half)
        if self._mark is not None:
            stands = self._x(float((self._mark - self._low) / self._step))
            if 0 <= stands <= self.width():
                brush.upright(painter, round(stands), middle - px(9), middle + px(9), "muted")
        knob = QRectF(at - px(KNOB) / 2, middle - px(KNOB) / 2, px(KNOB), px(KNOB))
        brush.box(painter, knob, "button", "accent", radius=px(KNOB) / 2, width=2)
