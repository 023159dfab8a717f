"""Agreements: what a partner's next version says, and its issue. Signed copies are in `copies`.

`at` is the moment as UTC text: an op does not read the clock.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from sqlalchemy import insert
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner, Person
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.errors import Refused
from partnerdesk.models.agreements import agreement
from partnerdesk.models.base import irreversible
from partnerdesk.ops.agreements.texts import STANDARD, usable
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.program.agreement.changes import changes
from partnerdesk.program.agreement.content import Agreement, written
from partnerdesk.program.agreement.own import LeftOut
from partnerdesk.program.agreement.schedule import Derived, derived
from partnerdesk.program.agreement.template import PLACES, filled, used
from partnerdesk.queries.agreements import AgreementRow, agreement_content, agreements
from partnerdesk.queries.facts import fact, facts
from partnerdesk.queries.figures import needed_programs
from partnerdesk.queries.unknown import no_partner
from partnerdesk.reports.agreement import compose, file_name
from partnerdesk.reports.release import World, check

_WHO = (
    ("Type", "type"),
    ("Region", "region"),
    ("Segment", "segment"),
    ("Country", "country"),
    ("City", "city"),
    ("Tax number", "tax_id"),
    ("Currency", "currency"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The next version as it would be issued; `left_out` is for the account manager alone.

    `digest` names what was looked at, so that nothing else is issued.
    """

    agreement: Agreement
    left_out: tuple[LeftOut, ...]
    digest: str


def draft_agreement(
    session: Session, partner: str, *, on: date, holds_from: date | None = None, template: str = STANDARD
) -> Draft:
    """The next version of a partner's agreement, issued on a day and holding from another (the same by default).

    Raises Refused for an unknown partner, a book without a program, a program that is not for this partner on that
    day, a text with problems, and a place of it that nothing is known for.
    """
    row = fact(session, "partner", partner)
    if not isinstance(row, Partner):
        raise no_partner(session, partner)
    text, programs = usable(session, template), needed_programs(session)
    day = holds_from or on
    found = derived(programs, row, facts(session, kinds=("partner", "enrolment")), day)
    before = next(iter(agreements(session, partner)), None)
    version = before.version + 1 if before else 1
    plain = Agreement(
        number=f"AG-{partner}-{version}",
        version=version,
        partner=partner,
        name=row.legal_name or row.document_name or row.name,
        vendor=found.version.vendor or found.version.name or found.version.program,
        program=found.version.name or found.version.program,
        program_version=found.version.version,
        program_sha256=found.version.sha256,
        issued_on=on,
        holds_from=day,
        replaces=before.number if before else "",
        template=template,
        facts=_facts(session, row),
        text=(),
        sections=found.sections,
    )
    made = replace(plain, text=filled(text, _values(session, plain, row, found, text)))
    return Draft(made, found.left_out, sha256(written(made)).hexdigest())


def _facts(session: Session, row: Partner) -> tuple[tuple[str, str], ...]:
    """Who the partner is, as far as terms can rest on it."""
    told = [(label, getattr(row, name)) for label, name in _WHO] + [("Account manager", _manager(session, row))]
    return tuple((label, value) for label, value in told if value)


def _manager(session: Session, row: Partner) -> str:
    owner = fact(session, "person", row.owner) if row.owner else None
    return owner.name if isinstance(owner, Person) else ""


def _values(session: Session, made: Agreement, row: Partner, found: Derived, text: str) -> Mapping[str, str]:
    """What the places of the text stand for. Raises Refused for one that the text names and nothing is known for."""
    program = found.version
    values = {
        "number": made.number,
        "version": str(made.version),
        "issued on": day_words(made.issued_on),
        "holds from": day_words(made.holds_from),
        "replaces": made.replaces or "no earlier agreement",
        "partner": made.name,
        "partner id": row.id,
        "tax number": row.tax_id,
        "city": row.city,
        "country": row.country,
        "region": row.region,
        "account manager": _manager(session, row),
        "vendor": made.vendor,
        "program": made.program,
        "program version": program.version,
        "program from": day_words(program.effective_from),
        "currency": program.currency,
        "statements": program.statements,
        "dispute days": str(program.disputes.within_days),
        "answer days": str(program.disputes.answer_days),
    }
    for name in PLACES:
        if name in used(text) and not values[name].strip():
            raise Refused(
                f"The text names {{{name}}}, and for {row.name} there is none.",
                "Enter it on the partner, or take the place out of the text.",
            )
    return values


@irreversible  # it may have left the house; the next version takes its place
def issue_agreement(
    session: Session,
    partner: str,
    *,
    on: date,
    by: str,
    at: str,
    holds_from: date | None = None,
    template: str = STANDARD,
    digest: str = "",
) -> int:
    """Issues the next version: its content and its very document are kept for good. Returns its id.

    Raises Refused as `draft_agreement` does, where `digest` names something else than what would be issued now, where
    it would hold from before the version that it follows, where it says the same as that one, and where its document
    holds something of another partner.
    """
    draft = draft_agreement(session, partner, on=on, holds_from=holds_from, template=template)
    if digest and digest != draft.digest:
        raise Refused("The terms or the text changed since you looked at them.", "Look at the agreement again.")
    before = next(iter(agreements(session, partner)), None)
    if before is not None:
        _refuse_clash(session, before, draft.agreement)
    values = {**_frozen(session, draft.agreement), "issued_by": by, "at": at}
    id: int = session.execute(insert(agreement).values(values).returning(agreement.c.id)).scalar_one()
    return id


def _frozen(session: Session, made: Agreement) -> dict[str, object]:
    """The columns of an issued agreement: what is found by, its content, and the document made of it.

    Raises Refused where the document holds something of another partner: what is issued is kept for good.
    """
    content, composed = written(made), compose(made)
    check(file_name(made), composed.content, world_of(session, made), made)
    names = ("number", "partner", "version", "issued_on", "holds_from", "template", "program", "program_version")
    return {
        **{name: getattr(made, name) for name in names},
        "content": zlib.compress(content, 9),
        "content_sha256": sha256(content).hexdigest(),
        "document": composed.content,
        "document_sha256": sha256(composed.content).hexdigest(),
        "file": file_name(made),
        "pages": composed.pages,
    }


def world_of(session: Session, made: Agreement) -> World:
    """What a partner's agreement may hold: its world, the text that all agreements begin with, and its own head."""
    whose = Whose(session, made.issued_on)
    world = whose.with_wording(whose.world(made.partner, made.name), (part.written for part in made.text))
    then = {made.number, made.name, *(value for _, value in made.facts)}  # whoever they are called by now
    return replace(world, own=world.own | then)


def _refuse_clash(session: Session, before: AgreementRow, made: Agreement) -> None:
    """Refuses a version that holds from before the one it follows, and one that says nothing new."""
    if made.holds_from < before.holds_from:
        first = day_words(before.holds_from)
        raise Refused(f"{before.number} holds from {first}; its next version cannot hold from before.", "Choose a day.")
    if made.holds_from == before.holds_from and not changes(agreement_content(session, before.id), made):
        remedy = "Let the next version hold from another day, or issue it once a term or the text changes."
        raise Refused(f"Nothing differs from {before.number}, which holds from that day.", remedy)
