"""Renewals by day: what is due when, where its notice stands, and how much is at stake.

The timeline places each renewal on its day, in a band that the data names; the area of a circle is its yearly value
and a tick is the last day for notice. It holds no score of risk.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from partnerdesk.reports.charts.columns import spot, two_lines
from partnerdesk.reports.charts.plot import PT, Plot
from partnerdesk.reports.charts.room import Room, put_caption, put_name, put_number, put_tick_name
from partnerdesk.reports.charts.spots import Spot
from partnerdesk.reports.charts.swarm import swarm
from partnerdesk.reports.look import Look

State = Literal["flagged", "open", "closed"]
_LEFT, _BELOW, _TOP = 16.0, 9.0, 7.0
_LARGEST = 4.8
_SIDEWAYS = 7.0  # mm that a circle may stand beside its day
_CLEAR = 1.0  # mm that a name keeps from circles of others


@dataclass(frozen=True, slots=True)
class RenewalDot:
    """A renewal: `band` is an index of the timeline's bands; `label` and `note` stand beside the circle.

    `says` is what a screen shows for the circle, label and note where it is empty. `number` stands for a label and a
    notice that find no place, and is repeated in the table. `key` is what a click on the circle opens.
    """

    day: date
    value: Decimal
    band: int
    state: State
    label: str = ""
    note: str = ""
    notice: date | None = None
    notice_label: str = ""
    says: str = ""
    number: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """From `first` to `last`; `months` are the first days of months with their label and, where it is new, year.

    A caption stands above the circles of its band; bands without one have an empty text. With `spread`, circles of one
    day stand beside each other instead of on each other.
    """

    first: date
    last: date
    today: date
    today_label: str
    months: tuple[tuple[date, str, str], ...]
    bands: tuple[str, ...]
    dots: tuple[RenewalDot, ...]
    captions: tuple[str, ...] = ()
    spread: bool = False


_Placed = tuple[RenewalDot, float, float, float]  # with the middle and radius of its circle


class _Days:
    """Days to millimetres."""

    def __init__(self, data: Timeline, left: float, right: float) -> None:
        self._first, self._left = data.first, left
        self._per_day = (right - left) / max(1, (data.last - data.first).days)
        self._last = data.last

    def at(self, day: date) -> float:
        day = min(max(day, self._first), self._last)
        return self._left + (day - self._first).days * self._per_day


def renewal_timeline(figure: Any, data: Timeline, look: Look) -> tuple[Spot, ...]:
    """Draws the timeline over the whole figure. A label that finds no free place is left to the table beside it, by
    the number of its row where it has one."""
    return _drawn(figure, data, look)[0]


def leaves_names_out(figure: Any, data: Timeline, look: Look) -> bool:
    """Whether a circle or a notice would have no name on such a figure, so that the rows need numbers."""
    return _drawn(figure, data, look)[1]


def _drawn(figure: Any, data: Timeline, look: Look) -> tuple[tuple[Spot, ...], bool]:
    """What a screen says of each circle, and whether a label found no place."""
    plot = Plot(figure, look)
    bottom, right = plot.height - _BELOW, plot.width - 1.0
    days = _Days(data, _LEFT, right)
    lines = _bands(plot, data, bottom, right)
    today = days.at(data.today)
    half = (bottom - _TOP) / max(1, len(data.bands)) / 2
    _ground(plot, data, days, [y - half for y in lines[1:]] if data.spread else lines, bottom)
    room = Room(plot.width, bottom, [(0.0, 0.0, _LEFT, bottom)])
    _today(plot, data.today_label, today, room)
    biggest = max((d.value for d in data.dots), default=Decimal(1)) or Decimal(1)
    placed = [
        (dot, days.at(dot.day), lines[dot.band], _radius(dot.value, biggest, len(lines), bottom)) for dot in data.dots
    ]
    if data.spread:
        placed = _spread(placed, half)
    for dot, x, y, radius in placed:
        reach = radius + _CLEAR
        room.take((x - reach, y - reach, x + reach, y + reach))
        if dot.notice:
            room.take((days.at(dot.notice) - 0.6, y - 3.5, days.at(dot.notice) + 0.6, y + 3.5))
    for dot, x, y, radius in sorted(placed, key=lambda p: -p[3]):
        _dot(plot, dot, x, y, radius)
        _notice(plot, dot, days, y)
    left_out = _name(plot, data, room, days, placed)
    said = [(d.says or f"{d.label} {d.note}".strip(), d.key, x, y, r) for d, x, y, r in placed]
    spots = tuple(spot(plot, x - r, y - r, 2 * r, 2 * r, says, key) for says, key, x, y, r in said if says)
    return spots, left_out


def _name(plot: Plot, data: Timeline, room: Room, days: _Days, placed: Sequence[_Placed]) -> bool:
    """Names bands, circles and notices; whether one found no place, so that its row's number stands there."""
    for band, caption in enumerate(data.captions):
        put_caption(plot, room, caption, [(x, y, radius) for dot, x, y, radius in placed if dot.band == band])
    largest_first = sorted(placed, key=lambda p: -p[3])  # which is what a reader asks for first
    unnamed = [p for p in largest_first if not put_name(plot, room, p[0].label, p[0].note, p[1:])]
    ticks = [(dot, days.at(dot.notice), y) for dot, _, y, _ in placed if dot.notice and dot.notice_label]
    nameless = [tick for tick in ticks if not put_tick_name(plot, room, tick[0].notice_label, *tick[1:])]
    for dot, x, y, radius in unnamed:
        put_number(plot, room, dot.number, (x, y), radius, radius)
    for dot, x, y in nameless:
        put_number(plot, room, dot.number, (x, y), 0.8, 3.5)
    return bool(unnamed or nameless)


