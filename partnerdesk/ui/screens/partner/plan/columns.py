"""The columns of a plan's tables: objectives, decision rights, actions, risks."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.partner.plan.edits import PlanEdits, places
from partnerdesk.ui.screens.partner.plan.ladder import Ladder
from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats

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
FUNDING = ("co-marketing", "SPIFF", "headcount", "own budget")
LEVELS = ("", "low", "medium", "high")


def objectives(tab: ShownPlan) -> list[Column]:
    """Both sides' commitments beside each other; an owner that is missing is the warm spot of the page.

    It stays in one piece because it is a list of columns that is read from top to bottom.
    """
    from partnerdesk.ops.joint.plan_parts import change_objective as op
    from partnerdesk.ops.joint.plan_parts import report_objective

    edit, formats = PlanEdits(tab), tab.formats

    def pair(text: str, owner: str) -> Any:
        def get(row: Any) -> tuple[str, str, str]:
            name = getattr(row, owner)
            return getattr(row, text) or "\N{EN DASH}", name or "assign owner", "" if name else "warn"

        return get

    ours, theirs = ("vendor_commitment", "vendor_owner"), ("partner_commitment", "partner_owner")
    return [
        Column(
            "title",
            "Objective and metric",
            lambda r: (r.title, r.metric),
            kind=kinds.NAME,
            width=262,
            edit=edit.text(op, "title", "objective"),
        ),
        Column(
            "actual",
            "Actual",
            lambda r: _reached(r, formats),
            kind=kinds.PROGRESS,
            width=112,
            edit=edit.reached(report_objective),
        ),
        Column(
            "ours",
            "Our commitment and owner",
            pair(*ours),
            kind=kinds.PAIR,
            width=272,
            edit=edit.owned(op, *ours, "our commitment"),
        ),
        Column(
            "theirs",
            "Their commitment and owner",
            pair(*theirs),
            kind=kinds.PAIR,
            width=272,
            edit=edit.owned(op, *theirs, "their commitment"),
        ),
        Column("due", "Due", lambda r: r.due, formats.short_day, kinds.TEXT, 76, edit=edit.day(op, "due", "due day")),
        Column(
            "status",
            "Status",
            lambda r: (OBJECTIVE.get(r.status, ""), r.status.capitalize()),
            kind=kinds.STATUS,
            width=130,
            edit=edit.state(report_objective),
        ),
        Column(
            "metric",
            "Metric",
            lambda r: r.metric,
            kind=kinds.MUTED,
            width=170,
            hidden=True,
            edit=edit.text(op, "metric", "metric"),
        ),
        Column(
            "why", "Why", lambda r: r.why, kind=kinds.MUTED, width=240, hidden=True, edit=edit.text(op, "why", "reason")
        ),
        Column(
            "funding",
            "Funded by",
            lambda r: r.funding,
            kind=kinds.MUTED,
            width=130,
            hidden=True,
            edit=edit.text(op, "funding", "funding", FUNDING),
        ),
        Column("links", "Works on", lambda r: works_on(tab, r), kind=kinds.MUTED, width=260, hidden=True),
    ]


def works_on(tab: ShownPlan, row: Any) -> str:
    """The gaps and deals that an objective works on."""
    view = tab.view
    return "; ".join(link.words for link in view.links if link.objective == row.id) if view is not None else ""


def _reached(row: Any, formats: "Formats") -> tuple[str, float | None] | None:
    """What an objective has reached; a person writes both numbers, so a percent is written as it is said."""

    def said(value: Decimal | None) -> str:
        return "\N{EN DASH}" if value is None else formats.number(value, places(value))

    unit = "%" if row.unit == "%" else ""
    if row.target is None:
        return None if row.actual is None else (said(row.actual) + unit, None)
    words = f"{said(row.actual)} of {said(row.target)}{unit}"
    return words, float((row.actual or Decimal(0)) / row.target) if row.target else None


def decisions(tab: ShownPlan) -> list[Column]:
    """One name decides, within so many days; in one piece because it is a list of columns."""
    from partnerdesk.ops.joint.plan_parts import change_decision as op

    edit = PlanEdits(tab)
    return [
        Column(
            "decision",
            "Decision",
            lambda r: r.decision,
            kind=kinds.NAME,
            width=240,
            edit=edit.text(op, "decision", "decision"),
        ),
        _owner(edit, op, "accountable", "Decides"),
        Column(
            "consulted",
            "Consulted",
            lambda r: r.consulted,
            kind=kinds.MUTED,
            width=170,
            edit=edit.text(op, "consulted", "consulted"),
        ),
        Column(
            "informed",
            "Informed",
            lambda r: r.informed,
            kind=kinds.MUTED,
            width=150,
            edit=edit.text(op, "informed", "informed"),
        ),
        Column(
            "limit",
            "Answer in",
            lambda r: r.limit_days,
            lambda d: plural(d, "day"),
            kinds.NUMBER,
            84,
            edit=edit.count(op, "limit_days", "time limit"),
        ),
        Column(
            "fallback",
            "When nobody answers",
            lambda r: r.fallback,
            width=280,
            edit=edit.text(op, "fallback", "fallback"),
        ),
    ]


def _owner(edit: PlanEdits, op: Any, field: str, title: str) -> Column:
    def get(row: Any) -> tuple[str, str]:
        name = getattr(row, field)
        return ("", name) if name else ("warn", "assign owner")

    return Column(field, title, get, kind=kinds.STATUS, width=170, edit=edit.person(op, field, title.lower()))


def actions(tab: ShownPlan) -> list[Column]:
    """What was promised from this plan."""
    from partnerdesk.ops.joint.actions import change_action as op

    edit, formats = PlanEdits(tab), tab.formats
    return [
        Column("text", "Action", lambda r: r.text, kind=kinds.NAME, width=420, edit=edit.text(op, "text", "action")),
        Column("side", "Side", lambda r: "ours" if r.side == "vendor" else "theirs", kind=kinds.MUTED, width=90),
        _owner(edit, op, "owner", "Owner"),
        Column("due", "Due", lambda r: r.due, formats.short_day, kinds.TEXT, 90, edit=edit.day(op, "due", "due day")),
        Column("state", "Status", lambda r: ACTION[r.state], kind=kinds.STATUS, width=120),
        Column("outcome", "Outcome", lambda r: r.came_of_it, kind=kinds.MUTED, width=200),
    ]


def risks(tab: ShownPlan) -> list[Column]:
    """What may go wrong, and what is done about it."""
    from partnerdesk.ops.joint.plan_parts import change_risk as op

    edit, ladder = PlanEdits(tab), Ladder(tab)

    def escalated(row: Any) -> str:
        return "escalated" if ladder.is_escalated(row) else "Escalate"

    def level(field: str) -> Column:
        edits = edit.choice(op, field, field, LEVELS)
        return Column(field, field.capitalize(), lambda r: getattr(r, field), kind=kinds.MUTED, width=88, edit=edits)

    return [
        Column("text", "Risk", lambda r: r.text, kind=kinds.NAME, width=304, edit=edit.text(op, "text", "risk")),
        level("likelihood"),
        level("impact"),
        Column("trigger", "Trigger", lambda r: r.trigger, width=184, edit=edit.text(op, "trigger", "trigger")),
        Column(
            "mitigation",
            "Mitigation",
            lambda r: r.mitigation,
            width=244,
            edit=edit.text(op, "mitigation", "mitigation"),
        ),
        Column("owner", "Owner", lambda r: r.owner, width=134, edit=edit.person(op, "owner", "owner")),
        Column("next", "Ladder", escalated, kind=kinds.LINK, width=84, open_it=ladder.escalate, search=False),
    ]
