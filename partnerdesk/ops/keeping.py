"""Keeping forecasts that were shown or exported, so that they can be scored when their months are over."""

from hashlib import sha256

from sqlalchemy import insert
from sqlalchemy.orm import Session

from partnerdesk.forecast.keeping import written
from partnerdesk.forecast.ranges import Forecast
from partnerdesk.models.forecasts import kept_forecast

WINDOW, COMMAND, PACK = "window", "command", "pack"


def keep_forecast(session: Session, found: Forecast, shown: str, at: str) -> None:
    """Keep what a forecast said and where it was shown (`at` in UTC); the same one shown again is kept once.

    Run by `Store.keep`: it is no step, because nobody decided anything.
    """
    text = written(found)
    values = {
        "partner": found.partner,
        "as_of": found.as_of,
        "horizon": found.horizon,
        "shown": shown,
        "at": at,
        "content": text,
        "sha256": sha256(text.encode()).hexdigest(),
    }
    session.execute(insert(kept_forecast).prefix_with("OR IGNORE").values(**values))
