"""What stands on pages besides tables: headings, lists with hairlines, notes; each knows its height and can be divided.

A block that does not fit is divided, and what is left over goes to a page that continues it: nothing is clipped and
nothing is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from partnerdesk.reports.look import BODY, HEADING, SOURCE, SUB, Role
from partnerdesk.reports.page.paper import MM, Paper, baseline
from partnerdesk.reports.page.table import Laid
from partnerdesk.reports.page.text import TextLine, Words, wrapped

_BETWEEN = 1.0 * MM  # paragraphs


class Block(Protocol):
    """Something of a known height that can be drawn, or divided at a height."""

    @property
    def height(self) -> float: ...
    def draw(self, paper: Paper, x: float, top: float) -> float: ...
    def split(self, height: float) -> "tuple[Block | None, Block | None]": ...


def heading(paper: Paper, x: float, top: float, width: float, text: Words, sub: Words = "") -> float:
    """A block heading and its sub-heading; returns where the block's content begins."""
    top = paper.paragraph(x, top, width, text, HEADING)
    if sub:
        return paper.paragraph(x, top + 1.0 * MM, width, sub, SUB) + 1.4 * MM
    return top + 1.2 * MM


def heading_height(width: float, text: Words, sub: Words = "") -> float:
    high = len(wrapped(text, HEADING, width)) * HEADING.leading
    if sub:
        return high + 2.4 * MM + len(wrapped(sub, SUB, width)) * SUB.leading
    return high + 1.2 * MM


