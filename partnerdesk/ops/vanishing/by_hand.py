"""Removing a row by hand that closed statements rest on: somebody accepts that it goes, and the true-up says why."""

from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.ops.rows.fact_checks import named
from partnerdesk.ops.vanishing.answering import accepted_before
from partnerdesk.ops.vanishing.describing import described
from partnerdesk.queries.statements.resting import rested_on

BY_HAND = "the book, removed by hand"


def before_removal(session: Session, kind: str, id: str, *, accepted: bool, by: str) -> None:
    """Called before a row is removed. Raises Refused where closed statements rest on it and nobody accepted that."""
    if not rested_on(session, {kind: {id}}):
        return
    if not accepted:
        sentence = f"Closed statements rest on this {named(kind)}."
        raise Refused(sentence, "Accept that it goes (--accept); the next statement corrects what they posted.")
    accepted_before(session, described(session, [(kind, id)]), BY_HAND, by=by)
