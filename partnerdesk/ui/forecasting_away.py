"""Forecasts away from the window, beside `ui.exporting`: what a process does with the book as it is committed.

No Qt in here: the process imports this module.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk.progress import SILENT, Progress
from partnerdesk.ui.exporting import leaves_documents

if TYPE_CHECKING:
    from partnerdesk.forecast.ranges import Forecast
    from partnerdesk.forecast.together import BookForecast, Share
    from partnerdesk.ops.mail.drafting import MailDraft
    from partnerdesk.ops.whatif.ranging import Ranged
    from partnerdesk.ops.whatif.trying import Case
    from partnerdesk.queries.forecast_view import ForecastView
    from partnerdesk.queries.plan_ahead import PlanAhead


def forecast_from(
    book: Path,
    user: str,
    partner: str,
    as_of: date,
    drawn: tuple[int, int],
    months: int,
    progress: Progress = SILENT,
) -> "ForecastView":
    """Draws a partner's futures from the book at a path: (how many, seed)."""
    from partnerdesk.queries.forecast_view import forecast_view
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(forecast_view, partner, as_of, drawn, months, progress)


@leaves_documents
def forecast_mail_from(book: Path, user: str, found: "Forecast", folder: Path, *, to: "list[str]") -> "MailDraft":
    """Writes a mail draft with a partner's forecast, as it was shown, from the book at a path."""
    from partnerdesk.ops.mail.estimating import draft_forecast_mail
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(draft_forecast_mail, found, folder, to=to)


def plan_ahead_from(
    book: Path, user: str, partner: str, as_of: date, drawn: tuple[int, int], months: int
) -> "PlanAhead":
    """Draws a partner's futures with its plan from the book at a path: (how many, seed)."""
    from partnerdesk.queries.plan_ahead import plan_ahead
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(plan_ahead, partner, as_of, drawn, months)


def ranged_from(
    book: Path,
    user: str,
    partner: str,
    before: "Case",
    after: "Case",
    today: date,
    drawn: tuple[int, int],
    progress: Progress = SILENT,
) -> "Ranged":
    """Draws the futures of both sides of a what-if from the book at a path: (how many, seed)."""
    from partnerdesk.ops.whatif.ranging import ranged
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(ranged, partner, before, after, today, drawn, progress=progress)


def share_from(
    book: Path, user: str, as_of: date, drawn: tuple[int, int], months: int, partners: tuple[str, ...]
) -> "tuple[Share, ...]":
    """Draws the futures of some partners from the book at a path: (how many, seed)."""
    from partnerdesk.queries.book_forecasts import forecast_share
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(forecast_share, partners, as_of, drawn, months)


def joined(shares: "list[tuple[Share, ...]]") -> "BookForecast":
    """The forecast of the book from all shares."""
    from partnerdesk.forecast.together import together

    return together(share for some in shares for share in some)
