"""The columns of a plan's people: stakeholders, and key accounts that both sides look after."""

from typing import Any

from partnerdesk.ui.screens.partner.plan.edits import PlanEdits
from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column

SIDES = {"vendor": "ours", "partner": "theirs", "customer": "customer"}
LEVELS = ("", "low", "medium", "high")
STRENGTHS = ("", "weak", "fair", "strong")
STANCES = {"": ("", ""), "champion": ("good", "Champion"), "supporter": ("up", "Supporter")}
STANCES |= {"neutral": ("", "Neutral"), "risk": ("warn", "Risk")}


def people(tab: ShownPlan) -> list[Column]:
    """Who counts: how much, how well we know them, when we last spoke; in one piece because it is a list of columns."""
    from partnerdesk.ops.joint.plan_governance import change_stakeholder as op

    edit, formats = PlanEdits(tab), tab.formats

    def text(field: str, title: str, width: int) -> Column:
        edits = edit.text(op, field, title.lower())
        return Column(field, title, lambda r: getattr(r, field), kind=kinds.MUTED, width=width, edit=edits)

    def level(field: str, title: str, choices: tuple[str, ...], width: int) -> Column:
        edits = edit.choice(op, field, title.lower(), choices)
        return Column(field, title, lambda r: getattr(r, field).capitalize(), width=width, edit=edits)

    return [
        Column("name", "Name", lambda r: r.name, kind=kinds.NAME, width=186, edit=edit.text(op, "name", "name")),
        side(tab, op, SIDES),
        text("role", "Role", 170),
        level("influence", "Influence", LEVELS, 92),
        level("relationship", "Relationship", STRENGTHS, 108),
        Column(
            "stance",
            "Stance",
            lambda r: STANCES[r.stance],
            kind=kinds.STATUS,
            width=118,
            edit=edit.choice(op, "stance", "stance", tuple(STANCES)),
        ),
        Column(
            "last",
            "Last contact",
            lambda r: r.last,
            formats.short_day,
            kinds.TEXT,
            104,
            edit=edit.day(op, "last_contact", "last contact"),
            says="Last contact, here or in a note",
        ),
        text("backup", "Backup", 160),
    ]


def side(tab: ShownPlan, op: Any, words: dict[str, str]) -> Column:
    """On whose side somebody is or something is done."""
    edits = PlanEdits(tab).words(op, "side", "side", words)
    return Column("side", "Side", lambda r: words[r.side], kind=kinds.MUTED, width=78, edit=edits)


def accounts(tab: ShownPlan) -> list[Column]:
    """Key accounts: what each side does there, and who; in one piece because it is a list of columns."""
    from partnerdesk.ops.joint.plan_governance import change_account as op

    edit = PlanEdits(tab)

    def pair(key: str, title: str, text: str, owner: str) -> Column:
        def get(row: Any) -> tuple[str, str, str]:
            name = getattr(row, owner)
            return getattr(row, text) or "\N{EN DASH}", name or "assign owner", "" if name else "warn"

        return Column(key, title, get, kind=kinds.PAIR, width=310, edit=edit.owned(op, text, owner, title.lower()))

    return [
        Column(
            "name",
            "Key account",
            lambda r: (r.name, r.note),
            kind=kinds.NAME,
            width=252,
            edit=edit.text(op, "name", "key account"),
        ),
        pair("ours", "Our part and owner", "vendor_part", "vendor_owner"),
        pair("theirs", "Their part and owner", "partner_part", "partner_owner"),
        Column(
            "cadence",
            "How often",
            lambda r: r.cadence.capitalize(),
            width=100,
            edit=edit.text(op, "cadence", "how often"),
        ),
        Column(
            "note",
            "Note",
            lambda r: r.note,
            kind=kinds.MUTED,
            width=150,
            hidden=True,
            edit=edit.text(op, "note", "note"),
        ),
    ]
