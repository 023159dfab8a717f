"""A weighted sample of numbers as a distribution: where a value lies in it, and which value lies at a share of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Weighted:
    """Values in order with the share of the weight up to the middle of each; shares between them are straight lines."""

    def __init__(self, pairs: Iterable[tuple[float, float]]) -> None:
        rows = sorted(pair for pair in pairs if pair[1] > 0)
        self.values = [value for value, _ in rows]
        self.weight = sum(weight for _, weight in rows)
        self.mean = sum(value * weight for value, weight in rows) / self.weight if rows else 0.0
        self._middles: list[float] = []
        below = 0.0
        for _, weight in rows:
            self._middles.append((below + weight / 2) / self.weight)
            below += weight

    def __bool__(self) -> bool:
        return bool(self.values)

    def at(self, share: float) -> float:
        """The value below which this share of the weight lies."""
        place = bisect_left(self._middles, share)
        if place == 0:
            return self.values[0]
        if place == len(self.values):
            return self.values[-1]
        low, high = self._middles[place - 1], self._middles[place]
        part = (share - low) / (high - low) if high > low else 0.0
        return self.values[place - 1] + part * (self.values[place] - self.values[place - 1])

    def share_below(self, value: float) -> float:
        """The share of the weight below a value; half of what equals it counts as below."""
        margin = 1e-9 * max(1.0, abs(value))
        low, high = bisect_left(self.values, value - margin), bisect_right(self.values, value + margin)
        return (self._up_to(low) + self._up_to(high)) / 2

    def _up_to(self, place: int) -> float:
        if place <= 0:
            return 0.0
        if place >= len(self.values):
            return 1.0
        return (self._middles[place - 1] + self._middles[place]) / 2
