"""The list of the command palette: groups with headings, rows with icon, matched letters, note and key caps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from partnerdesk.ui import icons
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be opened or run; `places` are the matched letters of the title."""

    title: str
    note: str
    icon: str
    keys: tuple[str, ...]
    places: tuple[int, ...]
    then: Callable[[], object]
    marks: tuple[tuple[int, int], ...] = ()  # stretches of the note that were looked for


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[str | Entry] = []

    def set_groups(self, groups: Sequence[tuple[str, Sequence[Entry]]]) -> None:
        self.beginResetModel()
        self.rows = []
        for title, entries in groups:
            self.rows += [title, *entries]
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if isinstance(row, Entry) else row
        if role == Qt.ItemDataRole.AccessibleTextRole and isinstance(row, Entry):
            return ", ".join(part for part in (row.title, row.note, " ".join(row.keys)) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class PaletteList(QListView):
    """Keeps one entry current; headings are passed over."""

    def __init__(self, chosen: Callable[[Entry], object]) -> None:
        super().__init__()
        self._model = _Model()
        self._chosen = chosen
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self, self._model))
        self.setAccessibleName("Results")
        self.setProperty("ownRing", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(lambda index: self._choose(index.row()))

    def show_groups(self, groups: Sequence[tuple[str, Sequence[Entry]]]) -> None:
        """Show other results; the first one becomes current."""
        self._model.set_groups(groups)
        if len(self._model.rows) > 1:
            self.setCurrentIndex(self._model.index(1))

    def entries(self) -> list[Entry]:
        """The results in order."""
        return [row for row in self._model.rows if isinstance(row, Entry)]

    def current(self) -> Entry | None:
        """The result that Enter runs."""
        index = self.currentIndex()
        row = self._model.rows[index.row()] if index.isValid() else None
        return row if isinstance(row, Entry) else None

    def step(self, by: int) -> None:
        """The next (1) or previous (-1) result, around the ends."""
        rows = self._model.rows
        places = [at for at, row in enumerate(rows) if isinstance(row, Entry)]
        if places:
            here = self.currentIndex().row()
            at = places.index(here) if here in places else -by
            self.setCurrentIndex(self._model.index(places[(at + by) % len(places)]))

    def run(self) -> None:
        """Run the current result."""
        entry = self.current()
        if entry is not None:
            self._chosen(entry)

    def _choose(self, row: int) -> None:
        entry = self._model.rows[row]
        if isinstance(entry, Entry):
            self._chosen(entry)

    def wanted_height(self, most: int) -> int:
        """The height of all rows, at most so many px; a line of words when there is nothing."""
        px = theme().px
        height = sum(px(36) if isinstance(row, Entry) else px(31) for row in self._model.rows)
        return min(height + px(6), most) if height else px(60)

    def paintEvent(self, event: Any) -> None:
        super().paintEvent(event)
        if not self._model.rows:
            box = QRectF(self.viewport().rect())
            words = "Nothing found. Try fewer letters."
            brush.text(QPainter(self.viewport()), box, words, theme().font("body"), "muted", brush.CENTRE)


class _Painter(QStyledItemDelegate):
    def __init__(self, view: PaletteList, model: _Model) -> None:
        super().__init__(view)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        is_entry = isinstance(self._model.rows[index.row()], Entry)
        return QSize(theme().px(200), theme().px(36 if is_entry else 31))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, px = QRectF(option.rect), theme().px
        row = self._model.rows[index.row()]
        if isinstance(row, str):
            heading = rect.adjusted(px(16), px(6), -px(16), 0)
            brush.text(painter, heading, row, theme().font("small"), "muted")
        else:
            is_current = bool(option.state & QStyle.StateFlag.State_Selected)
            is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            if is_current or is_hovered:
                painter.fillRect(rect, theme().colour("selected" if is_current else "hover"))
            if is_current:
                painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme().colour("accent"))
            _entry(painter, rect.adjusted(px(16), 0, -px(16), 0), row, is_current)
        painter.restore()


def _entry(painter: QPainter, rect: QRectF, entry: Entry, is_current: bool) -> None:
    px = theme().px
    icons.paint(painter, entry.icon, rect.left(), rect.center().y() - px(8), "muted", 16)
    keys = entry.keys or (("Enter",) if is_current else ())
    right = _key_caps(painter, rect, keys)
    room = QRectF(rect.left() + px(28), rect.top(), right - rect.left() - px(40), rect.height())
    used = _title(painter, room, entry, is_current)
    if entry.note and used + px(12) < room.width():
        _note(painter, room.adjusted(used + px(12), 0, 0, 0), entry)


def _note(painter: QPainter, room: QRectF, entry: Entry) -> None:
    """The note with what was looked for in the text's colour and 600."""
    places = {at for start, length in entry.marks for at in range(start, start + length)}
    x = room.left()
    for run, is_match in _runs(entry.note, places):
        left = QRectF(x, room.top(), max(0.0, room.right() - x), room.height())
        role = "small_strong" if is_match else "small"
        x += brush.text(painter, left, run, theme().font(role), "text" if is_match else "muted")
        if x > room.right() - 1:
            return


def _title(painter: QPainter, room: QRectF, entry: Entry, is_current: bool) -> float:
    """The title with its matched letters in accent and 600; returns its width."""
    x, places = room.left(), set(entry.places)
    usual, matched = theme().font("body"), theme().font("strong")
    for run, is_match in _runs(entry.title, places):
        font = matched if is_match else usual
        width = QFontMetricsF(font).horizontalAdvance(run)
        left = QRectF(x, room.top(), max(0.0, room.right() - x), room.height())
        brush.text(painter, left, run, font, "accent" if is_match else "text")
        x += width
        if x > room.right():
            return room.width()
    return x - room.left()


def _runs(text: str, places: set[int]) -> list[tuple[str, bool]]:
    """Stretches of letters that are all matched or all not."""
    runs: list[tuple[str, bool]] = []
    for at, letter in enumerate(text):
        is_match = at in places
        if runs and runs[-1][1] == is_match:
            runs[-1] = (runs[-1][0] + letter, is_match)
        else:
            runs.append((letter, is_match))
    return runs


def _key_caps(painter: QPainter, rect: QRectF, keys: tuple[str, ...]) -> float:
    """Key caps at the right end; returns where they begin."""
    px = theme().px
    right = rect.right()
    for key in reversed(keys):
        width = max(brush.width_of(key, "hint") + px(14), px(22))
        cap = QRectF(right - width, rect.center().y() - px(10), width, px(20))
        brush.box(painter, cap, "bg", "button_line", 4)
        brush.text(painter, cap, key, theme().font("hint"), "muted", brush.CENTRE)
        right -= width + px(4)
    return right
