"""How right the forecasts were that were shown: each one kept, scored by what its months brought once they closed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.forecast.backtest import Truth
from partnerdesk.forecast.counting import all_lines
from partnerdesk.forecast.keeping import Said, read_back
from partnerdesk.forecast.scoring import Judged, Score, brier, score
from partnerdesk.models.forecasts import WHOLE_BOOK, kept_forecast
from partnerdesk.models.statements import statement
from partnerdesk.queries.figures import needed_programs
from partnerdesk.queries.forecasts import known_to_forecasts


@dataclass(frozen=True, slots=True)
class ForecastRecord:
    """What became of the forecasts shown: how many are kept since when, and the score of the months that closed.

    `ahead` has the scores by how many months ahead; `chances` is the number of single chances that came out, with
    their Brier score. All is None or empty while nothing that was forecast has closed.
    """

    kept: int = 0
    since: date | None = None
    closed: date | None = None  # the last day of the last closed period, up to which it is scored
    whole: Score | None = None
    ahead: tuple[tuple[int, Score], ...] = ()
    chances: int = 0
    brier: Decimal | None = None


def forecast_record(session: Session, partner: str | None = None) -> ForecastRecord:
    """The record of a partner's forecasts, or of all partners'; of one day the first that was shown counts."""
    scored = _scored(session, partner)
    return _summed(scored, closed_until(session))


def book_record(session: Session) -> ForecastRecord:
    """The record of the forecasts of the whole book, of all currencies."""
    return forecast_record(session, WHOLE_BOOK)


def forecast_records(session: Session, partner: str) -> tuple[ForecastRecord, ForecastRecord]:
    """The record of a partner's forecasts and that of all, from one evaluation."""
    scored, closed = _scored(session, None), closed_until(session)
    return _summed([one for one in scored if one.said.partner == partner], closed), _summed(scored, closed)


@dataclass(frozen=True, slots=True)
class _Scored:
    """A forecast with its months that closed and its chances that came out."""

    said: Said
    rows: tuple[Judged, ...] = ()
    odds: tuple[tuple[Decimal, bool], ...] = ()


def _scored(session: Session, partner: str | None) -> list[_Scored]:
    """The forecast of each partner and day that counts, against what the book says of closed months by their end."""
    said, closed = said_so_far(session, partner), closed_until(session)
    if closed is None or not any(one.as_of < closed for one in said):
        return [_Scored(one) for one in said]
    truth = Truth(needed_programs(session), known_to_forecasts(session), closed, "month", all_lines)
    present = truth.found.partners
    return [
        _Scored(one, tuple(truth.judged(one)), tuple(truth.came_out(one)))
        if one.as_of < closed and present.keys() >= set(one.whose)
        else _Scored(one)
        for one in said
    ]


def closed_until(session: Session) -> date | None:
    """The last day of the last closed period; None where none is closed."""
    found: date | None = session.scalar(select(func.max(statement.c.end)))
    return found


def _summed(scored: list[_Scored], closed: date | None) -> ForecastRecord:
    if not scored:
        return ForecastRecord()
    rows = [row for one in scored for row in one.rows]
    odds = [pair for one in scored for pair in one.odds]
    by_way = [(n, [r for r in rows if r.ahead == n]) for n in sorted({r.ahead for r in rows})]
    scores = tuple((n, found) for n, some in by_way if (found := score(some)) is not None)
    since = min(one.said.as_of for one in scored)
    return ForecastRecord(len(scored), since, closed, score(rows), scores, len(odds), brier(odds))


def said_so_far(session: Session, partner: str | None) -> list[Said]:
    """The forecast of each partner and day with most futures, in order; of a book, of each currency as well."""
    query = select(kept_forecast.c.content).order_by(kept_forecast.c.id)
    query = query.where(
        kept_forecast.c.partner == partner if partner is not None else kept_forecast.c.partner != WHOLE_BOOK
    )
    found: dict[tuple[str, date, tuple[str, ...]], Said] = {}
    for text in session.scalars(query):
        one = read_back(text)
        before = found.setdefault((one.partner, one.as_of, one.partners), one)
        if one.scenarios > before.scenarios:
            found[one.partner, one.as_of, one.partners] = one
    return list(found.values())
