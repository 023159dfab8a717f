"""The steps of a fund: allocation, request, decision, claim, proof, reimbursement, release, expiry by hand.

Each adds one entry and looks at the partner's fund as it stands then: a step that the ledger would have to correct
(more than is available, a claim that nobody approved) is refused, and so is a day in a closed period.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import evaluate, kinds_used
from partnerdesk.engine.facts import FundEntry
from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.outcome import FundAccount
from partnerdesk.errors import Refused
from partnerdesk.models.statements import statement
from partnerdesk.ops.edits import required
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.rows.numbers import next_id
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import needed_programs
from partnerdesk.queries.funds.accounts import RequestRow, fund_request, funds
from partnerdesk.queries.funds.named import fund_currency, fund_named


class BeyondFund(Refused):
    """A request asks for more than its fund has available; it may be recorded all the same."""


DECIDED = {"approve": "approval", "deny": "denial"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount and the currency it is in; the one in which the fund is kept where none is named."""

    amount: Decimal | None
    currency: str = ""


def allocate(
    session: Session,
    partner: str,
    fund: str,
    money: Money,
    *,
    on: date,
    by: str,
    expires: date | None = None,
    project: str = "",
    approver: str = "",
    new: bool = False,
) -> str:
    """Puts an amount into a fund by hand, or takes it back below zero; returns the entry's id.

    `new` opens a fund that the book does not have; the first one needs no such word. Raises Refused for an unknown one.
    """
    if not money.amount:
        raise Refused("An allocation of nothing changes nothing.", "Enter an amount, below zero to take back.")
    named = required(fund, "An allocation names its fund.")
    key = fund_named(session, named, on, opens=new or not funds(session, on).names)
    row = _entry(session, partner, key, "allocation", money, on)
    return _added(session, replace(row, due=expires, project=project.strip(), approver=approver.strip() or by), by)


def request_money(
    session: Session,
    partner: str,
    fund: str,
    money: Money,
    *,
    on: date,
    by: str,
    project: str,
    activity: str | None = None,
    due: date | None = None,
    anyway: bool = False,
) -> str:
    """Opens a request for a joint project; returns its id.

    Raises BeyondFund for more than the fund has available, which nobody could approve as it is, unless it is to be
    recorded `anyway`.
    """
    if money.amount is None or money.amount <= 0:
        raise Refused("A request asks for an amount above zero.", "Enter what the partner asks for.")
    named = required(project, "A request names its joint project.")
    row = _entry(session, partner, fund_named(session, fund, on), "request", money, on)
    id = _added(session, replace(row, project=named, activity=activity or None, due=due), by)
    if not anyway:
        _refuse_beyond(_accounts(session, row)[row.fund], id)
    return id


def _refuse_beyond(account: FundAccount[Decimal], id: str) -> None:
    """Raises BeyondFund where a request asks for more than its fund has available."""
    asked = next(request.requested for request in account.requests if request.id == id)
    if asked > account.available:
        has = amount_words(account.available, account.currency)
        others = account.requested - asked
        known = f", of which {amount_words(others, account.currency)} is asked for already" if others else ""
        raise BeyondFund(
            f"The request is for {amount_words(asked, account.currency)}; {account.says} has {has} available{known}.",
            "Ask for less, or allocate more first; --anyway records it as the partner asked.",
        )


def decide(
    session: Session, id: str, how: str, money: Money, *, on: date, by: str, approver: str, due: date | None = None
) -> str:
    """Approves a request (all of it where no amount is named) or denies it; returns the entry's id.

    `due` is the day until which it is to be claimed, in place of the program's time.
    """
    found = _open(session, id, on, ("requested", "approved", "denied", "lapsed"))
    name = required(approver, "A decision names who decided.")
    row = _step(session, found, DECIDED[how], money if how == "approve" else Money(amount=None), on)
    return _added(session, replace(row, approver=name, due=due), by)


