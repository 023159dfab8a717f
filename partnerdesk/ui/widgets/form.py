"""Forms: a label above its field, help underneath, one column; and a choice from a list."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.text import Label, LineLabel


class Form(QWidget):
    """Rows of a label (160 wide), a field and a muted line of help under it."""

    def __init__(self, label_width: int = 180) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(16))
        self._grid.setVerticalSpacing(theme().px(4))
        self._grid.setColumnMinimumWidth(0, theme().px(label_width))
        self._grid.setColumnStretch(2, 1)

    def add(self, label: str, field: QWidget, help: str = "", width: int = 280, most: int = 0) -> None:
        """A row; the field is named after the label for a screen reader unless it has a name. A label that is data
        takes `most` px of the design, and its tip holds the rest.
        """
        row = self._grid.rowCount()
        words = _data_label(label, most) if most else _label(label, field)
        if not field.accessibleName():
            field.setAccessibleName(label)
        if help:
            field.setAccessibleDescription(help)
        if field.sizePolicy().horizontalPolicy() != field.sizePolicy().Policy.Fixed:
            field.setFixedWidth(theme().px(width))
        self._grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeft)
        if help:
            self._grid.setColumnMinimumWidth(1, theme().px(280))  # notes stand under each other in every form
            self._grid.addWidget(Label(help, "small", "muted", wrap=True), row, 2)
        self._grid.setRowMinimumHeight(row, theme().measure("control") + theme().px(8))


def _label(words: str, field: QWidget) -> Label:
    made = Label(words, "body")
    made.setBuddy(field)
    return made


def _data_label(words: str, most: int) -> LineLabel:
    made = LineLabel(words, "body")
    made.setMaximumWidth(theme().px(most))
    return made


class Choice(QComboBox):
    """One of several (text, value); `picked` gets the value a user chooses."""

    def __init__(
        self, name: str, choices: Sequence[tuple[str, object]], picked: Callable[[object], object], value: object = None
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumHeight(theme().measure("control"))
        for text, key in choices:
            self.addItem(text, key)
        self.show_value(value)
        self.activated.connect(lambda index: picked(self.itemData(index)))

    def show_value(self, value: object) -> None:
        """Show a value without telling anyone."""
        at = next((i for i in range(self.count()) if self.itemData(i) == value), -1)
        self.setCurrentIndex(at)

    def value(self) -> object:
        """The value shown."""
        return self.currentData()

    def wheelEvent(self, event: object) -> None:
        """Scrolling a page must not change a setting under the pointer."""
        event.ignore()  # type: ignore[attr-defined]
