"""Returned sheets brought back to the places that they were issued with, so that their cells can be compared.

A partner's accountant inserts a row or a column, moves one, or renames the sheet; the titles of the columns tell where
everything went. A cell whose formula was saved without its value says nothing, and is no alteration.
"""

from collections.abc import Iterable, Iterator, Mapping

from partnerdesk.intake.grid import Difference, Grid, row_of
from partnerdesk.reports.statement.making import CORRECTIONS, EARNINGS, HEADS, PAYMENTS

NOT_CALCULATED = "without values; the program that saved it did not calculate"
UNREAD = "\0"  # stands where a cell has no value that could be read
_TITLES = HEADS + 1  # the row of the titles, from 1
_SEARCHED, _FEWEST = 40, 6  # rows that are looked at, titles that make a head
_FAR = 1000  # columns of the partner's own stand behind all others


def straightened(issued: Mapping[str, Grid], returned: Mapping[str, Grid]) -> dict[str, Grid]:
    """The returned sheets, those of one table under their names with their rows and columns where they were."""
    sheets = dict(returned)
    for wanted in (EARNINGS, CORRECTIONS, PAYMENTS):
        sheets = _straight(wanted, issued, sheets)
    return sheets


def _straight(wanted: str, issued: Mapping[str, Grid], returned: Mapping[str, Grid]) -> dict[str, Grid]:
    titles = {text: column for column, text in row_of(issued.get(wanted, {}), _TITLES).items()}
    sheets, name = dict(returned), wanted
    if wanted not in sheets:
        name = next((n for n, grid in returned.items() if n not in issued and _head(grid, titles)), "")
    if not name or not (head := _head(sheets[name], titles)):
        return sheets
    places = _columns(row_of(sheets[name], head), titles)
    grid = {
        (_row(row, head), places.get(column, column + _FAR)): text for (row, column), text in sheets.pop(name).items()
    }
    return sheets | {wanted: grid}


def _head(grid: Grid, titles: Mapping[str, int]) -> int:
    """The row that holds the titles; 0 where none does."""
    rows = sorted({row for row, _ in grid if row <= _SEARCHED})
    counted = [(sum(text in titles for text in row_of(grid, row).values()), -row) for row in rows]
    most = max(counted, default=(0, 0))
    return -most[1] if most[0] >= min(_FEWEST, len(titles)) else 0


def _columns(head: Mapping[int, str], titles: Mapping[str, int]) -> dict[int, int]:
    """Where each returned column was issued, by its title."""
    places: dict[int, int] = {}
    for column in sorted(head):
        place = titles.get(head[column])
        if place is not None and place not in places.values():
            places[column] = place
    return places


def _row(row: int, head: int) -> int:
    """The issued row: below the titles all rows moved alike, above them none did."""
    return row - head + _TITLES if row >= head else row


def marked_unread(sheets: Mapping[str, Grid], flaws: Iterable[tuple[str, int, int]]) -> dict[str, Grid]:
    """The sheets with `UNREAD` in the cells that could not be read."""
    found = {name: dict(grid) for name, grid in sheets.items()}
    for name, row, column in flaws:
        found[name][row, column] = UNREAD
    return dict(found)


def told(found: Iterable[Difference]) -> Iterator[Difference]:
    """The differences; those of unread cells as a single one, at the end: nobody changed them."""
    sheets: list[str] = []
    for one in dict.fromkeys(found):
        if one.returned == UNREAD:
            sheets.append(one.sheet)
        else:
            yield one
    if sheets:
        names = list(dict.fromkeys(sheets))
        on = names[0] if len(names) == 1 else f"{len(names)} sheets"
        yield Difference(on, "", f"{len(sheets)} computed cell{'s' * (len(sheets) != 1)}", NOT_CALCULATED)
