"""Tables of a page: hairlines between rows, numbers to the right, every cell broken so that it fits its column.

A column is as wide as its content asks (numbers always, texts up to a share of what is left); a table that is still
too wide is set smaller, down to 7 pt. Rows can be divided over pages. Colours and sizes are those of the documents.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from partnerdesk.reports.look import CELL, COLUMN, Role
from partnerdesk.reports.marks import glyph
from partnerdesk.reports.page.paper import MM, Paper, baseline
from partnerdesk.reports.page.text import Span, TextLine, Words, line_width, spans, wrapped

PAD_RIGHT = 2.2 * MM
AFTER_NUMBER = 3.6 * MM
GLYPH, GLYPH_GAP = 2.7 * MM, 1.0 * MM
_SMALLEST = 7.0
_MOST_AIR = 5.0 * MM


@dataclass(frozen=True, slots=True)
class Column:
    """`width` fixes it in mm; otherwise it takes what its cells need, and shares the rest by `grow`.

    An `amount` column is right-aligned and keeps room for a closing parenthesis, so that digits stand under digits.
    """

    title: str = ""
    width: float | None = None
    grow: float = 0.0
    right: bool = False
    amount: bool = False
    least: float = 12.0  # mm, for a column that grows
    gap: float = 0.0  # more space at the left, mm


@dataclass(frozen=True, slots=True)
class Cell:
    """Words, and a status glyph before them."""

    words: Words = ""
    glyph: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right. `role` holds for bare texts; `above` draws the ink line of a total."""

    cells: tuple[Cell, ...]
    role: Role = CELL
    above: bool = False
    last: bool = False  # no hairline below


def row(*cells: Words | Cell, role: Role = CELL, above: bool = False, last: bool = False) -> Row:
    """A row of texts or cells."""
    return Row(tuple(c if isinstance(c, Cell) else Cell(c) for c in cells), role, above, last)


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    pad: float = 1.25  # mm above and below
    headed: bool = True

    def laid(self, width: float) -> "Laid":
        """The table with all cells broken into lines, for that width in points. Raises fonts.Undrawable."""
        factor = 1.0
        while True:
            widths, fits = _widths(self, width, factor)
            if fits or CELL.size * factor * 0.96 < _SMALLEST:
                break
            factor *= 0.96
        head = _head(self, widths)
        body = tuple(_lay_row(self, r, widths, factor) for r in self.rows)
        return Laid(self, width, widths, head, body)


@dataclass(frozen=True, slots=True)
class LaidRow:
    row: Row
    lines: tuple[tuple[TextLine, ...], ...]
    leading: float
    height: float


