"""Exporting dates from the window: a calendar file into the folder of exports, in a process of its own."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from partnerdesk.ui.exporting import calendar_from, export_away
from partnerdesk.ui.screens.need_words import plural

if TYPE_CHECKING:
    from partnerdesk.ops.calendars.exports import ExportedCalendar
    from partnerdesk.ui.screens.base import Screen


def export_dates(screen: "Screen", partner: str = "", owner: str = "", *, for_partner: bool = False) -> None:
    """The dates of all, of a partner or of an owner for us; or those of a partner as the partner may see them."""
    from partnerdesk import paths
    from partnerdesk.ui.screens.files import open_folder

    folder = paths.folder("exports")

    def done(made: "ExportedCalendar") -> None:
        words = f"{made.path.name} written, {plural(made.count, 'date')}"
        screen.shell.toast(words, "Open folder", lambda: open_folder(folder))

    today, stamp = screen.desk.today(), datetime.now(UTC)
    given = {"partner": partner, "owner": owner, "for_partner": for_partner}
    export_away(screen, "Writing the calendar", calendar_from, today, folder, stamp, done=done, **given)
