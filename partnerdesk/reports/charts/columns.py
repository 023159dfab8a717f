"""What all charts of columns share: where columns stand, how high, and labels that never run into each other.

Columns start at zero. Lengths are millimetres of the figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from partnerdesk.reports.charts.plot import PT, Plot
from partnerdesk.reports.charts.spots import Spot
from partnerdesk.reports.look import Role

ABOVE = 1.5  # of a label above its column
_SMALLEST = 7.0


@dataclass(frozen=True, slots=True)
class Columns:
    """`count` columns, flush with the left and right of a room, `share` of the step wide."""

    count: int
    left: float
    width: float
    share: float

    @property
    def column(self) -> float:
        if self.count < 2:
            return min(self.width, 24.0)
        return min(24.0, self.share * self.width / (self.count - 1 + self.share))

    @property
    def step(self) -> float:
        return (self.width - self.column) / (self.count - 1) if self.count > 1 else self.width

    def start(self, n: int) -> float:
        return self.left + n * self.step

    def middle(self, n: int) -> float:
        return self.start(n) + self.column / 2


@dataclass(frozen=True, slots=True)
class Heights:
    """Values to heights between `top` and `bottom` of a room; zero is always inside."""

    low: float
    high: float
    top: float
    bottom: float

    @classmethod
    def over(cls, values: Sequence[Decimal], top: float, bottom: float) -> "Heights":
        low, high = min([0.0, *map(float, values)]), max([0.0, *map(float, values)])
        return cls(low, high if high > low else low + 1.0, top, bottom)

    def at(self, value: Decimal | float) -> float:
        share = (float(value) - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)

    @property
    def zero(self) -> float:
        return self.at(0)


def fitting_role(plot: Plot, texts: Sequence[str], role: Role, room: float) -> Role:
    """The role, smaller where the widest text would not fit its room, but never below 7 pt."""
    widest = max((plot.text_width(t, role) for t in texts), default=0.0)
    if widest <= room:
        return role
    return replace(role, size=max(_SMALLEST, role.size * room / widest))


def narrow(
    plot: Plot, texts: Sequence[str], short: Sequence[str], role: Role, room: float
) -> tuple[Sequence[str], Role]:
    """The full texts where they fit at 7 pt or more, else their short forms."""
    smallest = replace(role, size=_SMALLEST)
    if max((plot.text_width(t, smallest) for t in texts), default=0.0) > room:
        texts = short
    return texts, fitting_role(plot, texts, role, room)


def two_lines(plot: Plot, text: str, role: Role, room: float) -> tuple[str, ...]:
    """A label in one line, or broken at the space that makes both lines shortest."""
    words = text.split(" ")
    if len(words) < 2 or plot.text_width(text, role) <= room:
        return (text,)
    breaks = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return min(breaks, key=lambda pair: max(plot.text_width(line, role) for line in pair))


def shortened(plot: Plot, text: str, role: Role, room: float) -> str:
    """The text, or as much of it as fits with an ellipsis: for notes that stand in full elsewhere."""
    if plot.text_width(text, role) <= room:
        return text
    while text and plot.text_width(f"{text}…", role) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def label_below(plot: Plot, x: float, top: float, text: str, note: str, room: float) -> None:
    """A category under a column, and its muted note under it; both keep inside the figure."""
    look = plot.look
    lines = two_lines(plot, text, look.category, room)
    role = fitting_role(plot, lines, look.category, room)
    middle = top + 3.2
    for full in lines:
        line = shortened(plot, full, role, room)
        plot.text(inside(plot, x, line, role), middle, line, role, align="center")
        middle += role.leading * PT
    if note:
        small = fitting_role(plot, [note], look.note, room)
        note = shortened(plot, note, small, room)
        plot.text(inside(plot, x, note, small), middle - 0.1, note, small, align="center")


def inside(plot: Plot, x: float, text: str, role: Role) -> float:
    """The middle of a centred text, moved where it would leave the figure."""
    half = plot.text_width(text, role) / 2
    return min(max(x, half), max(half, plot.width - half))


def spot(plot: Plot, x: float, y: float, width: float, height: float, says: str, key: str = "") -> Spot:
    """A spot from millimetres; one that is too thin to point at is made taller."""
    grown = max(0.0, 2.0 - height)
    y, height = y - grown / 2, height + grown
    return Spot(x / plot.width, y / plot.height, width / plot.width, height / plot.height, says, key)


def key(plot: Plot, x: float, middle: float, parts: Sequence[tuple[str, str]]) -> float:
    """Swatches of fillings in a row, each with its word; one that has no room is shortened. Returns the end."""
    role = replace(plot.look.note, size=max(plot.look.note.size, 8.0), colour="text")
    for filling, whole in parts:
        word = shortened(plot, whole, role, plot.width - x - 4.3)
        plot.bar(x, middle - 1.2, 3.0, 2.4, filling)
        plot.text(x + 4.3, middle, word, role)
        x += 4.3 + plot.text_width(word, role) + 5.0
    return x
