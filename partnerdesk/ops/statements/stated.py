"""The ledgers beside earnings as a statement states them: funds at the period's end, what is at stake, payments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import Payment
from partnerdesk.engine.figures.arithmetic import VALUES
from partnerdesk.engine.funds.accounts import balance
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import Entry, FundAccount, FundMove, FundRequest, Statement, corrected_id
from partnerdesk.engine.outcome.funds import EXPIRED, OUTSIDE, REIMBURSED
from partnerdesk.engine.period import Period
from partnerdesk.engine.semantics import TELLS_POSTED
from partnerdesk.engine.whole import Outcome
from partnerdesk.ops.statements.posted_funds import OPEN, Stated, corrections, opening, with_stated
from partnerdesk.reports.statement.ledgers import (
    CustomerRisk,
    FundMoveRow,
    FundRequestRow,
    FundRow,
    FundSheet,
    PaymentRow,
    RiskRow,
    Stake,
)

Rows = Mapping[tuple[str, str], Any]


def funds_of(outcome: Outcome, period: Period, rows: Rows, stated: Sequence[Stated] = ()) -> FundSheet:
    """The partner's funds as they stand at a period's end; the sheet holds what moved or was open in it.

    It goes on from what closed statements `stated`, and corrects what has become otherwise since.
    """
    accounts = with_stated(outcome.funds_on(period.end), stated)
    requests = [row for account in accounts for row in _requests(account, period, rows)]
    funds, moves = [], list[FundMoveRow]()
    for account in accounts:
        own = [_move(account, m) for m in account.moves if period.start <= m.day]
        if stated:
            own = [*corrections(account, stated, period), *own]
        funds.append(_fund(account, _opening(account, period, stated), own))
        moves += own
    return FundSheet(tuple(funds), tuple(requests), tuple(moves), True if stated else None)


def _opening(account: FundAccount[Decimal], period: Period, stated: Sequence[Stated]) -> Decimal:
    """What was in a fund when the period began: as the last closed statement says, where there is one."""
    if stated:
        return opening(stated, account.key)
    before = [m for m in account.moves if m.day < period.start]
    return sum((balance(VALUES, before, place, account.currency) for place in OPEN), ZERO)


def _fund(account: FundAccount[Decimal], opening: Decimal, during: Sequence[FundMoveRow]) -> FundRow:
    def moved(place: str) -> Decimal:
        into = sum((m.amount for m in during if m.target == place), ZERO)
        return into - sum((m.amount for m in during if m.source == place), ZERO)

    issued, paid, expired = -moved(OUTSIDE), moved(REIMBURSED), moved(EXPIRED)
    return FundRow(
        key=account.key,
        says=account.says,
        currency=account.currency,
        opening=opening,
        issued=issued,
        paid=paid,
        expired=expired,
        closing=opening + issued - paid - expired,
        requested=account.requested,
        approved=account.approved,
        claimed=account.claimed,
        available=account.available,
        rule=account.rule.reference if account.rule else "",
        version=account.rule.version if account.rule else "",
    )


def _requests(account: FundAccount[Decimal], period: Period, rows: Rows) -> Iterator[FundRequestRow]:
    moved = {m.request for m in account.moves if m.day >= period.start}
    for request in account.requests:
        is_open = request.due is not None or request.state in ("requested", *OPEN, "proven")
        if is_open or request.day >= period.start or request.id in moved:
            yield _request(account, request, rows)


def _request(account: FundAccount[Decimal], request: FundRequest[Decimal], rows: Rows) -> FundRequestRow:
    activity = rows.get(("activity", request.activity))
    return FundRequestRow(
        id=request.id,
        fund=account.says,
        project=request.project,
        activity=activity.title if activity is not None else request.activity,
        day=request.day,
        requested=request.requested,
        approved=request.approved,
        claimed=request.claimed,
        paid=request.paid,
        lapsed=request.lapsed,
        state=request.state,
        due=request.due,
        due_for=request.due_for,
        proof=request.proof,
        result=request.result,
    )


def _move(account: FundAccount[Decimal], move: FundMove[Decimal]) -> FundMoveRow:
    return FundMoveRow(
        id=move.id,
        fund=account.says,
        currency=account.currency,
        day=move.day,
        kind=move.kind,
        amount=move.amount,
        source=move.source,
        target=move.target,
        request=move.request,
        note=move.note,
        rule=move.rule.reference if move.rule else "",
    )


def stake_of(outcome: Outcome, customers: Mapping[str, str]) -> Stake:
    """What clawbacks could still take, and what each customer's leaving would; `customers` are names by id."""

    def named(customer: str | None) -> str:
        return customers.get(customer or "", customer or "")

    risks = [
        RiskRow(r.line, named(r.customer), r.cause, r.amount, r.until, r.rule.reference)
        for found in outcome.at_risk.values()
        for r in found
    ]
    leaving = [CustomerRisk(named(e.customer), e.amount, len(e.lines), e.until) for e in outcome.exposures.values()]
    return Stake(tuple(risks), tuple(leaving))