@dataclass(frozen=True, slots=True)
class Laid:
    """A table that knows its size. Heights are in points."""

    table: Table
    width: float
    widths: tuple[float, ...]
    head: tuple[tuple[TextLine, ...], ...]
    rows: tuple[LaidRow, ...] = field(default=())

    @property
    def head_height(self) -> float:
        if not self.table.headed:
            return 0.0
        return max((len(lines) for lines in self.head), default=1) * COLUMN.leading + 1.4 * MM

    @property
    def height(self) -> float:
        return self.head_height + sum(r.height for r in self.rows)

    def split(self, height: float) -> tuple["Laid", "Laid"]:
        """What fits a height (at least one row) and the rest, each with the column titles."""
        used, count = self.head_height, 0
        for laid in self.rows:
            if used + laid.height > height + 0.1 and count:
                break
            used += laid.height
            count += 1
        return replace(self, rows=self.rows[:count]), replace(self, rows=self.rows[count:])

    def draw(self, paper: Paper, x: float, top: float) -> float:
        """Draws it and returns its bottom."""
        if self.table.headed:
            self._draw_head(paper, x, top)
            top += self.head_height
            paper.rule(x, x + self.width, top, "text", 0.75)
        for n, laid in enumerate(self.rows):
            if laid.row.above:
                paper.rule(x, x + self.width, top, "text", 0.75)
            self._draw_row(paper, x, top, laid)
            top += laid.height
            following = self.rows[n + 1].row if n + 1 < len(self.rows) else None
            if not laid.row.last and not (following and following.above):
                paper.rule(x, x + self.width, top)
        return top

    def _draw_head(self, paper: Paper, x: float, top: float) -> None:
        deepest = max((len(lines) for lines in self.head), default=1)
        for (left, room), column, lines in zip(self._places(x), self.table.columns, self.head, strict=True):
            start = top + (deepest - len(lines)) * COLUMN.leading
            for n, line in enumerate(lines):
                _draw_line(paper, left, room, column, line, baseline(start + n * COLUMN.leading, COLUMN))

    def _draw_row(self, paper: Paper, x: float, top: float, laid: LaidRow) -> None:
        pad = self.table.pad * MM
        cells = zip(self._places(x), self.table.columns, laid.row.cells, laid.lines, strict=True)
        for (left, room), column, cell, lines in cells:
            shift = 0.0
            if cell.glyph:
                middle = top + pad + laid.leading / 2
                paper.shapes(left, middle - GLYPH / 2, glyph(cell.glyph, GLYPH))
                shift = GLYPH + GLYPH_GAP
            for n, line in enumerate(lines):
                base = baseline(top + pad + n * laid.leading, replace(laid.row.role, leading=laid.leading))
                _draw_line(paper, left + shift, room - shift, column, line, base)

    def _places(self, x: float) -> list[tuple[float, float]]:
        """Left and room of each column's text."""
        places = []
        for column, wide, gap in zip(self.table.columns, self.widths, _gaps(self.table.columns), strict=True):
            places.append((x + gap, wide - gap - (0 if column is self.table.columns[-1] else PAD_RIGHT)))
            x += wide
        return places


def _draw_line(paper: Paper, left: float, room: float, column: Column, line: TextLine, base: float) -> None:
    start = left
    if column.right or column.amount:
        start = left + room - line_width(line)
        if column.amount and not _text(line).endswith(")"):
            start -= _parenthesis(line)
    paper.line_at(start, base, line, (left, left + room))


def _text(line: TextLine) -> str:
    return "".join(s.text for s in line)


def _parenthesis(line: TextLine) -> float:
    return line_width((Span(")", line[-1].role),)) if line else 0.0


def _gaps(columns: Sequence[Column]) -> list[float]:
    """What stands free at the left of each column: more where a text follows a number."""
    gaps = []
    previous: Column | None = None
    for column in columns:
        numeric = previous is not None and (previous.right or previous.amount)
        follows = numeric and not (column.right or column.amount)
        gaps.append((AFTER_NUMBER if follows else 0.0) + column.gap * MM)
        previous = column
    return gaps


def _widths(table: Table, width: float, factor: float) -> tuple[tuple[float, ...], bool]:
    """Column widths that sum to `width`, and whether every column got what it needs at least."""
    gaps = _gaps(table.columns)
    natural = [_natural(table, n, factor) + gaps[n] for n in range(len(table.columns))]
    widths = [c.width * MM if c.width is not None else w for c, w in zip(table.columns, natural, strict=True)]
    growing = [n for n, c in enumerate(table.columns) if c.grow]
    over = sum(widths) - width
    if over <= 0:
        _share(widths, growing or [len(widths) - 1], table.columns, -over)
        return tuple(widths), True
    floors = [_floor(table.columns[n], natural[n], gaps[n]) for n in growing]
    spare = sum(max(0.0, widths[n] - f) for n, f in zip(growing, floors, strict=True))
    if spare < over:
        return _squeezed(widths, table.columns, width), False
    _take(widths, growing, floors, over)
    return tuple(widths), True


def _floor(column: Column, natural: float, gap: float) -> float:
    """How narrow a column may become: numbers are never broken."""
    return natural if column.right or column.amount else min(natural, column.least * MM + gap)


