"""What is told of a statement when it is drawn and follows from its figures: what its balance is made of, and on which
conditions something is held.

The figures of a closed statement are computed again from the facts that were frozen with it, with the meaning that they
had then, so it says the same for good; it is no part of the canonical text.
"""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.rules import Program
from partnerdesk.engine.semantics import FIRST
from partnerdesk.engine.whole import Outcome
from partnerdesk.errors import Damaged
from partnerdesk.models.statements import statement
from partnerdesk.ops.statements import conditions, settled
from partnerdesk.ops.statements.documents import DocumentBuilder
from partnerdesk.ops.statements.frozen import Frozen
from partnerdesk.queries.figures import needed_programs
from partnerdesk.reports.statement.document import DRAFT, StatementDocument


@dataclass(frozen=True, slots=True)
class _Computed:
    """The figures of a statement, and what they rest on."""

    outcome: Outcome
    facts: Facts
    programs: tuple[Program, ...]


def with_computed(
    session: Session,
    document: StatementDocument,
    builder: DocumentBuilder | None = None,
    outcome: Outcome | None = None,
) -> StatementDocument:
    """The document with the parts of its payable balance, where a debt was invoiced or a draw advanced something, and
    with the conditions of what is held.

    A draft is told from `outcome` and what `builder` has. Where what was frozen is incomplete or damaged nothing is
    told; a program that has neither costs nothing.
    """
    programs = builder.programs if builder else needed_programs(session)
    has_parts = document.payments is not None and settled.may_be(programs)
    has_conditions = conditions.may_be(document) and any(h.when for p in programs for h in p.holdback.values())
    if not has_parts and not has_conditions:
        return document
    try:
        if document.status == DRAFT and builder is not None and outcome is not None:
            found = _Computed(outcome, builder.facts, builder.programs)
        else:
            found = _frozen(session, document)
    except Damaged:
        return document
    return replace(
        document,
        settled=settled.settled_of(document, found.outcome, found.facts) if has_parts else None,
        conditions=conditions.conditions_of(document, found.outcome, found.programs) if has_conditions else None,
    )


def _frozen(session: Session, document: StatementDocument) -> _Computed:
    """What a closed statement's frozen facts give, as it was computed then. Raises Damaged."""
    own = (statement.c.partner == document.statement.partner) & (statement.c.period == document.period.label)
    row = session.execute(select(statement).where(own)).one()
    book = Frozen(session)
    resting, posted, meaning = book.resting(row), book.posted_before(row), document.semantics or FIRST
    run = evaluate(resting.programs, resting.facts, row.as_of, partners=[row.partner], posted=posted, semantics=meaning)
    found = run.partners.get(row.partner)
    if found is None:
        raise Damaged("its frozen facts give no statement of this period")
    return _Computed(found, resting.facts, resting.programs)
