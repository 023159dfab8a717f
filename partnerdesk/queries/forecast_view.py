"""A partner's forecast as a page shows it: the months behind, the range ahead, and the record of such forecasts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Calendar, Period
from partnerdesk.forecast.counting import columns
from partnerdesk.forecast.ranges import Forecast
from partnerdesk.progress import SILENT, Progress
from partnerdesk.queries.figures import needed_programs, outcome
from partnerdesk.queries.forecast_record import ForecastRecord, forecast_records
from partnerdesk.queries.forecasts import Drawn, drawn_of, learned_at
from partnerdesk.queries.unknown import no_partner

BEHIND = 6  # months
PATHS = 20  # futures that a fan can show one by one


@dataclass(frozen=True, slots=True)
class ForecastView:
    """`behind` has what was earned in the finished months before, oldest first; `paths` a few futures by month."""

    forecast: Forecast
    behind: tuple[tuple[Period, Decimal], ...]
    own: ForecastRecord
    book: ForecastRecord
    paths: tuple[tuple[Decimal, ...], ...] = ()


def forecast_view(
    session: Session, partner: str, as_of: date, drawn: Drawn, months: int = 6, progress: Progress = SILENT
) -> ForecastView:
    """Draw the futures of a partner. Raises Refused for a partner that the book does not have."""
    known = {p.id for p in learned_at(session, as_of).facts.of("partner")}
    if partner not in known:
        raise no_partner(session, partner)

    def step(done: int, total: int) -> None:
        progress.step(done, total, f"forecasting {partner}")

    made = drawn_of(session, partner, as_of, (drawn, months), step)
    found = made.forecast
    calendar, first = Calendar(needed_programs(session)[-1].fiscal_year), found.months[0].period
    periods = [calendar.after(first, -back) for back in range(BEHIND, 0, -1)]
    lines = outcome(session, partner, as_of).lines
    earned = [sum((line.amount for line in lines if line.process in period), ZERO) for period in periods]
    few = columns(made.earned[:PATHS], [month.period for month in found.months])
    paths = tuple(zip(*few, strict=True))
    return ForecastView(found, tuple(zip(periods, earned, strict=True)), *forecast_records(session, partner), paths)
