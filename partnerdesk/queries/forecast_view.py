"""A partner's forecast as a page shows it: the months behind, the range ahead, and the record of such forecasts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Period, period_at, previous_period
from partnerdesk.forecast.ranges import Forecast
from partnerdesk.progress import SILENT, Progress
from partnerdesk.queries.figures import outcome
from partnerdesk.queries.forecast_record import ForecastRecord, forecast_records
from partnerdesk.queries.forecasts import Drawn, ahead_of

BEHIND = 6  # months


@dataclass(frozen=True, slots=True)
class ForecastView:
    """`behind` has what was earned in the finished months before, oldest first."""

    forecast: Forecast
    behind: tuple[tuple[Period, Decimal], ...]
    own: ForecastRecord
    book: ForecastRecord


def forecast_view(
    session: Session, partner: str, as_of: date, drawn: Drawn, months: int = 6, progress: Progress = SILENT
) -> ForecastView:
    """Draw the futures of a partner. Raises Refused for a partner that the book does not have."""
    (found,) = ahead_of(session, [partner], as_of, drawn, months, progress)
    first = found.months[0].period
    periods = [previous_period(period_at(first.start, "month"))]
    while len(periods) < BEHIND:
        periods.insert(0, previous_period(periods[0]))
    lines = outcome(session, partner, as_of).lines
    earned = [sum((line.amount for line in lines if line.process in period), ZERO) for period in periods]
    return ForecastView(found, tuple(zip(periods, earned, strict=True)), *forecast_records(session, partner))
