"""The segment Plans: every partner's joint plan with what is at risk in it and what one side has not promised yet."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.segment import Segment
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.filter_row import FilterRow

if TYPE_CHECKING:
    from partnerdesk.queries.joint.plan_list import PlanListRow
    from partnerdesk.reports.format import Formats

STATES = {"draft": "info", "shared": "info", "agreed": "final", "in progress": "final", "closed": "final"}


class PlansSegment(Segment):
    KEY: ClassVar[str] = "plans"
    TITLE: ClassVar[str] = "Plans"

    def build(self) -> None:
        self.table = DataTable(
            "plans",
            columns(self.formats),
            key=lambda r: r.id,
            state=self.shell.state,
            says="Plans",
            measure="two_lines",
        )
        self.table.set_empty(self._nothing)
        self.table.opened.connect(self._open)
        self.table.picked.connect(self._picked)
        self.host.show_sums(self.table)
        self.filter = FilterRow(self.table, "plans")
        self.body.addWidget(self.filter)
        self.body.addWidget(self.table, 1)

    def _nothing(self) -> Empty:
        return Empty(
            "No joint plan yet",
            "A plan is started on a partner's page: what both sides set out to do, and who commits to what.",
            ("Choose a partner", lambda: self.shell.go(Place("partners"))),
            icon="list-checks",
        )

    def reload(self) -> None:
        from partnerdesk.queries.joint.plan_list import plan_list

        self.host.read(plan_list, self.desk.today(), done=self.table.set_rows, slot="plans")

    def commands(self) -> dict[str, Callable[[], object]]:
        return {"page.find": self.filter.focus_field}

    def first_focus(self) -> QWidget | None:
        return self.table

    def _open(self, row: "PlanListRow") -> None:
        self.shell.go(Place("partners", row.plan.partner, "plan"))

    def _picked(self, row: "PlanListRow | None") -> None:
        if row is not None:
            self.shell.set_partner(row.plan.partner, row.plan.partner_name)


def columns(formats: "Formats") -> list[Column]:
    """A plan a row, with the two things that need somebody: what is at risk, and what one side has not promised."""
    return [
        Column("partner", "Partner", lambda r: (r.plan.partner_name, r.plan.title), kind=kinds.NAME, width=250),
        Column("status", "Status", _status, kind=kinds.STATUS, width=160),
        Column("done", "Objectives", _done, kind=kinds.PROGRESS, width=110, sort=lambda r: r.objectives),
        Column("risk", "At risk", lambda r: _named(r.at_risk, "warn"), kind=kinds.PAIR, width=200, sort=_risks),
        Column(
            "sides", "One side missing", lambda r: _named(r.one_sided, "warn"), kind=kinds.PAIR, width=200, sort=_gaps
        ),
        Column("next", "Next date", lambda r: _next(r, formats), kind=kinds.PAIR, width=200, sort=lambda r: r.next_day),
        Column("owner", "Our owner", lambda r: r.plan.vendor_owner, kind=kinds.MUTED, width=130, hidden=True),
        Column("end", "Ends", lambda r: r.plan.end, formats.day, kinds.DAY, 110, hidden=True),
    ]


def _status(row: "PlanListRow") -> tuple[str, str]:
    return STATES[row.plan.status], f"{row.plan.status.capitalize()}, v{row.plan.version}"


def _done(row: "PlanListRow") -> tuple[str, float | None] | None:
    if not row.objectives:
        return None
    return f"{row.done} of {row.objectives} done", row.done / row.objectives


def _named(titles: tuple[str, ...], kind: str) -> tuple[str, str, str]:
    """How many, and which."""
    return (str(len(titles)), "; ".join(titles), kind) if titles else ("\N{EN DASH}", "", "")


def _next(row: "PlanListRow", formats: "Formats") -> tuple[str, str, str] | None:
    return (formats.day(row.next_day), row.next_is, "") if row.next_day is not None else None


def _risks(row: "PlanListRow") -> int:
    return len(row.at_risk)


def _gaps(row: "PlanListRow") -> int:
    return len(row.one_sided)
