"""What went well, for Today: promises of reviews held lately, who improved most, and what was reached together."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Facts
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.joint.actions import ActionRow
from partnerdesk.queries.joint.reviews import ReviewRow
from partnerdesk.queries.partners.improved import most_improved, together
from partnerdesk.queries.partners.portfolio import Portfolio
from partnerdesk.queries.today.view import Promised, Riser, Won

LATELY, SHOWN = timedelta(days=7), 3


def promised(listed: Sequence[ActionRow], meetings: Sequence[ReviewRow], as_of: date) -> Iterator[Promised]:
    """What is still open of reviews held in the last week, the newest first."""
    held = [row for row in meetings if row.held_on is not None and as_of - LATELY <= row.held_on <= as_of]
    for review in sorted(held, key=lambda row: (row.held_on or as_of, row.id), reverse=True)[:SHOWN]:
        rows = [row for row in listed if row.review == review.id and row.is_open]
        if rows:
            ours = sum(row.side == "vendor" for row in rows)
            due = min((row.due for row in rows if row.due is not None), default=None)
            yield Promised(review.id, review.partner_name, review.quarter, ours, len(rows) - ours, due)


def risers(session: Session, found: Portfolio, as_of: date) -> tuple[Riser, ...]:
    """The partners whose score rose most against the period before."""
    outcomes = evaluation(session, as_of).partners
    known = [(row.id, row.name, outcomes[row.id]) for row in found.rows if row.id in outcomes and row.status != "left"]
    return tuple(
        Riser(row.partner, row.partner_name, row.rise.points, row.rise.score, row.rise.part)
        for row in most_improved(known, as_of)
    )


def won(world: Facts, listed: Sequence[ActionRow], since: date, as_of: date) -> Won:
    """What was reached with all partners since a day, that on which the quarter began."""
    found = together(world, listed, since, as_of)
    return Won(found.deals, found.renewals, found.kept)
