"""One page about one partner: the brief for us before a call, and the digest for a partner that has no review.

They are laid out alike. The brief begins with what to say first and holds our notes, so it is INTERNAL and never sent;
the digest has no place for a note.
"""

from partnerdesk.reports.onepage.build import compose, file_name
from partnerdesk.reports.onepage.data import OnePage

__all__ = ["OnePage", "compose", "file_name"]
