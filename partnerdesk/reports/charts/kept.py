"""How many promises each side kept: one block per promise, so that the ratio can be counted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from partnerdesk.reports.charts.columns import fitting_role, key, spot, two_lines
from partnerdesk.reports.charts.plot import PT, Plot
from partnerdesk.reports.charts.spots import Spot
from partnerdesk.reports.look import Look
from partnerdesk.reports.marks import blocks

_WORDS = (("done", "solid"), ("late", "hatched"), ("dropped", "outline"), ("open", "soft"))
_ROW, _BAR = 9.0, 5.6


@dataclass(frozen=True, slots=True)
class KeptSide:
    """One side: `states` are done, late, dropped or open, in the order of the list; `says` is the ratio in words."""

    name: str
    states: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Kept:
    """`words` are how the states are called in the key."""

    sides: tuple[KeptSide, ...]
    words: tuple[tuple[str, str], ...] = (("done", "done"), ("late", "late"), ("dropped", "dropped"), ("open", "open"))


def kept_bars(figure: Any, data: Kept, look: Look) -> tuple[Spot, ...]:
    """Draws a row per side over the whole figure: name, blocks, ratio, and the key at the right of the first."""
    plot = Plot(figure, look)
    label = replace(look.category, colour="text")
    ratio = replace(look.value, size=look.value.size + 0.75)
    left = min(75.0, max([40.0, *(plot.text_width(s.name, label) + 4.0 for s in data.sides)]))
    width = max(20.0, 149.0 / 249.0 * plot.width - left)
    most = max((len(s.states) for s in data.sides), default=1) or 1
    spots = []
    for n, side in enumerate(data.sides):
        top = 0.3 + n * _ROW
        _name(plot, side.name, label, top + _BAR / 2, left - 3.0)
        room = width * len(side.states) / most
        plot.shapes(blocks(side.states, room / PT, _BAR / PT), left, top)
        plot.text(left + width + 4.0, top + _BAR / 2, side.says, ratio)
        spots.append(spot(plot, left, top, room, _BAR, f"{side.name}: {side.says}"))
    _key(plot, data, left + width + 4.0 + max((plot.text_width(s.says, ratio) for s in data.sides), default=0.0))
    return tuple(spots)


def _name(plot: Plot, name: str, role: Any, middle: float, room: float) -> None:
    lines: Sequence[str] = two_lines(plot, name, role, room)
    fitted = fitting_role(plot, lines, role, room)
    pitch = fitted.size * 1.25 * PT
    start = middle - (len(lines) - 1) * pitch / 2
    for n, line in enumerate(lines):
        plot.text(0.0, start + n * pitch, line, fitted)


def _key(plot: Plot, data: Kept, after: float) -> None:
    words = dict(data.words)
    used = {state for side in data.sides for state in side.states}
    parts = [(filling, words[state]) for state, filling in _WORDS if state in used]
    role = replace(plot.look.note, size=max(plot.look.note.size, 8.0))
    wide = sum(4.3 + plot.text_width(word, role) + 5.0 for _, word in parts)
    if parts:
        key(plot, max(after + 6.0, min(plot.width * 196 / 249, plot.width - wide)), 0.3 + _BAR / 2, parts)
