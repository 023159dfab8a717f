"""Random requirements: bounds on metrics and the score, tiers, attributes of the partner, groups of requirements."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from tests.second.maker.draw import Draw
from tests.second.maker.filters import where

LOW = (0, 1, 2, 3, 100, 1000, 5000)


def need(draw: Draw, metrics: Sequence[str], tiers: Sequence[str], score: bool, depth: int = 2) -> dict[str, Any]:
    """One requirement, of those that the program can ask for."""
    made = (
        _group(draw, metrics, tiers, score, depth) if depth and draw.has(0.35) else _single(draw, metrics, tiers, score)
    )
    draw.maybe(made, "for_periods", 0.12, lambda: draw.one((1, 2, 3)))
    draw.maybe(made, "says", 0.03, lambda: "in words")
    return made


def _group(draw: Draw, metrics: Sequence[str], tiers: Sequence[str], score: bool, depth: int) -> dict[str, Any]:
    parts = [need(draw, metrics, tiers, score, depth - 1) for _ in range(draw.randint(1, 3))]
    if draw.has(0.3):
        return {"at_least": draw.randint(1, len(parts)), "of": parts}
    return {draw.one(("all", "any", "none")): parts}


def _single(draw: Draw, metrics: Sequence[str], tiers: Sequence[str], score: bool) -> dict[str, Any]:
    ways = ["metric"] * 3 + ["partner"] + ["score"] * score + ["tier"] * bool(tiers)
    way = draw.one(ways)
    if way == "partner":
        return {"partner": where(draw, "partner", 1)}
    if way == "tier":
        return {"tier": draw.one(tiers)}
    asked: dict[str, Any] = {"score": True} if way == "score" else {"metric": draw.one(metrics)}
    low = Decimal(draw.one((0, 20, 50, 75) if way == "score" else LOW))
    if draw.has(0.75):
        asked[draw.one(("at_least", "at_least", "above"))] = low
        draw.maybe(asked, draw.one(("at_most", "below")), 0.15, lambda: low + draw.one((1, 100, 10000)))
    else:
        asked[draw.one(("at_most", "below"))] = low
    return asked
