"""Partners: the list with the call brief beside it, and one partner with its tabs. One page of the sidebar."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.partner.detail import PartnerDetail
from partnerdesk.ui.screens.partner.plan.returning import is_returned_plan, take_plan
from partnerdesk.ui.screens.partners_aside import PartnerAside
from partnerdesk.ui.screens.partners_columns import columns
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.filter_row import FilterRow
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.wiring import calling

if TYPE_CHECKING:
    from partnerdesk.queries.partners.portfolio import PartnerRow, Portfolio
    from partnerdesk.ui.screens.partners_forecast import BookForecastPage

AHEAD = "forecast"  # the place of the book's forecast, beside the list


class PartnersScreen(Screen):
    ID: ClassVar[str] = "partners"
    TITLE: ClassVar[str] = "Partners"
    READS = frozenset({"*"})
    ASIDE_WIDTH: ClassVar[int] = 264

    def build(self) -> None:
        self.found: Portfolio | None = None
        self.table: DataTable | None = None
        self.filter: FilterRow | None = None
        self._measures: tuple[str, ...] = ()
        self._here = Place(self.ID)
        self.rules = Chip("", "scale", says="Program version")
        self.columns = Button("Columns", self._choose_columns, icon="columns-3", kind="flat")
        self.new = Button("New partner", self._new, icon="plus", kind=PRIMARY)
        self.header.add_left(self.rules)
        self.header.add(self.columns, self.new)
        self._list_controls = [self.rules, self.columns, self.new]
        self.views = Segmented("Partners as", (("List", ""), ("Forecast", AHEAD)), self._view, "")
        self.header.add_left(self.views)
        self.ahead: BookForecastPage | None = None
        self.list_page = QWidget()
        self._list = QVBoxLayout(self.list_page)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.detail = PartnerDetail(self)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list_page)
        self.stack.addWidget(self.detail)
        self.body.addWidget(self.stack)
        self._aside = PartnerAside(self)
        self._show_controls()

    # Places

    def show_place(self, place: Place) -> None:
        self._here = Place(self.ID, place.item, place.tab or ("overview" if place.item else ""), place.sub)
        self.views.set_value(self._here.tab if not place.item else "")
        if self.is_ahead:
            self._show_ahead()
        elif place.item:
            self.stack.setCurrentWidget(self.detail)
            self.detail.open(place.item, self._here.tab, place.sub)
        else:
            self.stack.setCurrentWidget(self.list_page)
            self.header.set("Partners")
            self._select_one()
        self._show_controls()

    def place(self) -> Place:
        if self._here.item:
            return Place(self.ID, self._here.item, self.detail.tab, self.detail.sub)
        return Place(self.ID, tab=AHEAD) if self.is_ahead else Place(self.ID)

    def aside(self) -> QWidget | None:
        """The brief stands beside the list only; a partner's own page needs the room."""
        return self._aside if self.is_list else None

    @property
    def is_list(self) -> bool:
        return not self._here.item and not self.is_ahead

    @property
    def is_ahead(self) -> bool:
        """Whether the forecast of the whole book is shown."""
        return not self._here.item and self._here.tab == AHEAD

    def _view(self, view: object) -> None:
        self.shell.go(Place(self.ID, tab=str(view)))

    def _show_ahead(self) -> None:
        if self.ahead is None:
            from partnerdesk.ui.screens.partners_forecast import BookForecastPage

            self.ahead = BookForecastPage(self)
            self.stack.addWidget(self.ahead)
            self.ahead.draw()
        self.stack.setCurrentWidget(self.ahead)
        self.header.set("Partners", "Forecast of the book")

    def _show_controls(self) -> None:
        self.views.setVisible(not self._here.item)
        for widget in self._list_controls:
            widget.setVisible(self.is_list or (self.is_ahead and widget is self.rules))
        self.detail.show_controls(bool(self._here.item))

    def commands(self) -> dict[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {
            "page.new": self._new,
            "partner.new": self._new,
            "tools.recompute": self.reload,
        }
        if self.is_list:
            found |= {"view.columns": self._choose_columns, "page.find": self._find, "partner.open": self._open_current}
        elif self._here.item:
            found |= self.detail.commands()
        return found

    def accept_files(self, paths: Sequence[Path]) -> bool:
        """A plan that came back is read, on a partner's own Plan for that partner alone."""
        if len(paths) != 1 or not is_returned_plan(paths[0]):
            return False
        take_plan(self, paths[0], self._here.item if self._here.item and self.detail.tab == "plan" else "")
        return True

    def letters(self) -> dict[str, Callable[[], object]]:
        return self.detail.letters() if self._here.item else {}

    def first_focus(self) -> QWidget | None:
        if self.is_ahead:
            return self.views
        return self.table if self.is_list else self.detail.tabs

    # Reading

    def reload(self) -> None:
        from partnerdesk.queries.partners.portfolio import portfolio

        if self._here.item:
            self.detail.reload()
        elif self.ahead is not None:
            self.ahead.reload()
        self.read(portfolio, self.desk.today(), done=self._show, slot="list")

    def _show(self, found: "Portfolio") -> None:
        self.found = found
        measures = tuple(m.metric for m in found.rows[0].measures) if found.rows else ()
        if self.table is None or measures != self._measures:
            self._make_table(found, measures)
        assert self.table is not None
        self.rules.set_text(f"Rules v{found.version}" if found.version else "No program yet")
        self.table.set_rows(found.rows)
        self._select_one()
        self.shell.badge(self.ID, len(found.rows))
        self.detail.name_partners({row.id: row for row in found.rows})

    def _select_one(self) -> None:
        """The list is never without a partner whose brief stands beside it."""
        rows = self.found.rows if self.found is not None else ()
        if self.is_list and self.table is not None and rows and self.table.current_row() is None:
            self.table.select(rows[0].id)

    def _make_table(self, found: "Portfolio", measures: tuple[str, ...]) -> None:
        """The columns follow the parts of the program's score, so another program makes another table."""
        for old in (self.table, self.filter):
            if old is not None:
                old.hide()
                old.deleteLater()
        self._measures = measures
        self.table = DataTable(
            "partners",
            columns(found, self.desk.formats, self._open),
            key=lambda row: row.id,
            state=self.shell.state,
            says="Partners",
            padding=6,
        )
        self.table.sort_by("name")
        self.table.set_empty(self._nothing)
        self.table.opened.connect(self._open)
        self.table.picked.connect(self._picked)
        self.table.offer_menu(self._menu)
        self.show_sums(self.table)
        note = found.currency
        self.filter = FilterRow(self.table, "partners", note)
        self._list.addWidget(self.filter)
        self._list.addWidget(self.table, 1)

    def _nothing(self) -> Empty:
        return Empty(
            "No partners yet",
            "Partners come with a spreadsheet or are added one by one.",
            ("Import a file", lambda: self.shell.commands.trigger("data.import")),
            (
                ("Add a partner", self._new),
                ("Open the sample book", lambda: self.shell.commands.trigger("help.sample")),
            ),
            icon="users-round",
        )

    # Acting

    def explain(self, figure: str) -> None:
        from partnerdesk.ui.screens.whys import explain_figure

        partner, _, named = figure.partition("#")
        explain_figure(self, partner, named)

    def _picked(self, row: "PartnerRow | None") -> None:
        if row is None:
            return
        self.shell.set_partner(row.id, row.name)
        if self.is_list:
            self._aside.show_partner(row.id)

    def _open(self, row: "PartnerRow") -> None:
        self.shell.go(Place(self.ID, row.id, "overview"))

    def _menu(self, row: "PartnerRow") -> list[QAction]:
        from partnerdesk.ui.screens.merging import ask_merge

        acts = [("Open partner", lambda: self._open(row))]
        if self.desk.book is not None and self.desk.book.is_writable:
            acts.append(("Merge into another partner…", lambda: ask_merge(self, row.id)))
        made = []
        for words, then in acts:
            made.append(QAction(words, self))
            made[-1].triggered.connect(calling(then))
        return made

    def _open_current(self) -> None:
        row = self.table.current_row() if self.table is not None else None
        if row is not None:
            self._open(row)

    def _choose_columns(self) -> None:
        if self.table is not None:
            self.table.choose_columns()

    def _find(self) -> None:
        if self.filter is not None:
            self.filter.focus_field()

    def _new(self) -> None:
        from partnerdesk.ui.dialogs.new_partner import NewPartnerDialog

        NewPartnerDialog(self.window(), self._add).open()

    def _add(self, name: str, type_: str, country: str) -> None:
        from partnerdesk.ops.rows.partners import add_partner

        self.run(
            "Add partner",
            add_partner,
            name=name,
            type=type_,
            country=country,
            by=self.desk.user,
            done=lambda id: self.shell.go(Place(self.ID, id, "overview", "details")),
            toast="Partner added",
        )
