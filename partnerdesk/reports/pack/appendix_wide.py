"""Lists of the appendix over the whole width: below what a page ends with where they fit, else on their own pages."""

from dataclasses import dataclass, replace

from partnerdesk.reports.pack.frame import BOTTOM, WIDTH, content_top
from partnerdesk.reports.page import Table
from partnerdesk.reports.page.blocks import Titled

_LEAST = 3  # rows of the last page


@dataclass(frozen=True, slots=True)
class Wide:
    """A list under a heading of its own, and as it stands under the title of a page."""

    title: str
    below: Titled
    alone: Titled


def wide(title: str, head: str, table: Table) -> Wide:
    """The list with what it is called; `head` says what is in it. Raises fonts.Undrawable."""
    laid = table.laid(WIDTH)
    return Wide(title, Titled(title, laid, head), Titled(head, laid))


def paged(found: Wide) -> list[tuple[str, Titled]]:
    """Its pages: the title of each and what stands on it. No page ends the list with a row or two alone."""
    pages: list[tuple[str, Titled]] = []
    rest = found.alone
    while rest.table.rows:
        name = found.title if not pages else f"{found.title}, continued"
        fits, over = rest.split(BOTTOM - content_top(name, ""))
        if not isinstance(fits, Titled):
            raise ValueError("a row of the appendix is taller than a page")
        pages.append((name, fits))
        if not isinstance(over, Titled):
            break
        rest = over
    if len(pages) > 1 and len(pages[-1][1].table.rows) < _LEAST:
        pages[-2:] = _halved(pages[-2], pages[-1])
    return pages


def _halved(one: tuple[str, Titled], other: tuple[str, Titled]) -> list[tuple[str, Titled]]:
    """The rows of two pages shared out evenly."""
    rows = (*one[1].table.rows, *other[1].table.rows)
    half = (len(rows) + 1) // 2
    return [
        (name, replace(titled, table=replace(titled.table, rows=part)))
        for (name, titled), part in ((one, rows[:half]), (other, rows[half:]))
    ]
