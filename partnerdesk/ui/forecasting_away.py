"""Forecasts away from the window, beside `ui.exporting`: what a process does with the book as it is committed.

No Qt in here: the process imports this module.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerdesk.forecast.ranges import Forecast
    from partnerdesk.ops.mail.drafting import MailDraft


def forecast_mail_from(book: Path, user: str, found: "Forecast", folder: Path) -> "MailDraft":
    """Writes a mail draft with a partner's forecast, as it was shown, from the book at a path."""
    from partnerdesk.ops.mail.estimating import draft_forecast_mail
    from partnerdesk.store import Store

    with Store.open(book, user=user, write=False) as store:
        return store.read(draft_forecast_mail, found, folder)
