"""What every page about a partner's quarter is made from. Only rows of the partner's own world are read."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Facts, Partner
from partnerdesk.engine.period import FiscalYear, Period
from partnerdesk.engine.rules import Program
from partnerdesk.engine.whole import Outcome
from partnerdesk.errors import Refused
from partnerdesk.models.book import book
from partnerdesk.queries.exchange import Exchange
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import needed_programs, outcome
from partnerdesk.queries.joint.plans import PlanView, plan_at, plan_view
from partnerdesk.queries.joint.review_periods import asked_period, review_period
from partnerdesk.queries.joint.reviews import ReviewView, review_view, reviews
from partnerdesk.queries.quarters import program_year, year_of
from partnerdesk.queries.settings import book_settings
from partnerdesk.queries.unknown import no_partner
from partnerdesk.reports.pack.data import Party


@dataclass(frozen=True, slots=True)
class Gathered:
    """What all parts of a pack are made from."""

    session: Session
    partner: Partner
    outcome: Outcome
    programs: tuple[Program, ...]
    world: Facts
    period: Period
    year: FiscalYear  # whose quarters are told: the program's, unless the review is of one of the calendar
    as_of: date
    review: ReviewView | None
    plan: PlanView | None

    @property
    def program(self) -> Program:
        """The version in force at the end of the reviewed quarter."""
        end = min(self.period.end, self.as_of)
        return ([p for p in self.programs if p.effective_from <= end] or [self.programs[0]])[-1]

    @property
    def exchange(self) -> Exchange:
        """What makes amounts of other currencies comparable with the program's."""
        return Exchange(self.world, self.program.currency, (self.program,))

    def named(self, kind: str, id: str | None) -> str:
        """The name behind an id of this partner's world."""
        return next((row.name for row in self.world.of(kind) if row.id == id), id or "")


def gather(session: Session, partner: str, quarter: str, as_of: date, review: ReviewView | None = None) -> Gathered:
    """What pages about a partner's quarter are made from.

    Raises Refused for an unknown partner or a quarter that has not begun.
    """
    world = facts(session, partner)
    rows = world.of("partner")
    if not rows:
        raise no_partner(session, partner)
    period = quarter_named(session, quarter, as_of)
    if review is None:
        own = [r for r in reviews(session, partner) if r.quarter == period.label]
        review = review_view(session, own[0].id, as_of) if own else None
    plan = plan_at(session, partner, min(period.end, as_of))
    return Gathered(
        session,
        rows[0],
        outcome(session, partner, as_of),
        needed_programs(session),
        world,
        period,
        year_of(period.label, program_year(session)),
        as_of,
        review,
        plan_view(session, plan.id, as_of) if plan else None,
    )


def quarter_named(session: Session, label: str, as_of: date) -> Period:
    """The period of a review's label: FY2027Q2, 2026Q3, 2026-10 or 2026H1. One of the calendar that is none of the
    program's is known where a review of it was begun. Raises Refused for none else, and before it has begun.
    """
    year = program_year(session)
    is_kept = any(row.quarter == label for row in reviews(session))
    period = review_period(label, year) if is_kept else asked_period(label, year)
    if period.start > as_of:
        raise Refused(f"{label} is not a quarter up to today.", "It has not begun; choose an earlier one.")
    return period


def party_of(partner: Partner) -> Party:
    """A partner as documents call it."""
    return Party(partner.id, partner.document_name or partner.name)


def vendor_of(g: Gathered) -> Party:
    """Who the program is of: its text says so, else the settings."""
    name = next((p.vendor for p in reversed(g.programs) if p.vendor), "") or book_settings(g.session).vendor
    return Party("", name or "Vendor", name.split(" ")[0] if name else "")


def is_sample(g: Gathered) -> bool:
    return bool(g.session.execute(select(book.c.sample)).scalar_one())
