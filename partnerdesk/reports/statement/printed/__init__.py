"""The statement on two pages, for people who print: the roll-forward and what follows from it, then the detail.

It says what the workbook says, from the same document; what does not fit on the second page is summed in one row
that names the sheet of the workbook where it stands.
"""

from partnerdesk.reports.page.composed import Composed
from partnerdesk.reports.statement.printed.build import compose, write_pdf
from partnerdesk.reports.statement.printed.detail import rests

__all__ = ["Composed", "compose", "rests", "write_pdf"]
