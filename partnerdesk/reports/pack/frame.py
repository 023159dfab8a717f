"""What every page of a pack carries: head, title, deck and foot; and a `Leaf`, a page before it has its number.

Positions are points. The content of a page stands between `LEFT` and `RIGHT`, above `BOTTOM`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from partnerdesk.reports.look import DECK, FOOT, FOOT_BOLD, HEAD, HEAD_NAME, TITLE, Role
from partnerdesk.reports.page import MM, Paper, Span, balanced, wrapped
from partnerdesk.reports.page.paper import baseline
from partnerdesk.reports.page.text import TextLine, fitted, line_width

LEFT, RIGHT, TOP = 18 * MM, 279 * MM, 13 * MM
WIDTH = RIGHT - LEFT
BOTTOM = 190.5 * MM
SOURCE_BOTTOM = 190.5 * MM
TITLE_WIDTH = 238 * MM
_HEAD_LINE, _TITLE_TOP = 19.1 * MM, 24.1 * MM
_FOOT_LINE, _FOOT_TOP = 196.6 * MM, 198.4 * MM
_SMALLEST_TITLE = 13.0
MOST_LINES = 2


Drawing: TypeAlias = Callable[[Paper, float], None]


@dataclass(frozen=True, slots=True)
class Frame:
    """The words that stand on every page."""

    partner: str
    document: str
    period: str
    confidential: str
    middle: str
    sample: bool = False
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page to be: `draw` gets the paper and the top of its content. `key` is the page of the pack it belongs to."""

    key: str
    section: str
    title: str
    deck: str
    draw: Drawing
    in_appendix: bool = False
    continues: bool = False


def title_lines(title: str) -> tuple[Role, tuple[TextLine, ...]]:
    """The title in at most two balanced lines, set smaller where it is long; more lines only at the smallest size."""
    size = TITLE.size
    while True:
        role = replace(TITLE, size=size, leading=TITLE.leading * size / TITLE.size)
        lines = balanced(title, role, TITLE_WIDTH)
        if len(lines) <= MOST_LINES or size <= _SMALLEST_TITLE:
            return role, lines
        size -= 1.0


def is_long(title: str) -> bool:
    """Whether a title needs more than two lines at its own size."""
    return len(wrapped(title, TITLE, TITLE_WIDTH)) > MOST_LINES


def content_top(title: str, deck: str) -> float:
    """Where the content begins below title and deck."""
    role, lines = title_lines(title)
    top = _TITLE_TOP + len(lines) * role.leading
    if deck:
        top += 2 * MM + len(wrapped(deck, DECK, TITLE_WIDTH)) * DECK.leading
    return top + 6 * MM


def draw_frame(paper: Paper, frame: Frame, leaf: Leaf, number: str) -> float:
    """Head, title, deck and foot; returns the top of the content."""
    if frame.internal:
        paper.watermark("INTERNAL", "bar_bad")
    _head(paper, frame, leaf.section)
    role, lines = title_lines(leaf.title)
    top = _TITLE_TOP
    for line in lines:
        paper.line_at(LEFT, baseline(top, role), line, (LEFT, LEFT + TITLE_WIDTH))
        top += role.leading
    if leaf.deck:
        paper.paragraph(LEFT, top + 2 * MM, TITLE_WIDTH, leaf.deck, DECK)
    _foot(paper, frame, number)
    return content_top(leaf.title, leaf.deck)


def _head(paper: Paper, frame: Frame, section: str) -> None:
    right: tuple[Span, ...] = (Span(section, HEAD),)
    if frame.internal:
        right = (Span("INTERNAL   ", replace(HEAD_NAME, colour="bad")), *right)
    paper.text(RIGHT, TOP, right, HEAD, align="right", room=(RIGHT - 80 * MM, RIGHT))
    words = (Span(frame.partner, HEAD_NAME), Span(f"  ·  {frame.document}  ·  {frame.period}", HEAD))
    room = WIDTH - line_width(right) - 8 * MM
    paper.text(LEFT, TOP, fitted(words, HEAD, room), HEAD, room=(LEFT, LEFT + room))
    paper.rule(LEFT, RIGHT, _HEAD_LINE)


def _foot(paper: Paper, frame: Frame, number: str) -> None:
    paper.rule(LEFT, RIGHT, _FOOT_LINE)
    middle = fitted(frame.middle, FOOT, 0.4 * WIDTH)
    half = line_width(middle) / 2
    centre = LEFT + WIDTH / 2
    paper.text(centre, _FOOT_TOP, middle, FOOT, align="center", room=(centre - half - 1, centre + half + 1))
    paper.text(RIGHT, _FOOT_TOP, number, FOOT_BOLD, align="right", room=(centre + half, RIGHT))
    room = WIDTH / 2 - half - 5 * MM
    lines = wrapped(_left(frame), FOOT, room)
    if len(lines) > 2:
        lines = (fitted(_left(frame), FOOT, room),)
    for n, line in enumerate(lines):
        paper.line_at(LEFT, baseline(_FOOT_TOP + n * FOOT.leading, FOOT), line, (LEFT, LEFT + room))


def _left(frame: Frame) -> tuple[Span, ...]:
    if frame.internal:
        words = [Span("INTERNAL", replace(FOOT_BOLD, colour="bad")), Span(": not for the partner", FOOT)]
    else:
        words = [Span(frame.confidential, FOOT)]
    if frame.sample:
        words = [Span("Sample data", replace(FOOT_BOLD, colour="warn")), Span("  ·  ", FOOT), *words]
    return tuple(words)
