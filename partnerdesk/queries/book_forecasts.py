"""The forecast of a whole book: who is in it, what a share of them gives, and all shares as one.

A share is drawn wherever there is time: the command and the window hand shares to processes of their own, each of
which reads the book by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Calendar, Period
from partnerdesk.errors import Refused
from partnerdesk.forecast.prepared import Asked
from partnerdesk.forecast.together import BookForecast, Share, shared, together
from partnerdesk.progress import SILENT, Progress
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation, needed_programs
from partnerdesk.queries.forecast_record import ForecastRecord, book_record
from partnerdesk.queries.forecast_view import BEHIND
from partnerdesk.queries.forecasts import Drawn, horizon_of, learned_at
from partnerdesk.queries.statements.archive import posted_by

AT_ONCE = 2  # partners in a share: enough to be worth sending, few enough to say how far it is and to give way


def forecast_partners(session: Session) -> tuple[str, ...]:
    """The partners whose forecasts make up the book's: all that are active. Raises Refused where there is none."""
    found = sorted(p.id for p in facts(session, kinds=["partner"]).of("partner") if p.status == "active")
    if not found:
        raise Refused("No partner of this book is active.", "Add one, or import some.")
    return tuple(found)


def in_shares(partners: Sequence[str], size: int = AT_ONCE) -> list[tuple[str, ...]]:
    """The partners in portions that can be drawn side by side."""
    return [tuple(partners[n : n + size]) for n in range(0, len(partners), size)]


def forecast_share(
    session: Session, partners: Sequence[str], as_of: date, drawn: Drawn, months: int = 6, progress: Progress = SILENT
) -> tuple[Share, ...]:
    """The futures of some partners, added up by currency."""
    versions, learned = needed_programs(session), learned_at(session, as_of)
    asked = Asked(as_of, horizon_of(as_of, months, versions[-1].fiscal_year), *drawn)
    closed = {one: found for one in partners if (found := posted_by(session, one, as_of)) is not None}

    def step(done: int, total: int) -> None:
        progress.step(done, total, "drawing futures")

    return shared(versions, learned, partners, asked, closed, step)


def book_forecast(
    session: Session, as_of: date, drawn: Drawn, months: int = 6, progress: Progress = SILENT
) -> BookForecast:
    """The forecast of all active partners, one after the other. Raises Refused where there is none."""
    portions = in_shares(forecast_partners(session))
    shares: list[Share] = []
    for number, partners in enumerate(portions):
        progress.step(number, len(portions), "drawing futures")
        shares += forecast_share(session, partners, as_of, drawn, months)
    return together(shares)


@dataclass(frozen=True, slots=True)
class BesideBook:
    """What stands beside the forecast of a book: who is in it, the months behind by currency, and its record."""

    partners: tuple[str, ...]
    names: Mapping[str, str]
    behind: Mapping[str, tuple[tuple[Period, Decimal], ...]]
    record: ForecastRecord


def beside_book(session: Session, as_of: date) -> BesideBook:
    """Everything that needs no futures. Raises Refused where no partner is active."""
    partners = forecast_partners(session)
    names = {p.id: p.name for p in facts(session, kinds=["partner"]).of("partner")}
    calendar = Calendar(needed_programs(session)[-1].fiscal_year)
    first = calendar.at(as_of + timedelta(days=1), "month")
    periods = [calendar.after(first, -back) for back in range(BEHIND, 0, -1)]
    sums: dict[str, dict[Period, Decimal]] = {}
    found = evaluation(session, as_of).partners
    for outcome in (found[p] for p in partners if p in found):
        months = sums.setdefault(outcome.currency, dict.fromkeys(periods, ZERO))
        for line in outcome.lines:
            if line.process >= periods[0].start and (month := calendar.at(line.process, "month")) in months:
                months[month] += line.amount
    behind = {currency: tuple(months.items()) for currency, months in sums.items()}
    return BesideBook(partners, names, behind, book_record(session))
