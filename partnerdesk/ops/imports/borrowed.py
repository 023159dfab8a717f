"""Rows that a plain file names by ids which the book has from another source: whether those are meant is a question.

Two systems may number different things alike, and somebody who types a table names what the book shows. Taken for
another one, a partner would stand there twice and be paid beside the one that is meant; so nothing comes in unasked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from partnerdesk.engine.problem import Problem
from partnerdesk.intake.choices import OF_BOOK, OF_FILE, SAME
from partnerdesk.intake.question import Option, Question
from partnerdesk.ops.imports.known import PLACED, Known
from partnerdesk.ops.imports.rawsql import fetched_in
from partnerdesk.ops.rows.fact_checks import named
from partnerdesk.ops.sentences import listed

_FEW = 5  # rows that the question names


@dataclass(frozen=True, slots=True)
class Asked:
    """What has to be answered first, and what is said of an answer."""

    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()


def borrowed(session: Session, known: Known, file: str, choices: Mapping[str, str]) -> Asked:
    """The question whether the file means the rows of the book; once answered, a warning that says how it is read."""
    rows = [(kind, id) for kind in sorted(known.borrowed) for id in sorted(known.borrowed[kind])]
    if not rows:
        return Asked()
    told = _told(session, rows)
    if (answer := choices.get(SAME, "")) in (OF_BOOK, OF_FILE):
        means = "means those of the book" if answer == OF_BOOK else "numbers its own"
        other = OF_FILE if answer == OF_BOOK else OF_BOOK
        return Asked(
            (), (Problem(file, f"The file {means}: {told}.", f"{SAME}={other} reads it otherwise.", warning=True),)
        )
    if len(rows) == 1:
        asks = f"Is {rows[0][1]} of this file the {named(rows[0][0])} {rows[0][1]} of the book?"
        options = Option(OF_BOOK, "Yes, that one is meant"), Option(OF_FILE, "No, the file numbers its own")
    else:
        asks = f"Does this file mean these {len(rows):,} rows of the book?"
        options = Option(OF_BOOK, "Yes, those are meant"), Option(OF_FILE, "No, the file numbers its own")
    return Asked(
        (Question(SAME, asks, f"Another source brought them, and the file names them by id: {told}.", options),)
    )


def _told(session: Session, rows: list[tuple[str, str]]) -> str:
    """The first of them: partner P-13 (Harbour Ltd), contract K-1325."""
    texts = [f"{named(kind)} {id}{_name(session, kind, id)}" for kind, id in rows[:_FEW]]
    return listed([*texts, f"{len(rows) - _FEW:,} more"] if len(rows) > _FEW else texts)


def _name(session: Session, kind: str, id: str) -> str:
    found = fetched_in(session, f'SELECT "name" FROM "{kind}" WHERE "id" IN ({{}})', (), [id]) if kind in PLACED else ()
    return next((f" ({name})" for (name,) in found if name and name != id), "")
