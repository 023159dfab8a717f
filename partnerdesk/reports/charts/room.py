"""What is taken on a plot, and the names that stand beside their marks where there is room, so that none lies on
another mark."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from partnerdesk.reports.charts.plot import Plot
from partnerdesk.reports.look import Role

Box = tuple[float, float, float, float]  # left, top, right, bottom in mm
Mark = tuple[float, float, float]  # the middle of a circle and its radius, in mm


@dataclass(slots=True)
class Room:
    """The boxes that are taken on a plot of `width` by `height` mm."""

    width: float
    height: float
    taken: list[Box]

    def take(self, box: Box) -> None:
        """Nothing else is to stand there."""
        self.taken.append(box)

    def first_free(self, wide: float, high: float, places: Iterable[tuple[float, float]]) -> tuple[float, float] | None:
        """The first of the places, each left and top, with room for a box of that size, which it takes."""
        for left, top in places:
            box = (left, top, left + wide, top + high)
            if self._is_free(box):
                self.take(box)
                return left, top
        return None

    def _is_free(self, box: Box) -> bool:
        left, top, right, bottom = box
        if left < 0 or top < 0 or right > self.width or bottom > self.height:
            return False
        return all(right <= t[0] or left >= t[2] or bottom <= t[1] or top >= t[3] for t in self.taken)


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
    """The number of a row at a mark that has no name: above, below, right or left of it, nearest first."""
    if not number:
        return
    role, (x, y), high = plot.look.value, at, 3.4
    wide = plot.text_width(number, role)
    places = (
        place
        for far in (0.4, 3.8, 7.2, 10.6)
        for place in (
            (x - wide / 2, y - above - far - high),
            (x - wide / 2, y + above + far),
            (x + beside + far, y - high / 2),
            (x - beside - far - wide, y - high / 2),
        )
    )
    found = room.first_free(wide, high, places)
    if found is not None:
        plot.text(found[0], found[1] + 1.7, number, role)


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