def source(paper: Paper, x: float, bottom: float, width: float, text: str) -> None:
    """The note at the foot of the content: as many lines as it takes, the last one ending at `bottom`."""
    lines = paper.broken(text, SOURCE, width)
    paper.paragraph(x, bottom - len(lines) * SOURCE.leading, width, text, SOURCE)


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: what stands at the left, the text, what stands at the right."""

    text: Words
    lead: Words = ""
    tail: Words = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list under a heading with an ink line; hairlines between items. Widths in points, `pad` in mm."""

    title: str
    items: tuple[Item, ...]
    width: float
    role: Role = BODY
    lead_width: float = 0.0
    lead_role: Role = BODY
    tail_role: Role = SUB
    pad: float = 1.5
    empty: str = ""

    @property
    def height(self) -> float:
        return self._head() + sum(self._item_height(i) for i in self.items) + self._empty_height()

    def _head(self) -> float:
        return len(wrapped(self.title, HEADING, self.width)) * HEADING.leading + 1.4 * MM if self.title else 0.0

    def _empty_height(self) -> float:
        return 0.0 if self.items or not self.empty else self.role.leading + 2 * self.pad * MM

    def _lines(self, item: Item) -> tuple[tuple[TextLine, ...], tuple[TextLine, ...]]:
        """The text's lines and the tail's; a tail takes at most half of the width."""
        room = self.width - self.lead_width
        tail = wrapped(item.tail, self.tail_role, room * 0.5) if item.tail else ()
        used = max((_width(line) for line in tail), default=0.0)
        return wrapped(item.text, self.role, room - (used + 2.2 * MM if used else 0.0)), tail

    def _item_height(self, item: Item) -> float:
        text, tail = self._lines(item)
        return max(1, len(text), len(tail)) * self.role.leading + 2 * self.pad * MM

    def split(self, height: float) -> "tuple[Block | None, Block | None]":
        used, count = self._head() + self._empty_height(), 0
        for item in self.items:
            used += self._item_height(item)
            if used > height + 0.1:
                break
            count += 1
        if count == len(self.items):
            return self, None
        rest = replace(self, items=self.items[count:], title=_continued(self.title))
        return (replace(self, items=self.items[:count]) if count else None), rest

    def draw(self, paper: Paper, x: float, top: float) -> float:
        if self.title:
            top = paper.paragraph(x, top, self.width, self.title, HEADING) + 1.4 * MM
            paper.rule(x, x + self.width, top, "text", 0.75)
        for item in self.items:
            top = self._draw_item(paper, x, top, item)
            paper.rule(x, x + self.width, top)
        if not self.items and self.empty:
            muted = replace(self.role, colour="muted")
            top = paper.paragraph(x, top + self.pad * MM, self.width, self.empty, muted) + self.pad * MM
        return top

    def _draw_item(self, paper: Paper, x: float, top: float, item: Item) -> float:
        text, tail = self._lines(item)
        first = top + self.pad * MM
        left, right = x + self.lead_width, x + self.width
        if item.lead:
            paper.text(x, first, item.lead, replace(self.lead_role, leading=self.role.leading), room=(x, left))
        used = max((_width(line) for line in tail), default=0.0)
        for n, line in enumerate(text):
            end = right - (used + 2.0 * MM if used else 0.0)
            paper.line_at(left, baseline(first + n * self.role.leading, self.role), line, (left, end))
        for n, line in enumerate(tail):
            base = baseline(first + n * self.role.leading, replace(self.tail_role, leading=self.role.leading))
            paper.line_at(right - _width(line), base, line, (right - used, right))
        return top + self._item_height(item)


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading and its paragraphs."""

    title: str
    paragraphs: tuple[Words, ...]
    width: float
    role: Role = BODY

    @property
    def height(self) -> float:
        head = heading_height(self.width, self.title) if self.title else 0.0
        return head + sum(self._high(text) + _BETWEEN for text in self.paragraphs) - _BETWEEN

    def _high(self, text: Words) -> float:
        return len(wrapped(text, self.role, self.width)) * self.role.leading

    def draw(self, paper: Paper, x: float, top: float) -> float:
        if self.title:
            top = heading(paper, x, top, self.width, self.title)
        for text in self.paragraphs:
            top = paper.paragraph(x, top, self.width, text, self.role) + _BETWEEN
        return top - _BETWEEN

    def split(self, height: float) -> "tuple[Block | None, Block | None]":
        if self.height <= height + 0.1:
            return self, None
        used = heading_height(self.width, self.title) if self.title else 0.0
        count = 0
        for text in self.paragraphs:
            used += self._high(text) + _BETWEEN
            if used - _BETWEEN > height + 0.1:
                break
            count += 1
        rest = replace(self, paragraphs=self.paragraphs[count:], title=_continued(self.title) if count else self.title)
        return (replace(self, paragraphs=self.paragraphs[:count]) if count else None), rest


@dataclass(frozen=True, slots=True)
class Titled:
    """A table under a heading."""

    title: str
    table: Laid
    sub: str = ""

    @property
    def height(self) -> float:
        return heading_height(self.table.width, self.title, self.sub) + self.table.height

    def draw(self, paper: Paper, x: float, top: float) -> float:
        top = heading(paper, x, top, self.table.width, self.title, self.sub)
        return self.table.draw(paper, x, top)

    def split(self, height: float) -> "tuple[Block | None, Block | None]":
        room = height - heading_height(self.table.width, self.title, self.sub)
        least = self.table.head_height + (self.table.rows[0].height if self.table.rows else 0.0)
        if self.height <= height + 0.1:
            return self, None
        if room < least:
            return None, self
        fits, rest = self.table.split(room)
        return replace(self, table=fits), replace(self, table=rest, title=_continued(self.title))


def _continued(title: str) -> str:
    suffix = ", continued"
    return title if not title or title.endswith(suffix) else title + suffix


def _width(line: TextLine) -> float:
    from partnerdesk.reports.page.text import line_width

    return line_width(line)


def stacked(blocks: Sequence[Block], height: float, gap: float) -> tuple[list[Block], list[Block]]:
    """The blocks that fit one below the other, the last one divided where it must be, and what is left."""
    fit: list[Block] = []
    rest = list(blocks)
    while rest:
        top, over = rest[0].split(height)
        if top is None:
            break
        fit.append(top)
        rest.pop(0)
        height -= top.height + gap
        if over is not None:
            rest.insert(0, over)
            break
    return fit, rest
