"""Circles that would lie on one another are moved apart, as little as there is room for, or all drawn smaller."""

from collections.abc import Sequence

MOST = 400  # circles; more than these would be a grey band either way
STEP, GAP = 0.9, 0.25  # mm
SMALLER = (1.0, 0.85, 0.72, 0.6)  # shares of the radius that are tried
Circle = tuple[float, float, float]  # x, y, radius


def swarm(circles: Sequence[Circle], half: float, reach: float) -> list[Circle]:
    """The circles beside each other, in their order; the largest keep their place.

    A circle moves up and down within `half` a band's height before it moves sideways, by `reach` at most. Where one
    finds no free place all are made smaller alike; where even that does not help it stays where it is.
    """
    if len(circles) > MOST:
        return list(circles)
    steps, order = _steps(half, reach), sorted(range(len(circles)), key=lambda at: -circles[at][2])
    placed: list[Circle] = []
    for smaller in SMALLER:
        drawn = [(x, y, radius * smaller) for x, y, radius in circles]
        placed, is_whole = _placed(drawn, order, steps, half, reach)
        if is_whole:
            break
    return placed


def _placed(
    circles: Sequence[Circle], order: Sequence[int], steps: Sequence[tuple[float, float]], half: float, reach: float
) -> tuple[list[Circle], bool]:
    """The circles where they find room, and whether all did."""
    places, is_whole = list(circles), True
    taken: list[Circle] = []
    for at in order:
        x, y, radius = circles[at]
        near = [c for c in taken if abs(c[0] - x) < reach + radius + c[2] + GAP]
        free = (s for s in steps if abs(s[1]) <= half - radius and _is_free(x + s[0], y + s[1], radius, near))
        found = next(free, None)
        is_whole = is_whole and found is not None
        dx, dy = found or (0.0, 0.0)
        places[at] = (x + dx, y + dy, radius)
        taken.append(places[at])
    return places, is_whole


def _is_free(x: float, y: float, radius: float, taken: Sequence[Circle]) -> bool:
    return all((x - a) ** 2 + (y - b) ** 2 >= (radius + r + GAP) ** 2 for a, b, r in taken)


def _steps(half: float, reach: float) -> list[tuple[float, float]]:
    """Ways to move, the nearest first; a step sideways counts threefold, since it is a step in time."""
    high, wide = int(half / STEP), int(reach / STEP)
    found = [(n * STEP, m * STEP) for n in range(-wide, wide + 1) for m in range(-high, high + 1)]
    return sorted(found, key=lambda s: (9 * s[0] ** 2 + s[1] ** 2, s))
