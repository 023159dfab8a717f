"""The segment Actions: one list, or board, of what both sides promised, over all partners.

What is looked at is a view: a state, a side, an owner, a partner. Views can be kept under a name; the chip says when
what is shown is not the view any more.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from partnerdesk.queries.joint.action_views import ACTION_VIEWS, BUILT_IN, ActionView
from partnerdesk.ui.screens.action_pages.acts import ActionActs
from partnerdesk.ui.screens.action_pages.board import Board
from partnerdesk.ui.screens.action_pages.promised_columns import columns
from partnerdesk.ui.screens.dates import export_dates
from partnerdesk.ui.screens.segment import Segment
from partnerdesk.ui.screens.viewing import ViewChip
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.filter_row import FilterRow
from partnerdesk.ui.widgets.flow import Flow
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.queries.joint.action_list import ListedAction

TABLE, BOARD = "table", "board"


class ActionsSegment(Segment):
    KEY: ClassVar[str] = "actions"
    TITLE: ClassVar[str] = "Actions"

    def build(self) -> None:
        self.view, self.part = ActionView(), TABLE
        self.names: tuple[str, ...] = ()
        self._wanted = ""  # an action that is to be shown
        self.dates = Button("Export dates", self._export, icon="calendar", keys="Ctrl+E")
        self.new = Button("New action", self._new, icon="plus", keys="Ctrl+N", kind=PRIMARY)
        self.acts = ActionActs(self, self.chosen)
        state = self.shell.state
        self.table = DataTable(
            "actions", columns(self.formats, self.acts, lambda: self.names), key=_id, state=state, says="Actions"
        )
        self.table.set_empty(self._nothing)
        self.table.offer_menu(self.menu)
        self.table.opened.connect(self.acts.open_source)
        self.table.picked.connect(self.picked)
        self.host.show_sums(self.table)
        self.filter = FilterRow(self.table, "actions")
        self.table.filters_cleared.connect(lambda: self.show_view(BUILT_IN["All"]))
        self.filter.field.textChanged.connect(lambda _text: self._tell())
        self.board = Board(self, self.acts, self.menu, self.picked)
        self.table.table_model.modelReset.connect(self._fill_board)
        self.body.addWidget(self._bar())
        self.body.addWidget(self.filter)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.board)
        self.body.addWidget(self.stack, 1)
        self._narrow()

    def _bar(self) -> QWidget:
        """Which view, whose side, and as a table or a board."""
        self.parts = Segmented("Show as", [("Table", TABLE), ("Board", BOARD)], self._show_part, TABLE)
        self.sides = Segmented("Side", [("Both", ""), ("Ours", "vendor"), ("Theirs", "partner")], self._choose_side, "")
        self.views = ViewChip(self, ACTION_VIEWS, "state, side, owner and what is typed")
        self.owner = Chip("Any owner", says="Owner")
        self.hint = Label("D done, E with evidence, S snooze", "small", "muted")
        self.bar = Flow((self.parts, self.sides, self.views, self.owner), self.hint, gap=12)
        return self.bar

    def controls(self) -> list[QWidget]:
        return [self.dates, self.new]

    # Places

    def show_sub(self, item: str, sub: str) -> None:
        """One partner's actions, or all; as a table or a board; `#12` is one action, wherever it stands."""
        if sub.startswith("#"):
            self._wanted, sub = sub[1:], TABLE
        self.part = BOARD if sub == BOARD else TABLE
        self.parts.set_value(self.part)
        self.stack.setCurrentWidget(self.board if self.part == BOARD else self.table)
        if item != self.view.partner:
            self.show_view(replace(self.view, partner=item))
        self._fill_board()
        self._show_wanted()

    def sub(self) -> tuple[str, str]:
        return self.view.partner, self.part

    def _show_part(self, part: object) -> None:
        self.show_sub(self.view.partner, str(part))
        self.shell.moved()

    def commands(self) -> dict[str, Callable[[], object]]:
        return {"page.new": self._new, "page.find": self.filter.focus_field, "page.export": self._export}

    def letters(self) -> dict[str, Callable[[], object]]:
        """Over what is selected in the table, or on the board."""
        return {"D": self.acts.complete, "E": self.acts.prove, "S": self.acts.snooze}

    def first_focus(self) -> QWidget | None:
        return self.table if self.part == TABLE else self.board.first_list()

    def chosen(self) -> "list[ListedAction]":
        """The rows that verbs are about."""
        if self.part == BOARD:
            return self.board.selected_rows()
        rows: list[ListedAction] = self.table.selected_rows()
        return rows

    # Reading

    def reload(self) -> None:
        from partnerdesk.queries.joint.action_list import action_list
        from partnerdesk.queries.views import kept_views

        self.host.read(action_list, self.desk.today(), done=self._show, slot="actions")
        self.host.read(kept_views, ACTION_VIEWS, done=self.views.know, slot="views")

    def _show(self, rows: "tuple[ListedAction, ...]") -> None:
        from partnerdesk.queries.joint.action_list import owners

        self.table.set_rows(rows)
        self.names = owners(rows)
        choices = [("Any owner", ""), *((name, name) for name in self.names)]
        self.owner.offer(choices, self._choose_owner)
        self.shell.badge(self.host.ID, sum(bool(r.row.days_late) for r in rows))
        self._narrow()
        self._show_wanted()

    def _show_wanted(self) -> None:
        """Select the action that a link named, in a view that shows it."""
        wanted = next((r for r in self.table.table_model.all_rows() if str(r.id) == self._wanted), None)
        if wanted is not None:
            self._wanted = ""
            if self.table.table_model.find(wanted.id) < 0:
                self.table.clear_filters()
            self.table.select(wanted.id)
            self.table.setFocus()

    # Views

    def show_view(self, view: ActionView) -> None:
        """Look at other actions."""
        if view.text != self.view.text:
            self.filter.field.setText(view.text)
        self.view = view
        self._narrow()

    def now(self) -> ActionView:
        """What is looked at, with what is typed."""
        return replace(self.view, text=self.filter.field.text().strip())

    def _choose_side(self, side: object) -> None:
        self.show_view(replace(self.view, side=str(side)))

    def _choose_owner(self, owner: object) -> None:
        self.show_view(replace(self.view, owner=str(owner)))

    def _narrow(self) -> None:
        """Show what the view keeps; the chip of one partner takes that away again."""
        view = self.view
        keep = None if view == ActionView("all") else view.keeps
        self.table.rearrange(lambda: self.table.table_model.set_filter("view", keep))
        self.sides.set_value(view.side)
        self.owner.set_text(view.owner or "Any owner")
        self._tell()

    def _tell(self) -> None:
        """Say which view it is; a longer word moves what stands beside it."""
        self.views.tell()
        self.bar.arrange()

    def _fill_board(self) -> None:
        if self.part == BOARD:
            self.board.show_rows(self.table.table_model.rows)

    # Acting

    def picked(self, row: "ListedAction | None") -> None:
        """Commands are about the partner of the current action."""
        if row is not None:
            self.shell.set_partner(row.row.partner, row.row.partner_name)

    def menu(self, row: "ListedAction") -> list[Any]:
        """The verbs on a row, for the table and the board."""
        return list(self.acts.menu(row, self.names))

    def _export(self) -> None:
        """The dates of the partner and owner that are looked at, for us."""
        export_dates(self.host, self.view.partner, self.view.owner)

    def _new(self) -> None:
        self.shell.commands.trigger("partner.note")

    def _nothing(self) -> Empty:
        return Empty(
            "No open commitments",
            "What plans, reviews, notes and disputes ask of either side is listed here until it is done.",
            ("New action", self._new),
            icon="list-checks",
        )


def _id(row: Any) -> Any:
    return row.id
