"""Everything the agreement's page shows of a partner, read at once: issued versions, the next one, its text."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.ops.agreements.issuing import Draft, draft_agreement
from partnerdesk.ops.agreements.texts import STANDARD, text_named, text_names
from partnerdesk.program.agreement.changes import Change, changes
from partnerdesk.queries.agreements import (
    AgreementRow,
    agreement_changes,
    agreement_content,
    agreement_document,
    agreements,
    templates,
)
from partnerdesk.queries.facts import fact


@dataclass(frozen=True, slots=True)
class AgreementView:
    """`draft` is the next version, or None and why there is none; `changes` is what it changes.

    `is_noted` says that the partner's own row has the day of a signed agreement.
    """

    rows: tuple[AgreementRow, ...]
    draft: Draft | None
    why_not: Refused | None
    changes: tuple[Change, ...]
    template: str
    texts: tuple[str, ...]
    text: str
    is_own_text: bool
    is_noted: bool


@dataclass(frozen=True, slots=True)
class IssuedView:
    """An issued version: its document and pages, what it changed, and the number of the version before."""

    id: int
    document: bytes
    pages: int
    changes: tuple[Change, ...]
    before: str


def agreement_view(
    session: Session, partner: str, *, on: date, holds_from: date | None = None, template: str = STANDARD
) -> AgreementView:
    """The agreement of a partner on a day. A text that is gone gives way to the standard one."""
    rows, names = agreements(session, partner), text_names(session)
    template = template if template in names else STANDARD
    draft, why_not = None, None
    try:
        draft = draft_agreement(session, partner, on=on, holds_from=holds_from, template=template)
    except Refused as refused:
        why_not = refused
    found = changes(agreement_content(session, rows[0].id), draft.agreement) if draft and rows else ()
    return AgreementView(
        rows=rows,
        draft=draft,
        why_not=why_not,
        changes=found,
        template=template,
        texts=names,
        text=text_named(session, template),
        is_own_text=any(row.name == template for row in templates(session)),
        is_noted=getattr(fact(session, "partner", partner), "agreement_signed", None) is not None,
    )


def issued_view(session: Session, partner: str, id: int) -> IssuedView | None:
    """An issued version of a partner; None where it is not this partner's."""
    rows = agreements(session, partner)
    at = next((n for n, row in enumerate(rows) if row.id == id), None)
    if at is None:
        return None
    before = rows[at + 1] if at + 1 < len(rows) else None
    found = agreement_changes(session, before.id, id) if before else ()
    return IssuedView(id, agreement_document(session, id), rows[at].pages, found, before.number if before else "")
