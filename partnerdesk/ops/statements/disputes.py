"""Disputes: raised from a line, a movement or the total of a closed statement, escalated, decided. The statement itself
never changes by one.

What a decision grants is an adjustment that names what it corrects, in the period that is open then. `at` is the
moment as UTC text: an op does not read the clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Adjustment, Dispute
from partnerdesk.engine.figures.reasons import amount_words, day_words
from partnerdesk.engine.money import ZERO
from partnerdesk.errors import Refused
from partnerdesk.models.disputes import dispute_step
from partnerdesk.models.facts import TABLES
from partnerdesk.ops.edits import required
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.queries.statements.disputable import window
from partnerdesk.queries.statements.disputes import (
    REASON_CODE,
    DisputeRow,
    adjustment_id,
    decided_words,
    dispute_named,
    ended,
    open_dispute,
)
from partnerdesk.queries.statements.missing import Missing, missing
from partnerdesk.queries.statements.posted_rows import TOTAL, OnStatement, on_statement, unpaid

APPROVED, PARTLY, DENIED, ESCALATED = "approved", "partly", "denied", "escalated"
_SINCE = "Do it as of that day or a later one: --as-of {}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a partner objects to: `line` is a line, the name of a movement, or a statement's number for its total.

    `claimed` is the amount it expects instead, `more` what it expects on top; it may name one of them, or none.
    `late_because` says why a claim is taken after the window has closed; `source` is where it was read.
    """

    partner: str
    line: str
    reason: str
    raised_by: str
    claimed: Decimal | None = None
    more: Decimal | None = None
    late_because: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer to a dispute. `amount` is what is added to what is disputed, in the currency of its statement.

    Approved without an amount grants what is missing of the claim: nothing where corrections have brought it.
    """

    outcome: str  # approved, partly or denied
    reason: str
    approver: str
    amount: Decimal | None = None
    counts_for_tier: bool = False
    counts_for_attainment: bool = False
    counts_for_cap: bool = False


def raise_dispute(session: Session, claim: Claim, *, on: date, by: str, at: str) -> str:
    """Opens one dispute and returns its id; see `raise_disputes`."""
    return raise_disputes(session, [claim], on=on, by=by, at=at)[0]


def raise_disputes(session: Session, claims: Sequence[Claim], *, on: date, by: str, at: str) -> tuple[str, ...]:
    """Opens disputes, all or none, and returns their ids.

    Raises Refused for what no closed statement holds, what has an open dispute, a claim without a reason or a name or
    with two amounts, and one after the window that does not say why it is taken all the same.
    """
    rows: list[Dispute] = []
    ids: list[str] = []  # of those that stand in the book by then
    number = (session.scalar(select(func.count()).select_from(TABLES["dispute"])) or 0) + 1
    for given in claims:
        found = on_statement(session, given.partner, given.line)
        claim = replace(given, line=found.line)
        if any(row.line == claim.line and row.partner == claim.partner for row in rows):
            raise Refused(f"{_begun(found.says)} is named twice.", "Dispute it once.")
        if any(_is_of_the_same(row, found) for row in rows[len(ids) :]):
            ids += add_rows(session, rows[len(ids) :], by=by)
        id, number = _free(session, number)
        rows.append(_fact(session, claim, found, id, on))
    ids += add_rows(session, rows[len(ids) :], by=by)
    for id, row, claim in zip(ids, rows, claims, strict=True):
        _note(session, id, "raised", _told(row.reason, claim), on, claim.raised_by.strip(), at)
    return tuple(ids)


def _is_of_the_same(row: Dispute, found: OnStatement) -> bool:
    """Whether a claim may hold money that another one would hold as well: of a total and its lines the first does."""
    is_total = row.line == row.statement or found.kind == TOTAL
    return row.partner == found.partner and (is_total or row.line == found.of)


def _told(reason: str, claim: Claim) -> str:
    """What the first step of a dispute says: the reason, and how the claim came in where that is worth a word."""
    late = claim.late_because.strip()
    told = [reason, f"Taken after the window because {late}" if late else ""]
    told.append(f"Read from {claim.source}" if claim.source else "")
    said = [words for words in told if words]
    return reason if len(said) == 1 else " ".join(map(ended, said))


def _free(session: Session, number: int) -> tuple[str, int]:
    """The next free id of a dispute, and the number after it."""
    taken = TABLES["dispute"].c.id
    while session.scalar(select(taken).where(taken == f"DI-{number:04d}")):
        number += 1
    return f"DI-{number:04d}", number + 1


def _fact(session: Session, claim: Claim, found: OnStatement, id: str, on: date) -> Dispute:
    closed = found.closed
    if other := open_dispute(session, claim.partner, claim.line):
        raise Refused(f"{_begun(found.says)} has the open dispute {other}.", "Decide that one first.")
    open_until = window(session, closed)
    if on < closed.issued:
        raise Refused(
            f"{closed.number} was issued on {day_words(closed.issued)}, after {day_words(on)}.",
            _SINCE.format(closed.issued),
        )
    if on > open_until.until and not claim.late_because.strip():
        raise Refused(
            f"{closed.number} could be disputed until {day_words(open_until.until)}.",
            "Say why the claim is taken all the same, or answer the partner that it comes too late.",
        )
    return Dispute(
        id=id,
        partner=claim.partner,
        day=on,
        line=claim.line,
        statement=closed.number,
        amount=found.amount,
        unpaid=unpaid(session, found, on),
        claimed=_expected(claim, found),
        currency=closed.currency,
        reason=required(claim.reason, "A dispute says what the partner objects to."),
        raised_by=required(claim.raised_by, "A dispute names who raised it."),
        answer_by=on + timedelta(days=open_until.answer_days),
    )


def _expected(claim: Claim, found: OnStatement) -> Decimal | None:
    """The amount that a partner expects. Raises Refused where it is named in both ways, and for a mere transfer."""
    if found.is_transfer and (claim.claimed is not None or claim.more is not None):
        own = f"Dispute line {found.of} where that earns too little; l" if found.of else "L"
        raise Refused(
            f"{_begun(found.says)} moves money between held and payable and earns nothing by itself.",
            f"{own}eave the amount out where its day or its share is wrong.",
        )
    if claim.more is None:
        return claim.claimed
    if claim.claimed is not None:
        raise Refused(
            "A claim names the amount that is expected, or what is expected on top, not both.", "Leave one of them out."
        )
    return found.amount + claim.more


def _begun(words: str) -> str:
    """Words as a sentence begins."""
    return words[:1].upper() + words[1:]


def note_on_dispute(session: Session, id: str, says: str, *, on: date, by: str, at: str) -> None:
    """Records what happened to an open dispute. Raises Refused for one that is decided."""
    _present(session, id, on)
    _note(session, id, "noted", required(says, "A note says something."), on, by, at)


def escalate_dispute(session: Session, id: str, reason: str, *, on: date, by: str, at: str) -> None:
    """Hands an open dispute to somebody above; it stays open, and the day of its answer stays."""
    _present(session, id, on)
    words = required(reason, "An escalation says why, and to whom.")
    change_row(session, "dispute", id, {}, by=by, outcome=ESCALATED)
    _note(session, id, "escalated", words, on, by, at)


def decide_dispute(session: Session, id: str, given: Decision, *, on: date, by: str, at: str) -> str:
    """Decides an open dispute; returns the id of the adjustment that it makes, or nothing where it is denied.

    Raises Refused without a reason or an approver, and for an amount that does not fit the outcome.
    """
    row = _present(session, id, on)
    reason = required(given.reason, "A decision says why.")
    approver = required(given.approver, "A decision names who approved it.")
    granted = _granted(row, given, missing(session, row, on))
    words = {"outcome": given.outcome, "decided": on, "decision": reason, "decided_by": approver}
    change_row(session, "dispute", id, {}, by=by, **words)
    told = replace(row, outcome=given.outcome, decision=reason, granted=granted)
    _note(session, id, "decided", decided_words(told), on, approver, at)
    if not granted:
        return ""
    return add_rows(session, [_adjustment(row, given, granted, on)], by=by)[0]


def _granted(row: DisputeRow, given: Decision, still: Missing) -> Decimal:
    """What a decision adds. Raises Refused where outcome and amount contradict each other or what has come already."""
    if given.outcome == DENIED:
        if given.amount:
            raise Refused("A denied dispute grants nothing.", "Choose approved or partly, or leave the amount out.")
        return ZERO
    if given.outcome not in (APPROVED, PARTLY):
        raise Refused(f"“{given.outcome}” is no outcome.", f"Choose {APPROVED}, {PARTLY} or {DENIED}.")
    if row.is_transfer:
        return _of_transfer(row, given)
    amount = still.left if given.amount is None and given.outcome == APPROVED else given.amount
    if amount is None or (not amount and not still.brought):
        raise Refused("Nothing says how much is granted.", "Enter the amount that is added.")
    if still.left is not None:
        _refuse_more(given.outcome, amount, still)
    elif not amount and given.outcome == PARTLY:
        raise Refused("A part of nothing is nothing.", f"Choose {APPROVED}, or enter the amount that is added.")
    return amount


def _of_transfer(row: DisputeRow, given: Decision) -> Decimal:
    """Nothing: what moves between held and payable is paid once. Raises Refused where an amount is named."""
    if given.amount or given.outcome == PARTLY:
        raise Refused(
            f"{_begun(row.where)} moves money between held and payable; what is added to it would be paid twice.",
            f"Choose {APPROVED} or {DENIED} without an amount. Where its line earns too little, dispute that line.",
        )
    return ZERO


def _refuse_more(outcome: str, amount: Decimal, still: Missing) -> None:
    """Raises Refused for a part that is no part of what is missing, and for more than is missing of what came since."""
    asked, left = still.asked or ZERO, still.left or ZERO
    if outcome == PARTLY and (amount * left <= ZERO or abs(amount) >= abs(left)):
        if still.is_met:
            raise Refused(still.words(), f"Choose {APPROVED} without an amount: nothing more is added.")
        told = amount_words(left, still.currency)
        asks = f"{still.words()} P" if still.brought else f"The partner asks for {told}; p"
        raise Refused(f"{asks}art of it is less than that.", "Correct the amount.")
    if still.brought and outcome == APPROVED and amount != left:
        if amount * asked < ZERO or abs(amount) > abs(left):
            raise Refused(
                still.words(), "Leave the amount out; what goes beyond the claim is an adjustment of its own."
            )
        raise Refused(f"{still.words()} Less than that is a part of it.", f"Choose {PARTLY}, or leave the amount out.")


def _adjustment(row: DisputeRow, given: Decision, granted: Decimal, on: date) -> Adjustment:
    return Adjustment(
        id=adjustment_id(row.id),
        partner=row.partner,
        day=on,
        amount=granted,
        currency=row.currency,
        reason_code=REASON_CODE,
        reason=f"Dispute {row.id} of {row.where}: {given.reason.strip()}",
        approver=given.approver.strip(),
        line="" if row.is_total else row.line,
        counts_for_tier=given.counts_for_tier,
        counts_for_attainment=given.counts_for_attainment,
        counts_for_cap=given.counts_for_cap,
    )


def _present(session: Session, id: str, on: date) -> DisputeRow:
    """An open dispute. Raises Refused for one that is not there, is decided, or was raised after the day."""
    row = dispute_named(session, id, on)
    if not row.is_open:
        raise Refused(f"Dispute {id} is decided: {row.outcome}.", "Undo the decision, or raise it again.")
    if row.raised is not None and on < row.raised:
        raise Refused(f"Dispute {id} was raised on {day_words(row.raised)}, after this day.", _SINCE.format(row.raised))
    return row


def _note(session: Session, id: str, kind: str, says: str, on: date, by: str, at: str) -> None:
    values = {"dispute": id, "day": on, "kind": kind, "says": says, "by": by, "at": at}
    session.execute(insert(dispute_step).values(values))
