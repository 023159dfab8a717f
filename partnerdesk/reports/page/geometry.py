"""Whether the texts of a page fit: none outside its room, none over another.

The page records every text it draws; this compares the records. It changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_SLACK = 0.6  # points; less than the side bearing of a letter


@dataclass(frozen=True, slots=True)
class Placed:
    """A text on a page with its ink (left, top, right, bottom) and the room it had (left, right) in points."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    room_left: float
    room_right: float


@dataclass(frozen=True, slots=True)
class Fault:
    """A text that does not fit; `with_text` is the one it touches, empty when it leaves its room."""

    page: int
    text: str
    with_text: str = ""

    def __str__(self) -> str:
        if self.with_text:
            return f"page {self.page}: “{self.text}” lies over “{self.with_text}”"
        return f"page {self.page}: “{self.text}” is wider than its room"


def faults(placed: Sequence[Placed], width: float, height: float) -> list[Fault]:
    """All texts that leave their room or the page, or touch another text."""
    found = [
        Fault(p.page, p.text)
        for p in placed
        if p.left < p.room_left - _SLACK
        or p.right > p.room_right + _SLACK
        or p.left < 0
        or p.right > width
        or p.top < 0
        or p.bottom > height
    ]
    for page in sorted({p.page for p in placed}):
        found.extend(_touching([p for p in placed if p.page == page]))
    return found


def _touching(placed: list[Placed]) -> list[Fault]:
    """Pairs whose ink overlaps, by a sweep from top to bottom."""
    found = []
    order = sorted(placed, key=lambda p: p.top)
    for n, upper in enumerate(order):
        for lower in order[n + 1 :]:
            if lower.top >= upper.bottom - _SLACK:
                break
            if lower.left < upper.right - _SLACK and upper.left < lower.right - _SLACK:
                found.append(Fault(upper.page, upper.text, lower.text))
    return found
