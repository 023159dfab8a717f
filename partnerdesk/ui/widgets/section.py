"""The pieces a page is laid out with: section titles, hairlines, rows of words, tiles, scrolling columns."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.button import Button, link
from partnerdesk.ui.widgets.number import Number
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import LineLabel


class Hairline(QFrame):
    """A horizontal line 1 px high."""

    def __init__(self, token: str = "line", upright: bool = False) -> None:
        super().__init__()
        self._token = token
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour(self._token))


NAME = 96  # px that a name beside a value keeps
FINDING = 136  # px that the name of a section keeps


class SectionTitle(QWidget):
    """A section's name, a muted note after it, and a link at the right end."""

    def __init__(self, title: str, note: str = "", action: Button | None = None) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(10))
        self.title = LineLabel(title, "section")
        self.note = LineLabel(note, "small", "muted")
        self.note.setMinimumWidth(1)  # the note gives way before the finding does
        row.addWidget(self.title)
        row.addWidget(self.note, 1)
        self._make_room()
        if action is not None:
            row.addWidget(action)
        self.setFixedHeight(theme().px(20))

    def set(self, title: str, note: str = "") -> None:
        """Another finding."""
        self.title.set_text(title)
        self.note.set_text(note)
        self._make_room()

    def _make_room(self) -> None:
        self.title.setMinimumWidth(min(self.title.sizeHint().width(), theme().px(FINDING)))


class Tile(QWidget):
    """A named figure as text on the page: label, number with unit, and one line of comparison.

    A small one has that line only where there is something to say.
    """

    def __init__(self, label: str, small: bool = False) -> None:
        super().__init__()
        self._is_small = small
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(2))
        self.label = LineLabel(label, "small", "muted")
        self.number = Number("", label=label, role="tile_small" if small else "tile")
        self.note = Status("", "", "small")
        column.addWidget(self.label)
        column.addWidget(self.number)
        column.addWidget(self.note)
        self.note.setVisible(not small)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figure(self, text: str, unit: str = "", figure: str = "", note: str = "", kind: str = "") -> None:
        """The figure as formatted, the id of its Why, and the comparison with its glyph (`up`, `down`, `warn` …)."""
        self.number.set_number(text, figure, unit)
        self.note.set_status(kind, note)
        self.note.setVisible(bool(note) or not self._is_small)


class Pairs(QWidget):
    """Rows of a name at the left and a value at the right, 12 px, 20 high: inspector and details."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(8))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)

    def add(
        self, name: str, value: str | QWidget = "", *, strong: bool = False, open_it: Callable[[], object] | None = None
    ) -> None:
        """A row; `open_it` makes the value a link."""
        row = self._grid.rowCount()
        self._grid.setRowMinimumHeight(row, theme().px(21))
        role = "small_strong" if strong else "small"
        title = LineLabel(name, role)
        title.setMinimumWidth(min(title.sizeHint().width(), theme().px(NAME)))  # a long value gives way first
        self._grid.addWidget(title, row, 0)
        if isinstance(value, str) and not open_it:
            self._grid.addWidget(LineLabel(value, role, "text", brush.RIGHT), row, 1)
            return
        shown = link(value, open_it) if isinstance(value, str) else value
        self._grid.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Column(QScrollArea):
    """A column that scrolls when it must. Fill it with `add`; `clear` before filling it anew."""

    def __init__(self, margin: int = 20, spacing: int = 0) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._margin, self._spacing = margin, spacing
        self.clear()

    def clear(self) -> None:
        """Begin anew with nothing in it."""
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        edge = theme().px(self._margin)
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.column.setSpacing(theme().px(self._spacing))
        self.column.addStretch(1)
        self.setWidget(inside)
        self._fit()

    def _fit(self) -> None:
        """Never wider than the column: what does not fit ends in an ellipsis or wraps."""
        inside = self.widget()
        if inside is not None:
            inside.setFixedWidth(self.viewport().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def add(self, widget: QWidget, gap: int = 0) -> QWidget:
        """Put a widget below the others, `gap` px away."""
        if gap:
            self.column.insertSpacing(self.column.count() - 1, theme().px(gap))
        self.column.insertWidget(self.column.count() - 1, widget)
        return widget

    def settle(self) -> None:
        """Give what was added its place at once; until then it is squeezed into what there was before."""
        layout = self.column
        layout.activate()
        inside = self.widget()
        if inside is not None:
            inside.resize(inside.width(), max(layout.totalHeightForWidth(inside.width()), self.viewport().height()))
            layout.activate()

    def rule(self, above: int = 12, below: int = 12) -> None:
        """A hairline between two parts."""
        self.add(Hairline(), above)
        self.column.insertSpacing(self.column.count() - 1, theme().px(below))
