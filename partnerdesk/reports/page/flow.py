"""Blocks one below the other over as many pages as they take: nothing is clipped, no heading stands alone at the foot.

What is longer than a page is divided: texts by lines, tables by rows, and a row that is very tall by its lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from partnerdesk.reports.look import BODY, SUB, Role
from partnerdesk.reports.page import MM, Laid, Paper, Span, Table, wrapped
from partnerdesk.reports.page.blocks import Block
from partnerdesk.reports.page.paper import baseline
from partnerdesk.reports.page.table import LaidRow
from partnerdesk.reports.page.text import TextLine

_TALLEST = 24  # lines of a row that stay together
_LEAST = 2  # lines of a text that stand alone at the foot or the head of a page
_SLACK = 0.1
_FULLEST, _EMPTIEST, _STEP = 95, 50, 5  # percent of the room that pages are filled to


@dataclass(frozen=True, slots=True)
class Part:
    """A block with the space above it; `keep` holds it on one page with the beginning of the next part.

    `outline` is its entry in the document's outline, as a rule below the section that begins the page.
    """

    block: Block
    before: float = 0.0
    keep: bool = False
    outline: str = ""
    level: int = 1


@lru_cache(maxsize=4096)
def _broken(words: str | tuple[Span, ...], role: Role, width: float) -> tuple[TextLine, ...]:
    """The lines of a text, broken once however often its height is asked for."""
    return wrapped(words, role, width)


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph that may be divided between its lines."""

    words: str | tuple[Span, ...]
    width: float
    role: Role = BODY
    skip: int = 0
    count: int | None = None

    def _lines(self) -> int:
        whole = len(_broken(self.words, self.role, self.width))
        return whole - self.skip if self.count is None else self.count

    @property
    def height(self) -> float:
        return self._lines() * self.role.leading

    def draw(self, paper: Paper, x: float, top: float) -> float:
        lines = _broken(self.words, self.role, self.width)
        for line in lines[self.skip : self.skip + self._lines()]:
            paper.line_at(x, baseline(top, self.role), line, (x, x + self.width))
            top += self.role.leading
        return top

    def split(self, height: float) -> "tuple[Block | None, Block | None]":
        have = self._lines()
        fit = int((height + _SLACK) // self.role.leading)
        if fit >= have:
            return self, None
        fit = min(fit, have - _LEAST)
        if fit < _LEAST:
            return None, self
        return replace(self, count=fit), replace(self, skip=self.skip + fit, count=have - fit)


@dataclass(frozen=True, slots=True)
class Line:
    """The ink line that begins a rule."""

    width: float

    @property
    def height(self) -> float:
        return 2.0 * MM

    def draw(self, paper: Paper, x: float, top: float) -> float:
        paper.rule(x, x + self.width, top, "text", 0.75)
        return top + self.height

    def split(self, height: float) -> "tuple[Block | None, Block | None]":
        return (self, None) if self.height <= height + _SLACK else (None, self)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that may be divided between its rows; up to the height `whole` it stays together."""

    table: Laid
    whole: float = 0.0

    @property
    def height(self) -> float:
        return self.table.height

    def draw(self, paper: Paper, x: float, top: float) -> float:
        return self.table.draw(paper, x, top)

    def split(self, height: float) -> "tuple[Block | None, Block | None]":
        if self.height <= height + _SLACK:
            return self, None
        if self.height <= self.whole:
            return None, self
        least = self.table.head_height + (self.table.rows[0].height if self.table.rows else 0.0)
        if least > height + _SLACK:
            return None, self
        fits, rest = self.table.split(height)
        return Grid(fits, self.whole), Grid(rest, self.whole)


def grid(table: Table, width: float, whole: float = 0.0) -> Grid:
    """The table laid out for a width, its very tall rows made divisible; up to the height `whole` it stays together."""
    laid = table.laid(width)
    return Grid(replace(laid, rows=tuple(piece for found in laid.rows for piece in _pieces(found, table.pad))), whole)


def _pieces(found: LaidRow, pad: float) -> Iterator[LaidRow]:
    """The row itself, or its lines in rows without a hairline between them."""
    deepest = max((len(lines) for lines in found.lines), default=0)
    if deepest <= _TALLEST:
        yield found
        return
    for start in range(0, deepest, _TALLEST):
        lines = tuple(text[start : start + _TALLEST] for text in found.lines)
        deep = max(len(text) for text in lines)
        is_last = start + _TALLEST >= deepest
        look = replace(found.row, last=found.row.last or not is_last, above=found.row.above and not start)
        yield LaidRow(look, lines, found.leading, deep * found.leading + 2 * pad * MM)


def titled(title: str, block: Block, width: float, role: Role, sub: str = "", before: float = 7 * MM) -> list[Part]:
    """A heading, a line below it where there is one, and what they are for."""
    parts = [Part(Prose(title, width, role), before, keep=True)]
    if sub:
        parts.append(Part(Prose(sub, width, SUB), 0.6 * MM, keep=True))
    return [*parts, Part(block, 1.4 * MM)]


def paged(parts: Sequence[Part], first: float, others: float) -> list[list[Part]]:
    """The parts of each page: `first` is the room on the first page, `others` that on those after it."""
    pages: list[list[Part]] = []
    rest = list(parts)
    while rest:
        found, rest = taken(rest, others if pages else first)
        if not found and pages:
            raise ValueError("a part of the document is taller than a page")
        pages.append(found)
    return pages


def evened(parts: Sequence[Part], first: float, others: float) -> list[list[Part]]:
    """As many pages as `paged` takes, filled alike as far as headings and tables allow: no page ends with a rest."""
    found = paged(parts, first, others)
    for share in range(_FULLEST, _EMPTIEST, -_STEP):
        tried = paged(parts, first * share / 100, others * share / 100)
        if len(tried) > len(found) or not all(tried):
            break
        found = tried
    return found


def taken(parts: Sequence[Part], room: float) -> tuple[list[Part], list[Part]]:
    """The parts that fit a height, the last one divided where it must be, and what is left."""
    placed: list[Part] = []
    rest = list(parts)
    while rest:
        part = rest[0]
        gap = part.before if placed else 0.0
        top, over = part.block.split(room - gap)
        if top is None or (placed and part.keep and not _holds(rest, room - gap)):
            break
        placed.append(replace(part, block=top, before=gap))
        rest = rest[1:]
        room -= gap + top.height
        if over is not None:
            return placed, [replace(part, block=over, outline=""), *rest]
    return placed, rest


def _holds(rest: Sequence[Part], room: float) -> bool:
    """Whether a part that keeps the next one fits together with the beginning of that."""
    for n, part in enumerate(rest):
        top, over = part.block.split(room - (part.before if n else 0.0))
        if top is None:
            return False
        if not part.keep or over is not None:
            return over is None or not part.keep
        room -= (part.before if n else 0.0) + top.height
    return True
