"""Removing a row by hand: somebody accepts it where closed statements rest on it, and a file that has it asks later."""

from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.ops.rows.fact_checks import named
from partnerdesk.ops.rows.facts import TYPED
from partnerdesk.ops.vanishing.answering import accepted_before
from partnerdesk.ops.vanishing.describing import described
from partnerdesk.queries.statements.resting import rested_on

BY_HAND = "the book, removed by hand"


def before_removal(session: Session, kind: str, id: str, *, accepted: bool = False, by: str = "") -> None:
    """Called before a row is removed: one that a file brought is remembered, so that the file asks before it returns.

    Raises Refused where closed statements rest on it and nobody accepted that.
    """
    rests = bool(rested_on(session, {kind: {id}}))
    if rests and not accepted:
        sentence = f"Closed statements rest on this {named(kind)}."
        raise Refused(sentence, "Accept that it goes (--accept); the next statement corrects what they posted.")
    rows = [row for row in described(session, [(kind, id)]) if rests or row.system != TYPED]
    accepted_before(session, rows, BY_HAND, by=by, asks=True)
