"""The board: open actions by side and by when they are due. A card is dragged to another side or stretch of time.

Nothing is dropped on Late: an action becomes late by itself. What dragging does, the context menu does as well.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QWidget

from partnerdesk.queries.joint.action_list import BUCKETS, LATE, LATER, UNDATED, WEEK, week_end
from partnerdesk.ui.screens.action_pages.cards import CardList
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.queries.joint.action_list import ListedAction
    from partnerdesk.ui.screens.action_pages.acts import ActionActs
    from partnerdesk.ui.screens.segment import Segment

Menu = Callable[["ListedAction"], list[Any]]
TITLES = {LATE: "Late", WEEK: "This week", LATER: "Later", UNDATED: "No day"}
SIDES = (("vendor", "Ours"), ("partner", "Theirs"))


class Board(QWidget):
    """Two rows of four fields. A selection is in one field at a time; `picked` is told the row that was taken."""

    def __init__(self, segment: "Segment", acts: "ActionActs", menu: Menu, picked: Callable[[Any], object]) -> None:
        super().__init__()
        self._segment, self._acts, self._menu, self._tell = segment, acts, menu, picked
        self._rows: Sequence[ListedAction] = ()
        px = theme().px
        grid = QGridLayout(self)
        grid.setContentsMargins(px(20), px(4), px(20), px(12))
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(2))
        self.heads = {bucket: Label("", "section") for bucket in BUCKETS}
        self.fields: dict[tuple[str, str], CardList] = {}
        for column, bucket in enumerate(BUCKETS):
            self.heads[bucket].setContentsMargins(px(4), 0, 0, px(2))
            grid.addWidget(self.heads[bucket], 0, column)
            grid.setColumnStretch(column, 1)
        for number, (side, words) in enumerate(SIDES):
            for column, bucket in enumerate(BUCKETS):
                name = Label(words, "small", "muted")
                name.setContentsMargins(px(4), px(4), 0, 0)
                grid.addWidget(name, 1 + 2 * number, column)
                grid.addWidget(self._field(side, bucket, words), 2 + 2 * number, column)
            grid.setRowStretch(2 + 2 * number, 1)

    def _field(self, side: str, bucket: str, words: str) -> CardList:
        def dropped(ids: list[int]) -> None:
            self.drop(ids, side, bucket)

        says = f"{TITLES[bucket]}, {words.lower()}"
        made = CardList(says, self._segment.formats, self._menu, dropped if bucket != LATE else None)
        made.opened.connect(self._acts.open_source)
        made.picked.connect(lambda row: self._picked(made, row))
        self.fields[side, bucket] = made
        return made

    def show_rows(self, rows: "Sequence[ListedAction]") -> None:
        """Show the open ones of these actions."""
        self._rows = [row for row in rows if row.row.is_open or row.row.is_proposed]
        for (side, bucket), field in self.fields.items():
            field.show_rows([row for row in self._rows if row.row.side == side and row.bucket == bucket])
        for bucket, head in self.heads.items():
            count = sum(row.bucket == bucket for row in self._rows)
            head.setText(f"{TITLES[bucket]}  {count}")

    def selected_rows(self) -> "list[ListedAction]":
        """What is selected, in whichever field."""
        return [row for field in self.fields.values() for row in field.selected()]

    def first_list(self) -> CardList:
        """The first field that holds a card."""
        return next((field for field in self.fields.values() if field.cards.rows), self.fields["vendor", WEEK])

    def _picked(self, field: CardList, row: "ListedAction") -> None:
        for other in self.fields.values():
            if other is not field:
                other.clearSelection()
        self._tell(row)

    def drop(self, ids: Sequence[int], side: str, bucket: str) -> None:
        """Move actions to a side and a stretch of time, in one step."""
        rows = [row for row in self._rows if row.id in ids]
        day = self._day(bucket)
        moved = [row for row in rows if row.bucket != bucket]
        self._acts.place(rows, side, day, is_moved=bool(moved))

    def _day(self, bucket: str) -> date | None:
        """The day that a field stands for: the end of this week, two weeks on, or none."""
        today = self._segment.desk.today()
        if bucket == WEEK:
            return max(today, week_end(today) - timedelta(days=2))
        return today + timedelta(days=14) if bucket == LATER else None
