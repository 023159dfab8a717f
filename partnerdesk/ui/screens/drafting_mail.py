"""A mail draft from a screen: written into the folder of exports, and opened in the mail program when asked."""

from typing import TYPE_CHECKING

from partnerdesk import paths
from partnerdesk.ui.exporting import export_away, review_mail_from, statement_mail_from
from partnerdesk.ui.forecasting_away import forecast_mail_from
from partnerdesk.ui.screens.files import open_document

if TYPE_CHECKING:
    from partnerdesk.forecast.ranges import Forecast
    from partnerdesk.ops.mail.drafting import MailDraft
    from partnerdesk.ui.screens.base import Screen


def draft_statement(screen: "Screen", partner: str, label: str) -> None:
    """A draft with a partner's statement."""
    folder, today = paths.folder("exports") / "mail", screen.desk.today()

    def done(made: "MailDraft") -> None:
        _say(screen, made)

    export_away(screen, "Drafting the mail", statement_mail_from, partner, label, today, folder, done=done)


def draft_review(screen: "Screen", partner: str, quarter: str, review: int) -> None:
    """A draft with a review's pack."""
    folder, today = paths.folder("exports") / "mail", screen.desk.today()

    def done(made: "MailDraft") -> None:
        _say(screen, made)

    export_away(
        screen, "Drafting the mail", review_mail_from, partner, quarter, today, folder, review=review, done=done
    )


def draft_forecast(screen: "Screen", found: "Forecast") -> None:
    """A draft with a forecast as it stands on the screen."""
    folder = paths.folder("exports") / "mail"

    def done(made: "MailDraft") -> None:
        _say(screen, made)

    export_away(screen, "Drafting the mail", forecast_mail_from, found, folder, done=done)


def _say(screen: "Screen", made: "MailDraft") -> None:
    people = made.to[0].name if len(made.to) == 1 else f"{len(made.to)} people"
    screen.shell.toast(f"Draft to {people} written; nothing was sent", "Open", lambda: open_document(made.path))
