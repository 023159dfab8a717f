"""Which payments came with a file that was read after a payment run was released."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.facts import TABLES, batch
from partnerdesk.queries.payments.runs import runs


def learned_after(session: Session) -> dict[str, frozenset[str]]:
    """Number of a run -> the ids of the payments of later files: the run could not know of them, whatever their day."""
    payment = TABLES["payment"]
    query = select(payment.c.id, batch.c.at).join(batch, payment.c.batch == batch.c.id)
    came = [(str(id), str(at)) for id, at in session.execute(query)]
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for run in runs(session):
        found[run.number] = frozenset(id for id, at in came if at >= run.at)
    return found
