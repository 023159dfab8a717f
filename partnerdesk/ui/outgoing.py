"""After a document was written: the book keeps a line of it, and the window says in one line what it is.

A line is no change of the book: it is kept also where another window writes it and this one only reads.
"""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from partnerdesk.reports.release.outgoing import Outgoing, outgoing

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats
    from partnerdesk.store import Store
    from partnerdesk.ui.screens.base import Screen


def note_left(screen: "Screen", made: object) -> None:
    """Keep what left with the result of an export."""
    desk, left = screen.desk, outgoing(made)
    if left and desk.book is not None:
        noting = desk.with_store("Noting what left", _note, left, desk.today(), desk.user, failed=screen.show_error)
        noting.ends_whole = True


def _note(store: "Store", left: tuple[Outgoing, ...], on: date, by: str) -> None:
    from partnerdesk.ops.outgoing import note_outgoing

    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    store.keep(note_outgoing, left, on=on, by=by, at=at)


def left_words(made: object, formats: "Formats") -> str:
    """What was written, in one line: the file, what it is, for whom, of which period, with its total."""
    left = outgoing(made)
    if not left:
        return ""
    first, more = left[0], f" and {len(left) - 1} more" if len(left) > 1 else ""
    words = f"{first.file}{more} written: {first.kind} for {first.name or first.partner}"
    if first.recipients:
        words += f" to {first.recipients}"
    if first.about:
        words += f", {first.about}"
    if first.total is not None:
        words += f", closing {formats.money(first.total, currency=first.currency)}"
    return words