def claim(
    session: Session, id: str, money: Money, *, on: date, by: str, cost: Decimal | None = None, evidence: str = ""
) -> str:
    """Records what the partner claims, with the activity's cost and its proof where they came with it."""
    found = _open(session, id, on, ("approved", "claimed", "proven"))
    if money.amount is None and cost is None:
        raise Refused("A claim says what it claims or what the activity cost.", "Enter one of them.")
    row = _step(session, found, "claim", money, on)
    return _added(session, replace(row, cost=cost, evidence=evidence.strip()), by)


def prove(session: Session, id: str, evidence: str, *, on: date, by: str, result: str = "") -> str:
    """Records that the proof is there, where it lies, and what came of the activity."""
    found = _open(session, id, on, ("claimed", "proven"))
    row = _step(session, found, "proof", Money(amount=None), on)
    lies = required(evidence, "A proof says where it lies.")
    return _added(session, replace(row, evidence=lies, result=result.strip()), by)


def reimburse(session: Session, id: str, money: Money, *, on: date, by: str, approver: str, result: str = "") -> str:
    """Pays what is claimed (all of it where no amount is named). Its proof has to be there."""
    found = _open(session, id, on, ("proven",))
    name = required(approver, "A reimbursement names who approved it.")
    row = _step(session, found, "reimbursement", money, on)
    return _added(session, replace(row, approver=name, result=result.strip()), by)


def release(session: Session, id: str, money: Money, *, on: date, by: str) -> str:
    """Gives back what is approved or claimed and not needed, all of it where no amount is named."""
    found = _open(session, id, on, ("approved", "claimed", "proven"))
    return _added(session, _step(session, found, "release", money, on), by)


def expire(session: Session, partner: str, fund: str, money: Money, *, on: date, by: str) -> str:
    """Takes what was not used out of a fund for good."""
    if money.amount is None or money.amount <= 0:
        raise Refused("An expiry takes an amount above zero.", "Enter what is lost.")
    return _added(session, _entry(session, partner, fund_named(session, fund, on), "expiry", money, on), by)


def _open(session: Session, id: str, on: date, states: tuple[str, ...]) -> RequestRow:
    """A request that is in one of these states on the day of the step."""
    found = fund_request(session, id, on)
    if found.state not in states:
        raise Refused(f"Request {id} is {found.state}: this step does not follow.", _REMEDIES[found.state])
    return found


_REMEDIES = {
    "requested": "Decide it first.",
    "approved": "Record the claim first.",
    "claimed": "Record the proof first.",
    "proven": "Reimburse it, or release what is not needed.",
    "paid": "Open another request.",
    "denied": "Open another request, or approve this one.",
    "lapsed": "Approve it anew, or open another request.",
}


def _entry(session: Session, partner: str, fund: str, kind: str, money: Money, on: date) -> FundEntry:
    return FundEntry(
        id=next_id(session, "fund_entry"),
        partner=partner,
        fund=fund,
        kind=kind,
        day=on,
        amount=money.amount,
        currency=money.currency or fund_currency(session, partner, fund, on),
    )


def _step(session: Session, found: RequestRow, kind: str, money: Money, on: date) -> FundEntry:
    row = _entry(session, found.partner, found.fund, kind, money, on)
    return replace(row, request=found.id, project=found.project)


def _added(session: Session, row: FundEntry, by: str) -> str:
    """Adds the entry and lets the ledger judge it. Raises Refused for what it would have to correct."""
    closed = session.scalar(select(func.max(statement.c.end)).where(statement.c.partner == row.partner))
    if closed is not None and row.day is not None and row.day <= closed:
        sentence = f"The statement up to {closed.isoformat()} is closed for this partner."
        raise Refused(sentence, "Choose a day after it.")
    (id,) = add_rows(session, [row], by=by)
    for account in _accounts(session, row).values():
        for problem in account.problems:
            if problem.place == f"fund entry {id}":
                raise Refused(f"{problem.message[:1].upper()}{problem.message[1:]}", problem.remedy)
    return id


def _accounts(session: Session, row: FundEntry) -> Mapping[str, FundAccount[Decimal]]:
    """The funds of an entry's partner on the entry's day, by key."""
    versions = needed_programs(session)
    assert row.day is not None
    outcome = evaluate(versions, facts(session, kinds=kinds_used(versions)), row.day, partners=[row.partner])
    return outcome.partners[row.partner].funds