def payments_of(outcome: Outcome, statement: Statement[Decimal], rows: Rows, semantics: int) -> tuple[PaymentRow, ...]:
    """The payments of a statement, with the tax that was withheld beside each; then those that were learned after
    their own period was closed, which it corrects.
    """
    found = [_payment(e, rows, _taxes(statement.entries)) for e in statement.entries if e.kind == "payment"]
    if semantics >= TELLS_POSTED:
        late = _learned_late(outcome, statement)
        found += [_late(_payment(e, rows, _taxes(late)), rows) for e in late if e.kind == "payment"]
    return tuple(found)


def _learned_late(outcome: Outcome, statement: Statement[Decimal]) -> list[Entry[Decimal]]:
    """The corrections of a statement by what no statement before it has, as the entries that they bring."""
    before = (e for e in outcome.entries if e.period.end < statement.period.start)
    known = {corrected_id(e) for e in before}
    brought = (e for e in statement.entries if e.kind == "trueup" and e.reference not in known)
    return [e._replace(id=e.reference, kind=e.reference.partition(":")[0]) for e in brought]


def _late(payment: PaymentRow, rows: Rows) -> PaymentRow:
    """A payment that was learned late, with the day on which it was paid."""
    row: Payment | None = rows.get(("payment", payment.id))
    return replace(payment, day=(row.day if row is not None else None) or payment.day, learned_late=True)


def _taxes(entries: Iterable[Entry[Decimal]]) -> dict[str, Decimal]:
    """What was withheld, by payment."""
    return {e.id.removeprefix("tax:"): -e.amount for e in entries if e.kind == "tax"}


def _payment(entry: Entry[Decimal], rows: Rows, taxes: Mapping[str, Decimal]) -> PaymentRow:
    id = entry.id.removeprefix("payment:")
    row: Payment | None = rows.get(("payment", id))
    tax, paid = taxes.get(id, ZERO), -entry.amount
    if row is None:
        return PaymentRow(id, "", entry.day, "", paid + tax, tax, paid, "")
    return PaymentRow(
        id=id,
        remittance=row.remittance,
        day=entry.day,
        method=row.method,
        gross=paid + tax,
        tax=tax,
        net=paid - (row.fees or ZERO),
        item=row.instruction,
        bank_reference=row.bank_reference or None,
        account=_end_of(row.bank_account) or None,
        fees=row.fees or None,
        statements=row.statements or None,
        invoice=row.invoice or None,
    )


def _end_of(account: str) -> str:
    """The last four characters of an account's number: enough to know it by, and no more of it leaves."""
    plain = "".join(c for c in account if c.isalnum())
    return f"… {plain[-4:]}" if len(plain) > 4 else plain
