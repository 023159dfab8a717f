"""Sessions and clinics: the session is a fact of the partner's, as any activity is; who was there is kept beside it."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Activity
from partnerdesk.errors import Refused
from partnerdesk.models.enablement import RESULTS, attendance
from partnerdesk.models.facts import TABLES
from partnerdesk.ops import edits, sentences
from partnerdesk.ops.rows.facts import add_rows, remove_row
from partnerdesk.ops.rows.numbers import next_id
from partnerdesk.ops.vanishing.by_hand import before_removal
from partnerdesk.queries.enablement.pathways import SESSION_KINDS


def log_session(
    session: Session,
    partner: str,
    *,
    day: date,
    title: str,
    kind: str = "training",
    people: Mapping[str, str] | Iterable[str] = (),
    verified_by: str = "",
    evidence: str = "",
    by: str = "",
) -> str:
    """A session of a partner with those who attended, or with a result for each; returns the fact's id."""
    title = edits.required(title, "A session needs its topic.")
    if kind not in SESSION_KINDS:
        raise Refused(f"“{kind}” is no kind of session.", f"Choose {sentences.listed(SESSION_KINDS)}.")
    fact = Activity(
        id=next_id(session, "activity"),
        partner=partner,
        kind=kind,
        title=title,
        day=day,
        known_on=day,
        verified_by=verified_by.strip(),
        evidence=evidence.strip(),
    )
    (id,) = add_rows(session, [fact], by=by)
    results = people if isinstance(people, Mapping) else dict.fromkeys(people, "attended")
    for person, result in results.items():
        add_attendee(session, id, person, result)
    return id


def add_attendee(session: Session, activity: str, person: str, result: str = "attended") -> int:
    """Somebody was in a session, or had a place there; returns the row's id."""
    person = edits.required(person, "Name who was there.")
    _known(result)
    found = TABLES["activity"].c
    partner = session.scalar(select(found.partner).where(found.id == activity))
    if partner is None:
        raise Refused("There is no such session of a partner.", "Look at the list again; it may have been removed.")
    same = (attendance.c.activity == activity, attendance.c.person == person)
    if session.scalar(select(attendance.c.id).where(*same)) is not None:
        raise Refused(f"{person} is on the list of this session already.")
    return edits.add(session, attendance, partner=partner, activity=activity, person=person, result=result)


def add_attendees(session: Session, activity: str, people: Iterable[str], result: str = "attended") -> int:
    """Several people were in a session; returns how many."""
    return len([add_attendee(session, activity, person, result) for person in people])


def set_result(session: Session, id: int, result: str) -> None:
    """How somebody left a session: attended, passed, failed or absent."""
    _known(result)
    row = edits.present(session, attendance, id, "attendance")
    edits.change(session, attendance, row, "attendance", {}, {"result": result})


def remove_attendee(session: Session, id: int) -> None:
    """Takes somebody off the list of a session."""
    edits.present(session, attendance, id, "attendance")
    edits.remove(session, attendance, id)


def remove_session(session: Session, activity: str, *, accepted: bool = False, by: str = "") -> None:
    """Removes a session with its list. Raises Refused where other facts name it, and where closed statements rest on it
    and that was not accepted."""
    before_removal(session, "activity", activity, accepted=accepted, by=by)
    session.execute(delete(attendance).where(attendance.c.activity == activity))
    remove_row(session, "activity", activity)


def _known(result: str) -> None:
    if result not in RESULTS:
        raise Refused(f"“{result}” is no result.", f"Choose {sentences.listed(RESULTS)}.")
