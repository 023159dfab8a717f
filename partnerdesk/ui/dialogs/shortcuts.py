"""The sheet of keys (Ctrl+/): every command that has one, and the keys that lists and panels know."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from partnerdesk.ui.actions import MENUS, Actions, shown
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.text import LineLabel

IN_LISTS = (
    ("Next row, previous row", "Down Up"),
    ("Open the row", "Return"),
    ("Why this figure", "Space"),
    ("Edit the cell", "F2"),
    ("Select more rows", "Shift+Down"),
    ("Menu of the row", "Shift+F10"),
    ("Give up, close", "Esc"),
)
LETTERS = (
    ("Today, actions: done, snooze", "D S"),
    ("Deals: won, lost, slipped", "W L S"),
    ("Renewals: renewed, churned", "R C"),
    ("Deals, renewals: an action", "A"),
    ("Notes: commitment, plan", "C P"),
    ("What-if: take a change back", "R"),
)

Rows = list[tuple[str, tuple[str, ...]]]


class KeyCaps(QWidget):
    """Keys drawn as caps."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__()
        self._keys = keys
        self.setAccessibleName(" or ".join(keys))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _widths(self) -> list[float]:
        return [max(brush.width_of(key, "hint") + theme().px(12), theme().px(20)) for key in self._keys]

    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._widths())) + theme().px(4) * len(self._keys), theme().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, x = QPainter(self), 0.0
        for key, width in zip(self._keys, self._widths(), strict=True):
            cap = QRectF(x, 0, width, self.height())
            brush.box(painter, cap, "bg", "button_line", 4)
            brush.text(painter, cap, key, theme().font("hint"), "muted", brush.CENTRE)
            x += width + theme().px(4)


class ShortcutSheet(BaseDialog):
    """Three columns of commands by menu."""

    def __init__(self, parent: QWidget, commands: Actions) -> None:
        super().__init__(parent, "Keyboard shortcuts", width=900)
        groups = [(menu, self._rows(commands, menu)) for menu in MENUS]
        for title, known in (("In lists", IN_LISTS), ("Letters in lists", LETTERS)):
            groups.append((title, [(text, tuple(shown(k) for k in keys.split())) for text, keys in known]))
        columns = QHBoxLayout()
        columns.setSpacing(theme().px(32))
        for part in _parted([group for group in groups if group[1]], 3):
            column = QVBoxLayout()
            column.setSpacing(theme().px(4))
            for title, rows in part:
                self._add(column, title, rows)
            column.addStretch(1)
            columns.addLayout(column, 1)
        self.body.addLayout(columns)
        self.offer_close()

    def _rows(self, commands: Actions, menu: str) -> Rows:
        found = [row for row in commands.rows.values() if row.menu.partition("/")[0] == menu and row.keys]
        return [(commands.text(row.id), tuple(shown(keys) for keys in row.keys[:1])) for row in found]

    def _add(self, column: QVBoxLayout, title: str, rows: Rows) -> None:
        heading = LineLabel(title, "section")
        column.addWidget(heading)
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setVerticalSpacing(theme().px(3))
        for at, (text, keys) in enumerate(rows):
            grid.addWidget(LineLabel(text, "small"), at, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(KeyCaps(keys), at, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(grid)
        column.addSpacing(theme().px(10))


def _parted(groups: list[tuple[str, Rows]], count: int) -> list[list[tuple[str, Rows]]]:
    """Each group in turn goes to the column that is shortest so far."""
    parts: list[list[tuple[str, Rows]]] = [[] for _ in range(count)]
    heights = [0] * count
    for title, rows in groups:
        at = heights.index(min(heights))
        parts[at].append((title, rows))
        heights[at] += len(rows) + 2
    return parts
