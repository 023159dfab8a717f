"""What a mail would say to a real partner: the template with its places filled, without making its documents.

Places that only a document or a forecast can fill stay in braces.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.period import period_at, previous_period, statement_number
from partnerdesk.engine.problem import Problem
from partnerdesk.errors import Refused
from partnerdesk.ops.mail.nudging import lines_of
from partnerdesk.ops.mail.recipients import Addressee, addressees
from partnerdesk.ops.mail.texts import MailTemplate, language_of, languages, template, template_problems
from partnerdesk.queries.facts import fact, facts
from partnerdesk.queries.figures import programs
from partnerdesk.queries.quarters import quarter_of
from partnerdesk.queries.settings import book_settings
from partnerdesk.reports.format import Formats
from partnerdesk.reports.mail.text import FORECAST, NUDGE, PLACES, REVIEW, STATEMENT, MailText, filled


@dataclass(frozen=True, slots=True)
class MailPreview:
    """A template, what is wrong with it, and what it says to a partner; None where nothing can be shown of it."""

    template: MailTemplate
    problems: tuple[Problem, ...]
    text: MailText | None
    to: tuple[Addressee, ...]


@dataclass(frozen=True, slots=True)
class MailChoices:
    """The languages that a text may be written in, and the partners to try it on, by name: id, name, language."""

    languages: tuple[str, ...]
    partners: tuple[tuple[str, str, str], ...]


def mail_choices(session: Session) -> MailChoices:
    """The languages with a text and those of the partners; every active partner."""
    found = [p for p in facts(session, kinds=("partner",)).of("partner") if p.status == "active"]
    rows = sorted((p.document_name or p.name, p.id, language_of(p.language or "en")) for p in found)
    known = {*languages(session), *(language for _, _, language in rows)}
    return MailChoices(tuple(sorted(known)), tuple((id, name, language) for name, id, language in rows))


def mail_preview(
    session: Session, kind: str, partner: str, language: str, as_of: date, text: str | None = None
) -> MailPreview:
    """The mail of a kind in a language, by the text in force or the one that is given; no `partner` fills no place."""
    found = template(session, kind, language)
    said = found.text if text is None else text
    wrong = tuple(template_problems(session, kind, said))
    row = fact(session, "partner", partner) if partner else None
    if wrong or not isinstance(row, Partner):
        return MailPreview(found, wrong, None, ())
    to = addressees(session, partner, kind) if kind != NUDGE else ()
    values = {place: f"{{{place}}}" for place in PLACES[kind]} | _values(session, kind, row, language, as_of)
    values["contact"] = ", ".join(one.name for one in to if one.usual) or values["contact"]
    try:
        return MailPreview(found, (), filled(said, kind, values), to)
    except Refused as refused:
        return MailPreview(found, (Problem("Line 1", refused.sentence, refused.remedy),), None, to)


def _values(session: Session, kind: str, partner: Partner, language: str, as_of: date) -> dict[str, str]:
    """What is known of a mail before its documents are made."""
    said, versions = book_settings(session), programs(session)
    speaks = partner.language if language_of(partner.language or "en") == language else language
    formats = Formats(speaks or "en_GB")
    known = {"partner": partner.document_name or partner.name, "vendor": said.vendor or "{vendor}"}
    known["sender"] = said.sender or said.vendor or "{sender}"
    if kind == NUDGE:
        owners, lines = lines_of(session, partner.id, as_of, formats)
        return known | ({"actions": lines, "contact": owners or known["partner"]} if lines else {})
    if versions:
        known["program"] = versions[-1].name or versions[-1].program
    if kind == STATEMENT and versions:
        now = period_at(as_of, versions[-1].statements, versions[-1].fiscal_year)
        last = previous_period(now, versions[-1].fiscal_year)
        known |= {"number": statement_number(last), "period": formats.period(last)}
    if kind == REVIEW:
        known["period"] = formats.period(quarter_of(session, as_of))
    return known | ({"day": formats.day(as_of)} if kind == FORECAST else {})
