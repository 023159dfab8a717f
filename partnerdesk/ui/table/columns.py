"""Which columns a table shows, in which order and how wide: chosen by the user, remembered by the columns' keys.

A column that a later version adds appears as declared; one that is gone is forgotten.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from heapq import nlargest
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.table.model import ACCOUNTING, DATE, DAY, LINK, MUTED, NAME, NUMBER, STATUS, TEXT
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush

if TYPE_CHECKING:
    from partnerdesk.ui.state import State
    from partnerdesk.ui.table.cells import CellsView
    from partnerdesk.ui.table.header import TotalsRow
    from partnerdesk.ui.table.model import Column


GLYPH = 20  # px of a status' glyph and the gap after it
LEFT = 6  # px of the padding at the left of a figure that a wide one may use
WORDY = (NAME, LINK, TEXT)  # kinds that end in an ellipsis, in the order in which they are given room
LOOKED_AT = 1000  # rows whose words are measured: a table of many thousands is read by filtering it
LONGEST = 8  # of the texts with the most letters, so many are measured: the widest is among them


class ColumnKeeper:
    """Restores and remembers the columns of one table under its name."""

    def __init__(
        self, table: "CellsView", totals: "TotalsRow", changed: Callable[[], object], name: str, state: "State | None"
    ) -> None:
        self._table, self._totals, self._changed = table, totals, changed
        self._state, self._key = state, f"table.{name}"
        self._is_quiet = True
        self._widened: dict[int, tuple[int, int]] = {}  # columns with room for their rows: so wide, and before
        self._needs: dict[int, int] = {}  # px that the words of a column need
        self._restore()
        header = table.horizontalHeader()
        header.sectionResized.connect(lambda *_: self.remember())
        header.sectionMoved.connect(lambda *_: self.remember())
        self._is_quiet = False

    def usual(self) -> None:
        """The columns as the screen declares them."""
        self._is_quiet = True
        header = self._table.horizontalHeader()
        for index, column in enumerate(self._table.table_model.columns):
            header.moveSection(header.visualIndex(index), index)
            self._table.setColumnHidden(index, column.hidden)
            self._table.setColumnWidth(index, theme().px(self._usual_width(column)))
        self._is_quiet = False
        self.remember()

    def _restore(self) -> None:
        kept: dict[str, Any] = self._state.get(self._key, {}) if self._state else {}
        table, columns = self._table, self._table.table_model.columns
        known = [key for key in kept.get("order", []) if any(c.key == key for c in columns)]
        for index, column in enumerate(columns):
            width = kept.get("widths", {}).get(column.key) or self._usual_width(column)
            table.setColumnWidth(index, theme().px(max(width, self._least_width(column))))
            hidden = column.key in kept.get("hidden", []) if column.key in known else column.hidden
            table.setColumnHidden(index, hidden)
        header = table.horizontalHeader()
        for place, key in enumerate(known):
            header.moveSection(header.visualIndex(table.table_model.column(key)), place)
        sort = kept.get("sort")
        if sort and any(c.key == sort[0] for c in columns):
            table.table_model.sort_by(sort[0], bool(sort[1]))

    def _usual_width(self, column: "Column") -> int:
        return max(column.width, self._least_width(column))

    def _least_width(self, column: "Column") -> int:
        """What the longest month needs in a column of days, which may have been narrower in another language."""
        if column.kind not in (DAY, DATE) or column.show is None:
            return 0
        longest = max(brush.width_of(column.show(date(2028, month, 28)), "body") for month in range(1, 13))
        padding = self._table.room.padding_of(column)
        return round(longest / theme().scale) + padding + 1

    def make_room(self) -> None:
        """Columns of figures become as wide as their largest ones need, which would run over those beside them; those
        that say so as wide as their longest words.

        Nothing of that is remembered: other rows may need less.
        """
        was_quiet, self._is_quiet = self._is_quiet, True
        for index, column in enumerate(self._table.table_model.columns):
            if (column.fits or column.kind in (NUMBER, ACCOUNTING)) and not self._table.isColumnHidden(index):
                needed = self._words_width(column) if column.fits else self._figures_width(column)
                if needed > (width := self._table.columnWidth(index)):
                    self._widened[index] = needed, self._chosen(index, width)
                    self._table.setColumnWidth(index, needed)
        self._is_quiet = was_quiet
        self._needs = {
            index: self._needed_by_words(index)
            for index, column in enumerate(self._table.table_model.columns)
            if column.kind in (*WORDY, MUTED, STATUS) and not self._table.isColumnHidden(index)
        }
        self.share_room()

    def share_room(self) -> None:
        """Words that end in an ellipsis get the room that the last column leaves empty, names before the others.

        A column whose width somebody chose keeps it, and nothing of this is remembered.
        """
        table, columns = self._table, self._table.table_model.columns
        shown = [index for index in range(len(columns)) if not table.isColumnHidden(index)]
        last = max(shown, key=table.horizontalHeader().visualIndex, default=-1)
        wordy = [i for kind in WORDY for i in shown if columns[i].kind == kind and i != last and i in self._needs]
        before = {index: self._chosen(index, table.columnWidth(index)) for index in wordy}
        wordy = [i for i in wordy if abs(before[i] - theme().px(self._usual_width(columns[i]))) <= 1]
        if not wordy:
            self._changed()
            return
        taken = sum(before.get(i, table.columnWidth(i)) for i in shown if i != last) + self._kept(last)
        spare = table.viewport().width() - taken
        was_quiet, self._is_quiet = self._is_quiet, True
        for index in wordy:
            more = max(0, min(spare, self._needs[index] - before[index]))
            spare -= more
            if before[index] + more != table.columnWidth(index):
                self._widened[index] = before[index] + more, before[index]
                table.setColumnWidth(index, before[index] + more)
        self._is_quiet = was_quiet
        self._changed()

    def _kept(self, index: int) -> int:
        """The px that a column needs for itself, if it is the one that takes what is left."""
        return max(theme().px(self._usual_width(self._table.table_model.columns[index])), self._needs.get(index, 0))

    def _needed_by_words(self, index: int) -> int:
        """The px that the longest words of a column need; those of two lines have room as they are declared."""
        column = self._table.table_model.columns[index]
        rows = islice(self._table.table_model.rows, LOOKED_AT)
        is_status = column.kind == STATUS
        texts = {column.words(row) for row in rows if is_status or not isinstance(column.get(row), tuple)}
        role = "name" if column.kind == NAME else "strong" if column.strong else "body"
        widest = max((brush.width_of(text, role) for text in nlargest(LONGEST, texts, key=len)), default=0)
        glyph = theme().px(GLYPH) if is_status else 0
        return round(widest) + glyph + theme().px(self._table.room.padding_of(column)) + 2

    def _chosen(self, index: int, width: int) -> int:
        """The width that somebody chose, where a column has another for its figures alone."""
        wide, before = self._widened.get(index, (0, width))
        return before if width == wide else width

    def _words_width(self, column: "Column") -> int:
        """What, in px, the longest words need, with the glyph of a status before them."""
        longest = max((brush.width_of(column.words(row), "body") for row in self._table.table_model.rows), default=0)
        glyph = theme().px(GLYPH) if column.kind == STATUS else 0
        return round(longest) + glyph + theme().px(self._table.room.padding_of(column)) + 1

    def _figures_width(self, column: "Column") -> int:
        """What, in px, the largest and the smallest figure and the total need to stay apart."""
        model, role = self._table.table_model, "strong" if column.strong else "body"
        found = [(row, value) for row in model.rows if isinstance(value := column.get(row), Decimal | int)]
        ends = [pick(found, key=itemgetter(1))[0] for pick in (min, max)] if found else []
        texts = [(column.words(row), role) for row in ends] + [(self._totals.words(column.key), "strong")]
        widths = [brush.width_of(self._beside_bracket(column, words), role) for words, role in texts if words]
        if not widths:
            return 0
        return round(max(widths)) + theme().px(self._table.room.padding_of(column) - LEFT)

    def _beside_bracket(self, column: "Column", words: str) -> str:
        """A figure of an accounting column with the bracket whose room it keeps free."""
        return f"{words})" if column.kind == ACCOUNTING and not words.endswith(")") else words

    def remember(self) -> None:
        """Keep what the user chose."""
        if self._is_quiet:
            return
        table = self._table
        self._changed()
        if self._state is None:
            return
        header, model = table.horizontalHeader(), table.table_model
        keys = [column.key for column in model.columns]
        shown = [index for index in range(len(keys)) if not table.isColumnHidden(index)]
        last = max(shown, key=header.visualIndex)  # it fills what is left, so its width says nothing
        self._state.set(
            self._key,
            {
                "order": [keys[header.logicalIndex(place)] for place in range(header.count())],
                "hidden": [key for index, key in enumerate(keys) if index not in shown],
                "widths": {
                    keys[i]: round(self._chosen(i, table.columnWidth(i)) / theme().scale) for i in shown if i != last
                },
                "sort": [model.sorted_by, model.descending] if model.sorted_by else None,
            },
        )
