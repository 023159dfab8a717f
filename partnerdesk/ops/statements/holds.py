"""Holds: what is payable of a deal, a customer or a partner waits, by somebody's word and until somebody's word.

A hold begins and ends on days of an open period, so that no closed statement is touched; until that period is closed
either step can be undone. What it keeps and when that is paid is the engine's (`engine.withheld`).
"""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Hold
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.errors import Refused
from partnerdesk.models.statements import statement
from partnerdesk.ops.edits import required
from partnerdesk.ops.rows.facts import add_rows, change_row, present_row
from partnerdesk.ops.rows.numbers import next_id
from partnerdesk.queries.facts import facts
from partnerdesk.queries.statements.holds import scope_of


def place_hold(
    session: Session, partner: str, *, reason: str, day: date, by: str, deal: str = "", customer: str = ""
) -> str:
    """Puts a partner on hold, or one deal or customer of it, from a day on; returns the id of the hold.

    Raises Refused without a reason, for a day in a closed period, for what is not the partner's or not in the book, and
    where a hold stands on it already.
    """
    present_row(session, "partner", partner)
    if deal and customer:
        raise Refused("A hold is on one deal or on one customer.", "Name one of them.")
    _belongs(session, partner, deal, customer)
    row = Hold(
        id=next_id(session, "hold"),
        partner=partner,
        deal=deal or None,
        customer=customer or None,
        day=day,
        reason=required(reason, "A hold says why; the partner reads it on the statement."),
        placed_by=required(by, "A hold names who placed it."),
    )
    for other in facts(session, kinds=("hold",)).of("hold"):
        if other.partner == partner and other.released is None and scope_of(other) == scope_of(row):
            raise Refused(f"Hold {other.id} stands on it already.", "Release that one first.")
    _open(session, partner, day)
    return add_rows(session, [row], by=by)[0]


def release_hold(session: Session, id: str, *, reason: str, day: date, by: str) -> None:
    """Ends a hold on a day: what it kept is payable again from then on, and paid with that period.

    Raises Refused without a reason, for a hold that is released, and for a day before it or in a closed period.
    """
    row = present_row(session, "hold", id)
    assert isinstance(row, Hold)
    if row.released is not None:
        raise Refused(f"Hold {id} was released on {day_words(row.released)}.", "Nothing is to be done.")
    words = required(reason, "A release says why.")
    if row.day is not None and day < row.day:
        raise Refused(f"Hold {id} begins on {day_words(row.day)}, after this day.", "Correct the day.")
    _open(session, row.partner, day)
    who = required(by, "A release names who decided it.")
    change_row(session, "hold", id, {}, by=by, released=day, release_reason=words, released_by=who)


def _belongs(session: Session, partner: str, deal: str, customer: str) -> None:
    """Raises Refused for a deal that is not in the book or not the partner's, and for an unknown customer."""
    if customer:
        present_row(session, "customer", customer)
    if deal:
        found = facts(session, kinds=("deal", "credit"))
        present_row(session, "deal", deal)
        own = {d.id for d in found.of("deal") if d.partner == partner}
        own |= {c.deal for c in found.of("credit") if c.partner == partner}
        if deal not in own:
            raise Refused(f"Deal {deal} is not a deal of {partner}.", "Name a deal that it has or is credited for.")


def _open(session: Session, partner: str, day: date) -> None:
    """Raises Refused for a day in a period that is closed for the partner."""
    closed = session.scalar(select(func.max(statement.c.end)).where(statement.c.partner == partner))
    if closed is not None and day <= closed:
        sentence = f"The statement up to {day_words(closed)} is closed for this partner."
        raise Refused(sentence, "Choose a day after it: the amounts move in the open period.")
