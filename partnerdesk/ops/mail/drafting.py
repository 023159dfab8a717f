"""A mail draft of a statement or a review pack: recipients from the partner's own people alone, through the gate.

The documents are made for the draft, pass the gate each for itself, and the finished message passes it again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.ops import folders
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.mail.recipients import chosen
from partnerdesk.ops.mail.texts import language_of, template
from partnerdesk.ops.pack.exports import pack_to_print
from partnerdesk.ops.pack.laid import LaidPack, data_of, laid_out
from partnerdesk.ops.statements.exports import statement_made
from partnerdesk.queries.facts import fact
from partnerdesk.queries.settings import book_settings
from partnerdesk.reports.format import Formats
from partnerdesk.reports.mail.message import Attachment, Contact, message
from partnerdesk.reports.mail.text import REVIEW, STATEMENT, MailText, filled
from partnerdesk.reports.names import safe_name
from partnerdesk.reports.release import Made, World, release
from partnerdesk.reports.release.outgoing import Issue, Outgoing
from partnerdesk.reports.statement.printed import rests


@dataclass(frozen=True, slots=True)
class MailDraft:
    """The file of a draft, who it is for, and what is in it."""

    partner: str
    path: Path
    subject: str
    to: tuple[Contact, ...]
    attachments: tuple[str, ...]
    sha256: str
    name: str = ""  # of the partner
    said: str = ""  # a forecast that it shows, as the record keeps it
    issue: Issue | None = None  # of a closed statement that is in it

    @property
    def outgoing(self) -> tuple[Outgoing, ...]:
        """What the file says of itself for the record."""
        people = "; ".join(f"{one.name} <{one.email}>" for one in self.to)
        given = ("mail draft", self.partner, self.subject, self.path.name, self.sha256, self.name, people)
        return (Outgoing(*given, said=self.said, issue=self.issue),)


@dataclass(frozen=True, slots=True)
class _Letter:
    """What a message is made of; `data` is what its documents are made of."""

    to: tuple[Contact, ...]
    text: MailText
    data: Any


def draft_statement_mail(
    session: Session,
    partner: str,
    label: str,
    as_of: date,
    folder: Path,
    *,
    to: Sequence[str] = (),
    text: str | None = None,
) -> MailDraft:
    """Writes a draft with the workbook and the pages of a partner's statement.

    `to` are mail addresses of the partner's people, by default of those whose role it is about; `text` is a template,
    that of the partner's language by default. Raises Refused where the partner has no such person or statement, for a
    text with an unknown place, and where something in the message is another partner's; Damaged where the disk is in
    the way.
    """
    made = statement_made(session, label, as_of, partner)
    document = made.document
    values = {
        "number": document.number,
        "period": _spoken(session, partner, STATEMENT, text, made.formats).period(document.period),
        "program": document.program,
        "partner": document.partner_name,
    }
    attachments = [Attachment(name, content) for name, content in made.files.items()]
    name = f"{document.number}_{document.partner_name}"
    given = Given(partner, STATEMENT, as_of, tuple(to), text, values)
    whose = Whose(session, as_of)
    draft = write_draft(session, given, made.world, document, attachments, folder, name, whose, more=rests(document))
    return replace(draft, issue=made.issue)


def draft_review_mail(
    session: Session,
    partner: str,
    quarter: str,
    as_of: date,
    folder: Path,
    *,
    review: int | None = None,
    to: Sequence[str] = (),
    text: str | None = None,
) -> MailDraft:
    """The same with the review pack of a quarter, never the internal one."""
    found = pack_to_print(session, partner, quarter, as_of, review=review)
    return draft_of_pack(session, laid_out(found), folder, Whose(session, as_of), to=to, text=text)


def draft_of_pack(
    session: Session,
    laid: LaidPack,
    folder: Path,
    whose: Whose,
    *,
    to: Sequence[str] = (),
    text: str | None = None,
) -> MailDraft:
    """Writes a draft with a pack that was laid out already. Raises what `draft_statement_mail` raises of a message."""
    found, data = laid.found, data_of(laid.found.pack)
    found.refuse_strangers()
    id, name, quarter = data.partner.id, data.partner.name, data.period.label
    period = _spoken(session, id, REVIEW, text, Formats(found.locale, english=True)).period(data.period)
    values = {"period": period, "partner": name, "program": data.program.name}
    given = Given(id, REVIEW, laid.found.as_of, tuple(to), text, values)
    attachments = [Attachment(found.name, laid.content)]
    made = write_draft(
        session, given, whose.world(id, name), found.pack, attachments, folder, f"{quarter}_{name}", whose
    )
    return replace(made, said=found.said)


def _spoken(session: Session, partner: str, kind: str, text: str | None, written: Formats) -> Formats:
    """How the text of a mail writes a month: in its own language, where that is the partner's; else as documents do."""
    row = fact(session, "partner", partner)
    locale = row.language if isinstance(row, Partner) else ""
    if text is not None or not locale or template(session, kind, locale).language != language_of(locale):
        return written
    return Formats(locale)


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a draft before its text is filled; `values` are those of the places of its template."""

    partner: str
    kind: str
    as_of: date
    to: tuple[str, ...]
    text: str | None
    values: dict[str, str]


def write_draft(
    session: Session,
    given: Given,
    world: World,
    data: Any,
    attachments: Sequence[Attachment],
    folder: Path,
    name: str,
    whose: Whose,
    more: Iterable[Decimal] = (),
) -> MailDraft:
    """Fills the text, makes the message and lets it go; `more` are sums that the layout of a document prints."""
    to = chosen(session, given.partner, given.kind, given.to)
    row = fact(session, "partner", given.partner)
    locale = (row.language if isinstance(row, Partner) else "") or "en_GB"
    said = book_settings(session)
    values = {
        **given.values,
        "contact": ", ".join(one.name for one in to),
        "sender": said.sender or said.vendor,
        "vendor": said.vendor,
    }
    words = given.text if given.text is not None else template(session, given.kind, locale).text
    text = filled(words, given.kind, values)
    content = message(to, text, attachments)
    world = whose.with_wording(world, [text.template])
    path = folders.made(folder) / safe_name(name, before="Mail_", after=".eml", key=given.partner)
    digest = release(path, content, world, Made(_Letter(to, text, data), more))
    return MailDraft(given.partner, path, text.subject, to, tuple(a.name for a in attachments), digest, world.name)
