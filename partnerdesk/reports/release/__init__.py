"""The gate that a finished document passes before it gets its name: nothing of another partner, no number of no one.

`contents` takes a file apart to the last string, `terms` finds what is somebody else's, `numbers` what nobody
computed, `gate` decides. What is whose is told by the caller; nothing here reads a book.
"""

from partnerdesk.reports.release.gate import World, release
from partnerdesk.reports.release.terms import Terms

__all__ = ["Terms", "World", "release"]
