"""What the segments Deals and Renewals share: one list over all partners that is looked at through views.

Chips narrow it to a partner or an owner; the selected row stands beside it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.queries.views import ViewSet
from partnerdesk.ui.screens.segment import Segment
from partnerdesk.ui.screens.viewing import ViewChip
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.filter_row import FilterRow
from partnerdesk.ui.widgets.flow import Flow
from partnerdesk.ui.widgets.scrolled import scrolling
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

LEAST = 150  # px of the list that are always left
ANY_OWNER, ANY_PARTNER = "Any owner", "All partners"


class Listing(Segment):
    """Subclasses say what is read and shown; `found` is what was read last, with `rows`, `currency` and `partners`."""

    VIEWS: ClassVar[ViewSet[Any]]
    KEPT: ClassVar[str] = ""  # what a kept view holds, in words
    NOUN: ClassVar[str] = ""
    KEYS: ClassVar[str] = ""  # the letters and what they do

    def build(self) -> None:
        self.view = self.VIEWS.type()
        self.found: Any = None
        self.table: DataTable | None = None
        self.filter: FilterRow | None = None
        self._wanted = ""  # a row that is to be shown
        self._shape: object = None
        self.columns_button = Button("Columns", self._choose_columns, icon="columns-3", kind="flat")
        self.owner, self.partner = Chip(ANY_OWNER, says="Owner"), Chip(ANY_PARTNER, says="Partner")
        self.views = ViewChip(self, self.VIEWS, self.KEPT)
        self.keys = Label(self.KEYS, "small", "muted")
        self.make()
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.body.addWidget(scrolling(content))  # with large text it is higher than the page
        self.bar = Flow((self.views, *self.chips(), self.owner, self.partner), self.keys)
        self.column.addWidget(self.bar)
        self.between()

    # To implement

    def make(self) -> None:
        """Make what the segment has of its own: verbs, buttons, chips, the panel."""

    def between(self) -> None:
        """What stands between the chips and the list."""

    def chips(self) -> Sequence[QWidget]:
        """Further chips after the view."""
        return ()

    def columns(self) -> list[Column]:
        """The columns of what was read."""
        raise NotImplementedError

    def shape(self) -> object:
        """What the columns depend on; another one makes another table."""
        raise NotImplementedError

    def show_row(self, row: Any) -> None:
        """Show the current row beside the list; None for none."""
        raise NotImplementedError

    def menu(self, row: Any) -> "Sequence[QAction | None]":
        """The verbs on a row."""
        raise NotImplementedError

    def open_row(self, row: Any) -> None:
        """Enter on a row, where its cell does nothing else."""
        raise NotImplementedError

    def partner_of(self, row: Any) -> tuple[str | None, str, str]:
        """A row's partner, the partner's name, and the name of the row's owner."""
        raise NotImplementedError

    def nothing(self) -> Empty:
        """What stands where the book has no such rows."""
        raise NotImplementedError

    def narrowed(self) -> None:
        """Other rows are shown."""

    # Places

    def show_sub(self, item: str, sub: str) -> None:
        """One partner's rows, or all; `#D-12` is one row, wherever it stands."""
        self._wanted = sub[1:] if sub.startswith("#") else ""
        self.show_view(replace(self.view, partner=item))
        self._show_wanted()

    def sub(self) -> tuple[str, str]:
        return self.view.partner, ""

    def commands(self) -> dict[str, Callable[[], object]]:
        if self.table is None or self.filter is None:
            return {}
        return {"page.find": self.filter.focus_field, "view.columns": self.table.choose_columns}

    def first_focus(self) -> QWidget | None:
        return self.table

    def chosen(self) -> list[Any]:
        """The rows that verbs are about."""
        return self.table.selected_rows() if self.table is not None else []

    # Showing what was read

    def show_found(self, found: Any) -> None:
        """Show the rows; the current one stays, else the first one is."""
        self.found = found
        if self.table is None or self.shape() != self._shape:
            self._shape = self.shape()
            self._make_table()
        assert self.table is not None
        table = self.table
        table.set_rows(found.rows)
        self._offer()
        self._narrow()
        if not self._show_wanted() and table.current_row() is None and table.table_model.rows:
            table.select(table.table_model.rows[0].id)
        self.show_row(table.current_row())

    def _make_table(self) -> None:
        for old in (self.table, self.filter):
            if old is not None:
                old.hide()
                old.deleteLater()
        made = DataTable(self.KEY, self.columns(), _id, self.shell.state, says=self.TITLE, padding=6)
        made.set_empty(self.nothing)
        made.offer_menu(self.menu)
        made.opened.connect(self.open_row)
        made.picked.connect(self._picked)
        self.host.show_sums(made)
        self.table = made
        self.filter = FilterRow(made, self.NOUN, self.found.currency)
        made.filters_cleared.connect(lambda: self.show_view(self.VIEWS.built_in["All"]))
        self.filter.field.setText(self.view.text)
        self.filter.field.textChanged.connect(lambda _text: self._typed())
        made.setMinimumHeight(theme().px(LEAST))
        self.column.addWidget(self.filter)
        self.column.addWidget(made, 1)
        self.shell.moved()

    def _offer(self) -> None:
        names = {self.partner_of(r)[2] for r in self.found.rows} - {""}
        owners = sorted(names, key=str.casefold)
        self.owner.offer([(ANY_OWNER, ""), *((name, name) for name in owners)], self._choose_owner)
        self.partner.offer([(ANY_PARTNER, ""), *((p.name, p.id) for p in self.found.partners)], self._choose_partner)

    def want(self, id: str) -> None:
        """Show this row as soon as it was read."""
        self._wanted = id

    def _show_wanted(self) -> bool:
        """Select the row that a link named, in a view that shows it; whether there was one."""
        if not self._wanted or self.table is None:
            return False
        wanted = next((r for r in self.table.table_model.all_rows() if r.id == self._wanted), None)
        if wanted is None:
            return False
        self._wanted = ""
        if self.table.table_model.find(wanted.id) < 0:
            self.table.clear_filters()
        self.table.select(wanted.id)
        self.table.setFocus()
        return True

    # Views

    def show_view(self, view: Any) -> None:
        """Look at other rows."""
        if self.filter is not None and view.text != self.now().text:
            self.filter.field.setText(view.text)
        self.view = view
        self._narrow()

    def now(self) -> Any:
        """What is looked at, with what is typed."""
        typed = self.filter.field.text().strip() if self.filter is not None else self.view.text
        return replace(self.view, text=typed)

    def _choose_owner(self, owner: object) -> None:
        self.show_view(replace(self.now(), owner=str(owner)))

    def _choose_partner(self, partner: object) -> None:
        self.show_view(replace(self.now(), partner=str(partner)))
        self.shell.moved()

    def _typed(self) -> None:
        self.views.tell()
        self.narrowed()
        self.bar.arrange()

    def _narrow(self) -> None:
        """Show what the view keeps."""
        view, table = self.view, self.table
        keep = None if view == self.VIEWS.built_in["All"] else view.keeps
        if table is not None:
            table.rearrange(lambda: table.table_model.set_filter("view", keep))
        names = {p.id: p.name for p in self.found.partners} if self.found is not None else {}
        self.owner.set_text(view.owner or ANY_OWNER)
        self.partner.set_text(names.get(view.partner, view.partner) or ANY_PARTNER)
        self.views.tell()
        self.narrowed()
        self.bar.arrange()

    # Acting

    def _picked(self, row: Any) -> None:
        """Commands are about the partner of the current row."""
        if row is not None:
            partner, name, _owner = self.partner_of(row)
            if partner:
                self.shell.set_partner(partner, name)
        self.show_row(row)

    def _choose_columns(self) -> None:
        if self.table is not None:
            self.table.choose_columns()


def _id(row: Any) -> Any:
    return row.id
