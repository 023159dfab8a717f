"""Benefits are delivered: an activity of its own kind says which one, when, by whom and with what evidence."""

from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.engine.benefits.register import DELIVERY
from partnerdesk.engine.facts import Activity
from partnerdesk.errors import Refused
from partnerdesk.ops.edits import required
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.rows.numbers import next_id
from partnerdesk.queries.funds.benefits import benefits


def deliver(session: Session, partner: str, benefit: str, *, on: date, by: str, evidence: str = "") -> str:
    """Records that a benefit was delivered; returns the activity's id.

    Raises Refused where the partner's tier of that day does not promise it.
    """
    name = required(benefit, "A delivery names its benefit.")
    promised = {row.benefit.key for row in benefits(session, on, partner)}
    if name not in promised:
        known = ", ".join(sorted(promised)) or "none"
        raise Refused(f"{name} is not promised to {partner} on {on.isoformat()}.", f"Promised: {known}.")
    row = Activity(
        id=next_id(session, "activity"),
        partner=partner,
        kind=DELIVERY,
        title=name,
        day=on,
        verified_by=by,
        evidence=evidence.strip(),
    )
    add_rows(session, [row], by=by)
    return row.id
