"""Tables over frozen rows: columns as data, sorting and filtering in Python lists.

Never through a proxy model: sorting 20,000 rows through one takes seconds, a list takes hundredths of one. The view
is `ui.table.view`, the painting of cells `ui.table.paint`.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from partnerdesk.ui.widgets.text import tip_text

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()

# What a cell's value is, by kind:
NAME = "name"  # text in 500; (title, line below) in tables with two-line rows
PAIR = "pair"  # (text, line below, status kind of that line or nothing) in tables with two-line rows
PROGRESS = "progress"  # (words, reached share of one or None): words over a thin bar
TEXT = "text"
MUTED = "muted"  # text in the muted colour
NUMBER = "number"  # Decimal or int, right aligned
ACCOUNTING = "accounting"  # Decimal; negatives in parentheses, zero muted
DAY = "day"  # date, right aligned
DATE = "date"  # date at the left, where rows begin with it
TIER = "tier"  # (dots filled, dots in all, word)
SPARK = "spark"  # sequence of float or None, oldest first; one y-scale for the column
STATUS = "status"  # (kind of widgets.status, words)
MARK = "mark"  # (mark of widgets.cell_mark, words): a glyph in the middle of a narrow column
LINK = "link"  # text in accent; activating it calls `open_it`
RIGHT_ALIGNED = frozenset({NUMBER, ACCOUNTING, DAY})


@dataclass(frozen=True, slots=True)
class Edit:
    """How a cell is edited: its text, the value of a typed text (raises Refused or ValueError), and the write.

    `commit(row, value)` starts one `desk.run`; the row changes when the screen reads again. Where rows differ in what
    can be typed, `parse_for` reads the text of a row in the place of `parse`, and `choices_for` completes it.
    """

    text: Callable[[Any], str]
    parse: Callable[[str], Any]
    commit: Callable[[Any, Any], object]
    choices: tuple[str, ...] = ()
    long: bool = False
    parse_for: Callable[[Any, str], Any] | None = None
    choices_for: Callable[[Any], tuple[str, ...]] | None = None

    def parser(self, row: Any) -> Callable[[str], Any]:
        """What reads the text typed for a row."""
        return self.parse if self.parse_for is None else partial(self.parse_for, row)

    def offered(self, row: Any) -> tuple[str, ...]:
        """What completes the text typed for a row."""
        return self.choices if self.choices_for is None else self.choices_for(row)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, what it shows of a row and how."""

    key: str
    title: str
    get: Callable[[Any], Any]
    show: Callable[[Any], str] | None = None  # the words of a value; str() otherwise, nothing for None
    kind: str = TEXT
    width: int = 110
    hidden: bool = False
    strong: bool = False
    at_right: bool = False  # a status among figures
    sort: Callable[[Any], Any] | None = None  # of a row; the value itself otherwise
    search: bool | None = None  # whether the text filter looks here; None: names and texts do
    sums: bool = False
    figure: Callable[[Any], str] | None = None  # the figure id that answers "why?"
    open_it: Callable[[Any], object] | None = None  # what a click on a link does
    edit: Edit | None = None
    says: str = ""  # the full title for tips and the column chooser
    fits: bool = False  # as wide as its longest words need, as columns of figures are for theirs

    @property
    def is_right(self) -> bool:
        """Whether values stand at the right edge."""
        return self.at_right or self.kind in RIGHT_ALIGNED

    @property
    def is_centred(self) -> bool:
        """Whether a glyph stands in the middle, and the title over it."""
        return self.kind == MARK

    def words(self, row: Any) -> str:
        """The cell as words: on the screen, on the clipboard and for a screen reader."""
        value = self.get(row)
        if value is None:
            return ""
        if self.show is not None:
            return self.show(value)
        if self.kind == SPARK:
            return ", ".join("–" if v is None else f"{v:g}" for v in value)
        if isinstance(value, tuple):
            if self.kind == PROGRESS:
                return str(value[0])
            parts = value[:2] if self.kind == PAIR else value
            return str(value[-1]) if self.kind in (TIER, STATUS, MARK) else " · ".join(str(v) for v in parts if v)
        return str(value)

    def order(self, row: Any) -> Any:
        """What the column sorts by."""
        value = self.sort(row) if self.sort is not None else self.get(row)
        if isinstance(value, tuple) and self.sort is None:
            value = value[0] if self.kind == TIER else value[-1] if self.kind == STATUS else value
        return value.casefold() if isinstance(value, str) else value

    @property
    def is_searched(self) -> bool:
        """Whether the text filter looks here."""
        return self.kind in (NAME, PAIR, TEXT, DATE, MUTED, LINK, STATUS) if self.search is None else self.search


