"""What every landscape page carries on A4 or Letter: head, title and foot. Positions are points.

`portrait.py` is its sister; the review pack has a frame of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from partnerdesk.reports.look import FOOT, FOOT_BOLD, HEAD, HEAD_NAME, TITLE, Role
from partnerdesk.reports.page.paper import MM, Paper, baseline
from partnerdesk.reports.page.text import Span, TextLine, balanced, fitted, line_width, wrapped

LEFT, TOP = 18 * MM, 13 * MM
_HEAD_LINE, _TITLE_TOP = 19.1 * MM, 24.1 * MM
_AFTER_TITLE = 6 * MM
_SMALLEST_TITLE, _MOST_LINES = 13.0, 2

Drawing: TypeAlias = Callable[[Paper, float], None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper laid on its side, with the edges of what stands on it."""

    name: str
    width: float
    height: float

    @property
    def size(self) -> tuple[float, float]:
        return self.width, self.height

    @property
    def right(self) -> float:
        return self.width - LEFT

    @property
    def room(self) -> float:
        return self.right - LEFT

    @property
    def bottom(self) -> float:
        return self.height - 19.5 * MM


A4, LETTER = Sheet("A4", 297 * MM, 210 * MM), Sheet("Letter", 11 * 72, 8.5 * 72)
SHEETS = {sheet.name.lower(): sheet for sheet in (A4, LETTER)}
# Where paper is cut in inches, by ISO 3166.
_INCHES = frozenset("US CA MX PR PH CL CO CR DO GT NI PA SV VE".split())


def sheet_of(country: str) -> Sheet:
    """The paper that lies in the printers of a country; A4 where the country says nothing."""
    known = {"united states": "US", "usa": "US", "canada": "CA", "mexico": "MX"}
    code = known.get(country.strip().casefold(), country.strip().upper())
    return LETTER if code in _INCHES else A4


@dataclass(frozen=True, slots=True)
class Frame:
    """The words that stand on every page."""

    name: str
    document: str
    foot: str
    middle: str
    sample: bool = False
    watermark: str = ""


def title_lines(title: str, sheet: Sheet) -> tuple[Role, tuple[TextLine, ...]]:
    """The title in at most two balanced lines, set smaller where it is long; more lines only at the smallest size."""
    size = TITLE.size
    while True:
        role = replace(TITLE, size=size, leading=TITLE.leading * size / TITLE.size)
        lines = balanced(title, role, sheet.room - 23 * MM)
        if len(lines) <= _MOST_LINES or size <= _SMALLEST_TITLE:
            return role, lines
        size -= 1.0


def content_top(title: str, sheet: Sheet) -> float:
    """Where the content begins below a title."""
    role, lines = title_lines(title, sheet)
    return _TITLE_TOP + len(lines) * role.leading + _AFTER_TITLE


def draw_frame(paper: Paper, sheet: Sheet, frame: Frame, section: str, title: str, number: str) -> float:
    """Head, title and foot; returns the top of the content."""
    if frame.watermark:
        paper.watermark(frame.watermark, "bar_info")
    _head(paper, sheet, frame, section)
    role, lines = title_lines(title, sheet)
    top = _TITLE_TOP
    for line in lines:
        paper.line_at(LEFT, baseline(top, role), line, (LEFT, sheet.right))
        top += role.leading
    _foot(paper, sheet, frame, number)
    return content_top(title, sheet)


def _head(paper: Paper, sheet: Sheet, frame: Frame, section: str) -> None:
    right = (Span(section, HEAD),)
    paper.text(sheet.right, TOP, right, HEAD, align="right", room=(sheet.right - 80 * MM, sheet.right))
    room = sheet.room - line_width(right) - 8 * MM
    words = (Span(frame.name, HEAD_NAME), Span(f"  ·  {frame.document}", HEAD))
    paper.text(LEFT, TOP, fitted(words, HEAD, room), HEAD, room=(LEFT, LEFT + room))
    paper.rule(LEFT, sheet.right, _HEAD_LINE)


def _foot(paper: Paper, sheet: Sheet, frame: Frame, number: str) -> None:
    line, top = sheet.height - 13.4 * MM, sheet.height - 11.6 * MM
    paper.rule(LEFT, sheet.right, line)
    middle = fitted(frame.middle, FOOT, 0.4 * sheet.room)
    half, centre = line_width(middle) / 2, sheet.width / 2
    paper.text(centre, top, middle, FOOT, align="center", room=(centre - half - 1, centre + half + 1))
    paper.text(sheet.right, top, number, FOOT_BOLD, align="right", room=(centre + half, sheet.right))
    words: tuple[Span, ...] = (Span(frame.foot, FOOT),)
    if frame.sample:
        words = (Span("Sample data", replace(FOOT_BOLD, colour="warn")), Span("  ·  ", FOOT), *words)
    room = sheet.room / 2 - half - 5 * MM
    lines = wrapped(words, FOOT, room)
    for n, one in enumerate(lines if len(lines) <= _MOST_LINES else (fitted(words, FOOT, room),)):
        paper.line_at(LEFT, baseline(top + n * FOOT.leading, FOOT), one, (LEFT, LEFT + room))
