"""Open ground beside the deals: the matrix of customers and products, its key, and where to start."""

from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import BODY, SUB
from partnerdesk.reports.marks import glyph
from partnerdesk.reports.pack import ground_table, words
from partnerdesk.reports.pack.data import OpenGround, StartAt
from partnerdesk.reports.page import MM, Laid, Paper
from partnerdesk.reports.page.blocks import heading, heading_height
from partnerdesk.reports.page.table import GLYPH, GLYPH_GAP
from partnerdesk.reports.page.text import wrapped

_SUB = "A gap is worth a year as others pay it (median), or what the plan says"
_KEY = (("owned", "owned"), ("pipeline", "in pipeline"), ("gap", "gap"), ("not_eligible", "not eligible"))


def placed(ground: OpenGround, formats: Formats, most: float, room: float) -> tuple[OpenGround, Laid]:
    """The matrix no wider than `most`, with so many customers as leave what stands below it within `room`.

    Their names stand on two lines where there is room for that.
    """
    laid = ground_table.laid(ground, formats, most, lines=2)
    if laid.height + _around(ground, formats, laid.width) <= room:
        return ground, laid
    laid = ground_table.laid(ground, formats, most)
    while laid.height + _around(ground, formats, laid.width) > room and len(ground.rows) > 1:
        ground = ground_table.fewer(ground)
        laid = ground_table.laid(ground, formats, most)
    return ground, laid


def _around(ground: OpenGround, formats: Formats, width: float) -> float:
    """The height of heading, key and where to start."""
    high = heading_height(width, "Open ground", _SUB if ground.gap else "") + 9 * MM + SUB.leading
    if ground.start is None:
        return high
    lines = len(wrapped(start(ground.start, formats), BODY, width))
    return high + heading_height(width, "Where to start") + lines * BODY.leading


def draw(paper: Paper, x: float, top: float, ground: OpenGround, table: Laid, formats: Formats) -> None:
    """Heading, matrix, key and where to start."""
    count = f"{words.counted(ground.customers, 'customer')}, {words.counted(len(ground.products), 'product')}"
    sub = _SUB if ground.gap else ""
    top = heading(paper, x, top, table.width, f"Open ground: {count}", sub)
    bottom = table.draw(paper, x, top) + 4 * MM
    bottom = _key(paper, x, bottom, ground) + 5 * MM
    if ground.start is not None:
        bottom = heading(paper, x, bottom, table.width, "Where to start")
        paper.paragraph(x, bottom, table.width, start(ground.start, formats), BODY)


def _key(paper: Paper, x: float, top: float, ground: OpenGround) -> float:
    used = {c.state for r in ground.rows for c in r.cells}
    for name, says in _KEY:
        if name in used:
            paper.shapes(x, top + SUB.leading / 2 - GLYPH / 2, glyph(name, GLYPH))
            x = paper.text(x + GLYPH + GLYPH_GAP, top, says, SUB) + 5 * MM
    return top + SUB.leading


def start(found: StartAt, formats: Formats) -> str:
    """The gap to speak about first, with what speaks for it."""
    reasons = []
    if found.renews:
        reasons.append(f"{found.customer} renews on {formats.day(found.renews)}")
    if found.peers:
        owners, peers = words.number_word(found.owners), words.number_word(found.peers)
        reasons.append(f"{owners} of {peers} similar customers {'owns' if found.owners == 1 else 'own'} it")
    why = f": {' and '.join(reasons)}" if reasons else ""
    step = f" Next: {found.next_step}" if found.next_step else ""
    return f"{found.product} at {found.customer}, {formats.compact(found.value)}{why}.{step}"
