"""Parts over pages: everything finds a place once, and what begins something never ends a page."""

from partnerdesk.reports.look import BODY, HEADING
from partnerdesk.reports.page import Column, Table, row
from partnerdesk.reports.page.flow import Grid, Part, Prose, evened, grid, paged, titled

WIDTH = 400.0
HIGH = 40 * BODY.leading


def prose(lines: int) -> Prose:
    found = Prose("word " * 2000, WIDTH)
    return Prose(found.words, WIDTH, count=lines)


def heights(page: list[Part]) -> float:
    return sum(part.before + part.block.height for part in page)


def test_a_heading_goes_to_the_next_page_with_what_it_is_for() -> None:
    parts = [Part(prose(38)), Part(Prose("Heading", WIDTH, HEADING), 5, keep=True), Part(prose(10), 2)]
    pages = paged(parts, HIGH, HIGH)
    assert [len(page) for page in pages] == [1, 2]
    assert pages[1][0].block.height == HEADING.leading


def test_a_chain_of_headings_stays_together() -> None:
    chain = titled("Heading", prose(12), WIDTH, HEADING, "Below it")
    pages = paged([Part(prose(35)), *chain], HIGH, HIGH)
    assert len(pages[0]) == 1, "three lines of a heading and no line of what it is for do not stay"


def test_a_text_longer_than_a_page_is_divided_and_keeps_every_line() -> None:
    pages = paged([Part(prose(100))], HIGH, HIGH)
    assert [len(page) for page in pages] == [1, 1, 1]
    assert sum(page[0].block.height for page in pages) == 100 * BODY.leading
    assert all(heights(page) <= HIGH + 0.2 for page in pages)


def test_no_single_line_stands_alone() -> None:
    pages = paged([Part(prose(41))], HIGH, HIGH)
    assert [page[0].block.height / BODY.leading for page in pages] == [39, 2]


def test_a_row_taller_than_a_page_is_divided() -> None:
    table = Table((Column("A", width=30), Column("B", grow=1)), (row("x", "word " * 3000), row("y", "z")))
    pages = paged([Part(grid(table, WIDTH))], HIGH, HIGH)
    assert len(pages) > 3
    assert all(heights(page) <= HIGH + 0.2 for page in pages)
    texts = [cell for page in pages for part in page if isinstance(part.block, Grid) for cell in part.block.table.rows]
    words = sum(span.text.count("word") for found in texts for line in found.lines[1] for span in line)
    assert words == 3000


def test_pages_are_filled_alike_and_a_small_table_stays_together() -> None:
    parts = [Part(prose(4), 0 if n == 0 else 7) for n in range(24)]
    room = heights(parts) / 2.2
    assert len(paged(parts, room, room)) == 3
    filled = [heights(page) for page in evened(parts, room, room)]
    assert len(filled) == 3 and min(filled) > 0.7 * max(filled)
    rows = tuple(row(f"Row {n}") for n in range(6))
    table = grid(Table((Column("What", grow=1),), rows), 400, whole=200)
    assert table.split(table.height - 1) == (None, table)
    assert all(grid(Table((Column("What", grow=1),), rows), 400).split(table.height - 1))
