"""Which line an adjustment corrects, told when a statement is drawn: its entry names the adjustment alone.

It is read from the facts that were frozen with the statement, so a closed one says the same for good, and it is no part
of the canonical text.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.errors import Damaged
from partnerdesk.models.statements import statement
from partnerdesk.ops.statements.documents import DocumentBuilder
from partnerdesk.ops.statements.frozen import Frozen
from partnerdesk.queries.statements.posted_rows import LINE, kinds_posted, printed_name
from partnerdesk.reports.statement.document import DRAFT, StatementDocument

_NAMED = "adjustment:"  # what the entry of an adjustment begins with


def with_corrected_lines(
    session: Session, document: StatementDocument, builder: DocumentBuilder | None = None
) -> StatementDocument:
    """The document with the line, or the movement as sheets print it, of each adjustment that corrects one.

    A draft rests on what `builder` has. Where what was frozen is incomplete or damaged nothing is told.
    """
    entries = [entry.id for entry in document.statement.entries if entry.kind == "adjustment"]
    if not entries:
        return document
    try:
        rows = builder.rows if document.status == DRAFT and builder else _frozen(session, document)
    except Damaged:
        return document
    corrected = {id: row for id in entries if (row := rows.get(("adjustment", id.removeprefix(_NAMED)))) and row.line}
    partner = document.statement.partner
    kinds = kinds_posted(session, ((partner, row.line) for row in corrected.values()))
    said = {id: printed_name(kinds.get((partner, row.line), LINE), row.line) for id, row in corrected.items()}
    return replace(document, adjusted=said)


def _frozen(session: Session, document: StatementDocument) -> Mapping[tuple[str, str], Any]:
    """The adjustments that a closed statement rests on. Raises Damaged."""
    own = (statement.c.partner == document.statement.partner) & (statement.c.period == document.period.label)
    row = session.execute(select(statement).where(own)).one()
    return {("adjustment", fact.id): fact for fact in Frozen(session).resting(row).facts.of("adjustment")}
