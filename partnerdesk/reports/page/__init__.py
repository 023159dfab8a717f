"""Pages: what every PDF document is made with. Text in embedded fonts, marks, charts as vectors, tables, head and foot.

Positions are points from the top left of the page, y runs down. Text is drawn character by character as given,
never parsed: there is no markup, so nothing in a name can become one. Each text that is drawn is recorded with its
place and the room it had; `faults` finds what is clipped, overlapping or outside. What a document says is decided
by the packages beside this one.
"""

from partnerdesk.reports.page.document import (
    A4_LANDSCAPE,
    A4_PORTRAIT,
    LETTER_LANDSCAPE,
    LETTER_PORTRAIT,
    PAPERS,
    Document,
    Meta,
    paper_of,
)
from partnerdesk.reports.page.geometry import Fault, Placed, faults
from partnerdesk.reports.page.paper import MM, Paper
from partnerdesk.reports.page.table import Cell, Column, Laid, Row, Table, row
from partnerdesk.reports.page.text import Span, Words, balanced, plain_text, wrapped

__all__ = [
    "A4_LANDSCAPE",
    "A4_PORTRAIT",
    "LETTER_LANDSCAPE",
    "LETTER_PORTRAIT",
    "MM",
    "PAPERS",
    "Cell",
    "Column",
    "Document",
    "Fault",
    "Laid",
    "Meta",
    "Paper",
    "Placed",
    "Row",
    "Span",
    "Table",
    "Words",
    "balanced",
    "faults",
    "paper_of",
    "plain_text",
    "row",
    "wrapped",
]
