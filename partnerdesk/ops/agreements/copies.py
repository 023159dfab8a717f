"""What becomes of an issued agreement: its document as a file, and the record of the copy that both sides signed.

`at` is the moment as UTC text: an op does not read the clock.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.errors import Damaged, Refused
from partnerdesk.models.agreements import signature
from partnerdesk.ops import edits
from partnerdesk.ops.agreements.issuing import world_of
from partnerdesk.ops.folders import made
from partnerdesk.ops.rows.partners import change_partner
from partnerdesk.queries.agreements import (
    AgreementRow,
    SignatureRow,
    agreement_content,
    agreement_document,
    agreement_named,
    agreements,
)
from partnerdesk.reports.release import release
from partnerdesk.reports.release.outgoing import Outgoing, digest_of

_PIECE = 1 << 20  # bytes that are read at once


@dataclass(frozen=True, slots=True)
class SignedFile:
    """What is recorded of a signed copy: its name, its size in bytes and its digest."""

    name: str
    size: int
    sha256: str


def signed_file(path: Path) -> SignedFile:
    """Reads a file to record it; the file is not altered. Raises Damaged where it cannot be read."""
    found, size = sha256(), 0
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                found.update(piece)
                size += len(piece)
    except OSError as error:
        raise Damaged(f"{path.name} cannot be read: {error.strerror}.", "Check its place and its rights.") from error
    return SignedFile(path.name, size, found.hexdigest())


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who signed for both sides and when.

    `keeps_name` keeps the name of the file; `notes_on_partner` also writes the agreement's number and the day on the
    partner, where rules look for them.
    """

    signed_on: date
    for_partner: str
    for_vendor: str
    keeps_name: bool = True
    notes_on_partner: bool = False


def record_signature(
    session: Session, id: int, copy: SignedFile, given: Signing, *, today: date, by: str, at: str
) -> int:
    """Records the signed copy of an issued agreement by its digest. Returns the record's id.

    Raises Refused without the signers, for a day before the issue or after today, and for the document as it was
    issued, which nobody signed.
    """
    row = _present(session, id)
    _refuse_impossible(row, copy, given, today)
    if given.notes_on_partner:
        change_partner(session, row.partner, {}, by=by, agreement=row.number, agreement_signed=given.signed_on)
    return edits.add(
        session,
        signature,
        agreement=id,
        signed_on=given.signed_on,
        for_partner=given.for_partner,
        for_vendor=given.for_vendor,
        sha256=copy.sha256,
        size=copy.size,
        file=copy.name if given.keeps_name else "",
        recorded_by=by,
        at=at,
    )


def record_signed_copy(session: Session, id: int, path: Path, given: Signing, *, today: date, by: str, at: str) -> int:
    """Reads the signed copy and records it, as `record_signature` does."""
    return record_signature(session, id, signed_file(path), given, today=today, by=by, at=at)


def _refuse_impossible(row: AgreementRow, copy: SignedFile, given: Signing, today: date) -> None:
    if not given.for_partner.strip() or not given.for_vendor.strip():
        raise Refused("A signature names who signed for both sides.", "Enter both names.")
    if not row.issued_on <= given.signed_on <= today:
        days = f"{day_words(row.issued_on)} and {day_words(today)}"
        raise Refused(f"It was signed between its issue and today, {days}.", "Correct the day.")
    if copy.sha256 == row.document_sha256:
        raise Refused("This is the document as it was issued, without a signature.", "Choose the copy that was signed.")


def _present(session: Session, id: int) -> AgreementRow:
    found = next((row for row in agreements(session) if row.id == id), None)
    if found is None:
        raise Refused("This agreement is not there any more.", "Look at the list again.")
    return found


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is: the signed copy of a version, the document as it was issued, or neither (`version` 0)."""

    version: int
    is_signed_copy: bool
    number: str
    signature: SignatureRow | None


def recognised(session: Session, partner: str, copy: SignedFile) -> Recognised:
    """Which of a partner's agreements a file is; the newest where several are the same."""
    for row in agreements(session, partner):
        for record in reversed(row.signatures):
            if record.sha256 == copy.sha256:
                return Recognised(row.version, True, row.number, record)
        if row.document_sha256 == copy.sha256:
            return Recognised(row.version, False, row.number, None)
    return Recognised(0, False, "", None)


def recognised_file(session: Session, partner: str, path: Path) -> Recognised:
    """Which of a partner's agreements the file at a path is."""
    return recognised(session, partner, signed_file(path))


@dataclass(frozen=True, slots=True)
class ExportedAgreement:
    """The file of one version; `replaced` says that an earlier file of the same name gave way."""

    number: str
    version: int
    path: Path
    pages: int
    replaced: bool
    partner: str = ""
    name: str = ""  # of the partner

    @property
    def outgoing(self) -> tuple[Outgoing, ...]:
        """What the file says of itself for the record."""
        return (Outgoing("agreement", self.partner, self.number, self.path.name, digest_of(self.path), self.name),)


def export_agreement(session: Session, partner: str, folder: Path, version: int | None = None) -> ExportedAgreement:
    """Writes an issued version, the newest by default, byte for byte as it was issued.

    Raises Refused where it holds something of another partner.
    """
    row = agreement_named(session, partner, version)
    content = agreement_content(session, row.id)
    path = made(folder) / row.file
    replaced = path.exists()
    world = world_of(session, content)
    release(path, agreement_document(session, row.id), world, content)
    return ExportedAgreement(row.number, row.version, path, row.pages, replaced, partner, world.name)
