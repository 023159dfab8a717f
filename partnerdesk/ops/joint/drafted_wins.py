"""The wins of a review, drafted from the figures when it is begun: sentences that a person overwrites or removes."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.models.reviews import review_item
from partnerdesk.ops import edits
from partnerdesk.queries.facts import fact, facts
from partnerdesk.queries.figures import outcome, programs
from partnerdesk.queries.joint.actions import actions
from partnerdesk.queries.joint.review_periods import review_period
from partnerdesk.queries.partners.improved import LEAST, rise_of, together
from partnerdesk.queries.quarters import program_year
from partnerdesk.reports.format import Formats
from partnerdesk.reports.pack.words import capital, number_word


def draft_wins(session: Session, review: int, partner: str, quarter: str, *, on: date) -> None:
    """Writes what went well in the period into the wins of a review; nothing in a book without figures."""
    for text, detail in drafted_wins(session, partner, quarter, on):
        edits.add_part(session, review_item, "review", review, kind="win", text=text, detail=detail)


def drafted_wins(session: Session, partner: str, quarter: str, on: date) -> tuple[tuple[str, str], ...]:
    """What went well in a period as text and detail; a pack whose review nobody has begun shows the same."""
    row = fact(session, "partner", partner)
    if row is None or not programs(session):
        return ()
    formats = Formats(getattr(row, "language", "") or "en_GB", english=True)
    return tuple(_wins(session, partner, quarter, on, formats))


def _wins(session: Session, partner: str, quarter: str, on: date, formats: Formats) -> Iterator[tuple[str, str]]:
    period = review_period(quarter, program_year(session))
    rise = rise_of(outcome(session, partner, on), min(on, period.end))
    if rise is not None and rise.points >= LEAST and period.label == rise.period:
        most = f", most of it {rise.part[:1].lower()}{rise.part[1:]}" if rise.part else ""
        yield f"Score up {formats.number(rise.points, 1)} points", f"to {formats.number(rise.score, 1)}{most}"
    world = facts(session, partner, kinds=("deal", "contract"))
    found = together(world, actions(session, on, partner), period.start, min(on, period.end), partner)
    for count, one, many, detail in (
        (found.renewals, "customer renewed", "customers renewed", "in the period"),
        (found.deals, "deal won together", "deals won together", "closed in the period"),
        (found.kept, "commitment kept", "commitments kept", "of both sides"),
    ):
        if count:
            # In words: the page numbers its wins, and "1 1 customer renewed" reads badly.
            yield f"{capital(number_word(count))} {one if count == 1 else many}", detail
