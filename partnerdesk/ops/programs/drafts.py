"""Drafts of program versions: begun from a version or the template, edited as text, thrown away or published.

`at` is the moment of the change as UTC text: an op does not read the clock.
"""

import tomllib
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import RowMapping, func, select, update
from sqlalchemy.orm import Session

from partnerdesk.engine.period import CALENDAR_YEAR, period_at
from partnerdesk.errors import Refused
from partnerdesk.models.base import irreversible
from partnerdesk.models.drafts import program_draft
from partnerdesk.models.facts import TABLES
from partnerdesk.models.statements import program_version
from partnerdesk.ops import edits
from partnerdesk.ops.programs.cases import shown
from partnerdesk.ops.programs.trials import cases_of
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.paths import resource
from partnerdesk.program.reader import read_program
from partnerdesk.program.spans import put
from partnerdesk.queries.figures import programs
from partnerdesk.queries.statements.archive import closed_statements

TEMPLATE = "programs/template.toml"
NOUN = "draft"


def create_draft(session: Session, *, today: date, at: str, based_on: str = "") -> int:
    """A draft that begins as a copy of a version, or as the template; returns its id.

    It gets a name and a first day of its own, so that it can be published as soon as its rules are changed: the first
    day of the next program year that no version and no closed period has taken, or for the first version of a book the
    year of its earliest sale.
    """
    text = _text_of(session, based_on) if based_on else resource(TEMPLATE).read_text(encoding="utf-8")
    start = _free_day(session, today)
    name = _free_name(session, start)
    text = put(text, ("version",), f'"{name}"')
    text = put(text, ("effective_from",), start.isoformat())
    known = session.scalar(select(program_version.c.program))
    if known is not None:
        text = put(text, ("program",), f'"{known}"')
    id = edits.add(session, program_draft, name=name, based_on=based_on, changed=at)
    _write(session, id, text, name, at)
    return id


def change_draft(session: Session, id: int, before: str, text: str, *, at: str) -> None:
    """Puts another text in the place of `before`, which is what the editor saw.

    The list calls a draft by the version that its text names; a text that cannot be read keeps the name of before.
    """
    row = _present(session, id)
    if row["text"] != before:
        raise Refused("This draft was changed since you opened it.", "Look at it again, then change it.")
    _write(session, id, text, version_named(text) or row["name"], at)


def discard_draft(session: Session, id: int) -> None:
    """Throws a draft away; Undo brings it back."""
    _present(session, id)
    edits.remove(session, program_draft, id)


@irreversible  # statements will rest on the version, and it never changes
def publish_draft(session: Session, id: int, text: str) -> str:
    """Makes the draft a version of the book; returns the version's name. `text` is what was looked at.

    Raises Refused for a text that changed since, for problems, for a worked case that differs, and as `add_version`
    does for a day that is taken or closed.
    """
    row = _present(session, id)
    if row["text"] != text:
        raise Refused("This draft was changed since its effect was shown.", "Look at the effect again.")
    read = read_program(text, row["name"])
    if read.program is not None:
        names = {v.version for v in programs(session) if v.sha256 != read.program.sha256}
        if read.program.version in names:
            raise Refused(f"A version {read.program.version} is published already.", "Give the draft another version.")
        _refuse_cases(session, text, row["name"])
    version = add_version(session, read.text or text, f"{row['name']}.toml")
    edits.remove(session, program_draft, id)
    return version


def _refuse_cases(session: Session, text: str, name: str) -> None:
    texts = session.execute(select(program_version.c.file, program_version.c.text)).all()
    for case in cases_of([(row.file, row.text) for row in texts], (name, text)):
        if case.problems:
            raise Refused(f"The case “{case.says}” cannot be worked out: {case.problems[0]}", "Correct the case.")
        for answer in case.answers:
            if not answer.is_met:
                found, wanted = shown(answer.found), shown(answer.expected)
                sentence = f"The case “{case.says}” expects {wanted} for {answer.figure}, the rules give {found}."
                raise Refused(sentence, "Correct the rule, or the case where it is wrong.")


def version_named(text: str) -> str:
    """The version that a text names; nothing where it cannot be read."""
    try:
        named = tomllib.loads(text, parse_float=Decimal).get("version", "")
    except ValueError:
        return ""
    return named.strip() if isinstance(named, str) else ""


def _present(session: Session, id: int) -> RowMapping:
    return edits.present(session, program_draft, id, NOUN)


def _write(session: Session, id: int, text: str, name: str, at: str) -> None:
    values = {"text": text, "name": name, "changed": at}
    session.execute(update(program_draft).where(program_draft.c.id == id).values(values))


def _text_of(session: Session, version: str) -> str:
    found = session.scalar(select(program_version.c.text).where(program_version.c.version == version))
    if found is None:
        raise Refused(f"There is no version {version} in this book.", "Choose one of the list.")
    return str(found)


def _free_day(session: Session, today: date) -> date:
    """The first one of a book begins with the year of the earliest sale, so that what was imported has figures."""
    versions = programs(session)
    first = None if versions else _earliest_sale(session)
    if first is not None and first <= today and not closed_statements(session):
        return date(first.year, 1, 1)
    taken = [today, *(v.effective_from for v in versions), *(row.end for row in closed_statements(session))]
    starts = versions[-1].fiscal_year if versions else CALENDAR_YEAR
    return period_at(max(taken), "year", starts).end + timedelta(days=1)


def _earliest_sale(session: Session) -> date | None:
    """The earliest day of a transaction or of a deal that was closed; None in a book without any."""
    days = (TABLES["transaction"].c.day, TABLES["deal"].c.closed)
    found = [session.execute(select(func.min(day))).scalar() for day in days]
    return min((day for day in found if day is not None), default=None)


def _free_name(session: Session, start: date) -> str:
    known = {*session.scalars(select(program_version.c.version)), *session.scalars(select(program_draft.c.name))}
    return next(name for i in range(1, len(known) + 2) if (name := f"{start.year}.{i}") not in known)
