"""Why a true-up corrects a line: what became of the line's row since the statement before, told when it is drawn.

It is read from the facts that were frozen with both statements, so a closed one says the same for good, and it is no
part of the canonical text. Amounts, numbers and days are told before and after; of other columns only that they
changed, because a name that stood there before may be somebody else's by now. Of a row that changed its partner nothing
else is told on either side: what it says now is of somebody else.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.difference.found import Column
from partnerdesk.engine.difference.rows import Key, Rows, changes, rows_of, told
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.errors import Damaged
from partnerdesk.models.statements import statement
from partnerdesk.ops.statements.frozen import Frozen
from partnerdesk.queries.statements.archive import canonical_statement
from partnerdesk.queries.statements.resting import held_by_others
from partnerdesk.reports.differences import column_words
from partnerdesk.reports.format import Formats
from partnerdesk.reports.statement.document import DRAFT, StatementDocument, fact_in_words
from partnerdesk.reports.statement.frozen import restored

MOVED = "changed its partner"


def with_causes(session: Session, document: StatementDocument, today: Facts, formats: Formats) -> StatementDocument:
    """The document with the causes of its true-ups by line; a draft rests on the facts of `today`.

    Where what was frozen is incomplete or damaged no cause is told: replay and check say what is wrong with it.
    """
    lines = {entry.line for entry in document.statement.entries if entry.kind == "trueup"} - {""}
    if not lines:
        return document
    query = select(statement).where(statement.c.partner == document.statement.partner).order_by(statement.c.start)
    rows = session.execute(query.where(statement.c.start <= document.period.start)).all()
    closed = rows if document.status == DRAFT else rows[:-1]
    if not closed:
        return document
    book, partner = Frozen(session), document.statement.partner
    try:
        then, now = _frozen(book, closed[-1]), rows_of(today) if closed is rows else _frozen(book, rows[-1])
        posted = _posted_lines(session, lines, reversed(closed))
    except Damaged:
        return document
    about = {id: (line.fact_kind, line.fact_id) for id, line in posted.items() if line.fact_id}
    about |= _late(lines - posted.keys(), partner, then, now)
    periods = closed[-1].period, rows[-1].period
    moved = _moved(session, periods, partner, set(about.values()), then, now)
    causes = {
        line: f"{fact_in_words(*key)} {MOVED}" if key in moved else _words(then, now, key, formats)
        for line, key in about.items()
    }
    causes = {line: words for line, words in causes.items() if words}
    return replace(document, causes=causes, posted_rules={id: line.rule for id, line in posted.items()})


def _frozen(book: Frozen, row: Any) -> Rows:
    if not book.is_complete(row):
        raise Damaged("not all that it rests on was frozen with it")
    return rows_of(book.resting(row).facts)


def _posted_lines(session: Session, lines: set[str], closed: Iterable[Any]) -> Mapping[str, EarningLine[Decimal]]:
    """Each line as the newest statement has it; without those that no statement lists."""
    found: dict[str, EarningLine[Decimal]] = {}
    for row in closed:
        if len(found) == len(lines):
            break
        for line in restored(canonical_statement(session, row.id)).statement.lines:
            if line.id in lines:
                found.setdefault(line.id, line)
    return found


def _late(lines: Iterable[str], partner: str, then: Rows, now: Rows) -> Mapping[str, Key]:
    """The rows of lines that no statement lists: those that are new to the partner, by the fact that a line's id names
    after its rule.
    """
    found = {}
    for key, row in now.items():
        if key not in then and getattr(row, "partner", None) == partner:
            for line in lines:
                named = line.partition(":")[2]
                if named == key[1] or named.startswith(f"{key[1]}:"):
                    found[line] = key
    return found


def _moved(
    session: Session, periods: tuple[str, str], partner: str, keys: Collection[Key], then: Rows, now: Rows
) -> set[Key]:
    """The rows that changed their partner between the two sides: to this one, or from it to somebody else."""

    def owner(side: Rows, key: Key) -> Any:
        return getattr(side.get(key), "partner", None)

    here_now = {key for key in keys if key not in then and owner(now, key) == partner}
    here_then = {key for key in keys if owner(then, key) == partner}
    gone = {key for key in here_then if key not in now}
    return (
        held_by_others(session, periods[0], partner, here_now)
        | held_by_others(session, periods[1], partner, gone)
        | {key for key in here_then if owner(now, key) not in (None, partner)}
    )


def _words(then: Rows, now: Rows, key: Key, formats: Formats) -> str:
    """`deal D-7, amount 29,600 → 30,000`; nothing where the row is on one side alone or stands as it stood."""
    if key not in then or key not in now or not (found := changes({key: then[key]}, {key: now[key]})):
        return ""
    columns = (_column_words(column, formats) for column in told(found[0]).columns)
    return ", ".join([f"{key[0].replace('_', ' ')} {key[1]}", *columns])


def _column_words(column: Column, formats: Formats) -> str:
    if all(value is None or isinstance(value, Decimal | date | int) for value in (column.before, column.after)):
        return column_words(column, formats)
    return f"{column.name.replace('_', ' ')} changed"
