"""The columns of how both sides govern a plan: ladder, escalations, rhythm, the 90-day motion, files by reference."""

from typing import Any

from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.partner.plan.edits import PlanEdits
from partnerdesk.ui.screens.partner.plan.ladder import Ladder
from partnerdesk.ui.screens.partner.plan.people_columns import side
from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column

CADENCES = ("weekly", "monthly", "quarterly", "yearly")
SIDES = {"vendor": "ours", "partner": "theirs"}


def ladder(tab: ShownPlan) -> list[Column]:
    """Who takes an escalation on at a level, and within how many days."""
    from partnerdesk.ops.joint.plan_governance import change_level as op

    edit = PlanEdits(tab)
    return [
        Column("level", "Level", lambda r: f"Level {r.level}", kind=kinds.NAME, width=100),
        Column(
            "days",
            "Within",
            lambda r: r.days,
            lambda d: plural(d, "day"),
            kinds.NUMBER,
            84,
            edit=edit.count(op, "days", "days"),
        ),
        Column("who", "Who settles it", lambda r: r.who, width=280, edit=edit.text(op, "who", "who settles it")),
        Column("vendor", "Ours", lambda r: r.vendor, width=190, edit=edit.person(op, "vendor", "name")),
        Column("partner", "Theirs", lambda r: r.partner, width=190, edit=edit.person(op, "partner", "name")),
    ]


def escalations(tab: ShownPlan) -> list[Column]:
    """What is escalated, at which level it stands, and until when its clock runs."""
    formats = tab.formats

    def clock(row: Any) -> tuple[str, str]:
        if not row.is_open:
            return "good", "Settled"
        if row.days_over:
            return "late", f"{plural(row.days_over, 'day')} over"
        left = (row.answer_by - row.as_of).days
        return ("warn", "Due today") if not left else ("info", f"{plural(left, 'day')} left")

    def settle(row: Any) -> str | None:
        return "Settle…" if row.is_open else None

    return [
        Column("text", "Escalated", lambda r: r.text, kind=kinds.NAME, width=330),
        Column("level", "Level", lambda r: r.level, kind=kinds.NUMBER, width=60),
        Column("owner", "With", lambda r: r.owner, width=170),
        Column("raised", "Raised", lambda r: r.raised_on, formats.short_day, kinds.TEXT, 84),
        Column("answer", "Answer by", lambda r: r.answer_by, formats.short_day, kinds.TEXT, 92),
        Column("clock", "Clock", clock, kind=kinds.STATUS, width=130),
        Column("next", "Next", settle, kind=kinds.LINK, width=90, open_it=Ladder(tab).settle, search=False),
        Column("outcome", "What came of it", lambda r: r.outcome or r.steps[-1].words, kind=kinds.MUTED, width=200),
    ]


def rhythm(tab: ShownPlan) -> list[Column]:
    """Which meetings there are, and what is looked at where."""
    from partnerdesk.ops.joint.plan_governance import change_rhythm as op

    edit = PlanEdits(tab)

    def how_often(row: Any) -> str:
        return f"{row.cadence.capitalize()}{', optional' if row.optional else ''}"

    return [
        Column(
            "meeting",
            "Meeting",
            lambda r: r.meeting,
            kind=kinds.NAME,
            width=190,
            edit=edit.text(op, "meeting", "meeting"),
        ),
        Column("cadence", "How often", how_often, width=140, edit=edit.choice(op, "cadence", "cadence", CADENCES)),
        Column(
            "minutes",
            "Minutes",
            lambda r: r.minutes,
            kind=kinds.NUMBER,
            width=76,
            edit=edit.count(op, "minutes", "minutes"),
        ),
        Column("who", "Who", lambda r: r.who, kind=kinds.MUTED, width=300, edit=edit.text(op, "who", "who")),
        Column(
            "covers",
            "What is looked at",
            lambda r: r.covers,
            width=380,
            edit=edit.text(op, "covers", "what is looked at"),
        ),
    ]


def motion(tab: ShownPlan) -> list[Column]:
    """The next three months, week by week; in one piece because it is a list of columns."""
    from partnerdesk.ops.joint.plan_governance import change_motion as op

    edit, formats = PlanEdits(tab), tab.formats

    def state(row: Any) -> tuple[str, str]:
        if row.done_on:
            return "good", f"Done {formats.short_day(row.done_on)}"
        ended = (tab.desk.today() - row.week).days
        return ("late", "Late") if ended > 6 else ("info", "This week") if ended >= 0 else ("", "Ahead")

    return [
        Column(
            "week", "Week of", lambda r: r.week, formats.short_day, kinds.DATE, 96, edit=edit.day(op, "week", "week")
        ),
        Column(
            "text", "What happens", lambda r: r.text, kind=kinds.NAME, width=470, edit=edit.text(op, "text", "line")
        ),
        side(tab, op, SIDES),
        Column("owner", "Owner", lambda r: r.owner, width=190, edit=edit.person(op, "owner", "owner")),
        Column("state", "Status", state, kind=kinds.STATUS, width=140),
    ]


def attachments(tab: ShownPlan) -> list[Column]:
    """Files and pages by their place; only a click opens one, after asking."""
    from partnerdesk.ops.joint.plan_governance import change_attachment as op

    edit, formats = PlanEdits(tab), tab.formats
    return [
        Column(
            "title", "File or page", lambda r: r.title, kind=kinds.NAME, width=230, edit=edit.text(op, "title", "title")
        ),
        Column("place", "Where it lies", lambda r: r.place, width=430, edit=edit.text(op, "place", "place")),
        Column(
            "about",
            "What it is",
            lambda r: r.about,
            kind=kinds.MUTED,
            width=300,
            edit=edit.text(op, "about", "what it is"),
        ),
        Column("added", "Added", lambda r: r.added, formats.day, kinds.TEXT, 110),
    ]
