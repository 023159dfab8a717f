"""Taking an import back, after a person has answered for its rows that closed statements rest on.

They are kept, and count as before with the evidence why, or it is accepted that they vanished: then true-ups of what
was posted of them follow in the next open period. What no closed statement rests on needs no answer, and a partner with
closed statements stays with its balance.
"""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES, batch
from partnerdesk.models.vanished import ACCEPT, KEEP
from partnerdesk.ops import sentences
from partnerdesk.ops.imports.applying import LATER
from partnerdesk.ops.imports.undoing import Undone, undo_batch
from partnerdesk.ops.vanishing.answering import Answer, accepted_before, answered_with
from partnerdesk.ops.vanishing.describing import Place, described
from partnerdesk.queries.statements.resting import rested_on


def under_closed(session: Session, id: int) -> tuple[Place, ...]:
    """The rows of an import that closed statements rest on."""
    return tuple(sorted(_rested(session, id)))


def take_back(session: Session, id: int, *, given: Answer = LATER, by: str = "") -> Undone:
    """Takes an import back. Raises Refused where closed statements rest on its rows and nothing is answered, and what
    `undo_batch` raises."""
    given.checked()
    rested = _rested(session, id)
    if not rested:
        return undo_batch(session, id)
    missing = f"import B-{id:04d} of {session.scalar(select(batch.c.file).where(batch.c.id == id))}"
    if given.answer == KEEP:
        undone = undo_batch(session, id, stay=frozenset(rested))
        answered_with(session, described(session, rested), missing, given, by=by)
        return undone
    if given.answer != ACCEPT:
        rows = sentences.count(len(rested), "row")
        sentence = f"{rows} of {missing} stand{'s' if len(rested) == 1 else ''} under closed statements."
        raise Refused(sentence, "Keep them, with the evidence, or accept that they vanished.")
    partners = frozenset(place for place in rested if place[0] == "partner")  # a balance stays somebody's
    accepted_before(session, described(session, rested.keys() - partners), missing, by=by)
    return undo_batch(session, id, stay=partners)


def _rested(session: Session, id: int) -> Mapping[Place, frozenset[str]]:
    own = {kind: set(session.scalars(select(table.c.id).where(table.c.batch == id))) for kind, table in TABLES.items()}
    return rested_on(session, {kind: ids for kind, ids in own.items() if ids})
