"""A random score: weighted parts, categories, points, tracks, scopes."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from tests.second.maker.draw import UNITS, Draw
from tests.second.maker.filters import where

MODES = ("half-up", "half-even", "up", "down", "ceiling", "floor")
WEIGHTS: dict[int, tuple[tuple[int, ...], ...]] = {
    1: ((100,),),
    2: ((50, 50), (30, 70)),
    3: ((34, 33, 33), (50, 25, 25)),
}


def score(draw: Draw, metrics: Sequence[str]) -> dict[str, Any]:
    """A score of a program's metrics."""
    made: dict[str, Any] = {"every": draw.one(UNITS)}
    draw.maybe(made, "says", 0.05, lambda: "Our score")
    draw.maybe(made, "reference", 0.05, lambda: "2.1")
    whole = draw.one((100, 100, 100, 10, 1000))
    if whole != 100:
        made["out_of"] = whole
    if draw.has(0.3):
        made["track"] = [_track(draw, metrics, whole, n) for n in range(draw.randint(1, 2))]
        if draw.has(0.5):
            made["choose"] = "assigned"
            for track in made["track"]:
                if draw.has(0.8):
                    track["enrolled"] = True
                if "enrolled" not in track or draw.has(0.3):
                    track["partner"] = where(draw, "partner", 1)
    else:
        made["parts"] = parts(draw, metrics, whole)
    if draw.has(0.35):
        made["scope"] = draw.one(("customer", "product", "customer.country"))
        draw.maybe(made, "combine", 0.8, lambda: draw.one(("greatest", "least", "least", "mean", "mean", "sum", "sum")))
    draw.maybe(made, "decimals", 0.4, lambda: draw.one((0, 1, 2)))
    draw.maybe(made, "mode", 0.5, lambda: draw.one(MODES))
    return made


def _track(draw: Draw, metrics: Sequence[str], whole: int, number: int) -> dict[str, Any]:
    return {"name": f"track{number}", "parts": parts(draw, metrics, whole)}


def parts(draw: Draw, metrics: Sequence[str], whole: int, depth: int = 1) -> list[dict[str, Any]]:
    """Parts whose weights sum to the whole."""
    names = draw.some(metrics, 3)
    weights = [Decimal(w) * whole / 100 for w in draw.one(WEIGHTS[len(names)])]
    made = [_part(draw, name, weight) for name, weight in zip(names, weights, strict=True)]
    if depth and draw.has(0.25):
        inside = parts(draw, metrics, 100, 0)
        made[0] = {"says": "Category", "parts": inside, "weight": made[0]["weight"]}
        draw.maybe(made[0], "scale", 0.3, lambda: scale(draw))
        draw.maybe(made[0], "minimum", 0.3, lambda: draw.one((1, 20)))
    if draw.has(0.2):
        made.append({"metric": draw.one([m for m in metrics if m not in names] or ["m0"]), "as_points": True})
        draw.maybe(made[-1], "at_most", 0.5, lambda: draw.one((1, 5, 20)))
    return made


def _part(draw: Draw, name: str, weight: Decimal) -> dict[str, Any]:
    made: dict[str, Any] = {"metric": name, "weight": weight, "scale": scale(draw)}
    draw.maybe(made, "is_stepped", 0.3, lambda: True)
    draw.maybe(made, "at_most", 0.15, lambda: weight / 2)
    draw.maybe(made, "minimum", 0.15, lambda: draw.one((1, 20)))
    draw.maybe(made, "more_than", 0.15, lambda: draw.one((0, 20)))
    draw.maybe(made, "target", 0.05, lambda: 5)
    return made


def scale(draw: Draw) -> list[dict[str, Any]]:
    """Values that rise, with the points they give."""
    floors = draw.one(((0, 1), (0, 1, 3), (0, 5000), (-1, 2, 10), (1, 1000, 10000)))
    points = draw.one(((0, 100), (20, 50, 100), (0, 100, 40)))
    given = [*points, 100][: len(floors)]
    return [{"at": at, "points": p} for at, p in zip(floors, given, strict=True)]