def _natural(table: Table, n: int, factor: float) -> float:
    """The width a column would take with nothing broken."""
    last = n == len(table.columns) - 1
    widest = line_width(spans(table.columns[n].title, COLUMN)) + (_parenthesis_room(table.columns[n]))
    for laid in table.rows:
        cell = laid.cells[n]
        role = replace(laid.role, size=laid.role.size * factor)
        wide = line_width(_scaled(spans(cell.words, laid.role), factor))
        if table.columns[n].amount:
            wide += line_width((Span(")", role),))
        widest = max(widest, wide + (GLYPH + GLYPH_GAP if cell.glyph else 0))
    return widest + (0.1 if last else PAD_RIGHT + 0.1)


def _parenthesis_room(column: Column) -> float:
    return line_width((Span(")", COLUMN),)) if column.amount else 0.0


def _share(widths: list[float], growing: list[int], columns: Sequence[Column], room: float) -> None:
    """Gives every column some air, and what is left to those that grow."""
    airy = [n for n, c in enumerate(columns) if c.width is None and n < len(columns) - 1]
    air = min(_MOST_AIR, 0.5 * room / len(airy)) if airy else 0.0
    for n in airy:
        widths[n] += air
    room -= air * len(airy)
    whole = sum(columns[n].grow or 1.0 for n in growing)
    for n in growing:
        widths[n] += room * (columns[n].grow or 1.0) / whole


def _take(widths: list[float], among: list[int], floors: list[float], over: float) -> None:
    """Takes width from the widest growing columns first, so that short texts stay whole."""
    floor = dict(zip(among, floors, strict=True))
    while over > 0.01:
        able = [n for n in among if widths[n] > floor[n] + 0.01]
        widest = max(able, key=lambda n: widths[n])
        others = [widths[n] for n in able if widths[n] < widths[widest] - 0.01]
        equal = [n for n in able if widths[n] >= widths[widest] - 0.01]
        down_to = max([*others, *(floor[n] for n in equal)])
        step = min(over / len(equal), max(widths[widest] - down_to, 0.02))
        for n in equal:
            cut = min(step, widths[n] - floor[n])
            widths[n] -= cut
            over -= cut


def _squeezed(widths: Sequence[float], columns: Sequence[Column], width: float) -> tuple[float, ...]:
    """What is left when even the least widths are too much: texts give way, numbers only when nothing else is left."""
    numeric = [c.right or c.amount for c in columns]
    fixed = sum(w for w, n in zip(widths, numeric, strict=True) if n)
    loose = sum(widths) - fixed
    if width - fixed < 0.2 * width or not loose:
        return tuple(w * width / sum(widths) for w in widths)
    return tuple(w if n else w * (width - fixed) / loose for w, n in zip(widths, numeric, strict=True))


def _scaled(parts: Sequence[Span], factor: float) -> tuple[Span, ...]:
    if factor == 1.0:
        return tuple(parts)
    return tuple(replace(s, role=replace(s.role, size=max(_SMALLEST, s.role.size * factor))) for s in parts)


def _head(table: Table, widths: Sequence[float]) -> tuple[tuple[TextLine, ...], ...]:
    if not table.headed:
        return tuple(() for _ in table.columns)
    return tuple(_broken(table, n, widths, table.columns[n].title, COLUMN) for n in range(len(widths)))


def _broken(table: Table, n: int, widths: Sequence[float], words: Words, role: Role) -> tuple[TextLine, ...]:
    gap = _gaps(table.columns)[n]
    last = n == len(widths) - 1
    return wrapped(words, role, max(1.0, widths[n] - gap - (0 if last else PAD_RIGHT)))


def _lay_row(table: Table, laid: Row, widths: Sequence[float], factor: float) -> LaidRow:
    role = replace(laid.role, size=max(_SMALLEST, laid.role.size * factor))
    lines = []
    for n, cell in enumerate(laid.cells):
        words = _scaled(spans(cell.words, laid.role), factor)
        narrower = [w - (GLYPH + GLYPH_GAP if cell.glyph and m == n else 0) for m, w in enumerate(widths)]
        lines.append(_broken(table, n, narrower, words, role))
    deepest = max((len(text) for text in lines), default=1) or 1
    leading = laid.role.leading
    return LaidRow(replace(laid, role=role), tuple(lines), leading, deepest * leading + 2 * table.pad * MM)
