"""Escalations on Today: each whose clock ran out, or runs out today, until it is settled or goes up a level."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.queries.joint.escalations import escalations
from partnerdesk.queries.today.view import Need


def due_escalations(session: Session, as_of: date) -> Iterator[Need]:
    """A need per escalation; snoozing one level does not silence the next."""
    for row in escalations(session, as_of, only_open=True):
        if row.answer_by > as_of:
            continue
        yield Need(
            f"escalation|{row.id}|{row.level}",
            "escalation",
            "clock",
            row.partner,
            row.partner_name,
            None,
            row.answer_by,
            "Open",
            ("partner", row.partner, "plan", "risks"),
            subject=row.text,
            about=row.owner,
            figure=None,
            count=row.days_over,
            period=str(row.level),
        )
