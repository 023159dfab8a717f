"""What the parts of a table share: the room in its cells, the height of its rows, what is hovered and focused."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.room import CellRoom
from partnerdesk.ui.table.rows import RowsView
from partnerdesk.ui.theme import theme


class CellsView(RowsView):
    """The ground of header, totals, twin, painting and editing. `measure` names the row height in `theme.MEASURES`."""

    def __init__(
        self,
        columns: Sequence[Column],
        key: Callable[[Any], Hashable],
        measure: str,
        room: tuple[int, int],
        lined: bool,
    ) -> None:
        """`room` is what `CellRoom` takes: the page margin and the padding of a cell, in px."""
        super().__init__(columns, key)
        self._measure = measure
        self.is_lined = lined
        self.room = CellRoom(self, *room)
        self.hovered = -1
        self._keyboard = False

    def row_height(self) -> int:
        """The height of a row in the density in force."""
        return theme().measure(self._measure)

    def shows_focus(self) -> bool:
        """Whether the current cell shows a ring: the table has the focus and keys are used."""
        return self._keyboard and self.hasFocus()
