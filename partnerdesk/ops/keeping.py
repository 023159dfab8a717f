"""Keeping forecasts that were shown or exported, so that they can be scored when their months are over."""

from datetime import date
from hashlib import sha256

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from partnerdesk.forecast.keeping import Said, read_back, written, written_of_all
from partnerdesk.forecast.ranges import Forecast
from partnerdesk.forecast.together import BookForecast
from partnerdesk.models.forecasts import WHOLE_BOOK, kept_forecast
from partnerdesk.models.statements import statement

WINDOW, COMMAND, DOCUMENT = "window", "command", "document"


def keep_forecast(session: Session, found: Forecast, shown: str, at: str) -> None:
    """Keep what a forecast said and where it was shown (`at` in UTC); the same one shown again is kept once.

    Run by `Store.keep`: it is no step, because nobody decided anything.
    """
    _keep(session, found.partner, found, written(found), shown, at)


def keep_book_forecast(session: Session, found: BookForecast, shown: str, at: str) -> None:
    """Keep what a forecast of the whole book said: of each currency, and of each partner, as all of them were shown."""
    for whole in found.wholes:
        _keep(session, WHOLE_BOOK, found, written_of_all(found, whole), shown, at)
    for one in found.forecasts:
        keep_forecast(session, one, shown, at)


def keep_said(session: Session, text: str, *, on: date, at: str) -> None:
    """Keep the forecast that a document shows. `on` is the day of the book.

    None of a day that is still to come, when more will be known, and none as of a day before the last close: it would
    be made afterwards.
    """
    told, closed = read_back(text), session.scalar(select(func.max(statement.c.end)))
    if told.as_of <= on and (closed is None or told.as_of >= closed):
        _keep(session, told.partner, told, text, DOCUMENT, at)


def _keep(
    session: Session, partner: str, found: "Forecast | BookForecast | Said", text: str, shown: str, at: str
) -> None:
    values = {
        "partner": partner,
        "as_of": found.as_of,
        "horizon": found.horizon,
        "shown": shown,
        "at": at,
        "content": text,
        "sha256": sha256(text.encode()).hexdigest(),
    }
    session.execute(insert(kept_forecast).prefix_with("OR IGNORE").values(**values))
