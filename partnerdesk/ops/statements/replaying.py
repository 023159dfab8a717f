"""Replay: a closed statement computed again from what was frozen with it, and compared byte by byte.

Facts, program versions, the day, the name of the engine and what earlier statements posted are those of the close;
nothing that came into the book later is looked at (`frozen`), and figures mean what they meant then (`semantics`). A
difference means that this program would no longer say what was sent: its engine changed its meaning, or the file was
damaged. The sentences about rules, about what did not count and beside an entry are no figures: they stay as they were
sent, and a later program may put the same in better words.
"""

import zlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import evaluate, kinds_used
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.outcome import OPENING
from partnerdesk.engine.outcome.record import digest
from partnerdesk.engine.semantics import FIRST
from partnerdesk.errors import Damaged, Refused
from partnerdesk.models.restatements import restatement
from partnerdesk.models.statements import statement
from partnerdesk.ops.statements.documents import DocumentBuilder
from partnerdesk.ops.statements.frozen import Frozen
from partnerdesk.ops.statements.posted_funds import stated_before
from partnerdesk.progress import SILENT, Progress
from partnerdesk.reports.statement.canonical import canonical
from partnerdesk.reports.statement.differing import first_difference
from partnerdesk.reports.statement.document import RESTATED, NotCounted, StatementDocument, headed_as
from partnerdesk.reports.statement.frozen import restored

ENGINE = "PartnerDesk "


@dataclass(frozen=True, slots=True)
class ReplayRow:
    """One closed statement and whether it comes out the same; `difference` is the first place where it does not."""

    id: int
    number: str
    revision: int
    partner: str
    period: str
    engine: str
    sha256: str
    is_complete: bool  # whether all facts it rests on were frozen with it
    difference: str = ""

    @property
    def is_same(self) -> bool:
        return not self.difference


def replay(
    session: Session, period: str | None = None, partner: str | None = None, progress: Progress = SILENT
) -> tuple[ReplayRow, ...]:
    """Replays the closed statements of a book, or those of a period or partner, oldest first, in all their revisions.

    Raises Refused where there is none, errors.Cancelled where the user has had enough.
    """
    query = select(statement).order_by(statement.c.start, statement.c.partner, statement.c.id)
    for column, wanted in ((statement.c.period, period), (statement.c.partner, partner)):
        query = query.where(column == wanted) if wanted is not None else query
    rows = session.execute(query).all()
    if not rows:
        of = " ".join(part for part in (period, f"of {partner}" if partner else "") if part)
        raise Refused(f"There is no closed statement{' ' + of if of else ''} to replay.", "Close a period first.")
    later = select(restatement).order_by(restatement.c.revision)
    book_, found = Frozen(session), list[ReplayRow]()
    for done, row in enumerate(rows):
        progress.step(done, len(rows), row.number)
        revisions = [row, *session.execute(later.where(restatement.c.statement == row.id))]
        found += [_replayed(book_, row, revision) for revision in revisions]
    return tuple(found)


def _replayed(book_: Frozen, row: Any, revision: Any) -> ReplayRow:
    """A revision of a closed statement: the statement's own row, or one of its restatements."""
    body = zlib.decompress(revision.canonical)
    is_complete, difference = True, ""
    try:
        is_complete = book_.is_complete(row)
        difference = _difference(book_, row, revision, body)
    except Damaged as error:
        difference = str(error)
    named = (row.id, row.number, revision.revision, row.partner, row.period, revision.engine, revision.sha256)
    return ReplayRow(*named, is_complete, difference)


def _difference(book_: Frozen, row: Any, revision: Any, body: bytes) -> str:
    if digest(body) != revision.sha256:
        return "the text kept in the book has another hash than the one it was closed with"
    again = canonical(_document(book_, row, restored(body)))
    return "" if again == body else first_difference(body, again)


def frozen_builder(book_: Frozen, row: Any) -> DocumentBuilder:
    """The builder of a closed statement's documents, on what was frozen with it. Raises Damaged where it is not."""
    resting, engine = book_.resting(row), row.engine.removeprefix(ENGINE)
    return DocumentBuilder(resting.facts, resting.programs, row.as_of, book_.is_sample, engine)


def _document(book_: Frozen, row: Any, then: StatementDocument) -> StatementDocument:
    """The statement's document, computed anew. Raises Damaged where something frozen is missing."""
    resting = book_.resting(row)
    found = evaluate(
        resting.programs,
        Facts({kind: resting.facts.of(kind) for kind in kinds_used(resting.programs)}),
        row.as_of,
        partners=[row.partner],
        posted=book_.posted_before(row),
        semantics=then.semantics or FIRST,
    ).partners.get(row.partner)
    if found is None or row.period not in found.statements:
        raise Damaged("its frozen facts give no statement of this period")
    builder = frozen_builder(book_, row)
    builder.semantics = then.semantics or FIRST
    if then.funds is not None and then.funds.goes_on:
        builder.stated_before = stated_before(book_.session)
    document = builder.document(
        found,
        found.statements[row.period].period,
        issued=date.fromisoformat(row.closed_at[:10]),
        facts_sha256=row.facts_sha256,
    )
    return _in_words_of(then, replace(document, version=row.revision, semantics=then.semantics))


def _in_words_of(then: StatementDocument, now: StatementDocument) -> StatementDocument:
    """The document of now in the sentences that were sent: of the rules, of what did not count where it is that,
    beside the entries, and under the head of a restatement.
    """
    if then.status == RESTATED:
        now = headed_as(now, then)
    if then.funds is None:  # what statements of earlier releases do not say is no difference
        now = replace(now, funds=None, stake=None, payments=None)
    said = {(row.item, row.rule): row for row in then.uncounted}
    uncounted = [_reworded(row, said.get((row.item, row.rule))) for row in now.uncounted]
    notes = {entry.id: entry.note for entry in then.statement.entries}
    entries = tuple(entry._replace(note=notes.get(entry.id, entry.note)) for entry in now.statement.entries)
    kept = replace(now.statement, entries=entries)
    # Releases of before told nothing of what a line that was taken over had earned.
    lines = {entry.id: entry.line for entry in entries}
    told = {k: v for k, v in now.corrections.items() if k in then.corrections or not lines[k].startswith(f"{OPENING}:")}
    return replace(now, statement=kept, rules=then.rules, uncounted=tuple(uncounted), corrections=told)


def _reworded(row: NotCounted, said: NotCounted | None) -> NotCounted:
    return replace(row, reason=said.reason, remedy=said.remedy) if said else row
