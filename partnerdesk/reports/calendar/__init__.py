"""Days as a calendar file (iCalendar, RFC 5545) that every calendar program reads.

`ics` writes entries as bytes; what the entries say is made by the caller.
"""

from partnerdesk.reports.calendar.ics import Entry, ics, unfolded

__all__ = ["Entry", "ics", "unfolded"]
