"""The columns of a partner's enablement: people on pathways, certificates, sessions."""

from datetime import date
from typing import TYPE_CHECKING

from partnerdesk.queries.enablement.held import EXPIRED, EXPIRES, OPEN
from partnerdesk.queries.enablement.view import IN_FORCE, RAN_OUT, RUNS_OUT, RUNS_OUT_SOON
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column

if TYPE_CHECKING:
    from partnerdesk.queries.enablement.held import Held, StepState
    from partnerdesk.queries.enablement.view import OnPathway, SessionRow
    from partnerdesk.reports.format import Formats

STATES = {
    IN_FORCE: ("good", "In force"),
    RUNS_OUT_SOON: ("warn", "Ends within 90 days"),
    RUNS_OUT: ("info", "Ends within 180 days"),
    RAN_OUT: ("bad", "Ran out"),
}


def people(formats: "Formats") -> list[Column]:
    """A person on a pathway a row."""
    return [
        Column("person", "Person", lambda r: r.walker.person, kind=kinds.NAME, width=180),
        Column("pathway", "Pathway", lambda r: r.pathway.name, kind=kinds.MUTED, width=120),
        Column("done", "Done", lambda r: f"{r.walker.done} of {len(r.walker.steps)}", width=80),
        Column("holds", "Holds", _holds, width=300),
        Column("next", "Next", _next, kind=kinds.STATUS, width=270),
        Column("ends", "First to end", lambda r: _day_of(r.runs_out), formats.day, kinds.DAY, 110),
    ]


def certificates(formats: "Formats") -> list[Column]:
    """A certificate of a person a row, in force first by last day."""
    return [
        Column("person", "Person", lambda r: r.held.person, kind=kinds.NAME, width=200),
        Column("certificate", "Certificate", lambda r: r.held.title, width=250),
        Column("level", "Level", lambda r: r.held.level, kind=kinds.MUTED, width=120),
        Column("earned", "Earned", lambda r: r.held.earned, formats.day, kinds.DAY, 110),
        Column("expires", "Last day", lambda r: r.held.expires, formats.day, kinds.DAY, 110),
        Column("state", "State", lambda r: STATES[r.state], kind=kinds.STATUS, width=190),
    ]


def sessions(formats: "Formats") -> list[Column]:
    """A training or clinic a row, who was there below its topic."""
    return [
        Column("day", "Date", lambda r: r.day, formats.day, kinds.DATE, 104),
        Column("title", "Session", lambda r: (r.title, r.kind), kind=kinds.NAME, width=260),
        Column("people", "Who", _who, kind=kinds.PAIR, width=420, sort=lambda r: len(r.present)),
        Column("by", "Verified by", lambda r: r.verified_by, kind=kinds.MUTED, width=150),
        Column("evidence", "Evidence", lambda r: r.evidence, kind=kinds.MUTED, width=170),
    ]


def _holds(row: "OnPathway") -> str:
    return ", ".join(s.step.words for s in row.walker.steps if s.is_held)


def _next(row: "OnPathway") -> tuple[str, str]:
    waiting = next((s for s in row.walker.steps if s.state in (OPEN, EXPIRED)), None)
    if waiting is not None:
        return _waiting(waiting)
    ending = next((s for s in row.walker.steps if s.state == EXPIRES), None)
    return ("info", f"Renew {ending.step.words}") if ending is not None else ("good", "Through")


def _waiting(state: "StepState") -> tuple[str, str]:
    return ("warn", f"Renew {state.step.words}") if state.state == EXPIRED else ("info", f"Take {state.step.words}")


def _day_of(held: "Held | None") -> date | None:
    return held.expires if held is not None else None


def _who(row: "SessionRow") -> tuple[str, str, str]:
    if not row.people:
        return "No list", "", ""
    absent = [a.person for a in row.people if a.result == "absent"]
    named = ", ".join(a.person if a.result == "attended" else f"{a.person} ({a.result})" for a in row.present)
    return named or "Nobody", f"absent: {', '.join(absent)}" if absent else "", ""
