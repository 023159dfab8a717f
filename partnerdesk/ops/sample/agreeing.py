"""Agreements of the sample book: some issued and signed, one replaced by its next version, one that waits for a pen.

They are issued by the op that the window uses. The signed copies are invented, so a digest stands for each.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from partnerdesk.ops.agreements.copies import SignedFile, Signing, record_signature
from partnerdesk.ops.agreements.issuing import issue_agreement
from partnerdesk.ops.sample.cast import VENDOR
from partnerdesk.queries.agreements import agreement_named
from partnerdesk.queries.facts import facts

DIRECTOR = VENDOR[5][1]


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement of the sample: when it was issued, from when it holds, after how many days it was signed."""

    partner: str
    issued: date
    holds: date
    signed_after: int | None


AGREED = (
    Agreed("P-01", date(2026, 5, 18), date(2026, 6, 1), 4),
    Agreed("P-01", date(2026, 6, 22), date(2026, 7, 1), 7),
    Agreed("P-04", date(2026, 6, 22), date(2026, 7, 1), 3),
    Agreed("P-10", date(2026, 11, 16), date(2026, 12, 1), None),
)


def tell_agreements(session: Session, as_of: date) -> None:
    """Issues them, and records who signed."""
    sponsors = {person.partner: person.name for person in facts(session, kinds=("person",)).of("person")}
    for agreed in AGREED:
        day = agreed.issued
        id = issue_agreement(session, agreed.partner, on=day, by=DIRECTOR, at=_moment(day, 9), holds_from=agreed.holds)
        if agreed.signed_after is not None:
            signed = day + timedelta(days=agreed.signed_after)
            given = Signing(signed_on=signed, for_partner=sponsors[agreed.partner], for_vendor=DIRECTOR)
            copy = _scan(session, agreed.partner)
            record_signature(session, id, copy, given, today=as_of, by=DIRECTOR, at=_moment(signed, 15))


def _scan(session: Session, partner: str) -> SignedFile:
    """What stands for the file with both signatures."""
    row = agreement_named(session, partner)
    return SignedFile(f"{row.number}_signed.pdf", 412_000, sha256(f"signed {row.document_sha256}".encode()).hexdigest())


def _moment(day: date, hour: int) -> str:
    return f"{day.isoformat()}T{hour:02}:00:00Z"
