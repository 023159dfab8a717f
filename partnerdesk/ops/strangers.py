"""Whom the free texts of a partner's own rows name: what somebody typed may name another partner or its customer.

The gate takes a partner's own texts for its own; where such a text is all that leaves, its names are looked at first.
"""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES
from partnerdesk.ops.whose import names_of_partners
from partnerdesk.reports.release import Terms, World


def refuse_strangers(session: Session, world: World, texts: Iterable[str], what: str) -> None:
    """Raises Refused where one of the texts names another partner, or a customer that is none of this one's."""
    customers = session.scalars(select(TABLES["customer"].c.name)).all()
    terms = Terms(name for name in (*names_of_partners(session), *customers) if name and name not in world.own)
    for text in texts:
        for hit in terms.find(text):
            named = text[hit.start : hit.end]
            raise Refused(
                f"{what} for {world.name} was not made: a text names {named}, who is somebody else's.",
                f"Reword it first: {text}",
            )
