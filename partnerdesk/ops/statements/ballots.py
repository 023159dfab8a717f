"""What a partner marked in a returned workbook: rows of every sheet with two columns to fill in, and the total.

Rows are known by what names them, in whatever order they come back; every other cell is compared in its place.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from partnerdesk.intake.cells import letter
from partnerdesk.intake.grid import Difference, Grid, differences, row_of
from partnerdesk.intake.values import meaning
from partnerdesk.ops.statements.straightened import UNREAD
from partnerdesk.reports.statement import corrections, held
from partnerdesk.reports.statement.document import StatementDocument
from partnerdesk.reports.statement.making import (
    COMMENT,
    CORRECTIONS,
    DISPUTE_TOTAL,
    EARNINGS,
    HELD,
    MARK,
    OBJECT_AT_TOTAL,
    PAYMENTS,
    SUMMARY,
)
from partnerdesk.reports.statement.pairs import movements

# The columns that name a row, counted from zero, of each sheet on which rows are marked.
NAMED = {EARNINGS: (0,), HELD: (0, 2), CORRECTIONS: (0, 2), PAYMENTS: (0,)}
NO_VALUE = "a formula without its value"  # what is told of a mark or a comment that cannot be read
UNREAD_COMMENT = f"Marked in the returned statement; the comment beside it is {NO_VALUE}"
_LABEL, _MARK, _COMMENT = 1, 2, 3  # the columns of the total's ballot on the first sheet


@dataclass(frozen=True, slots=True)
class Ballot:
    """A row that is marked: where it stands, what names it there, and what the partner says."""

    sheet: str
    row: int
    named: tuple[str, ...]
    comment: str


@dataclass(frozen=True, slots=True)
class _Table:
    """Where the ballots of an issued sheet are: the columns, and each row by what names it."""

    head: int
    mark: int
    comment: int
    rows: Mapping[tuple[str, ...], int]


def marks(name: str, issued: Grid, returned: Grid) -> tuple[list[Ballot], list[Difference]]:
    """The marked rows of a sheet, and every other cell that is not as it was issued."""
    if name == SUMMARY:
        return _total(issued, returned)
    table = _table(name, issued)
    if table is None:
        return [], list(differences(name, issued, returned))
    marked, altered, seen = list[Ballot](), list[Difference](), dict[tuple[str, ...], int]()
    for row in sorted({row for row, _ in returned if row > table.head}):
        now = row_of(returned, row)
        named = _named(name, now)
        if named not in table.rows or named in seen:
            continue
        seen[named] = row
        was = row_of(issued, table.rows[named])
        mark, comment = _read(now.pop(table.mark, "")), _read(now.pop(table.comment, ""))
        was.pop(table.mark, ""), was.pop(table.comment, "")
        altered += differences(name, {(row, c): t for c, t in was.items()}, {(row, c): t for c, t in now.items()})
        altered += _unclear(name, row, table, mark, comment)
        if meaning("truth", mark) == "yes":
            marked.append(Ballot(name, row, named, _words(comment)))
    altered += differences(name, _without(issued, table.rows.values()), _without(returned, seen.values()))
    what = "line" if name == EARNINGS else "row"
    altered += [Difference(name, "", f"{what} {named[0]}", "") for named in table.rows if named not in seen]
    return marked, altered


def _table(name: str, issued: Grid) -> _Table | None:
    """The ballots of an issued sheet; None where it has none, as sheets of earlier statements."""
    found = next((place for place, text in sorted(issued.items()) if text == MARK), None)
    if name not in NAMED or found is None:
        return None
    head, mark = found
    titles = {text: column for column, text in row_of(issued, head).items()}
    rows: dict[tuple[str, ...], int] = {}
    for row in sorted({row for row, column in issued if row > head and column == mark}):
        rows.setdefault(_named(name, row_of(issued, row)), row)
    return _Table(head, mark, titles.get(COMMENT, mark + 1), rows)


def _named(name: str, cells: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(cells.get(column, "") for column in NAMED[name])


def _without(grid: Grid, rows: Iterable[int]) -> Grid:
    left_out = set(rows)
    return {place: text for place, text in grid.items() if place[0] not in left_out}


def _read(text: str) -> str:
    """What a partner filled in; a formula that came back without its value holds no text, and is told as one."""
    return NO_VALUE if text == UNREAD else text.strip()


def _words(comment: str) -> str:
    """The comment as the reason of a dispute, which stands also where the comment cannot be read."""
    return UNREAD_COMMENT if comment == NO_VALUE else comment


def _unclear(name: str, row: int, table: _Table, mark: str, comment: str) -> Iterator[Difference]:
    """A mark that is neither yes nor no, and a comment beside a row that is not disputed."""
    said = meaning("truth", mark)
    if mark and not said:
        yield Difference(name, f"{letter(table.mark)}{row}", "Yes or No", mark)
    if comment and said != "yes":
        yield Difference(name, f"{letter(table.comment)}{row}", "", comment)


def _total(issued: Grid, returned: Grid) -> tuple[list[Ballot], list[Difference]]:
    """The ballot of the total on the first sheet, which stands alone below the checks."""
    row = next((row for (row, column), text in issued.items() if column == _LABEL and text == DISPUTE_TOTAL), 0)
    if not row or returned.get((row, _LABEL)) != DISPUTE_TOTAL:
        return [], list(differences(SUMMARY, issued, returned))
    cells = {(row, _MARK), (row, _COMMENT)}
    was, now = ({place: text for place, text in grid.items() if place not in cells} for grid in (issued, returned))
    mark, comment = (_read(returned.get((row, column), "")) for column in (_MARK, _COMMENT))
    table = _Table(row, _MARK, _COMMENT, {})
    altered = [*differences(SUMMARY, was, now), *_unclear(SUMMARY, row, table, mark, comment)]
    return [Ballot(SUMMARY, row, (), _words(comment))] if meaning("truth", mark) == "yes" else [], altered


def without_ballots(drawn: Mapping[str, Grid], returned: Mapping[str, Grid]) -> dict[str, Grid]:
    """A workbook as it is drawn now without the ballots, and the notes where to object, that an earlier one, which came
    back, did not have.
    """
    found = {name: _without_note(grid, returned.get(name, {})) for name, grid in drawn.items()}
    for name in found.keys() & NAMED.keys():
        if name != EARNINGS and MARK not in returned.get(name, {}).values() and (table := _table(name, drawn[name])):
            gone = {(row, c) for row in (table.head, *table.rows.values()) for c in (table.mark, table.comment)}
            found[name] = {place: text for place, text in drawn[name].items() if place not in gone}
    summary = drawn.get(SUMMARY, {})
    row = next((place[0] for place, text in summary.items() if text == DISPUTE_TOTAL), 0)
    if row and DISPUTE_TOTAL not in returned.get(SUMMARY, {}).values():
        found[SUMMARY] = {(r - 2 if r > row else r, column): text for (r, column), text in summary.items() if r != row}
    return found


def _without_note(drawn: Grid, returned: Grid) -> Grid:
    if OBJECT_AT_TOTAL in returned.values():
        return drawn
    return {place: text for place, text in drawn.items() if text != OBJECT_AT_TOTAL}


def disputed_by(ballot: Ballot, document: StatementDocument) -> str:
    """What a marked row is called in the book: its line, the entry of its movement, or the number of the statement."""
    if ballot.sheet == SUMMARY:
        return document.number
    if ballot.sheet == EARNINGS:
        return ballot.named[0]
    if ballot.sheet == PAYMENTS:
        paid = f"payment:{ballot.named[0]}"
        found = (e.id for e in document.statement.entries if paid in (e.id, e.reference))
        return next(found, paid)
    words = held.KINDS if ballot.sheet == HELD else corrections.KINDS
    for moved in movements(document, words):
        if (moved.id, words[moved.entry.kind]) == ballot.named:
            return moved.entry.id
    return ballot.named[0]
