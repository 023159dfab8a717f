"""Disputes: the list with its clock, one dispute with what happened to it, and the line that a dispute is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Adjustment, Dispute
from partnerdesk.engine.money import ZERO, major
from partnerdesk.engine.outcome import HELD, PAYABLE
from partnerdesk.errors import Refused
from partnerdesk.models.disputes import dispute_step
from partnerdesk.models.facts import TABLES
from partnerdesk.models.statements import posted_entry, statement
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.statements.archive import ClosedRow, closed_statements
from partnerdesk.queries.statements.payable import left_payable, part_of

OPEN = ("open", "escalated")
REASON_CODE = "dispute"  # of the adjustment that a decision grants


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A dispute as lists show it; amounts in `currency`. `days_left` counts to the answer, below zero when late.

    `granted` is what its decision adjusts, `adjustment` the id of that fact; None and "" where it grants nothing.
    """

    id: str
    partner: str
    partner_name: str
    statement: str
    line: str
    amount: Decimal | None
    unpaid: Decimal
    claimed: Decimal | None
    currency: str
    reason: str
    raised: date | None
    raised_by: str
    answer_by: date | None
    outcome: str
    decided: date | None
    decision: str
    decided_by: str
    granted: Decimal | None
    adjustment: str
    days_left: int | None

    @property
    def is_open(self) -> bool:
        return self.outcome in OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.days_left is not None and self.days_left < 0


@dataclass(frozen=True, slots=True)
class StepRow:
    """One thing that happened to a dispute; `at` is UTC."""

    day: date
    kind: str  # raised, noted, escalated, decided
    says: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class OnStatement:
    """A line, or another entry, as a closed statement posted it: `held` is what of it that statement held.

    `payable` is what of it has become payable on closed statements since.
    """

    partner: str
    line: str
    closed: ClosedRow
    amount: Decimal
    payable: Decimal
    held: Decimal


def disputes(session: Session, as_of: date, partner: str | None = None) -> tuple[DisputeRow, ...]:
    """Disputes of all partners or of one: open ones first, the one whose answer is due first at the top."""
    found = facts(session, kinds=("dispute", "adjustment", "partner"))
    names = {p.id: p.name for p in found.of("partner")}
    granted = {a.id: a for a in found.of("adjustment") if a.reason_code == REASON_CODE}
    rows = [
        _row(d, names.get(d.partner, d.partner), granted.get(adjustment_id(d.id)), as_of)
        for d in found.of("dispute")
        if partner in (None, d.partner)
    ]
    return tuple(sorted(rows, key=lambda r: (not r.is_open, r.answer_by or date.max, r.id)))


def dispute_named(session: Session, id: str, as_of: date) -> DisputeRow:
    """One dispute. Raises Refused where there is none of this name."""
    found = next((row for row in disputes(session, as_of) if row.id == id), None)
    if found is None:
        raise Refused(f"There is no dispute {id} in this book.", "Its number stands in the list of disputes.")
    return found


def dispute_steps(session: Session, id: str) -> tuple[StepRow, ...]:
    """What happened to a dispute, in order."""
    columns = [dispute_step.c[name] for name in StepRow.__slots__]
    wanted = select(*columns).where(dispute_step.c.dispute == id).order_by(dispute_step.c.day, dispute_step.c.id)
    return tuple(StepRow(**row) for row in session.execute(wanted).mappings())


def adjustment_id(dispute: str) -> str:
    """The id of the adjustment that the decision of a dispute makes."""
    return f"{dispute}-A"


def _row(d: Dispute, name: str, adjustment: Adjustment | None, as_of: date) -> DisputeRow:
    return DisputeRow(
        id=d.id,
        partner=d.partner,
        partner_name=name,
        statement=d.statement,
        line=d.line,
        amount=d.amount,
        unpaid=d.unpaid or ZERO,
        claimed=d.claimed,
        currency=d.currency,
        reason=d.reason,
        raised=d.day,
        raised_by=d.raised_by,
        answer_by=d.answer_by,
        outcome=d.outcome,
        decided=d.decided,
        decision=d.decision,
        decided_by=d.decided_by,
        granted=adjustment.amount if adjustment else None,
        adjustment=adjustment.id if adjustment else "",
        days_left=(d.answer_by - as_of).days if d.answer_by else None,
    )


def on_statement(session: Session, partner: str, line: str) -> OnStatement:
    """The closed statement on which a line or an entry first stands; an entry may be named as its movement is printed.

    Raises Refused where no closed statement holds it.
    """
    rows = _posted(session, partner, line)
    if not rows and (entry := _entry_of(session, partner, line)):
        line, rows = entry, _posted(session, partner, entry)
    if not rows:
        raise Refused(
            f"No closed statement of {partner} has a line {line}.",
            "Its name stands in the first column of the statement's earnings or corrections; a draft is not disputed.",
        )
    first = rows[0]
    own = [r for r in rows if r.entry == line] or [r for r in rows if r.kind in ("accrual", "topup")] or rows[:1]
    closed = next(c for c in closed_statements(session, partner) if c.id == first.statement)
    amount = major(sum(r.amount for r in own), first.currency)
    payable = major(sum(r.amount for r in rows if r.bucket == PAYABLE), first.currency)
    held = major(sum(r.amount for r in rows if r.bucket == HELD and r.statement == first.statement), first.currency)
    return OnStatement(partner, line, closed, amount, payable, held)


def _posted(session: Session, partner: str, line: str) -> Sequence[Any]:
    """The posted entries of a line, or the one entry of that id, each with its statement's currency."""
    entries = posted_entry.c
    wanted = select(posted_entry, statement.c.currency).join(statement, entries.statement == statement.c.id)
    named = (entries.partner == partner) & ((entries.line == line) | (entries.entry == line))
    return session.execute(wanted.where(named).order_by(entries.id)).all()


def _entry_of(session: Session, partner: str, movement: str) -> str | None:
    """The entry of a movement, such as a clawback, by the name that the sheet of corrections prints; of two, the
    payable one.
    """
    entries = posted_entry.c
    printed = entries.entry == movement + ":" + entries.kind + ":" + entries.bucket
    chosen = select(entries.entry).where(entries.partner == partner, printed).order_by(entries.bucket.desc())
    return session.scalars(chosen).first()


def unpaid(session: Session, found: OnStatement, as_of: date) -> Decimal:
    """What of a line closed statements make payable and is not paid yet: payments, those since then among them, take
    what became payable first. What becomes payable after the last of them is not disputed with it.
    """
    outcome = evaluation(session, as_of).partners.get(found.partner)
    if outcome is None or not outcome.statements:
        return ZERO
    closed_to = max((c.end for c in closed_statements(session, found.partner)), default=date.min)
    left, days = left_payable(outcome, closed_to)
    own = part_of(days, left, lambda e: found.line in (e.line, e.id))
    return min(own, max(ZERO, found.payable))


def open_dispute(session: Session, partner: str, line: str) -> str:
    """The id of the open dispute of a line; empty where there is none."""
    table = TABLES["dispute"].c
    wanted = select(table.id).where(table.partner == partner, table.line == line, table.outcome.in_(OPEN))
    return session.scalars(wanted).first() or ""
