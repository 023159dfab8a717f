"""What a partner may earn if its joint plan works out, and with the next tier besides, beside what it may as is."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from partnerdesk.engine.period import Period, period_at
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.forecast.choices import Chosen, chosen
from partnerdesk.forecast.counting import Months
from partnerdesk.forecast.prepared import Asked, Prepared
from partnerdesk.queries.figures import needed_programs, outcome
from partnerdesk.queries.forecasts import Drawn, horizon_of, learned_at
from partnerdesk.queries.joint.plans import plan_at, plan_view
from partnerdesk.queries.joint.promised_business import next_tier, plan_choices, promised
from partnerdesk.queries.statements.archive import posted_by


@dataclass(frozen=True, slots=True)
class PlanAhead:
    """The ranges of one stretch under each choice, as is first; all of them see the same luck."""

    currency: str
    whole: Period
    scenarios: int
    seed: int
    lines: tuple[Chosen, ...]


def plan_ahead(session: Session, partner: str, as_of: date, drawn: Drawn, months: int = 6) -> PlanAhead:
    """Draw a partner's futures under each choice. What the plan works on goes well; the tier begins with a quarter."""
    versions = needed_programs(session)
    asked = Asked(as_of, horizon_of(as_of, months, versions[-1].fiscal_year), *drawn)
    prepared = Prepared(versions, learned_at(session, as_of), partner, asked, posted_by(session, partner, as_of))
    plan = plan_at(session, partner, as_of)
    well = promised(session, partner, as_of, plan_view(session, plan.id, as_of) if plan else None)
    terms = Terms(prepared.programs, asked.horizon)
    whole = Months(terms.calendar, as_of, asked.horizon).whole
    since = period_at(as_of + timedelta(days=1), "quarter", versions[-1].fiscal_year).end + timedelta(days=1)
    choices = plan_choices(well, next_tier(outcome(session, partner, as_of), as_of), since)
    return PlanAhead(terms.currency, whole, *drawn, tuple(chosen(prepared, list(choices), [whole], terms.currency)))
