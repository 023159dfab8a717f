"""Actions, which reviews call commitments: who promised what until when, and how it ended.

An action ends done or dropped with a reason; a late one is carried over to a new one with a new day. Nothing is
deleted once a review recorded it.
"""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.plans import SIDES, action
from partnerdesk.models.reviews import review as review_table
from partnerdesk.ops import edits

_NOT_EDITED = {"status", "ended_on", "outcome", "evidence", "partner", "review", "carried_from", "playbook_run"}


def add_action(
    session: Session,
    partner: str,
    *,
    text: str,
    side: str,
    on: date,
    owner: str = "",
    due: date | None = None,
    measure: str = "",
    plan: int | None = None,
    objective: int | None = None,
    review: int | None = None,
    note: int | None = None,
    contract: str | None = None,
    deal: str | None = None,
    dispute: str | None = None,
    need: str = "",
    carried_from: int | None = None,
    internal: bool = False,
    team: str = "",
    playbook_run: int | None = None,
    evidence: str = "",
) -> int:
    """Writes down an action of one side; returns its id. With `review` it is a commitment proposed there."""
    text = edits.required(text, "An action needs words.")
    _known(side)
    if review is not None:
        _open_review(session, review)
    said: dict[str, Any] = {"text": text, "side": side, "owner": owner, "team": team, "due": due, "measure": measure}
    said |= {"plan": plan, "objective": objective, "review": review, "note": note, "contract": contract}
    said |= {"deal": deal, "dispute": dispute, "need": need, "playbook_run": playbook_run}
    said |= {"carried_from": carried_from, "internal": internal, "evidence": evidence.strip()}
    return edits.add(session, action, partner=partner, status="open", created=on, **said)


def change_action(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes words, side, owner, day or measure of an open action as its editor saw it."""
    row = _open(session, id)
    forbidden = set(changes) & _NOT_EDITED
    if forbidden:
        raise TypeError(f"{', '.join(sorted(forbidden))} changes by completing, dropping or carrying over")
    if "text" in changes:
        edits.required(changes["text"], "An action needs words.")
    _known(changes.get("side", row["side"]))
    edits.change(session, action, row, "action", before, changes)


def complete_action(session: Session, id: int, *, on: date, outcome: str = "", evidence: str = "") -> None:
    """The action is done; `evidence` is what shows it, beside what was kept of it before."""
    _end(session, id, "done", on, outcome)
    if evidence.strip():
        show_evidence(session, id, {}, evidence=evidence)


def show_evidence(session: Session, id: int, before: Any, /, *, evidence: str) -> None:
    """What shows that an action was done, as far as it was; an empty text takes it back.

    It is written at any time, also after the end, because proof often comes later. What a held review showed stays.
    """
    row = edits.present(session, action, id, "action")
    edits.change(session, action, row, "action", before, {"evidence": evidence.strip()})


def drop_action(session: Session, id: int, *, on: date, reason: str) -> None:
    """The action will not be done, for a reason that the next review shows."""
    _end(session, id, "dropped", on, edits.required(reason, "A dropped action needs a reason."))


def reopen_action(session: Session, id: int) -> None:
    """A done or dropped action is open again."""
    row = edits.present(session, action, id, "action")
    if row["status"] == "open":
        raise Refused("This action is open already.")
    edits.change(session, action, row, "action", {}, {"status": "open", "ended_on": None, "outcome": ""})


def carry_over(session: Session, id: int, *, due: date, on: date, reason: str = "", review: int | None = None) -> int:
    """A new action with a later day takes over from an open one, which counts as slipped; returns the new id."""
    row = _open(session, id)
    if row["due"] is not None and due <= row["due"]:
        raise Refused("The new day is not after the old one.", "Choose a later day.")
    if reason:
        edits.change(session, action, row, "action", {}, {"outcome": reason})
    names = ["text", "side", "owner", "measure", "plan", "objective", "contract", "deal", "team", "playbook_run"]
    names += ["dispute", "need", "evidence"]
    kept = {name: row[name] for name in names}
    return add_action(
        session, row["partner"], on=on, due=due, review=review, carried_from=id, internal=row["internal"], **kept
    )


def remove_action(session: Session, id: int) -> None:
    """Removes an action that no review recorded and no other action took over."""
    row = _open(session, id)
    if row["review"] is not None and _status(session, row["review"]) == "held":
        raise Refused("A held review recorded this action.", "Drop it with a reason instead.")
    edits.remove(session, action, id)


def _end(session: Session, id: int, status: str, on: date, outcome: str) -> None:
    row = _open(session, id)
    if row["review"] is not None and _status(session, row["review"]) != "held":
        raise Refused(
            "This commitment is proposed in a review that was not held yet.", "Mark the review as held first."
        )
    edits.change(session, action, row, "action", {}, {"status": status, "ended_on": on, "outcome": outcome})


def _open(session: Session, id: int) -> Any:
    row = edits.present(session, action, id, "action")
    if row["status"] != "open":
        raise Refused(f"This action is {row['status']}.", "Reopen it first.")
    if session.scalar(select(action.c.id).where(action.c.carried_from == id)) is not None:
        raise Refused("A later action took over from this one.", "Change that one.")
    return row


def _open_review(session: Session, id: int) -> None:
    if _status(session, id) == "held":
        raise Refused("This review was held; its commitments stand.", "Add a plain action instead.")


def _status(session: Session, review: int) -> str:
    return str(edits.present(session, review_table, review, "review")["status"])


def _known(side: str) -> None:
    if side not in SIDES:
        raise Refused(f"“{side}” is no side.", "An action is the vendor's or the partner's.")
