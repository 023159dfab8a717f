"""Restating: a closed statement issued anew under a corrected head, in other words, or because it was never sent.

A restatement names the revision before it and repeats every figure; figures change by a true-up in the next open
period alone. Every revision stays readable and replays. `at` is the moment as UTC text.
"""

import zlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from partnerdesk import __version__
from partnerdesk.engine.facts import Partner
from partnerdesk.engine.outcome.record import digest
from partnerdesk.errors import Refused
from partnerdesk.models.base import irreversible
from partnerdesk.models.restatements import restatement
from partnerdesk.models.statements import statement
from partnerdesk.ops.gate.strangers import refuse_strangers
from partnerdesk.ops.statements.approving import check_two
from partnerdesk.ops.statements.documents import DocumentBuilder, builder_of, versions_until
from partnerdesk.ops.statements.frozen import Frozen
from partnerdesk.ops.statements.replaying import ENGINE, frozen_builder
from partnerdesk.queries.figures import needed_programs
from partnerdesk.queries.statements.archive import ClosedRow, canonical_statement, closed_statements
from partnerdesk.reports.statement.canonical import canonical
from partnerdesk.reports.statement.document import RESTATED, SAID, LineDetail, StatementDocument, headed_as
from partnerdesk.reports.statement.frozen import restored


@irreversible
def restate(
    session: Session, partner: str, label: str, on: date, *, reason: str, maker: str, checker: str, at: str
) -> ClosedRow:
    """Issues the closed statement of a partner and period again as its next revision; returns that.

    Head and names are those of the book today. It is issued on the day `on`, though never before the last revision.
    Raises Refused for a statement that is not closed, and without a reason or a name.
    """
    closed = next(iter(closed_statements(session, partner, label)), None)
    if closed is None:
        raise Refused(f"{partner} has no closed statement {label}.", "A draft needs no restatement: it still moves.")
    if not reason.strip():
        raise Refused("A restatement says why.", "Enter it.")
    check_two(session, "A restatement", maker, checker)
    # Frozen, it could neither be reworded nor leave the house.
    refuse_strangers(session, partner, partner, [reason.strip()], "The restatement")
    issued = max(on, closed.issued)
    body = canonical(_document(session, closed, issued, reason.strip()))
    row = {
        "statement": closed.id,
        "partner": partner,
        "issued": issued,
        "revision": closed.revision + 1,
        "reason": reason.strip(),
        "canonical": zlib.compress(body, 6),
        "sha256": digest(body),
        "engine": f"{ENGINE}{__version__}",
        "maker": maker.strip(),
        "checker": checker.strip(),
        "at": at,
    }
    session.execute(insert(restatement), row)
    return closed_statements(session, partner, label)[0]


UNCHANGED = "Nothing of its head, names and wording has changed since v{}; the next revision would say the same."


def unchanged_since(session: Session, partner: str, label: str, on: date) -> int | None:
    """The latest revision of a closed statement where a restatement would say nothing else; None otherwise.

    Also None for a statement that is not closed, which `restate` refuses.
    """
    closed = next(iter(closed_statements(session, partner, label)), None)
    if closed is None:
        return None
    last = restored(canonical_statement(session, closed.id))
    next_one = _document(session, closed, max(on, closed.issued), "")
    is_same = all(getattr(next_one, name) == getattr(last, name) for name in SAID)
    return closed.revision if is_same else None


def _document(session: Session, closed: ClosedRow, on: date, reason: str) -> StatementDocument:
    """The next revision: the figures of the statement under the head of today."""
    then = restored(canonical_statement(session, closed.id))
    today = builder_of(session, needed_programs(session), on)
    partner = today.partners.get(closed.partner)
    if partner is None:
        raise Refused(f"There is no partner {closed.partner} in this book any more.", "Nothing is restated.")
    row = session.execute(select(statement).where(statement.c.id == closed.id)).one()
    now = replace(then, **_head(today, partner, then), **_rules(frozen_builder(Frozen(session), row), then, on))
    now = replace(now, version=closed.revision + 1, issued=on, restated_because=reason)
    assert headed_as(now, then) == then, "a restatement repeats every figure"
    return now


def _head(today: DocumentBuilder, partner: Partner, then: StatementDocument) -> dict[str, Any]:
    """Who the statement is for and from, and the names of what its lines refer to, as the book has them today."""
    return {
        **today.party(partner),
        "status": RESTATED,
        "restates": f"{then.number} v{then.version}",
        "payer": today.payer or then.payer,
        "details": {id: _named(today, then, id) for id in then.details},
    }


def _named(today: DocumentBuilder, then: StatementDocument, id: str) -> LineDetail:
    """The references of a line, with today's names for the same customer and product."""
    line, said = next(line for line in then.statement.lines if line.id == id), then.details[id]
    customers, products = today.names.customers, today.names.products
    return replace(
        said,
        customer=customers.get(line.customer or "", said.customer),
        product=products.get(line.product or "", said.product),
    )


def _rules(frozen: DocumentBuilder, then: StatementDocument, on: date) -> dict[str, Any]:
    """The rules of the close in the words of this program, and a window of disputes that begins anew."""
    program = versions_until(frozen.programs, then.period.end)[-1]
    until = on + timedelta(days=program.disputes.within_days)
    return {"rules": frozen.rules(then.statement, program), "dispute_until": until}