def _ground(plot: Plot, data: Timeline, days: _Days, lines: Sequence[float], bottom: float) -> None:
    """What lies behind the circles: the days that are over, the lines, the months and today."""
    look, right, today = plot.look, plot.width - 1.0, days.at(data.today)
    plot.rect(_LEFT, 1.0, today - _LEFT, bottom - 1.0, "bg2")
    for y in lines:
        plot.rule(_LEFT, right, y, "grid", look.grid_width)
    plot.rule(_LEFT, right, bottom, "text", look.baseline)
    _months(plot, data, days, bottom)
    plot.line(((today, 0.0), (today, bottom)), "text", 0.75)


def _spread(placed: Sequence[_Placed], half: float) -> list[_Placed]:
    """The same circles beside each other within the height of their band."""
    circles = swarm([(x, y, radius) for _, x, y, radius in placed], half, _SIDEWAYS)
    return [(p[0], *circle) for p, circle in zip(placed, circles, strict=True)]


def _radius(value: Decimal, biggest: Decimal, bands: int, bottom: float) -> float:
    """Area in proportion to the value, no larger than a band allows."""
    largest = min(_LARGEST, (bottom - _TOP) / max(1, bands) / 3.2)
    share = float(max(value, Decimal(0)) / biggest)
    return max(0.7, largest * math.sqrt(share))


def _bands(plot: Plot, data: Timeline, bottom: float, right: float) -> list[float]:
    """The height of each band's line, its name at the left."""
    role = plot.look.category
    step = (bottom - _TOP) / max(1, len(data.bands))
    lines = [_TOP + step * (n + 0.5) for n in range(len(data.bands))]
    for y, name in zip(lines, data.bands, strict=True):
        words = two_lines(plot, name, role, _LEFT - 2.0)
        start = y - (len(words) - 1) * role.leading * PT / 2
        for n, word in enumerate(words):
            plot.text(0.0, start + n * role.leading * PT, word, role)
    return lines


def _months(plot: Plot, data: Timeline, days: _Days, bottom: float) -> None:
    role = plot.look.axis
    end = 0.0
    for day, label, year in data.months:
        x = days.at(day)
        plot.line(((x, bottom), (x, bottom + 1.2)), "text", 0.5)
        if x + 0.8 < end or x + 0.8 + plot.text_width(label, role) > plot.width:
            continue
        plot.text(x + 0.8, bottom + 3.2, label, role)
        plot.text(x + 0.8, bottom + 6.6, year, role)
        end = x + 0.8 + max(plot.text_width(label, role), plot.text_width(year, role)) + 1.5


def _today(plot: Plot, label: str, x: float, room: Room) -> None:
    role = replace(plot.look.note, colour="text")
    wide = plot.text_width(label, role)
    left = x + 1.2 if x + 1.2 + wide < plot.width else x - 1.2 - wide
    plot.text(left, 2.2, label, role)
    room.take((left, 0.5, left + wide, 4.0))
    room.take((x - 0.3, 0.0, x + 0.3, room.height))


def _dot(plot: Plot, dot: RenewalDot, x: float, y: float, radius: float) -> None:
    if dot.state == "flagged":
        plot.hatched_circle(x, y, radius, "down")
    elif dot.state == "open":
        plot.circle(x, y, radius, "total", "bg", 0.75)
    else:
        plot.circle(x, y, radius, "bg", "muted", 0.9)


def _notice(plot: Plot, dot: RenewalDot, days: _Days, y: float) -> None:
    if dot.notice:
        x = days.at(dot.notice)
        token, pen = ("down", 1.5) if dot.state == "flagged" else ("text", 1.0)
        plot.line(((x, y - 3.5), (x, y + 3.5)), token, pen)
