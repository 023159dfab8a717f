"""A mail draft from a screen: who gets it is asked first; then it is written into the folder of exports.

A partner without anybody to write to is told at once, and nothing is made.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from partnerdesk import paths
from partnerdesk.reports.mail.text import FORECAST, REVIEW, STATEMENT
from partnerdesk.ui.exporting import export_away, review_mail_from, statement_mail_from
from partnerdesk.ui.forecasting_away import forecast_mail_from
from partnerdesk.ui.outgoing import left_words
from partnerdesk.ui.screens.files import open_document

if TYPE_CHECKING:
    from partnerdesk.forecast.ranges import Forecast
    from partnerdesk.ops.mail.drafting import MailDraft
    from partnerdesk.ops.mail.recipients import Offered
    from partnerdesk.ui.screens.base import Screen


def draft_statement(screen: "Screen", partner: str, label: str) -> None:
    """A draft with a partner's statement."""
    _ask(screen, partner, STATEMENT, statement_mail_from, partner, label, screen.desk.today(), _folder())


def draft_review(screen: "Screen", partner: str, quarter: str, review: int) -> None:
    """A draft with a review's pack."""
    made = (partner, quarter, screen.desk.today(), _folder())
    _ask(screen, partner, REVIEW, review_mail_from, *made, review=review)


def draft_forecast(screen: "Screen", found: "Forecast") -> None:
    """A draft with a forecast as it stands on the screen."""
    _ask(screen, found.partner, FORECAST, forecast_mail_from, found, _folder())


def _folder() -> Any:
    return paths.folder("exports") / "mail"


def _ask(screen: "Screen", partner: str, kind: str, write: Callable[..., Any], *args: Any, **kw: Any) -> None:
    """Ask who gets it, then write it away from the window."""
    from partnerdesk.ops.mail.recipients import offered
    from partnerdesk.ui.dialogs.draft_mail import DraftMailDialog

    def write_to(addresses: list[str]) -> None:
        label = "Drafting the mail"
        export_away(screen, label, write, *args, to=addresses, done=lambda made: _say(screen, made), **kw)

    def ask(found: "Offered") -> None:
        DraftMailDialog(screen.window(), found.name, found.people, write_to).open()

    screen.read(offered, partner, kind, done=ask, slot="mail-people")


def _say(screen: "Screen", made: "MailDraft") -> None:
    words = f"{left_words(made, screen.desk.formats)}; nothing was sent"
    screen.shell.toast(words, "Open", lambda: open_document(made.path))
