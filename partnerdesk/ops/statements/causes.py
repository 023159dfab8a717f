"""Why a true-up corrects a line: what became of the line's row since the statement before, told when it is drawn; of a
line whose own row stands as it stood, what else moved it (`moved_by`).

It is read from the facts that were frozen with both statements, so a closed one says the same for good, and it is no
part of the canonical text. Amounts, numbers and days are told before and after; of other columns only that they
changed, because a name that stood there before may be somebody else's by now. Of a row that changed its partner nothing
else is told on either side: what it says now is of somebody else.
"""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.difference import Side
from partnerdesk.engine.difference.rows import Key, Rows, changes, rows_of, told
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.semantics import FIRST, TELLS_CORRECTED, TELLS_SINCE
from partnerdesk.engine.settling.moved import is_spared
from partnerdesk.errors import Damaged
from partnerdesk.models.statements import statement
from partnerdesk.ops.statements.documents import DocumentBuilder
from partnerdesk.ops.statements.frozen import Frozen
from partnerdesk.ops.statements.moved_by import MOVED, changed, moved_by
from partnerdesk.queries.audits import withdrawal_of
from partnerdesk.queries.statements.archive import canonical_statement
from partnerdesk.queries.statements.resting import held_by_others
from partnerdesk.reports.format import Formats
from partnerdesk.reports.statement.document import DRAFT, StatementDocument, fact_in_words
from partnerdesk.reports.statement.frozen import restored


def with_causes(
    session: Session,
    document: StatementDocument,
    formats: Formats,
    builder: DocumentBuilder | None = None,
    *,
    tells_others: bool = True,
) -> StatementDocument:
    """The document with the causes of its true-ups by line; a draft rests on what `builder` has.

    Without `tells_others` a line whose own row stands as it stood has none, as in what earlier releases sent. Where
    what was frozen is incomplete or damaged no cause is told: replay and check say what is wrong with it.
    """
    lines = {entry.line for entry in document.statement.entries if entry.kind == "trueup"} - {""}
    if not lines:
        return document
    query = select(statement).where(statement.c.partner == document.statement.partner).order_by(statement.c.start)
    rows = session.execute(query.where(statement.c.start <= document.period.start)).all()
    closed = rows if document.status == DRAFT else rows[:-1]
    if not closed:
        return document
    try:
        sides = _sides(session, document, closed[-1], None if closed is rows else rows[-1], builder)
        posted = _posted_lines(session, lines, reversed(closed))
    except Damaged:
        return document
    periods = closed[-1].period, rows[-1].period
    now = builder.rows if builder is not None and closed is rows else rows_of(sides[1].facts)
    between = _Between(session, document, periods, *sides, now, formats)
    about = {id: (line.fact_kind, line.fact_id) for id, line in posted.items() if line.fact_id}
    about |= _late(lines - posted.keys(), document.statement.partner, between.then, between.later)
    causes = between.own(about) | (between.others(lines, about) if tells_others else {})
    return replace(document, causes=causes, posted_rules={id: line.rule for id, line in posted.items()})


@dataclass(frozen=True)
class _Between:
    """What became of a partner's rows between two statements; `before` and `after` are all that they rest on, `now`
    holds the rows of the later one, beside a draft those of the whole book.
    """

    session: Session
    document: StatementDocument
    periods: tuple[str, str]
    before: Side
    after: Side
    now: Rows
    formats: Formats

    @cached_property
    def then(self) -> Rows:
        return rows_of(self.before.facts)

    @cached_property
    def later(self) -> Rows:
        return rows_of(self.after.facts)

    def own(self, about: Mapping[str, Key]) -> dict[str, str]:
        """The causes of lines whose own row changed."""
        moved = self._moved(set(about.values()))
        causes = {
            line: f"{fact_in_words(*key)} {MOVED}" if key in moved else self._became(key) for line, key in about.items()
        }
        return {line: words for line, words in causes.items() if words}

    def _became(self, key: Key) -> str:
        """What became of a row; that it is gone is told since statements tell what they correct."""
        is_gone = key in self.then and key not in self.now
        if is_gone and (self.document.semantics or FIRST) >= TELLS_CORRECTED:
            return f"{fact_in_words(*key)}, {self._went(key)}"
        return _words(self.then, self.now, key, self.formats)

    def _went(self, key: Key) -> str:
        """How a row went: by the finding of an audit, or without one."""
        told = self.document.semantics or FIRST
        found = withdrawal_of(self.session, *key, self.document.data_as_of) if told >= TELLS_SINCE else None
        if found is None:
            return "which is gone"
        audit, day = found
        return f"which audit {audit} found wrong on {self.formats.day(day)} and withdrew"

    def others(self, lines: Set[str], about: Mapping[str, Key]) -> dict[str, str]:
        """The causes of lines whose own row stands as it stood; what was spared says so itself."""
        differing = {change.key for change in changes(self.then, self.later)}
        spared = {entry.line for entry in self.document.statement.entries if is_spared(entry)}
        still = {line for line in lines - spared if about.get(line) not in differing}
        if not still:
            return {}
        partner = self.document.statement.partner
        return dict(moved_by(self.before, self.after, partner, still, self._moved, self.formats))

    def _moved(self, keys: Collection[Key]) -> set[Key]:
        return _moved(self.session, self.periods, self.document.statement.partner, keys, self.then, self.now)


def _sides(
    session: Session, document: StatementDocument, before: Any, own: Any, builder: DocumentBuilder | None
) -> tuple[Side, Side]:
    """The statement before, and this one or what a draft rests on; both as far as the one before had posted.

    Raises Damaged where something frozen is missing.
    """
    book, through = Frozen(session), before.end
    meant = restored(canonical_statement(session, before.id)).semantics
    first = _frozen(book, before, through, meant)
    if own is not None:
        return first, _frozen(book, own, through, document.semantics)
    if builder is None:
        raise ValueError("a draft rests on what its builder has")
    rows = builder.chunks.rows(document.statement.partner)
    return first, Side(builder.programs, rows, builder.as_of, through=through)


def _frozen(book: Frozen, row: Any, through: date, meant: int | None) -> Side:
    if not book.is_complete(row):
        raise Damaged("not all that it rests on was frozen with it")
    resting = book.resting(row)
    return Side(resting.programs, resting.facts, row.as_of, through=through, semantics=meant or FIRST)


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
    columns = (changed(column, formats) for column in told(found[0]).columns)
    return ", ".join([f"{key[0].replace('_', ' ')} {key[1]}", *columns])
