"""Program versions as they would be: keys of their texts set to other values, read and checked like any text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import in_order
from partnerdesk.engine.problem import errors
from partnerdesk.engine.rules import Program
from partnerdesk.errors import Refused
from partnerdesk.models.statements import program_version
from partnerdesk.ops.whatif.facts_changed import Left
from partnerdesk.program.keyed import is_value, path_of, with_key
from partnerdesk.program.reader import read_program
from partnerdesk.queries.scenarios import RULE, Change


@dataclass(frozen=True, slots=True)
class Text:
    """A published version: its name, its file, its whole text."""

    version: str
    file: str
    text: str
    effective_from: date


def texts(session: Session) -> tuple[Text, ...]:
    """The versions of the book, oldest first."""
    table = program_version.c
    query = select(table.version, table.file, table.text, table.effective_from).order_by(table.effective_from)
    return tuple(Text(*row) for row in session.execute(query))


def changed_programs(versions: Sequence[Text], changes: Iterable[Change]) -> tuple[tuple[Program, ...], list[Left]]:
    """The versions as they would be, and the changes that are left out. Equal texts are read once."""
    rules = [change for change in changes if change.action == RULE]
    known = {version.version for version in versions}
    left = [
        Left(c, f"There is no version {c.of} in this book any more. Take the change out.", True)
        for c in rules
        if c.of not in known
    ]
    programs: list[Program] = []
    for version in versions:
        found, wrong = _changed(version, [c for c in rules if c.of == version.version])
        programs.append(found)
        left += wrong
    try:
        return in_order(programs), left
    except ValueError as wrong_days:
        why = f"The versions would not fit together: {wrong_days}. Give another day or name."
        return in_order([_read(v.text, v.file) for v in versions]), [*left, *(Left(c, why) for c in rules)]


def _changed(version: Text, changes: Sequence[Change]) -> tuple[Program, list[Left]]:
    """One version with its changes; where they do not go together, with those that do, one after the other."""
    try:
        return _read(_written(version.text, changes), version.file), []
    except Refused:
        text, left = version.text, []
    for change in changes:
        try:
            tried = _written(text, [change])
            _read(tried, version.file)
            text = tried
        except Refused as refused:
            left.append(Left(change, f"{refused.sentence} {refused.remedy}".strip()))
    return _read(text, version.file), left


def _written(text: str, changes: Sequence[Change]) -> str:
    for change in changes:
        if not is_value(change.value):
            remedy = 'Write a number as 0.15, a text as "Gold", a day as 2026-01-31.'
            raise Refused(f"“{change.value}” is no value of {change.field}.", remedy)
        try:
            text = with_key(text, path_of(change.field), change.value)
        except ValueError as wrong:
            raise Refused(f"{wrong}.", "Keys are those of the program's text.") from None
        except KeyError:
            sentence = f"The version {change.of} has no key {change.field}."
            raise Refused(sentence, "See the version's text under Program.") from None
    return text


@lru_cache(maxsize=64)
def _read(text: str, file: str) -> Program:
    """A text as a program. Raises Refused with its first problem."""
    read = read_program(text, file)
    if read.program is None:
        problem = errors(read.problems)[0]
        raise Refused(f"{problem.place}: {problem.message}", problem.remedy)
    return read.program
