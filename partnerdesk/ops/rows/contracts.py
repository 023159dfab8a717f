"""Renewals as people work on them: owned, renewed for more, less or the same, or lost."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Contract
from partnerdesk.engine.period import add_months, months_between
from partnerdesk.errors import Refused
from partnerdesk.ops.rows.facts import add_rows, change_row, present_row
from partnerdesk.ops.rows.numbers import next_id


def assign_renewal(session: Session, id: str, owner: str | None, *, by: str = "") -> None:
    """Somebody owns the renewal from now on, or nobody."""
    change_row(session, "contract", id, {}, by=by, owner=owner)


def change_contract(session: Session, id: str, before: Any, /, *, by: str = "", **changes: Any) -> None:
    """Changes a contract's fields as its editor saw them; its outcome has verbs of its own.

    Raises Refused for the probability of a contract whose outcome is known.
    """
    if set(changes) & {"outcome", "outcome_on", "outcome_amount"}:
        raise TypeError("the outcome changes by renew_contract and lose_contract")
    if changes.get("probability") is not None:
        _open(session, id)
    change_row(session, "contract", id, before, by=by, **changes)


def renew_contract(session: Session, id: str, *, on: date, amount: Decimal | None = None, by: str = "") -> str:
    """The contract goes on: expanded, contracted or the same, by its new yearly amount. Returns the next term's id.

    The next term starts on the day after the end and is as long as this one.
    """
    row = _open(session, id)
    if row.start is None or row.end is None or row.recurring is None:
        raise Refused("This contract has no start, end or amount, so nothing says what goes on.", "Complete it first.")
    after = row.recurring if amount is None else amount
    if after <= 0:
        raise Refused("A renewed contract has an amount above zero.", "Mark it as lost instead.")
    outcome = "renewed" if after == row.recurring else "expanded" if after > row.recurring else "contracted"
    change_row(session, "contract", id, {}, by=by, outcome=outcome, outcome_on=on, outcome_amount=after)
    start = row.end + timedelta(days=1)
    following = Contract(
        id=next_id(session, "contract"),
        partner=row.partner,
        customer=row.customer,
        product=row.product,
        deal=row.deal,
        start=start,
        end=_end(start, row),
        recurring=after,
        cadence=row.cadence,
        currency=row.currency,
        seats=row.seats,
        renewal_of=id,
        notice_days=row.notice_days,
        owner=row.owner,
    )
    return add_rows(session, [following], by=by)[0]


def renew_all(session: Session, ids: Sequence[str], *, on: date, by: str = "") -> None:
    """All of them go on as they are."""
    for id in ids:
        renew_contract(session, id, on=on, by=by)


def lose_all(session: Session, ids: Sequence[str], *, on: date, reason: str, by: str = "") -> None:
    """All these customers left, for one reason."""
    for id in ids:
        lose_contract(session, id, on=on, reason=reason, by=by)


def assign_renewals(session: Session, ids: Sequence[str], owner: str | None, *, by: str = "") -> None:
    """All of them have one owner, or none."""
    for id in ids:
        assign_renewal(session, id, owner, by=by)


def lose_contract(session: Session, id: str, *, on: date, reason: str, by: str = "") -> None:
    """The customer left; what was paid for it may be clawed back, as the program says."""
    _open(session, id)
    if not reason.strip():
        raise Refused("A lost contract needs the reason.", "One line is enough; it pays off in the next review.")
    change_row(session, "contract", id, {}, by=by, outcome="churned", outcome_on=on, reason=reason.strip())


def _open(session: Session, id: str) -> Contract:
    row = present_row(session, "contract", id)
    if not isinstance(row, Contract) or row.outcome != "open":
        raise Refused("This contract's outcome is known already.", "Undo that step, or change the next term.")
    return row


def _end(start: date, row: Contract) -> date:
    """The last day of a term as long as the one before: whole months where it had those, else as many days."""
    assert row.start is not None and row.end is not None
    following = row.end + timedelta(days=1)
    months = months_between(row.start, following)
    if add_months(row.start, months) == following:
        return add_months(start, months) - timedelta(days=1)
    return start + (row.end - row.start)
