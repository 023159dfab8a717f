"""Disputes: the list with its clock, and one dispute with what happened to it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Adjustment, Dispute
from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.money import ZERO
from partnerdesk.meant import unknown
from partnerdesk.models.disputes import dispute_step
from partnerdesk.models.facts import TABLES
from partnerdesk.queries.facts import facts
from partnerdesk.queries.statements.posted_rows import LINE, TOTAL, is_transfer, kinds_posted, row_words

OPEN = ("open", "escalated")
_MOVES = "Nothing is added: it moves between held and payable."
_CAME = "Nothing more is added: what was missing has come by corrections."
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
    kind: str = LINE  # line, total or the kind of the entry that is disputed

    @property
    def what(self) -> str:
        """What is disputed, in words: `line L-7`, `clawback C-1`, `the total`."""
        return row_words(self.kind, self.line)

    @property
    def where(self) -> str:
        """The same with the statement on which it stands."""
        return row_words(self.kind, self.line, self.statement)

    @property
    def is_total(self) -> bool:
        return self.kind == TOTAL

    @property
    def is_transfer(self) -> bool:
        """Whether it moves between held and payable alone, so that an answer adds nothing."""
        return is_transfer(self.kind, self.line)

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


def disputes(session: Session, as_of: date, partner: str | None = None) -> tuple[DisputeRow, ...]:
    """Disputes of all partners or of one: open ones first, the one whose answer is due first at the top."""
    found = facts(session, kinds=("dispute", "adjustment", "partner"))
    names = {p.id: p.name for p in found.of("partner")}
    granted = {a.id: a for a in found.of("adjustment") if a.reason_code == REASON_CODE}
    wanted = [d for d in found.of("dispute") if partner in (None, d.partner)]
    kinds = kinds_posted(session, ((d.partner, d.line) for d in wanted))
    rows = [
        _row(
            d,
            names.get(d.partner, d.partner),
            granted.get(adjustment_id(d.id)),
            as_of,
            TOTAL if d.line == d.statement else kinds.get((d.partner, d.line), LINE),
        )
        for d in wanted
    ]
    return tuple(sorted(rows, key=lambda r: (not r.is_open, r.answer_by or date.max, r.id)))


def dispute_named(session: Session, id: str, as_of: date) -> DisputeRow:
    """One dispute. Raises Refused where there is none of this name."""
    known = {row.id: row for row in disputes(session, as_of)}
    if id not in known:
        raise unknown("dispute", id, known.keys(), "`partnerdesk dispute list --all` shows those there are.")
    return known[id]


def dispute_steps(session: Session, id: str) -> tuple[StepRow, ...]:
    """What happened to a dispute, in order."""
    columns = [dispute_step.c[name] for name in StepRow.__slots__]
    wanted = select(*columns).where(dispute_step.c.dispute == id).order_by(dispute_step.c.day, dispute_step.c.id)
    return tuple(StepRow(**row) for row in session.execute(wanted).mappings())


def decided_words(row: DisputeRow) -> str:
    """The answer to a dispute in words: its outcome, why, and what it grants."""
    reason = row.decision
    if row.granted:
        reason = f"{ended(reason)} Granted: {amount_words(row.granted, row.currency)}."
    elif row.outcome == "approved":
        reason = f"{ended(reason)} {_MOVES if row.is_transfer else _CAME}"
    return f"{row.outcome.capitalize()}: {reason}"


def ended(words: str) -> str:
    """Words with the full stop that a following sentence needs."""
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def adjustment_id(dispute: str) -> str:
    """The id of the adjustment that the decision of a dispute makes."""
    return f"{dispute}-A"


def _row(d: Dispute, name: str, adjustment: Adjustment | None, as_of: date, kind: str) -> DisputeRow:
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
        kind=kind,
    )


def open_dispute(session: Session, partner: str, line: str) -> str:
    """The id of the open dispute of a line; empty where there is none."""
    table = TABLES["dispute"].c
    wanted = select(table.id).where(table.partner == partner, table.line == line, table.outcome.in_(OPEN))
    return session.scalars(wanted).first() or ""
