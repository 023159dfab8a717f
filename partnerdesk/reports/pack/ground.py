"""Open ground beside the deals: the matrix of customers and products, its key, and where to start."""

from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import BODY, SUB
from partnerdesk.reports.marks import glyph
from partnerdesk.reports.pack import words
from partnerdesk.reports.pack.data import OpenGround
from partnerdesk.reports.page import MM, Laid, Paper
from partnerdesk.reports.page.blocks import heading
from partnerdesk.reports.page.table import GLYPH, GLYPH_GAP

_KEY = (("owned", "owned"), ("pipeline", "in pipeline"), ("gap", "gap"), ("not_eligible", "not eligible"))


def draw(paper: Paper, x: float, top: float, ground: OpenGround, table: Laid, formats: Formats) -> None:
    """Heading, matrix, key and where to start."""
    count = f"{words.counted(ground.customers, 'customer')}, {words.counted(len(ground.products), 'product')}"
    sub = "A gap is valued by what the product brings a year at your customers (median)" if ground.gap else ""
    top = heading(paper, x, top, table.width, f"Open ground: {count}", sub)
    bottom = table.draw(paper, x, top) + 4 * MM
    bottom = _key(paper, x, bottom, ground) + 5 * MM
    said = start(ground, formats)
    if said:
        bottom = heading(paper, x, bottom, table.width, "Where to start")
        paper.paragraph(x, bottom, table.width, said, BODY)


def _key(paper: Paper, x: float, top: float, ground: OpenGround) -> float:
    used = {c.state for r in ground.rows for c in r.cells}
    for name, says in _KEY:
        if name in used:
            paper.shapes(x, top + SUB.leading / 2 - GLYPH / 2, glyph(name, GLYPH))
            x = paper.text(x + GLYPH + GLYPH_GAP, top, says, SUB) + 5 * MM
    if ground.unshown:
        paper.text(x, top, f"{words.counted(ground.unshown, 'more product')} not shown", SUB)
    return top + SUB.leading


def start(ground: OpenGround, formats: Formats) -> str:
    """The largest gap at a customer, with what speaks for it: who owns the product, and when the customer renews."""
    gaps = [(cell.value, -n, m) for n, row in enumerate(ground.rows) for m, cell in enumerate(row.cells) if cell.value]
    if not gaps:
        return ""
    value, place, column = max(gaps, key=lambda gap: gap[:2])
    row, product = ground.rows[-place], ground.products[column]
    owners = _owners(ground.owners[column], ground.customers)
    renews = f"{row.customer} renews on {formats.day(row.renews)}, and " if row.renews else ""
    return f"{product} at {row.customer}, {formats.compact(value)}: {renews}{owners}."


def _owners(count: int, customers: int) -> str:
    whole = words.number_word(customers)
    if not count:
        return f"none of {whole} customers owns it yet"
    return f"{words.number_word(count)} of {whole} customers {'owns' if count == 1 else 'own'} it"
