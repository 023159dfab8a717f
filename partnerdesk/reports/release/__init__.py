"""The gate that a finished document passes before it gets its name: nothing of another partner, no number of no one.

`walked` and `owners` look at what a document is made of, `taking_apart` takes its file apart to the last string,
`terms` finds what is somebody else's, `numbers` what nobody computed, `gate` decides. What is whose is told by the
caller; nothing here reads a book.
"""

from partnerdesk.reports.release.gate import Made, check, objections, release
from partnerdesk.reports.release.terms import Terms
from partnerdesk.reports.release.world import World

__all__ = ["Made", "Terms", "World", "check", "objections", "release"]
