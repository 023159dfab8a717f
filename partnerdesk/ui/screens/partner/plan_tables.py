"""The tables of a plan's sub-pages, filled from one view; new rows get a name that is written over."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.screens.partner import plan_columns
from partnerdesk.ui.table_view import DataTable
from partnerdesk.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from partnerdesk.queries.joint.plans import PlanView
    from partnerdesk.ui.screens.partner.plan import PlanTab

ADDS = {
    "objectives": "Add objective",
    "targets": "Add target",
    "decisions": "Add decision",
    "actions": "Add action",
    "risks": "Add risk",
}
TITLES = {"decisions": "Decision rights", "risks": "Risks and escalations"}
TWO_LINES = ("objectives", "targets")


MAKERS = {
    "objectives": plan_columns.objectives,
    "targets": plan_columns.targets,
    "decisions": plan_columns.decisions,
    "actions": plan_columns.actions,
    "risks": plan_columns.risks,
}


class _Made(dict[str, DataTable]):
    """The tables by sub-page; one is made when it is first asked for."""

    def __init__(self, make: Callable[[str], DataTable]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> DataTable:
        self[key] = self._make(key)
        return self[key]


class PlanTables:
    """Makes each table once, when its sub-page is opened, and fills it from the view."""

    def __init__(self, tab: "PlanTab") -> None:
        self.tab = tab
        self._new: tuple[str, object] = ("", None)  # a row that was added and is not shown yet
        self.tables = _Made(self._table)

    def _table(self, key: str) -> DataTable:
        table = DataTable(
            f"plan.{key}",
            MAKERS[key](self.tab),
            key=_id,
            state=self.tab.shell.state,
            says=key.capitalize(),
            measure="two_lines" if key in TWO_LINES else "row",
        )
        verb = ADDS[key]
        table.set_empty(
            lambda: Empty(f"No {key} yet", "Nothing is written down here.", (verb, lambda: self._add_now(key)))
        )
        table.summed.connect(self.tab.shell.status)
        self.tab.pages.addWidget(table)
        if self.tab.view is not None:
            table.set_rows(getattr(self.tab.view, key))
        return table

    def _add_now(self, key: str) -> None:
        if self.tab.view is not None:
            self.add(key, self.tab.view)

    def show_view(self, view: "PlanView") -> None:
        """Fill the tables that were made."""
        for key, table in self.tables.items():
            table.set_rows(getattr(view, key))

    def heading(self, key: str, view: "PlanView") -> tuple[str, str]:
        """Title and note of a sub-page."""
        notes = {
            "objectives": f"{len(view.objectives)}, each with a commitment on both sides",
            "targets": f"{len(view.targets)}, by quarter: actual of target",
            "decisions": "one name decides",
            "actions": f"{len(view.actions)} from this plan",
            "risks": f"{len(view.risks)}",
            "thesis": "why this partnership, this year; the partner's own goals first",
        }
        return TITLES.get(key, key.capitalize()), notes[key]

    def add_words(self, key: str) -> str:
        """The verb that adds a row to a sub-page; nothing where there are no rows."""
        return ADDS.get(key, "")

    def add(self, key: str, view: "PlanView") -> None:
        """A new row with a name to be overwritten; the words ask for what is missing."""
        from partnerdesk.ops.joint import actions, plan_parts

        plan, today = view.plan.id, self.tab.desk.today()
        calls: dict[str, tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = {
            "objectives": (plan_parts.add_objective, (plan,), {"title": "New objective"}),
            "targets": (plan_parts.add_target, (plan,), {"label": "New target"}),
            "decisions": (plan_parts.add_decision, (plan,), {"decision": "New decision"}),
            "risks": (plan_parts.add_risk, (plan,), {"text": "New risk"}),
            "actions": (
                actions.add_action,
                (view.plan.partner,),
                {"text": "New action", "side": "vendor", "on": today, "plan": plan},
            ),
        }
        if key in calls:
            op, args, values = calls[key]
            self.tab.change(ADDS[key], op, *args, fields=values, then=lambda id: self._added(key, id))

    def _added(self, key: str, id: object) -> None:
        self._new = (key, id)

    def edit_new(self) -> None:
        """Open the editor on the row that was just added."""
        key, id = self._new
        if key and self.tables[key].isVisible() and self.tables[key].select(id):
            self._new = ("", None)
            self.tables[key].setFocus()
            self.tables[key].begin_edit()


def _id(row: Any) -> Any:
    return row.id
