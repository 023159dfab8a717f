"""How the people of the sample book meet: the rhythm of the highest tier, an operating review, what was said, a record.

These are written by the ops that the window uses, after the figures of the book are there.
"""

from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from partnerdesk.models.reviews import review
from partnerdesk.ops.joint.cadence import set_tier_rhythm
from partnerdesk.ops.joint.feedback import add_feedback
from partnerdesk.ops.joint.review_freezing import keep_record
from partnerdesk.ops.joint.review_outcome import note_line
from partnerdesk.ops.joint.reviews import add_review, hold_review
from partnerdesk.ops.sample.cast import words
from partnerdesk.queries.facts import facts

HIGHEST, MONTHLY = "Platinum", "P-12"
HEARD_ABOUT = ("P-01", "P-02", "P-04", "P-10")
RECORDED = "P-10"  # whose newest held review keeps the figures that it showed


def tell_meetings(session: Session, as_of: date) -> None:
    """Writes all of it."""
    set_tier_rhythm(session, HIGHEST, "monthly")
    _operate(session, as_of)
    _hear(session, as_of)
    _record(session)


def _operate(session: Session, as_of: date) -> None:
    """An operating review of the last month."""
    day, last = as_of, as_of.replace(day=1) - timedelta(days=1)
    id = add_review(session, MONTHLY, f"{last:%Y-%m}", on=day, day=day, time="09:30", like_last=False)
    note_line(session, id, "decision", "Usage figures of the renewals in December are sent a week earlier", on=day)
    hold_review(session, id, on=day)


def _hear(session: Session, as_of: date) -> None:
    """What customers and field teams said about some partners, a few weeks apart."""
    customers: dict[str, str] = {}
    contracts = facts(session, kinds=("contract",)).of("contract")
    names = {row.id: row.name for row in facts(session, kinds=("customer",)).of("customer")}
    for contract in contracts:
        if contract.partner and contract.customer:
            customers.setdefault(contract.partner, names[contract.customer])
    for at, partner in enumerate(HEARD_ABOUT):
        for number, said in enumerate(words("plans")["heard"]):
            day = as_of - timedelta(days=9 + 17 * number + at)
            who = customers.get(partner, "") if said["voice"] == "customer" else "Solution engineering"
            add_feedback(
                session, partner, day=day, said_by=who, customer=who if said["voice"] == "customer" else "", **said
            )


def _record(session: Session) -> None:
    """The story writes held reviews at once; this one is opened for a moment, so that its figures are frozen."""
    held = select(review).where(review.c.partner == RECORDED, review.c.status == "held")
    row = session.execute(held.order_by(review.c.quarter.desc())).mappings().first()
    if row is not None:
        own = review.c.id == row["id"]
        session.execute(update(review).where(own).values(status="sent"))
        keep_record(session, row["id"], row["held_on"])
        session.execute(update(review).where(own).values(status="held"))
