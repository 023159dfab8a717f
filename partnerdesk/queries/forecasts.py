"""Forecasts of a book's partners, and how right such forecasts would have been: `partnerdesk.forecast` on its facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import kinds_used
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.period import Calendar, FiscalYear
from partnerdesk.engine.rules import Program
from partnerdesk.errors import Refused
from partnerdesk.forecast.backtest import Tested, Trial, backtest, days_between
from partnerdesk.forecast.known_facts import known_facts
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.making import Drawn as Futures
from partnerdesk.forecast.making import drawn as draw
from partnerdesk.forecast.prepared import Asked, Step
from partnerdesk.forecast.ranges import Forecast
from partnerdesk.progress import SILENT, Progress
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import needed_programs, state
from partnerdesk.queries.statements.archive import posted_by
from partnerdesk.queries.unknown import no_partner

# What chances are learned from, whether the program uses it or not.
LEARNED_FROM = {
    "customer",
    "stage_change",
    "survey",
    "certification",
    "activity",
    "observation",
    "case",
    "deal_line",
    "person",
}
Drawn = tuple[int, int]  # scenarios, seed


@dataclass(frozen=True, slots=True)
class Backtest:
    """The days between which forecasts are made again, by month or quarter, and how many months each reaches."""

    first: date
    last: date
    unit: str = "quarter"
    months: int = 6


def ahead_of(
    session: Session,
    partners: Sequence[str] | None,
    as_of: date,
    drawn: Drawn,
    months: int = 6,
    progress: Progress = SILENT,
) -> list[Forecast]:
    """The forecasts of some partners, or of all that are active, up to the end of the month so many on.

    Raises Refused for a partner that the book does not have.
    """
    ids = {p.id: p.status for p in learned_at(session, as_of).facts.of("partner")}
    for partner in partners or ():
        if partner not in ids:
            raise no_partner(session, partner)
    chosen = [*partners] if partners else sorted(id for id, status in ids.items() if status == "active")
    steps = (_Within(progress, number, len(chosen), f"forecasting {partner}") for number, partner in enumerate(chosen))
    reach = (drawn, months)
    return [drawn_of(session, who, as_of, reach, step).forecast for who, step in zip(chosen, steps, strict=True)]


def drawn_of(
    session: Session, partner: str, as_of: date, reach: tuple[Drawn, int], step: Step | None = None
) -> Futures:
    """The forecast of a partner of the book with its futures; `reach` says which are drawn, and so many months."""
    drawn, months = reach
    versions, before = needed_programs(session), posted_by(session, partner, as_of)
    asked = Asked(as_of, horizon_of(as_of, months, versions[-1].fiscal_year), *drawn)
    return draw(versions, learned_at(session, as_of), partner, asked, before, step=step)


class _Within:
    """Progress inside one of several equal parts; stops the work where the one it reports to does."""

    def __init__(self, to: Progress, number: int, parts: int, label: str) -> None:
        self._to, self._number, self._parts, self._label = to, number, parts, label

    def __call__(self, done: int, total: int) -> None:
        self._to.step(self._number * total + done, self._parts * total, self._label)


_learned: dict[tuple[object, ...], Learned] = {}


def learned_at(session: Session, as_of: date) -> Learned:
    """What the whole book teaches about chances as it was known on a day, learned once for a state of the book."""
    key = (*state(session), as_of)
    if key not in _learned:
        _learned.clear()
        _learned[key] = Learned(known_facts(known_to_forecasts(session), as_of), as_of)
    return _learned[key]


def horizon_of(as_of: date, months: int, year: FiscalYear) -> date:
    """The end of the fiscal month so many after the next day's month, that one being the first."""
    calendar = Calendar(year)
    return calendar.after(calendar.at(as_of + timedelta(days=1), "month"), months - 1).end


def backtested(session: Session, asked: Backtest, as_of: date, drawn: Drawn, progress: Progress = SILENT) -> Tested:
    """Forecasts made again as of each period's end between two days, judged by what the book knows by now."""
    versions, found = _read(session)
    days = days_between(asked.first, min(asked.last, as_of), asked.unit, versions[-1].fiscal_year)
    if not days:
        raise Refused(f"No {asked.unit} ends between these days.", "Choose days farther apart.")
    trial = Trial(days, asked.months, asked.unit, *drawn)

    def step(done: int, total: int) -> None:
        progress.step(done, total, "forecasting the past")

    return backtest(versions, found, as_of, trial, step=step)


def names(session: Session) -> dict[str, str]:
    """The names of all partners by id."""
    return {p.id: p.name for p in facts(session, kinds=["partner"]).of("partner")}


def known_to_forecasts(session: Session) -> Facts:
    """The facts of the whole book that a forecast of any partner learns from."""
    return facts(session, kinds=kinds_used(needed_programs(session)) | LEARNED_FROM)


def _read(session: Session) -> tuple[tuple[Program, ...], Facts]:
    return needed_programs(session), known_to_forecasts(session)
