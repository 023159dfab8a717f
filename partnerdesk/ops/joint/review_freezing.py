"""A review that was held keeps what it showed: its pack is frozen with it, as canonical text with a digest."""

import zlib
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk import __version__
from partnerdesk.engine.outcome.record import digest
from partnerdesk.errors import Refused
from partnerdesk.models.reviews import review as review_table
from partnerdesk.models.reviews import review_record
from partnerdesk.ops import edits
from partnerdesk.ops.joint.review_record import canonical_pack
from partnerdesk.ops.pack.exports import pack_to_print
from partnerdesk.ops.pack.naming import named_in
from partnerdesk.queries.figures import programs
from partnerdesk.reports.pack.data import PackData


def keep_record(session: Session, review: int, on: date) -> str:
    """Freezes the partner's pack of a review as of a day; returns its digest, nothing in a book without a program.

    Raises Refused where a text names somebody else: frozen, it could neither be reworded nor leave the house.
    """
    if not programs(session):
        return ""
    row = edits.present(session, review_table, review, "review")
    found = pack_to_print(session, row["partner"], row["quarter"], on, review=review)
    assert isinstance(found.pack, PackData)
    for named in named_in(session, found.pack):
        raise Refused(f"The review was not marked as held: {named.sentence}.", "Reword it first; it is frozen then.")
    body = canonical_pack(found.pack)
    values = {"canonical": zlib.compress(body, 9), "sha256": digest(body), "engine": __version__}
    edits.add(session, review_record, review=review, locale=found.locale, file=found.name, **values)
    return str(values["sha256"])
