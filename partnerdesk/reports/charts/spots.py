"""Where the marks of a chart lie and what they stand for, so that a screen can say it without drawing anything."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A rectangle in shares of the figure (0 to 1, from the top left) and the sentence that belongs to it."""

    x: float
    y: float
    width: float
    height: float
    says: str
    key: str = ""  # what it stands for, where a click opens it

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height
