"""What is taken on a plot, and the names that stand beside their marks where there is room, so that none lies on
another mark."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from partnerdesk.reports.charts.plot import Plot
from partnerdesk.reports.look import Role

Box = tuple[float, float, float, float]  # left, top, right, bottom in mm
Mark = tuple[float, float, float]  # the middle of a circle and its radius, in mm
_AIR = 1.6  # mm between two numbers, which would read as one
_NEAR = 1.0  # mm from a mark, where a number needs no line to it


@dataclass(slots=True)
class Room:
    """The boxes that are taken on a plot of `width` by `height` mm; those of them that hold a text."""

    width: float
    height: float
    taken: list[Box]
    texts: list[Box] = field(default_factory=list)

    def take(self, box: Box) -> None:
        """Nothing else is to stand there."""
        self.taken.append(box)

    def first_free(
        self, wide: float, high: float, places: Iterable[tuple[float, float]], air: float = 0.0
    ) -> tuple[float, float] | None:
        """The first of the places, each left and top, with room for a box of that size, which it takes; it stays `air`
        mm beside other texts.
        """
        for left, top in places:
            box = (left, top, left + wide, top + high)
            around = (max(0.0, left - air), top, min(self.width, left + wide + air), top + high)
            if self._is_free(box, self.taken) and self._is_free(around, self.texts):
                self.take(box)
                self.texts.append(box)
                return left, top
        return None

    def passes(self, line: Box) -> int:
        """What a level or upright line from its mark on passes: 0 nothing, 1 marks of others, 2 a text.

        What is around the mark is its own.
        """
        (x, y), (to_x, to_y) = line[:2], line[2:]
        away = 1.2  # mm: the room that a circle keeps around itself
        if abs(to_x - x) + abs(to_y - y) <= away:
            return 0
        x, y = (x + away * (to_x > x) - away * (to_x < x)), (y + away * (to_y > y) - away * (to_y < y))
        box = (min(x, to_x) - 0.2, min(y, to_y) - 0.2, max(x, to_x) + 0.2, max(y, to_y) + 0.2)
        return 0 if self._is_free(box, self.taken) else 1 if self._is_free(box, self.texts) else 2

    def _is_free(self, box: Box, taken: Sequence[Box]) -> bool:
        left, top, right, bottom = box
        if left < 0 or top < 0 or right > self.width or bottom > self.height:
            return False
        return all(right <= t[0] or left >= t[2] or bottom <= t[1] or top >= t[3] for t in taken)


def put_caption(plot: Plot, room: Room, text: str, circles: Sequence[Mark]) -> None:
    """A text above circles, from the left edge of the first, where there is room."""
    if not (text and circles):
        return
    role = _small(plot)
    place = (min(x - r for x, _, r in circles), min(y - r for _, y, r in circles) - 4.6)
    found = room.first_free(plot.text_width(text, role), 3.6, [place])
    if found is not None:
        plot.text(found[0], found[1] + 1.8, text, role)


def put_name(plot: Plot, room: Room, label: str, note: str, mark: Mark) -> bool:
    """Name and note beside a circle: right, left, above or below, where there is room first; whether there was."""
    if not label:
        return True
    (x, y, radius), bold, small = mark, plot.look.value, _small(plot)
    wide = max(plot.text_width(label, bold), plot.text_width(note, small))
    high = 7.2 if note else 3.6
    places = (
        (x + radius + 1.6, y - high / 2),
        (x - radius - 1.6 - wide, y - high / 2),
        (x - wide / 2, y - radius - 1.0 - high),
        (x - wide / 2, y + radius + 1.0),
    )
    found = room.first_free(wide, high, places)
    if found is not None:
        plot.text(found[0], found[1] + 1.8, label, bold)
        plot.text(found[0], found[1] + 5.5, note, small)
    return found is not None


def put_number(plot: Plot, room: Room, number: str, at: tuple[float, float], beside: float, above: float) -> None:
    """The number of a row at a mark that has no name: above, below, right or left of it, nearest first.

    One that stands away from its mark is joined to it by a line, past nothing else where there is such a way.
    """
    if not number:
        return
    role, (x, y), high = plot.look.value, at, 3.4
    wide = plot.text_width(number, role)
    ways = [
        way
        for far in (0.4, 3.8, 7.2, 10.6)
        for way in (
            ((x - wide / 2, y - above - far - high), (x, y - above, x, y - above - far)),
            ((x - wide / 2, y + above + far), (x, y + above, x, y + above + far)),
            ((x + beside + far, y - high / 2), (x + beside, y, x + beside + far, y)),
            ((x - beside - far - wide, y - high / 2), (x - beside, y, x - beside - far, y)),
        )
    ]
    ways.sort(key=lambda way: room.passes(way[1]))  # the nearest of those that pass least
    places = [place for place, _ in ways]
    found = room.first_free(wide, high, places, _AIR) or room.first_free(wide, high, places)
    if found is None:
        return
    plot.text(found[0], found[1] + 1.7, number, role)
    line = next(line for place, line in ways if place == found)
    if abs(line[0] - line[2]) + abs(line[1] - line[3]) > _NEAR:
        plot.line((line[:2], line[2:]), "muted", plot.look.grid_width)


def put_tick_name(plot: Plot, room: Room, label: str, x: float, y: float) -> bool:
    """The words of a tick, under or above it, where there is room; whether there was."""
    role = plot.look.note
    wide = plot.text_width(label, role)
    places = ((x - wide / 2, y + 4.6), (x + 0.5 - wide, y + 4.6), (x - 0.5, y + 4.6), (x - wide / 2, y - 8.0))
    found = room.first_free(wide, 3.4, places)
    if found is not None:
        plot.text(found[0], found[1] + 1.7, label, role)
    return found is not None


def _small(plot: Plot) -> Role:
    return replace(plot.look.note, size=max(7.5, plot.look.note.size))
