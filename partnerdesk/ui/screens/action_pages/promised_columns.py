"""The columns of the list of actions: who owes what until when, how old it is, and where it was promised."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.screens.period_words import period_words
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column, Edit
from partnerdesk.ui.typed_day import day_reader

if TYPE_CHECKING:
    from partnerdesk.queries.joint.action_list import ListedAction
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.screens.action_pages.acts import ActionActs

SIDES = {"vendor": "ours", "partner": "theirs"}
STATES = {
    "open": ("info", "Open"),
    "late": ("late", "Late"),
    "done": ("good", "Done"),
    "dropped": ("blocked", "Dropped"),
    "proposed": ("", "Proposed"),
}


def columns(formats: "Formats", acts: "ActionActs", names: Callable[[], tuple[str, ...]]) -> list[Column]:
    """An action a row, `names` being who may owe one; in one piece because it is a list of columns."""
    return [
        Column("text", "Action", lambda r: r.row.text, kind=kinds.NAME, width=252, edit=_text(acts)),
        Column(
            "partner", "Partner", lambda r: r.row.partner_name, kind=kinds.LINK, width=126, open_it=acts.open_partner
        ),
        Column("side", "Side", lambda r: SIDES[r.row.side], kind=kinds.MUTED, width=58, edit=_side(acts)),
        Column("owner", "Owner", _owner, kind=kinds.STATUS, width=118, edit=_owner_edit(acts, names)),
        Column("due", "Due", lambda r: r.row.due, formats.short_day, kinds.DATE, 72, edit=_due(acts, formats)),
        Column("state", "Status", state_words, kind=kinds.STATUS, width=106),
        Column("age", "Since", lambda r: r, lambda r: age_words(r, formats), kinds.MUTED, 112, sort=lambda r: -r.age),
        Column(
            "source", "From", lambda r: source_words(r, formats), kind=kinds.LINK, width=128, open_it=acts.open_source
        ),
        Column("outcome", "Outcome", _outcome, kind=kinds.MUTED, width=86),
        Column("evidence", "Evidence", lambda r: r.row.evidence, kind=kinds.MUTED, width=80, edit=_evidence(acts)),
        Column("measure", "Shown by", lambda r: r.row.measure, kind=kinds.MUTED, hidden=True, edit=_measure(acts)),
    ]


def _owner(row: "ListedAction") -> tuple[str, str]:
    """Who owes it; what nobody owes any more needs no owner."""
    is_owed = row.row.is_open or row.row.is_proposed
    return ("", row.row.owner) if row.row.owner or not is_owed else ("warn", "assign owner")


def _outcome(row: "ListedAction") -> str:
    """What it waits for, how it ended or why it will not be done."""
    found = row.row
    return f"waits for {found.waiting}" if found.waiting and found.is_open else found.outcome


def state_words(row: "ListedAction") -> tuple[str, str]:
    """The status with how many days it is late."""
    kind, words = STATES[row.row.state]
    if row.row.waiting and row.row.is_open and not row.row.days_late:
        return "info", f"Waits: {row.row.waiting}"
    return kind, f"{words}, {row.row.days_late} d" if row.row.days_late else words


def age_words(row: "ListedAction", formats: "Formats") -> str:
    """When it was first promised, and how often it was carried over since."""
    times = f", moved {row.carried}\N{MULTIPLICATION SIGN}" if row.carried else ""
    return f"{formats.short_day(row.since)}{times}"


def source_words(row: "ListedAction", formats: "Formats") -> str:
    """Where it was promised."""
    found = row.row
    if found.source == "review" and found.quarter:
        return f"Review {period_words(found.quarter, formats)}"
    named = {"playbook": found.playbook or "Playbook", "dispute": f"Dispute {found.dispute}", "need": found.need}
    usual = {"plan": "Joint plan", "note": "Note", "review": "Review", "deal": "Deal", "renewal": "Renewal"}
    return named.get(found.source) or usual.get(found.source, "")


# Editing in the cell


def _text(acts: "ActionActs") -> Edit:
    return Edit(lambda r: str(r.row.text), str.strip, lambda r, value: acts.change(r, "text", value))


def _measure(acts: "ActionActs") -> Edit:
    return Edit(lambda r: str(r.row.measure), str.strip, lambda r, value: acts.change(r, "measure", value))


def _evidence(acts: "ActionActs") -> Edit:
    return Edit(lambda r: str(r.row.evidence), str.strip, acts.change_evidence)


def _owner_edit(acts: "ActionActs", names: Callable[[], tuple[str, ...]]) -> Edit:
    """Those who owe something are offered, and the beginning of one name is enough."""

    def parse(typed: str) -> str:
        wanted = typed.strip().casefold()
        found = [name for name in names() if wanted and name.casefold().startswith(wanted)]
        return found[0] if len(found) == 1 else typed.strip()

    def commit(row: Any, owner: str) -> None:
        acts.reassign([row], owner)

    return Edit(lambda r: str(r.row.owner), parse, commit, choices_for=lambda _row: names())


def _side(acts: "ActionActs") -> Edit:
    words = {said: side for side, said in SIDES.items()}

    def parse(typed: str) -> str:
        if typed.strip().casefold() not in words:
            raise ValueError("Write ours or theirs")
        return words[typed.strip().casefold()]

    choices = tuple(words)
    return Edit(lambda r: SIDES[r.row.side], parse, lambda r, side: acts.hand_over([r], side), choices=choices)


def _due(acts: "ActionActs", formats: "Formats") -> Edit:
    def shown(row: Any) -> str:
        return formats.day(row.row.due) if row.row.due is not None else ""

    return Edit(shown, day_reader(acts.today, formats), acts.change_due)
