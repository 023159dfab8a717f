"""The refusal of a row of facts that the book does not have, with the ones that may be meant and where all stand."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.meant import unknown
from partnerdesk.models.facts import TABLES

_LISTED = {
    "partner": "Partners and `partnerdesk partner list` show those there are.",
    "deal": "Deals & renewals and `partnerdesk deal list` show those there are.",
    "hold": "`partnerdesk hold list --all` shows those there are.",
    "person": "`partnerdesk contact list PARTNER` shows those of a partner.",
}
_GONE = "It may have been removed: look at the list again."


def no_partner(session: Session, said: str) -> Refused:
    """The refusal of a partner that the book does not have."""
    return no_row(session, "partner", said)


def no_row(session: Session, kind: str, said: str) -> Refused:
    """The refusal of a row of any kind, such as a deal."""
    table = TABLES[kind]
    name = table.c.name if "name" in table.c else table.c.id
    known = {row.id: row[1] or "" for row in session.execute(select(table.c.id, name))}
    return unknown(kind.replace("_", " "), said, known, _LISTED.get(kind, _GONE))
