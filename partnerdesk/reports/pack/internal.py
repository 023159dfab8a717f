"""Our own notes, for the variant that never leaves the house."""

from collections.abc import Sequence

from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import CELL
from partnerdesk.reports.pack.data import InternalNote
from partnerdesk.reports.pack.frame import BOTTOM, LEFT, WIDTH, Drawing, Leaf, content_top
from partnerdesk.reports.page import Column, Paper, Table, row
from partnerdesk.reports.page.blocks import Block, Titled, stacked

_TITLE = "Internal notes: not for the partner"


def leaves(notes: Sequence[InternalNote], formats: Formats) -> list[Leaf]:
    """The notes, the newest first, on as many pages as they take; none without notes."""
    if not notes:
        return []
    columns = (Column("Day"), Column("Kind"), Column("Note", grow=1, least=80), Column("By", width=34))
    ordered = sorted(notes, key=lambda n: n.day, reverse=True)
    rows = tuple(row(formats.day(n.day), n.kind, n.text, n.author, role=CELL) for n in ordered)
    left: list[Block] = [Titled("Notes", Table(columns, rows).laid(WIDTH))]
    pages: list[Leaf] = []
    while left:
        name = _TITLE if not pages else f"{_TITLE}, continued"
        fits, left = stacked(left, BOTTOM - content_top(name, ""), 0)
        pages.append(Leaf("internal", "Internal notes", name, "", _drawing(fits), continues=bool(pages)))
    return pages


def _drawing(blocks: Sequence[Block]) -> Drawing:
    def draw(paper: Paper, top: float) -> None:
        for block in blocks:
            top = block.draw(paper, LEFT, top)

    return draw
