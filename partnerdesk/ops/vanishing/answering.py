"""What becomes of rows that are gone from their source: a person keeps them, or accepts that they are gone.

Kept, a row counts as before and carries the evidence why. Accepted, it leaves the book; of what closed statements
posted of it a true-up follows in the next open period, whose cause is named.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.vanished import ACCEPT, ASK, KEEP, WAITING, vanished_row
from partnerdesk.ops.edits import required
from partnerdesk.ops.vanishing import removing
from partnerdesk.ops.vanishing.describing import Described, Place

_DATED = "%Y-%m-%dT%H:%M:%SZ"
EVIDENCE = "A row that is kept names its evidence: the document, or who confirmed it."


@dataclass(frozen=True, slots=True)
class Answer:
    """keep, accept or "" for later; `evidence` goes with keep."""

    answer: str = WAITING
    evidence: str = ""

    def checked(self) -> "Answer":
        """Raises Refused where it is none, or keeps without evidence."""
        if self.answer not in (WAITING, KEEP, ACCEPT):
            raise Refused(f"“{self.answer}” is no answer.", f"Choose {KEEP} or {ACCEPT}.")
        if self.answer == KEEP:
            required(self.evidence, EVIDENCE)
        return self


def mark(session: Session, rows: Sequence[Described], missing: str, *, by: str) -> list[int]:
    """Marks rows as gone from `missing`, a question each; returns their numbers."""
    at = datetime.now(UTC).strftime(_DATED)
    values = [
        {"kind": r.kind, "fact": r.id, "system": r.system, "key": r.key, "says": r.says, "source": r.source}
        | {"partners": json.dumps(r.partners), "missing": missing, "at": at, "by": by}
        for r in rows
    ]
    made = insert(vanished_row).returning(vanished_row.c.id)
    return [int(session.execute(made, one).scalar_one()) for one in values]


def keep_rows(session: Session, ids: Sequence[int], *, evidence: str, by: str) -> None:
    """They stay and count as before, gone from their source or not. Raises Refused without evidence."""
    said = required(evidence, EVIDENCE)
    _waiting(session, ids)
    _answer(session, ids, answer=KEEP, evidence=said, by=by)


def accept_rows(session: Session, ids: Sequence[int], *, by: str) -> None:
    """They leave the book with what is part of them. Raises Refused where another row still names one of them."""
    places = _waiting(session, ids)
    removing.remember(session, places)
    removing.remove(session, list(places.values()))
    _answer(session, ids, answer=ACCEPT, evidence="", by=by, stays_out=ASK)


def answered_with(session: Session, rows: Sequence[Described], missing: str, given: Answer, *, by: str) -> None:
    """Marks rows as gone, and answers at once where an answer is given; it is meant for those there are."""
    if not rows:
        return
    ids = mark(session, rows, missing, by=by)
    if given.answer == KEEP:
        keep_rows(session, ids, evidence=given.evidence, by=by)
    elif given.answer == ACCEPT:
        accept_rows(session, ids, by=by)


def accepted_before(session: Session, rows: Sequence[Described], missing: str, *, by: str, asks: bool = False) -> None:
    """Marks rows as accepted that are about to leave the book by another step, such as an import taken back.

    With `asks` a file that still holds them asks before they come back.
    """
    ids = mark(session, rows, missing, by=by)
    removing.remember(session, {id: (row.kind, row.id) for id, row in zip(ids, rows, strict=True)})
    _answer(session, ids, answer=ACCEPT, evidence="", by=by, stays_out=ASK if asks else "")


def _answer(session: Session, ids: Sequence[int], *, answer: str, evidence: str, by: str, stays_out: str = "") -> None:
    if not ids:
        return
    values: dict[str, Any] = {"answer": answer, "evidence": evidence, "answered_by": required(by, "Who answers?")}
    values["stays_out"] = stays_out
    values["answered_at"] = datetime.now(UTC).strftime(_DATED)
    for id in ids:
        session.execute(update(vanished_row).where(vanished_row.c.id == id).values(**values))


def _waiting(session: Session, ids: Sequence[int]) -> Mapping[int, Place]:
    """The rows of these questions. Raises Refused where one is unknown, or answered with anything but keep."""
    row = vanished_row.c
    found: dict[int, Place] = {}
    for id in ids:
        one = session.execute(select(row.kind, row.fact, row.answer).where(row.id == id)).one_or_none()
        if one is None:
            raise Refused(f"There is no row {id} that is gone.", "Look at the list again.")
        if one.answer == ACCEPT:
            raise Refused(f"Row {id} was accepted as gone.", "Undo that step, or import the row again.")
        found[id] = one.kind, one.fact
    if not found:
        raise Refused("No row is chosen.", "Choose those to answer for.")
    return found
