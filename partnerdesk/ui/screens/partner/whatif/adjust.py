"""The input that the table stands on, as a control: a slider with a box, days that step, outcomes to choose from."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from partnerdesk.engine.period import add_months
from partnerdesk.ui.screens.partner.whatif import inputs as whatif_inputs
from partnerdesk.ui.screens.partner.whatif.inputs import InputRow
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.editors import AutosaveLine
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.slider import Slider
from partnerdesk.ui.widgets.text import LineLabel

if TYPE_CHECKING:
    from partnerdesk.ops.whatif.inputs import Input
    from partnerdesk.reports.format import Formats

BOX, NAME = 118, 150  # px
STEPS: dict[int, tuple[int, int]] = {  # days and months of a day's box
    Qt.Key.Key_Up: (1, 0),
    Qt.Key.Key_Down: (-1, 0),
    Qt.Key.Key_PageUp: (0, 1),
    Qt.Key.Key_PageDown: (0, -1),
}
Typed = Callable[[InputRow, Any], object]


class Adjust(QWidget):
    """One line under the inputs; hidden where the row is none of the inputs."""

    def __init__(
        self, formats: "Formats", today: Callable[[], date], read_day: whatif_inputs.ReadDay, typed: Typed
    ) -> None:
        super().__init__()
        self._formats, self._today, self._read_day, self._typed = formats, today, read_day, typed
        self.row: InputRow | None = None
        self.slider: Slider | None = None
        self.choices: Segmented | None = None
        self.box: AutosaveLine | None = None
        self._stands: Any = None  # the value that is shown, before the figures have followed
        px = theme().px
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(px(24), 0, 0, 0)
        self._line.setSpacing(px(10))
        self.setMinimumHeight(theme().measure("control"))
        self.hide()

    def show_row(self, row: InputRow | None) -> None:
        """Show the control of a row, or its new value where it stands already."""
        if row is None or row.given is None:
            self.row = None
            self._clear()
            self.hide()
            return
        is_other = self.row is None or self.row.key != row.key
        self.row = row
        if is_other:
            self._clear()
            self._build(row, row.given)
            self.show()
        self._show_value(row, row.given)

    def _clear(self) -> None:
        self.slider, self.choices, self.box = None, None, None
        while (item := self._line.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _build(self, row: InputRow, given: "Input") -> None:
        name = given.name
        label = LineLabel(name, "small", "muted")
        label.setFixedWidth(min(label.sizeHint().width(), theme().px(NAME)))
        self._line.addWidget(label)
        if given.choices:
            words = [(choice, choice) for choice in given.choices]
            self.choices = Segmented(name, words, self._changed, self._value(row, given))
            self._line.addWidget(self.choices)
            self._line.addStretch(1)
            return
        if given.kind == "day":
            self._steps(name)
            return
        if given.bounds is not None and given.bounds.high > given.bounds.low:
            reach = given.bounds
            self.slider = Slider(name, reach.low, reach.high, reach.step, self._slid, given.now)
            self._line.addWidget(self.slider, 1)
        else:
            self._line.addStretch(1)
        self._add_box(name)

    def _steps(self, name: str) -> None:
        """A day with a day earlier and later at its sides; Page up and down are a month."""
        self._line.addStretch(1)
        for icon, words, days in (("chevron-left", "A day earlier", -1), ("chevron-right", "A day later", 1)):
            button = Button("", partial(self._step, days), icon=icon)
            button.setAccessibleName(f"{words}: {name}")
            button.setAutoRepeat(True)
            self._line.addWidget(button)
            if days < 0:
                self._add_box(name)

    def _add_box(self, name: str) -> None:
        self.box = _Box(name, self._changed, self._parsed, self._step if self._is_day else None)
        self.box.setFixedWidth(theme().px(BOX))
        self._line.addWidget(self.box)

    @property
    def _is_day(self) -> bool:
        return self.row is not None and self.row.given is not None and self.row.given.kind == "day"

    def _show_value(self, row: InputRow, given: "Input") -> None:
        value = self._stands = self._value(row, given)
        if self.choices is not None:
            self.choices.set_value(value)
        if self.slider is not None and value is not None:
            self.slider.show_number(Decimal(value))
        if self.box is not None and not (self.slider is not None and self.slider.isSliderDown()):
            self.box.show_text("" if value is None else whatif_inputs.shown(given, value, self._formats))

    def _value(self, row: InputRow, given: "Input") -> Any:
        """What the case says, else what it is now."""
        from partnerdesk.errors import Refused
        from partnerdesk.ops.whatif.entering import value_in

        try:
            found = value_in(row.changes, given)
        except Refused:
            found = None
        return given.now if found is None else found

    # Changing

    def _parsed(self, text: str) -> Any:
        assert self.row is not None
        return whatif_inputs.typed(self.row.given, text, self._formats, self._read_day)

    def _changed(self, value: Any) -> None:
        if self.row is not None:
            self._typed(self.row, value)

    def _slid(self, number: Decimal) -> None:
        """The box goes with the knob; the figures follow as soon as they are known."""
        assert self.row is not None and self.row.given is not None
        if self.box is not None:
            self.box.show_text(whatif_inputs.shown(self.row.given, number, self._formats))
        self._changed(number)

    def _step(self, days: int = 0, months: int = 0) -> None:
        """Days or months earlier or later than what stands there, or than today where nothing does."""
        day = self._stands or self._today()
        self._stands = add_months(day, months) + timedelta(days=days)
        self._changed(self._stands)


class _Box(AutosaveLine):
    """A box whose value steps with the arrow keys where it is a day."""

    def __init__(
        self,
        name: str,
        save: Callable[[Any], object],
        parse: Callable[[str], Any],
        step: Callable[[int, int], object] | None,
    ) -> None:
        super().__init__(name, save, parse)
        self._step = step

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._step is not None and event.key() in STEPS:
            self._step(*STEPS[event.key()])
            event.accept()
            return
        super().keyPressEvent(event)
