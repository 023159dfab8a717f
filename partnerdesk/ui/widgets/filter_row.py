"""The filter row of a list: what is typed, the filters in force as chips, Clear, and how many rows are left."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from partnerdesk.ui import icons
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.text import Label


class FilterRow(QWidget):
    """36 px above a table. `add` shows a named filter as a chip; typing filters as it goes."""

    def __init__(self, table: DataTable, noun: str, note: str = "", keys: str = "Ctrl+F") -> None:
        super().__init__()
        self._table, self._noun, self._note = table, noun, note
        self._chips: dict[str, Chip] = {}
        self.setFixedHeight(theme().px(36))
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(47), 0, theme().px(24), 0)
        row.setSpacing(theme().px(8))
        self.field = _Field(self.clear)
        self.field.setPlaceholderText(f"Filter this list   {keys}")
        self.field.textChanged.connect(lambda text: self._change(lambda: table.table_model.filter_text(text)))
        self._clear = link("Clear", self.clear)
        self._count = Label("", "small", "muted")
        row.addWidget(self.field)
        row.addWidget(self._clear)
        row.addStretch(1)
        row.addWidget(self._count)
        table.filters_cleared.connect(self._forget)
        table.table_model.modelReset.connect(self.count)
        self.count()

    def add(self, name: str, words: str, keep: Callable[[object], bool]) -> None:
        """Show only rows that `keep` accepts; the chip takes the filter away again."""
        self.remove(name)
        chip = Chip(words, says="Filter", remove=lambda: self.remove(name))
        self._chips[name] = chip
        self._row.insertWidget(len(self._chips), chip)
        self._change(lambda: self._table.table_model.set_filter(name, keep))

    def remove(self, name: str) -> None:
        """Take a named filter away."""
        chip = self._chips.pop(name, None)
        if chip is not None:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
            self._change(lambda: self._table.table_model.set_filter(name, None))

    def clear(self) -> None:
        """Show all rows."""
        self._table.clear_filters()

    def focus_field(self) -> None:
        """Put the cursor into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def count(self) -> None:
        """Say how many rows are shown, of how many."""
        model = self._table.table_model
        shown, all_rows = len(model.rows), len(model.all_rows())
        words = f"{shown} of {all_rows} {self._noun}" if model.is_filtered else f"{all_rows} {self._noun}"
        self._count.setText(f"{words} · {self._note}" if self._note else words)
        self._clear.setVisible(model.is_filtered)

    def _change(self, change: Callable[[], object]) -> None:
        self._table.rearrange(change)

    def _forget(self) -> None:
        self.field.setText("")
        for chip in self._chips.values():
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips.clear()
        self.count()

    def paintEvent(self, event: QPaintEvent) -> None:
        top = (self.height() - theme().px(16)) / 2
        icons.paint(QPainter(self), "list-filter", theme().px(24), top, "muted", 16)


class _Field(QLineEdit):
    def __init__(self, clear: Callable[[], object]) -> None:
        super().__init__()
        self._clear = clear
        self.setProperty("bare", True)
        self.setAccessibleName("Filter this list")
        self.setFixedWidth(theme().px(180))
        self.setFont(theme().font("body"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self._clear()
        else:
            super().keyPressEvent(event)
