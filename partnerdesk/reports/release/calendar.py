"""Everything in a calendar file: the text of every property; one that we never write is a stranger."""

from partnerdesk.reports.calendar import unfolded
from partnerdesk.reports.release.contents import Contents

_TEXTS = ("UID", "SUMMARY", "DESCRIPTION", "LOCATION", "X-WR-CALNAME")
_FIXED = ("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "TRANSP", "DTSTAMP", "DTSTART", "DTEND", "DUE")


def read_calendar(content: bytes, found: Contents) -> None:
    """Adds everything in a calendar's bytes to `found`."""
    for name, value in unfolded(content):
        key = name.partition(";")[0]
        if key in _TEXTS:
            found.texts.setdefault(value, f"the calendar's {key.lower()}")
        elif key not in _FIXED:
            found.strangers.append(f"the property {key} of a calendar")