class TableModel(QAbstractTableModel):
    """Frozen rows in an order, some of them filtered out. `key(row)` says which row is which across reads."""

    def __init__(self, columns: Sequence[Column], key: Callable[[Any], Hashable]) -> None:
        super().__init__()
        self.columns = list(columns)
        self.key = key
        self.rows: list[Any] = []  # as shown
        self._all: list[Any] = []
        self._hay: list[str] | None = None
        self._text = ""
        self._filters: dict[str, Callable[[Any], bool]] = {}
        self.sorted_by = ""
        self.descending = False

    # Rows

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Show other rows in the order and with the filters in force."""
        self._all = list(rows)
        self._hay = None
        self._arrange()

    def all_rows(self) -> Sequence[Any]:
        """The rows before filtering."""
        return self._all

    def row(self, index: Index) -> Any:
        """The row of an index."""
        return self.rows[index.row()]

    def find(self, key: Hashable) -> int:
        """The place of a row that is shown, or -1."""
        return next((at for at, row in enumerate(self.rows) if self.key(row) == key), -1)

    def column(self, key: str) -> int:
        """The place of a column."""
        return next(at for at, column in enumerate(self.columns) if column.key == key)

    # Order and filters

    def sort_by(self, key: str, descending: bool = False) -> None:
        """Sort by a column; rows without a value come last either way."""
        self.sorted_by, self.descending = key, descending
        self._arrange()

    def filter_text(self, text: str) -> None:
        """Show only rows in which every typed word occurs in a searched column."""
        self._text = text.casefold().strip()
        self._arrange()

    def set_filter(self, name: str, keep: Callable[[Any], bool] | None) -> None:
        """Add, replace or take away a named filter."""
        if keep is None:
            self._filters.pop(name, None)
        else:
            self._filters[name] = keep
        self._arrange()

    @property
    def is_filtered(self) -> bool:
        """Whether a filter or a typed text hides rows."""
        return bool(self._text or self._filters)

    def clear_filters(self) -> None:
        """Show all rows."""
        self._text, self._filters = "", {}
        self._arrange()

    def _arrange(self) -> None:
        rows = self._matching()
        for keep in self._filters.values():
            rows = [row for row in rows if keep(row)]
        if self.sorted_by:
            order = self.columns[self.column(self.sorted_by)].order
            known = [(o, row) for row in rows if (o := order(row)) is not None]
            unknown = [row for row in rows if order(row) is None]
            known.sort(key=lambda pair: pair[0], reverse=self.descending)
            rows = [row for _order, row in known] + unknown
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def _matching(self) -> list[Any]:
        if not self._text:
            return list(self._all)
        if self._hay is None:
            searched = [c for c in self.columns if c.is_searched]
            self._hay = ["\n".join(c.words(row) for c in searched).casefold() for row in self._all]
        words = self._text.split()
        return [row for row, hay in zip(self._all, self._hay, strict=True) if all(w in hay for w in words)]

    def common_range(self, column: int) -> tuple[float, float]:
        """The lowest and highest value of a sparkline column, so that all its lines share one scale."""
        from partnerdesk.reports.marks import common_range

        get = self.columns[column].get
        return common_range([get(row) or () for row in self._all])

    # Qt's side

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ROLES or not index.isValid():
            return None
        column = self.columns[index.column()]
        words = column.words(self.rows[index.row()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {words or 'nothing'}"
        return tip_text(words) if role == Qt.ItemDataRole.ToolTipRole else words

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        return tip_text(column.says or column.title) if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and self.columns[index.column()].edit is not None:
            return usual | Qt.ItemFlag.ItemIsEditable
        return usual


_ROLES = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole})


def total_of(rows: Iterable[Any], column: Column) -> Decimal:
    """The exact sum of a column; rows without a value add nothing."""
    return sum((Decimal(v) for row in rows if (v := column.get(row)) is not None), Decimal(0))


def summary(rows: Sequence[Any], columns: Sequence[Column], of: int) -> str:
    """The words of the status bar for selected rows: count, and sum and average of the columns that add up."""
    if not rows:
        return ""
    parts = [f"{len(rows)} of {of} {'row' if of == 1 else 'rows'} selected"]
    for column in columns:
        known = sum(column.get(row) is not None for row in rows)
        if column.sums and known:
            total = total_of(rows, column)
            words = column.show or str
            said = f"{column.title.partition(',')[0]} {words(total)}"
            parts.append(said if known == 1 else f"{said}, average {words(total / known)}")
    return " · ".join(parts)
