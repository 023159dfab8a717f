"""The tables of a plan's sub-pages: objectives, targets, decisions, actions, risks; cells are edited in place."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from partnerdesk.ui import table as kinds
from partnerdesk.ui.table import Column, Edit
from partnerdesk.ui.table_view import DataTable
from partnerdesk.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from partnerdesk.queries.plans import PlanView
    from partnerdesk.ui.screens.partner.plan import PlanTab

OBJECTIVE = {
    "on track": "good",
    "in progress": "info",
    "at risk": "warn",
    "done": "good",
    "dropped": "blocked",
}
ACTION = {
    "open": ("info", "Open"),
    "late": ("late", "Late"),
    "done": ("good", "Done"),
    "dropped": ("blocked", "Dropped"),
    "proposed": ("", "Proposed"),
}
ADDS = {
    "objectives": "Add objective",
    "targets": "Add target",
    "decisions": "Add decision",
    "actions": "Add action",
    "risks": "Add risk",
}


class PlanTables:
    """Makes the tables once and fills them from a view."""

    def __init__(self, tab: "PlanTab") -> None:
        self.tab = tab
        makers = {
            "objectives": self._objectives,
            "targets": self._targets,
            "decisions": self._decisions,
            "actions": self._actions,
            "risks": self._risks,
        }
        self.tables = {key: self._table(key, make()) for key, make in makers.items()}

    def _table(self, key: str, columns: list[Column]) -> DataTable:
        table = DataTable(f"plan.{key}", columns, key=lambda r: r.id, state=self.tab.shell.state, says=key.capitalize())
        verb = ADDS[key]
        table.set_empty(
            lambda: Empty(f"No {key} yet", "Nothing is written down here.", (verb, lambda: self._add_now(key)))
        )
        table.summed.connect(self.tab.shell.status)
        return table

    def _add_now(self, key: str) -> None:
        if self.tab.view is not None:
            self.add(key, self.tab.view)

    def show_view(self, view: "PlanView") -> None:
        """Fill all tables."""
        for key, rows in (
            ("objectives", view.objectives),
            ("targets", view.targets),
            ("decisions", view.decisions),
            ("actions", view.actions),
            ("risks", view.risks),
        ):
            self.tables[key].set_rows(rows)

    def heading(self, key: str, view: "PlanView") -> tuple[str, str]:
        """Title and note of a sub-page."""
        counts = {
            "objectives": (f"{len(view.objectives)}, each with a commitment on both sides"),
            "targets": f"{len(view.targets)}, per quarter",
            "decisions": "one name decides",
            "actions": f"{len(view.actions)} from this plan",
            "risks": f"{len(view.risks)}",
            "thesis": "why this partnership, this year; the partner's own goals first",
        }
        titles = {"decisions": "Decision rights", "risks": "Risks and escalations"}
        return titles.get(key, key.capitalize()), counts[key]

    def add_words(self, key: str) -> str:
        return ADDS.get(key, "")

    # Columns

    def _edit(
        self,
        op: Callable[..., Any],
        field: str,
        label: str,
        parse: Callable[[str], Any] = str.strip,
        text: Callable[[Any], str] | None = None,
        long: bool = False,
    ) -> Edit:
        """Inline editing of a field; the op hears what the editor saw."""

        def shown(row: Any) -> str:
            return text(getattr(row, field)) if text is not None else str(getattr(row, field) or "")

        def commit(row: Any, value: Any) -> None:
            self.tab.change(f"Edit {label}", op, row.id, {field: getattr(row, field)}, **{field: value})

        return Edit(shown, parse, commit, long=long)

    def _day(self, text: str) -> Any:
        return self.tab.formats.parse_day(text) if text.strip() else None

    def _day_text(self, value: Any) -> str:
        return self.tab.formats.day(value) if value else ""

    def _owner(self, key: str, title: str, field: str, op: Callable[..., Any]) -> Column:
        """An owner's name; an empty one is the warm spot of the page."""

        def get(row: Any) -> tuple[str, str]:
            name = getattr(row, field)
            return ("", name) if name else ("warn", "assign owner")

        return Column(key, title, get, kind=kinds.STATUS, width=130, edit=self._edit(op, field, title.lower()))

    def _objectives(self) -> list[Column]:
        from partnerdesk.ops.plan_parts import change_objective as op

        formats = self.tab.formats
        return [
            Column(
                "title",
                "Objective",
                lambda r: r.title,
                kind=kinds.NAME,
                width=210,
                edit=self._edit(op, "title", "objective"),
            ),
            Column(
                "metric",
                "Metric",
                lambda r: r.metric,
                kind=kinds.MUTED,
                width=130,
                edit=self._edit(op, "metric", "metric"),
            ),
            Column(
                "ours",
                "Our commitment",
                lambda r: r.vendor_commitment,
                width=190,
                edit=self._edit(op, "vendor_commitment", "our commitment"),
            ),
            self._owner("our_owner", "Our owner", "vendor_owner", op),
            Column(
                "theirs",
                "Their commitment",
                lambda r: r.partner_commitment,
                width=190,
                edit=self._edit(op, "partner_commitment", "their commitment"),
            ),
            self._owner("their_owner", "Their owner", "partner_owner", op),
            Column(
                "due",
                "Due",
                lambda r: r.due,
                formats.short_day,
                kinds.DAY,
                80,
                edit=self._edit(op, "due", "due", self._day, self._day_text),
            ),
            Column(
                "status",
                "Status",
                lambda r: (OBJECTIVE.get(r.status, ""), r.status.capitalize()),
                kind=kinds.STATUS,
                width=120,
            ),
        ]

    def _targets(self) -> list[Column]:
        from partnerdesk.ops.plan_parts import change_target as op

        columns = [
            Column(
                "label", "Target", lambda r: r.label, kind=kinds.NAME, width=220, edit=self._edit(op, "label", "target")
            ),
            Column("unit", "Unit", lambda r: r.unit, kind=kinds.MUTED, width=70),
            Column(
                "source",
                "Source",
                lambda r: "from the figures" if r.source == "auto" else "kept by hand",
                kind=kinds.MUTED,
                width=110,
            ),
            Column("baseline", "Baseline", lambda r: self._value(r.baseline, r), kind=kinds.TEXT, width=90),
        ]
        for n in range(4):
            columns.append(
                Column(f"q{n}", f"Q{n + 1}, actual of target", lambda r, n=n: self._quarter(r, n), width=150)  # type: ignore[misc]
            )
        return columns

    def _value(self, value: Any, row: Any) -> str:
        if value is None:
            return "\N{EN DASH}"
        formats = self.tab.formats
        return formats.percent(value, 0) if row.unit == "%" else formats.number(value, 0)

    def _quarter(self, row: Any, n: int) -> str:
        if n >= len(row.quarters):
            return ""
        quarter = row.quarters[n]
        return f"{self._value(quarter.actual, row)} of {self._value(quarter.value, row)}"

    def _decisions(self) -> list[Column]:
        from partnerdesk.ops.plan_parts import change_decision as op

        return [
            Column(
                "decision",
                "Decision",
                lambda r: r.decision,
                kind=kinds.NAME,
                width=230,
                edit=self._edit(op, "decision", "decision"),
            ),
            self._owner("accountable", "Decides", "accountable", op),
            Column(
                "consulted",
                "Consulted",
                lambda r: r.consulted,
                width=150,
                edit=self._edit(op, "consulted", "consulted"),
            ),
            Column(
                "informed", "Informed", lambda r: r.informed, width=150, edit=self._edit(op, "informed", "informed")
            ),
            Column("limit", "Answer in", lambda r: r.limit_days, lambda d: f"{d} days", kinds.NUMBER, 80),
            Column(
                "fallback", "When silent", lambda r: r.fallback, width=260, edit=self._edit(op, "fallback", "fallback")
            ),
        ]

    def _actions(self) -> list[Column]:
        from partnerdesk.ops.actions import change_action as op

        formats = self.tab.formats
        return [
            Column(
                "text", "Action", lambda r: r.text, kind=kinds.NAME, width=330, edit=self._edit(op, "text", "action")
            ),
            Column("side", "Side", lambda r: "ours" if r.side == "vendor" else "theirs", kind=kinds.MUTED, width=70),
            self._owner("owner", "Owner", "owner", op),
            Column(
                "due",
                "Due",
                lambda r: r.due,
                formats.short_day,
                kinds.DAY,
                80,
                edit=self._edit(op, "due", "due", self._day, self._day_text),
            ),
            Column("state", "Status", lambda r: ACTION[r.state], kind=kinds.STATUS, width=120),
        ]

    def _risks(self) -> list[Column]:
        from partnerdesk.ops.plan_parts import change_risk as op

        return [
            Column("text", "Risk", lambda r: r.text, kind=kinds.NAME, width=300, edit=self._edit(op, "text", "risk")),
            Column("likelihood", "Likelihood", lambda r: r.likelihood, kind=kinds.MUTED, width=90),
            Column("impact", "Impact", lambda r: r.impact, kind=kinds.MUTED, width=90),
            Column(
                "mitigation",
                "Mitigation",
                lambda r: r.mitigation,
                width=320,
                edit=self._edit(op, "mitigation", "mitigation"),
            ),
            Column("owner", "Owner", lambda r: r.owner, width=130, edit=self._edit(op, "owner", "owner")),
        ]

    # Adding

    def add(self, key: str, view: "PlanView") -> None:
        """A new row with a name to be overwritten; the words ask for what is missing."""
        from partnerdesk.ops import actions, plan_parts

        plan, today = view.plan.id, self.tab.desk.today()
        calls: dict[str, tuple[str, Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = {
            "objectives": ("Add objective", plan_parts.add_objective, (plan,), {"title": "New objective"}),
            "targets": ("Add target", plan_parts.add_target, (plan,), {"label": "New target"}),
            "decisions": ("Add decision", plan_parts.add_decision, (plan,), {"decision": "New decision"}),
            "risks": ("Add risk", plan_parts.add_risk, (plan,), {"text": "New risk"}),
            "actions": (
                "Add action",
                actions.add_action,
                (view.plan.partner,),
                {"text": "New action", "side": "vendor", "on": today, "plan": plan},
            ),
        }
        if key in calls:
            label, op, args, values = calls[key]
            self.tab.change(label, op, *args, **values)
