"""The segment Deals: one list of all deals over all partners, with views, verbs, and the selected one beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget

from partnerdesk.queries.pipeline.deal_views import DEAL_VIEWS
from partnerdesk.queries.views import ViewSet
from partnerdesk.ui.screens.deal_pages.deal_acts import DealActs
from partnerdesk.ui.screens.deal_pages.deal_aside import DealAside
from partnerdesk.ui.screens.deal_pages.deal_columns import columns
from partnerdesk.ui.screens.deal_pages.listing import Listing
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from partnerdesk.queries.pipeline.deal_list import DealList, Likely, ListedDeal

ANY_STAGE = "Any stage"


class DealsSegment(Listing):
    KEY: ClassVar[str] = "deals"
    TITLE: ClassVar[str] = "Deals"
    VIEWS: ClassVar[ViewSet[Any]] = DEAL_VIEWS
    KEPT: ClassVar[str] = "state, stage, owner and what is typed"
    NOUN: ClassVar[str] = "deals"
    KEYS: ClassVar[str] = "W won, L lost, S slipped, A action"

    def make(self) -> None:
        self.chances: dict[str, Likely] = {}  # the columns look here
        self.new = Button("New deal", self._new, icon="plus", keys="Ctrl+N", kind=PRIMARY)
        self.stage = Chip(ANY_STAGE, says="Stage")
        self.acts = DealActs(self, self.chosen)
        self._aside = DealAside(self, self.acts)

    def chips(self) -> Sequence[QWidget]:
        return (self.stage,)

    def controls(self) -> list[QWidget]:
        return [self.columns_button, self.new]

    def aside(self) -> QWidget | None:
        return self._aside

    def commands(self) -> dict[str, Callable[[], object]]:
        return {"page.new": self._new, "deal.new": self._new, **super().commands()}

    def letters(self) -> dict[str, Callable[[], object]]:
        acts = self.acts
        return {"W": acts.win, "L": acts.lose, "S": acts.slip, "A": acts.add_action}

    # Reading

    def reload(self) -> None:
        from partnerdesk.queries.pipeline.deal_list import deal_chances, deal_list
        from partnerdesk.queries.views import kept_views

        self._aside.worth.forget()
        today = self.desk.today()
        self.host.read(deal_list, today, done=self._show, slot="deals")
        self.host.read(kept_views, DEAL_VIEWS, done=self.views.know, slot="views")
        self.host.read(deal_chances, today, done=self._know_chances, slot="chances")

    def _show(self, found: "DealList") -> None:
        self.stage.offer([(ANY_STAGE, ""), *((s, s) for s in found.stages)], self._choose_stage)
        self.show_found(found)
        self.shell.badge(self.host.ID, sum(1 for r in found.rows if r.days_late))

    def _know_chances(self, found: "Mapping[str, Likely]") -> None:
        """Chances take longer than rows; their column fills when they are there."""
        self.chances.clear()
        self.chances.update(found)
        if self.table is not None and self.found is not None:
            self.table.set_rows(self.found.rows)

    def shape(self) -> object:
        return self.found.currency, self.found.stages, self.found.people

    def columns(self) -> list[Column]:
        return columns(self.found, self.chances, self.formats, self.acts)

    def partner_of(self, row: "ListedDeal") -> tuple[str | None, str, str]:
        return row.deal.partner, row.deal.partner_name, row.deal.owner_name

    def show_row(self, row: "ListedDeal | None") -> None:
        self._aside.show_row(row)

    def open_row(self, row: "ListedDeal") -> None:
        self.acts.open_partner(row)

    def menu(self, row: "ListedDeal") -> "Sequence[QAction | None]":
        return self.acts.menu(row, self.found)

    def narrowed(self) -> None:
        self.stage.set_text(self.view.stage or ANY_STAGE)

    def _choose_stage(self, stage: object) -> None:
        self.show_view(replace(self.now(), stage=str(stage)))

    # Acting

    def _new(self) -> None:
        from partnerdesk.ui.dialogs.new_deal import NewDealDialog

        if self.found is not None:
            NewDealDialog(self.window(), self.found, self.view.partner, self.desk, self._add).open()

    def _add(self, fields: dict[str, Any]) -> None:
        from partnerdesk.ops.rows.deals import add_deal

        op = partial(add_deal, on=self.desk.today(), by=self.desk.user, **fields)
        self.host.run("Add deal", op, done=self.want, toast="Deal added")

    def nothing(self) -> Empty:
        return Empty(
            "No deals yet",
            "Deals of all partners come with a file from your CRM, or are added one by one.",
            ("Import a file", lambda: self.shell.commands.trigger("data.import")),
            (("Add the first deal", self._new),),
            icon="calendar-clock",
        )
