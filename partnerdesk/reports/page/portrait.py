"""What every portrait page carries: head, title and foot. Positions are points."""

from dataclasses import dataclass, replace

from partnerdesk.reports.look import FOOT, FOOT_BOLD, HEAD, HEAD_NAME, TITLE_PORTRAIT
from partnerdesk.reports.page import A4_PORTRAIT, MM, Paper, Span, balanced
from partnerdesk.reports.page.paper import baseline
from partnerdesk.reports.page.text import fitted, line_width

LEFT, RIGHT, TOP = 20 * MM, 192 * MM, 14 * MM
WIDTH = RIGHT - LEFT
BOTTOM = 277.5 * MM
START = 25.1 * MM  # of the title, or of the content of a page that goes on
_HEAD_LINE = 20.1 * MM
_FOOT_LINE, _FOOT_TOP = 283.6 * MM, 285.4 * MM
_AFTER_TITLE = 5 * MM


@dataclass(frozen=True, slots=True)
class Frame:
    """The words that stand on every page."""

    name: str
    document: str
    foot: str
    middle: str
    warning: str = ""  # that stands before the section: INTERNAL


def content_top(title: str) -> float:
    """Where the content begins below a title; a page that goes on has none."""
    if not title:
        return START
    return START + len(balanced(title, TITLE_PORTRAIT, WIDTH)) * TITLE_PORTRAIT.leading + _AFTER_TITLE


def draw_frame(
    paper: Paper, frame: Frame, section: str, title: str, number: str, height: float = A4_PORTRAIT[1]
) -> float:
    """Head, title and foot of a page of that height; returns the top of the content."""
    _head(paper, frame, section)
    top = START
    for line in balanced(title, TITLE_PORTRAIT, WIDTH) if title else ():
        paper.line_at(LEFT, baseline(top, TITLE_PORTRAIT), line, (LEFT, RIGHT))
        top += TITLE_PORTRAIT.leading
    _foot(paper, frame, number, height - A4_PORTRAIT[1])
    return content_top(title)


def _head(paper: Paper, frame: Frame, section: str) -> None:
    warned = (Span(frame.warning, replace(HEAD_NAME, colour="bad")),) if frame.warning else ()
    right = (*warned, Span(f"   {section}" if warned else section, HEAD))
    paper.text(RIGHT, TOP, right, HEAD, align="right", room=(RIGHT - 70 * MM, RIGHT))
    room = WIDTH - line_width(right) - 8 * MM
    words = (Span(frame.name, HEAD_NAME), Span(f"  ·  {frame.document}", HEAD))
    paper.text(LEFT, TOP, fitted(words, HEAD, room), HEAD, room=(LEFT, LEFT + room))
    paper.rule(LEFT, RIGHT, _HEAD_LINE)


def _foot(paper: Paper, frame: Frame, number: str, lower: float) -> None:
    """`lower` is how much lower than on A4 it stands."""
    paper.rule(LEFT, RIGHT, _FOOT_LINE + lower)
    top = _FOOT_TOP + lower
    half = 0.5 * WIDTH
    paper.text(LEFT, top, fitted(frame.foot, FOOT, half - 4 * MM), FOOT, room=(LEFT, LEFT + half))
    middle = fitted(frame.middle, FOOT, half - 20 * MM)
    paper.text(LEFT + half, top, middle, FOOT, room=(LEFT + half, RIGHT - 16 * MM))
    paper.text(RIGHT, top, number, FOOT_BOLD, align="right", room=(RIGHT - 15 * MM, RIGHT))
