"""Partners' agreements as they were issued: the list, one version with its content and document, its signatures."""

import zlib
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.errors import Damaged, Refused
from partnerdesk.models.agreements import agreement, agreement_template, signature
from partnerdesk.program.agreement.changes import Change, changes
from partnerdesk.program.agreement.content import Agreement, read

SIGNED, ISSUED, REPLACED = "signed", "issued", "replaced"
_RESTORE = "Restore a verified backup (Data, Backups)."


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A signed copy as it was recorded; `file` is its name where that was kept, `at` is UTC."""

    id: int
    signed_on: date
    for_partner: str
    for_vendor: str
    sha256: str
    size: int
    file: str
    recorded_by: str
    at: str


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An issued version; `status` is signed, issued, or replaced by a later version that is signed.

    `signatures` stand from old to new; the last one counts.
    """

    id: int
    number: str
    partner: str
    version: int
    issued_on: date
    holds_from: date
    template: str
    program_version: str
    document_sha256: str
    file: str
    pages: int
    issued_by: str
    status: str
    signatures: tuple[SignatureRow, ...]

    @property
    def signature(self) -> SignatureRow | None:
        """The record that counts."""
        return self.signatures[-1] if self.signatures else None


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A text that agreements begin with; `changed` is UTC."""

    id: int
    name: str
    text: str
    changed: str


def agreements(session: Session, partner: str | None = None) -> tuple[AgreementRow, ...]:
    """Issued agreements, of one partner or of all: by partner, the newest version first."""
    names = [f for f in AgreementRow.__slots__ if f not in ("status", "signatures")]
    wanted = select(*(agreement.c[name] for name in names))
    wanted = wanted.order_by(agreement.c.partner, agreement.c.version.desc())
    if partner is not None:
        wanted = wanted.where(agreement.c.partner == partner)
    signed = _signatures(session)
    found: list[AgreementRow] = []
    covered: set[str] = set()
    for row in session.execute(wanted).mappings():
        own = signed.get(row["id"], ())
        status = REPLACED if row["partner"] in covered else SIGNED if own else ISSUED
        if own:
            covered.add(row["partner"])
        found.append(AgreementRow(**row, status=status, signatures=own))
    return tuple(found)


def _signatures(session: Session) -> dict[int, tuple[SignatureRow, ...]]:
    columns = [signature.c[name] for name in SignatureRow.__slots__]
    found: dict[int, tuple[SignatureRow, ...]] = {}
    for row in session.execute(select(signature.c.agreement, *columns).order_by(signature.c.id)).mappings():
        values = dict(row)
        of = values.pop("agreement")
        found[of] = (*found.get(of, ()), SignatureRow(**values))
    return found


def agreement_named(session: Session, partner: str, version: int | None = None) -> AgreementRow:
    """A version of a partner's agreement, the newest one by default. Raises Refused where there is none."""
    rows = agreements(session, partner)
    found = next((row for row in rows if version in (None, row.version)), None)
    if found is None:
        which = "agreement" if version is None else f"version {version} of an agreement"
        remedy = f"There are versions {', '.join(str(r.version) for r in reversed(rows))}." if rows else "Issue one."
        raise Refused(f"{partner} has no {which}.", remedy)
    return found


def agreement_content(session: Session, id: int) -> Agreement:
    """What an issued agreement says. Raises Damaged where it is not what was issued."""
    row = session.execute(select(agreement.c.content, agreement.c.content_sha256).where(agreement.c.id == id)).one()
    try:
        content = zlib.decompress(row.content)
        if sha256(content).hexdigest() == row.content_sha256:
            return read(content)
    except (zlib.error, ValueError, LookupError, TypeError) as error:
        raise Damaged("The content of an agreement cannot be read.", _RESTORE) from error
    raise Damaged("The content of an agreement is not what was issued.", _RESTORE)


def agreement_document(session: Session, id: int) -> bytes:
    """The PDF of an issued agreement, byte for byte. Raises Damaged where it is not what was issued."""
    row = session.execute(select(agreement.c.document, agreement.c.document_sha256).where(agreement.c.id == id)).one()
    document = bytes(row.document)
    if sha256(document).hexdigest() != row.document_sha256:
        raise Damaged("The document of an agreement is not what was issued.", _RESTORE)
    return document


def agreement_changes(session: Session, before: int, after: int) -> tuple[Change, ...]:
    """What differs between two issued agreements."""
    return changes(agreement_content(session, before), agreement_content(session, after))


def templates(session: Session) -> tuple[TemplateRow, ...]:
    """The texts of the book, by name; empty while nobody wrote one."""
    rows = session.execute(select(agreement_template).order_by(agreement_template.c.name)).mappings()
    return tuple(TemplateRow(**row) for row in rows)
