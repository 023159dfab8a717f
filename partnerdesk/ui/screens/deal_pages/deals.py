"""The segment Deals: one list of all deals over all partners, with views, verbs, and the selected one beside it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from partnerdesk.queries.pipeline.deal_views import BUILT_IN, DEAL_VIEWS, DealsView
from partnerdesk.ui.screens.deal_pages.deal_acts import DealActs
from partnerdesk.ui.screens.deal_pages.deal_aside import DealAside
from partnerdesk.ui.screens.deal_pages.deal_columns import columns
from partnerdesk.ui.screens.segment import Segment
from partnerdesk.ui.screens.viewing import ViewChip
from partnerdesk.ui.table_view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.filter_row import FilterRow
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.queries.pipeline.deal_list import DealList, Likely, ListedDeal

ANY_STAGE, ANY_OWNER, ANY_PARTNER = "Any stage", "Any owner", "All partners"


class DealsSegment(Segment):
    KEY: ClassVar[str] = "deals"
    TITLE: ClassVar[str] = "Deals"

    def build(self) -> None:
        self.view = DealsView()
        self.found: DealList | None = None
        self.chances: dict[str, Likely] = {}  # the columns look here
        self.table: DataTable | None = None
        self.filter: FilterRow | None = None
        self._wanted = ""  # a deal that is to be shown
        self._shape: tuple[object, ...] = ()
        self.columns = Button("Columns", self._choose_columns, icon="columns-3", kind="flat")
        self.new = Button("New deal", self._new, icon="plus", keys="Ctrl+N", kind=PRIMARY)
        self.acts = DealActs(self, self.chosen)
        self._aside = DealAside(self, self.acts)
        self.body.addWidget(self._bar())

    def _bar(self) -> QWidget:
        """Which view, stage, owner and partner."""
        bar, px = QWidget(), theme().px
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(24), px(4), px(24), px(4))
        row.setSpacing(px(12))
        self.stage, self.owner = Chip(ANY_STAGE, says="Stage"), Chip(ANY_OWNER, says="Owner")
        self.partner = Chip(ANY_PARTNER, says="Partner")
        self.views = ViewChip(self, DEAL_VIEWS, "state, stage, owner and what is typed")
        for chip in (self.views, self.stage, self.owner, self.partner):
            row.addWidget(chip)
        row.addStretch(1)
        row.addWidget(Label("W won, L lost, S slipped, A action", "small", "muted"))
        return bar

    def controls(self) -> list[QWidget]:
        return [self.columns, self.new]

    def aside(self) -> QWidget | None:
        return self._aside

    # Places

    def show_sub(self, item: str, sub: str) -> None:
        """One partner's deals, or all; `#D-12` is one deal, wherever it stands."""
        self._wanted = sub[1:] if sub.startswith("#") else ""
        self.show_view(replace(self.view, partner=item))
        self._show_wanted()

    def sub(self) -> tuple[str, str]:
        return self.view.partner, ""

    def commands(self) -> dict[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {"page.new": self._new, "deal.new": self._new}
        if self.table is not None and self.filter is not None:
            found |= {"page.find": self.filter.focus_field, "view.columns": self.table.choose_columns}
        return found

    def letters(self) -> dict[str, Callable[[], object]]:
        """Over what is selected in the table."""
        acts = self.acts
        return {"W": acts.win, "L": acts.lose, "S": acts.slip, "A": acts.add_action}

    def first_focus(self) -> QWidget | None:
        return self.table

    def chosen(self) -> "list[ListedDeal]":
        """The rows that verbs are about."""
        rows: list[ListedDeal] = self.table.selected_rows() if self.table is not None else []
        return rows

    # Reading

    def reload(self) -> None:
        from partnerdesk.queries.pipeline.deal_list import deal_chances, deal_list
        from partnerdesk.queries.views import kept_views

        today = self.desk.today()
        self.host.read(deal_list, today, done=self._show, slot="deals")
        self.host.read(kept_views, DEAL_VIEWS, done=self.views.know, slot="views")
        self.host.read(deal_chances, today, done=self._know_chances, slot="chances")

    def _show(self, found: "DealList") -> None:
        self.found = found
        shape = (found.currency, found.stages, found.people)
        if self.table is None or shape != self._shape:
            self._shape = shape
            self._make_table(found)
        assert self.table is not None
        self.table.set_rows(found.rows)
        self._offer(found)
        self._narrow()
        if not self._show_wanted() and self.table.current_row() is None and self.table.table_model.rows:
            self.table.select(self.table.table_model.rows[0].id)
        self._aside.show_row(self.table.current_row())
        self.shell.badge(self.host.ID, sum(1 for r in found.rows if r.days_late))

    def _offer(self, found: "DealList") -> None:
        owners = sorted({r.deal.owner_name for r in found.rows if r.deal.owner_name}, key=str.casefold)
        self.stage.offer([(ANY_STAGE, ""), *((s, s) for s in found.stages)], self._choose_stage)
        self.owner.offer([(ANY_OWNER, ""), *((name, name) for name in owners)], self._choose_owner)
        self.partner.offer([(ANY_PARTNER, ""), *((p.name, p.id) for p in found.partners)], self._choose_partner)

    def _know_chances(self, found: "Mapping[str, Likely]") -> None:
        """Chances take longer than rows; their column fills when they are there."""
        self.chances.clear()
        self.chances.update(found)
        if self.table is not None and self.found is not None:
            self.table.set_rows(self.found.rows)

    def _make_table(self, found: "DealList") -> None:
        """The columns offer the stages and people in use, so others make another table."""
        for old in (self.table, self.filter):
            if old is not None:
                old.hide()
                old.deleteLater()
        made = columns(found, self.chances, self.formats, self.acts)
        self.table = DataTable("deals", made, key=_id, state=self.shell.state, says="Deals", padding=6)
        self.table.set_empty(self._nothing)
        self.table.offer_menu(lambda row: self.acts.menu(row, self.found))
        self.table.opened.connect(self.acts.open_partner)
        self.table.picked.connect(self._picked)
        self.host.show_sums(self.table)
        self.filter = FilterRow(self.table, "deals", found.currency)
        self.table.filters_cleared.connect(lambda: self.show_view(BUILT_IN["All"]))
        self.filter.field.setText(self.view.text)
        self.filter.field.textChanged.connect(lambda _text: self.views.tell())
        self.body.addWidget(self.filter)
        self.body.addWidget(self.table, 1)
        self.shell.moved()

    def _show_wanted(self) -> bool:
        """Select the deal that a link named, in a view that shows it."""
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

    def show_view(self, view: DealsView) -> None:
        """Look at other deals."""
        if self.filter is not None and view.text != self.now().text:
            self.filter.field.setText(view.text)
        self.view = view
        self._narrow()

    def now(self) -> DealsView:
        """What is looked at, with what is typed."""
        typed = self.filter.field.text().strip() if self.filter is not None else self.view.text
        return replace(self.view, text=typed)

    def _choose_stage(self, stage: object) -> None:
        self.show_view(replace(self.now(), stage=str(stage)))

    def _choose_owner(self, owner: object) -> None:
        self.show_view(replace(self.now(), owner=str(owner)))

    def _choose_partner(self, partner: object) -> None:
        self.show_view(replace(self.now(), partner=str(partner)))
        self.shell.moved()

    def _narrow(self) -> None:
        """Show what the view keeps."""
        view = self.view
        keep = None if view == DealsView("all") else view.keeps
        if self.table is not None:
            table = self.table
            table.rearrange(lambda: table.table_model.set_filter("view", keep))
        names = {p.id: p.name for p in self.found.partners} if self.found else {}
        self.stage.set_text(view.stage or ANY_STAGE)
        self.owner.set_text(view.owner or ANY_OWNER)
        self.partner.set_text(names.get(view.partner, view.partner) or ANY_PARTNER)
        self.views.tell()

    # Acting

    def _picked(self, row: "ListedDeal | None") -> None:
        """Commands are about the partner of the current deal."""
        if row is not None and row.deal.partner:
            self.shell.set_partner(row.deal.partner, row.deal.partner_name)
        self._aside.show_row(row)

    def _choose_columns(self) -> None:
        if self.table is not None:
            self.table.choose_columns()

    def _new(self) -> None:
        from partnerdesk.ui.dialogs.new_deal import NewDealDialog

        if self.found is not None:
            NewDealDialog(self.window(), self.found, self.view.partner, self.desk, self._add).open()

    def _add(self, fields: dict[str, Any]) -> None:
        from partnerdesk.ops.rows.deals import add_deal

        def added(id: str) -> None:
            self._wanted = id

        op = partial(add_deal, on=self.desk.today(), by=self.desk.user, **fields)
        self.host.run("Add deal", op, done=added, toast="Deal added")

    def _nothing(self) -> Empty:
        return Empty(
            "No deals yet",
            "Deals of all partners come with a file from your CRM, or are added one by one.",
            ("Import a file", lambda: self.shell.commands.trigger("data.import")),
            (("New deal", self._new),),
            icon="calendar-clock",
        )


def _id(row: Any) -> Any:
    return row.id
