"""The segment Renewals: what renews when, what speaks against it, and who does what about it.

The timeline and the columns show what the agenda below them shows; a click on a circle selects its row.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.queries.pipeline.renewal_views import RENEWAL_VIEWS
from partnerdesk.queries.views import ViewSet
from partnerdesk.ui.screens.deal_pages.listing import Listing
from partnerdesk.ui.screens.deal_pages.renewal_acts import RenewalActs
from partnerdesk.ui.screens.deal_pages.renewal_aside import RenewalAside
from partnerdesk.ui.screens.deal_pages.renewal_charts import GROUPS, RISK, months_chart, timeline_chart
from partnerdesk.ui.screens.deal_pages.renewal_columns import columns
from partnerdesk.ui.screens.deal_pages.renewal_words import at_stake
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.chart import Chart
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.text import Label
from partnerdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from partnerdesk.queries.pipeline.deal_list import Likely
    from partnerdesk.queries.pipeline.renewal_calendar import ListedRenewal, RenewalCalendar

REACHES = (("Next 90 days", 90), ("Next 180 days", 180), ("Next 365 days", 365))
HIGH_CHART = 176  # px


class RenewalsSegment(Listing):
    KEY: ClassVar[str] = "renewals"
    TITLE: ClassVar[str] = "Renewals"
    VIEWS: ClassVar[ViewSet[Any]] = RENEWAL_VIEWS
    KEPT: ClassVar[str] = "state, owner and what is typed"
    NOUN: ClassVar[str] = "renewals"
    KEYS: ClassVar[str] = "R renewed, C churned, A action"

    def make(self) -> None:
        self.reach_days, self.group = 180, RISK
        self.reach, self.grouped = (
            Chip(REACHES[1][0], "calendar", says="How far ahead"),
            Chip(GROUPS[0][0], says="Lines"),
        )
        self.reach.offer(REACHES, self._choose_reach)
        self.grouped.offer(GROUPS, self._choose_group)
        self.stake = Label("", "small")
        self.chances: dict[str, Likely] = {}
        self.acts = RenewalActs(self, self.chosen)
        self._aside = RenewalAside(self, self.acts)

    def between(self) -> None:
        """The charts above the agenda."""
        px, top = theme().px, QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(px(24), px(6), px(24), 0)
        self.timeline, self.months = Chart(self.desk.jobs, HIGH_CHART), Chart(self.desk.jobs, HIGH_CHART)
        self.timeline.canvas.picked.connect(self._choose_dot)
        column.addWidget(Wrap((self.timeline, self.months), least=250, shares=(2, 1)))
        self.column.addWidget(top)

    def chips(self) -> Sequence[QWidget]:
        return (self.reach, self.grouped)

    def controls(self) -> list[QWidget]:
        return [self.stake, self.columns_button]

    def aside(self) -> QWidget | None:
        return self._aside

    def letters(self) -> dict[str, Callable[[], object]]:
        return {"R": self.acts.renew, "C": self.acts.churn, "A": self.acts.add_action}

    # Reading

    def reload(self) -> None:
        from partnerdesk.queries.pipeline.renewal_calendar import renewal_calendar
        from partnerdesk.queries.pipeline.renewal_chances import renewal_chances
        from partnerdesk.queries.views import kept_views

        self._aside.worth.forget()
        self.host.read(renewal_calendar, self.desk.today(), self.reach_days, done=self._show, slot="renewals")
        self.host.read(kept_views, RENEWAL_VIEWS, done=self.views.know, slot="renewal views")
        self.host.read(renewal_chances, self.desk.today(), done=self._know_chances, slot="renewal chances")

    def _show(self, found: "RenewalCalendar") -> None:
        self.show_found(found)

    def _know_chances(self, found: "Mapping[str, Likely]") -> None:
        """Chances take longer than rows; their column fills when they are there."""
        self.chances.clear()
        self.chances.update(found)
        if self.table is not None and self.found is not None:
            self.table.set_rows(self.found.rows)
            self.show_row(self.table.current_row())

    def shape(self) -> object:
        return self.found.currency, self.found.people

    def columns(self) -> list[Column]:
        return columns(self.found, self.chances, self.formats, self.acts)

    def partner_of(self, row: "ListedRenewal") -> tuple[str | None, str, str]:
        return row.contract.partner, row.contract.partner_name, row.contract.owner_name

    def show_row(self, row: "ListedRenewal | None") -> None:
        self._aside.show_row(row, self.chances.get(row.id) if row is not None else None)
        self.timeline.canvas.choose(row.id if row is not None else "")

    def open_row(self, row: "ListedRenewal") -> None:
        self.acts.open_partner(row)

    def menu(self, row: "ListedRenewal") -> "Sequence[QAction | None]":
        return self.acts.menu(row, self.found)

    # Charts

    def narrowed(self) -> None:
        """The charts and the sums are of the open renewals in the agenda."""
        found: RenewalCalendar | None = self.found
        if found is None or self.table is None:
            return
        rows = [row for row in self.table.table_model.rows if row.is_open]
        self.stake.setText(at_stake(rows, self.formats))
        if not rows:
            self.timeline.clear("No open renewal is shown")
            self.months.clear("")
            return
        timeline_chart(self.timeline, rows, found.as_of, found.reach, self.group, self.formats)
        months_chart(self.months, rows, found.as_of, found.reach, found.currency, self.formats)

    def _choose_dot(self, id: str) -> None:
        if self.table is not None:
            self.table.select(id)

    def _choose_group(self, group: object) -> None:
        self.group = str(group)
        self.grouped.set_text(next(words for words, key in GROUPS if key == group))
        self.narrowed()

    def _choose_reach(self, days: object) -> None:
        self.reach_days = int(str(days))
        self.reach.set_text(next(words for words, key in REACHES if key == days))
        self.reload()

    def nothing(self) -> Empty:
        return Empty(
            "No renewals in sight",
            "Open contracts that end within the days chosen above stand here, and those whose term is over.",
            ("Import contracts", lambda: self.shell.commands.trigger("data.import")),
            icon="calendar-clock",
        )
