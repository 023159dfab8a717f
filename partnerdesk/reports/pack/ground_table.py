"""The table of open ground: a column a product, numbers beside marks, in smaller type where it would be too wide."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from partnerdesk.reports import fonts
from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import CELL, CELL_BOLD, CELL_MUTED, COLUMN, Role
from partnerdesk.reports.pack import words
from partnerdesk.reports.pack.brief_names import brief
from partnerdesk.reports.pack.data import GroundCell, GroundRow, OpenGround
from partnerdesk.reports.page import MM, Cell, Column, Laid, Row, Table
from partnerdesk.reports.page.table import GLYPH, GLYPH_GAP, PAD_RIGHT
from partnerdesk.reports.page.text import fitted, plain_text, wrapped

_CUSTOMER, _LEAST_CUSTOMER = 40 * MM, 20 * MM
_WIDEST, _NARROWER = 19 * MM, (15 * MM, 12 * MM, 9.5 * MM, 7.5 * MM)  # of a product's title
_TITLE_LINES = 3
ZERO = Decimal(0)
_SIZES = (CELL.size, 7.7, 7.0)
_UNITS = ((Decimal(10_000_000), Decimal(1_000_000), " m"), (Decimal(10_000), Decimal(1_000), " k"))


def laid(ground: OpenGround, formats: Formats, most: float, lines: int = 1) -> Laid:
    """The table in the width it needs and no more than `most`, in the largest type that fits.

    A customer's name stands on at most so many `lines`. Where even the smallest is too wide, titles of products give
    way: their words are shortened.
    """
    for size, widest in (*((size, _WIDEST) for size in _SIZES), *((_SIZES[-1], w) for w in _NARROWER)):
        found = _Matrix(ground, formats, size, widest, lines)
        if found.least <= most:
            break
    return found.laid(most)


def fewer(ground: OpenGround) -> OpenGround:
    """The last customer of the table among those that are only counted."""
    *rows, last = ground.rows
    before = ground.more.cells if ground.more else tuple(GroundCell("gap", None) for _ in last.cells)
    gaps = [c.value if c.state == "gap" else None for c in last.cells]
    cells = tuple(
        GroundCell("gap", (b.value or ZERO) + (gap or ZERO) or None) for b, gap in zip(before, gaps, strict=True)
    )
    gap = (ground.more.gap if ground.more else ZERO) + last.gap
    return replace(ground, rows=tuple(rows), more=GroundRow("", cells, gap), more_customers=ground.more_customers + 1)


@dataclass(frozen=True, slots=True)
class _Matrix:
    ground: OpenGround
    formats: Formats
    size: float
    widest: float  # of a title
    lines: int  # of a customer's name

    @property
    def unit(self) -> Decimal:
        """What amounts are counted in: 1, a thousand or a million, by their sum."""
        return next((unit for least, unit, _ in _UNITS if self.ground.gap >= least), Decimal(1))

    def amount(self, value: Decimal | None) -> str:
        return self.formats.number(value / self.unit, 1 if self.unit > 1000 else 0) if value else ""

    def sized(self, role: Role) -> Role:
        return replace(role, size=self.size)

    @property
    def widths(self) -> list[float]:
        """Of the products' columns: the longest word of the title or the largest number."""
        bold, found = self.sized(CELL_BOLD), []
        for name, gap in zip(brief(self.ground.products), self.ground.gaps, strict=True):
            title = min(self.widest, max(fonts.width(word, COLUMN) for word in name.split(" ")))
            number = fonts.width(self.amount(gap), bold)
            found.append(max(title, GLYPH + (GLYPH_GAP + number if number else 0)) + PAD_RIGHT + 0.5)
        return found

    @property
    def sum_title(self) -> str:
        return f"Gap, {self.ground.currency}{next((s for least, _, s in _UNITS if self.ground.gap >= least), '')}"

    @property
    def sum_width(self) -> float:
        """Of the column of sums; there is none where no gap has a value."""
        if not self.ground.gap:
            return 0.0
        number = fonts.width(self.amount(self.ground.gap), self.sized(CELL_BOLD))
        return max(fonts.width(self.sum_title, COLUMN), number) + 1 * MM

    @property
    def least(self) -> float:
        return _LEAST_CUSTOMER + sum(self.widths) + self.sum_width

    def laid(self, most: float) -> Laid:
        widths, last = self.widths, self.sum_width
        longest = max(fonts.width(r.customer, self.sized(CELL)) for r in self.ground.rows) + PAD_RIGHT + 1
        customer = max(_LEAST_CUSTOMER, min(_CUSTOMER, longest, most - sum(widths) - last))
        titles = [self.title(n, w) for n, w in zip(brief(self.ground.products), widths, strict=True)]
        columns = [Column("", width=customer / MM)]
        columns += [Column(title, width=wide / MM) for title, wide in zip(titles, widths, strict=True)]
        columns += [Column(self.sum_title, right=True, width=last / MM)] if last else []
        pad = 1.5 if len(self.ground.rows) <= 9 else 0.9
        rows = tuple(self.rows(customer - PAD_RIGHT))
        return Table(tuple(columns), rows, pad).laid(min(most, customer + sum(widths) + last))

    def title(self, name: str, wide: float) -> str:
        """A product's name, each word of it shortened to what its column holds, and no more than a few of them."""
        room, words_ = wide - PAD_RIGHT, name.split(" ")
        if len(wrapped(name, COLUMN, room)) > _TITLE_LINES and len(words_) > _TITLE_LINES:
            words_ = [*words_[: _TITLE_LINES - 1], f"{words_[_TITLE_LINES - 1]}…"]
        return " ".join(plain_text(fitted(word, COLUMN, room, smallest=COLUMN.size)) for word in words_)

    def rows(self, room: float) -> list[Row]:
        ground, role = self.ground, self.sized(CELL)
        names = self.names([r.customer for r in ground.rows], room, role)
        found = [self.row(name, r, role) for name, r in zip(names, ground.rows, strict=True)]
        if ground.more is not None:
            more = words.capital(words.counted(ground.more_customers, "more customer"))
            found.append(self.row(more, _markless(ground.more), self.sized(CELL_MUTED)))
        if ground.gap:
            whole = GroundRow("", tuple(GroundCell("gap", gap) for gap in ground.gaps), ground.gap)
            sums = self.row("Open ground", _markless(whole), self.sized(CELL_BOLD))
            found.append(replace(sums, above=True, last=True))
        return found

    def names(self, customers: Sequence[str], room: float, role: Role) -> list[str]:
        """As much of each name as its lines hold; of those that would read alike, beginning and end."""
        wide = self.lines * room * (0.86 if self.lines > 1 else 1)
        found = [plain_text(fitted(name, role, wide, smallest=role.size)) for name in customers]
        alike = {name for name, count in Counter(found).items() if count > 1 and name.endswith("…")}
        return [_ends(full, role, wide) if cut in alike else cut for full, cut in zip(customers, found, strict=True)]

    def row(self, name: str, found: "GroundRow | _Bare", role: Role) -> Row:
        cells = [Cell(self.amount(c.value), c.state) for c in found.cells]
        sums = (Cell(self.amount(found.gap)),) if self.ground.gap else ()
        return Row((Cell(name), *cells, *sums), role)


def _ends(name: str, role: Role, width: float) -> str:
    """The beginning and the last words of a name in that width."""
    shown = (f"{name[:n].rstrip()}… {name[-n:].partition(' ')[2] or name[-n:]}" for n in range(len(name) // 2, 0, -1))
    return next((text for text in shown if fonts.width(text, role) <= width), "…")


@dataclass(frozen=True, slots=True)
class _Mark:
    value: Decimal | None
    state: str = "blank"


@dataclass(frozen=True, slots=True)
class _Bare:
    """A row of sums: numbers stand where those of the cells above stand, without marks."""

    cells: tuple[_Mark, ...]
    gap: Decimal


def _markless(row: GroundRow) -> _Bare:
    return _Bare(tuple(_Mark(cell.value) for cell in row.cells), row.gap)
