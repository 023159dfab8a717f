"""Adjustments: money that a person gives or takes by hand, with a reason, an approver, and what else it counts for."""

from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Adjustment
from partnerdesk.errors import Refused
from partnerdesk.models.statements import statement
from partnerdesk.ops.facts import add_rows
from partnerdesk.ops.numbers import next_id


def add_adjustment(
    session: Session,
    partner: str,
    *,
    day: date,
    amount: Decimal,
    currency: str,
    reason_code: str,
    reason: str,
    approver: str,
    line: str = "",
    tier: bool = False,
    attainment: bool = False,
    cap: bool = False,
    by: str = "",
) -> str:
    """Adds an adjustment in `currency`, below zero to take back; returns its id.

    `line` names the earning line that it corrects. Raises Refused without an amount, a reason, its code or an
    approver, and for a day in a period that is closed for the partner.
    """
    for value, what in ((reason_code, "a reason code"), (reason, "a reason in words"), (approver, "who approved it")):
        if not value.strip():
            raise Refused(f"An adjustment needs {what}.", "Nothing was added.")
    if not amount:
        raise Refused("An adjustment of nothing changes nothing.", "Enter an amount, below zero to take back.")
    closed = session.scalar(select(func.max(statement.c.end)).where(statement.c.partner == partner))
    if closed is not None and day <= closed:
        raise Refused(f"The statement up to {closed.isoformat()} is closed for this partner.", "Choose a day after it.")
    row = Adjustment(
        id=next_id(session, "adjustment"),
        partner=partner,
        day=day,
        amount=amount,
        currency=currency,
        reason_code=reason_code.strip(),
        reason=reason.strip(),
        approver=approver.strip(),
        line=line.strip(),
        counts_for_tier=tier,
        counts_for_attainment=attainment,
        counts_for_cap=cap,
    )
    add_rows(session, [row], by=by)
    return row.id
