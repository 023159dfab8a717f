"""Random tiers and how partners move between them."""

from collections.abc import Sequence
from typing import Any

from tests.second.maker.draw import EDGES, UNITS, Draw
from tests.second.maker.needs import need

NAMES = ("Base", "Silver", "Gold")


def tiers(draw: Draw, metrics: Sequence[str], has_score: bool) -> list[dict[str, Any]]:
    """Two or three tiers, from low to high."""
    made: list[dict[str, Any]] = [{"name": NAMES[0]}]
    if draw.has(0.15):
        made[0]["requires"] = need(draw, metrics, (), has_score)
    for name in NAMES[1 : draw.randint(2, 3)]:
        below = [tier["name"] for tier in made] if draw.has(0.3) else []
        made.append({"name": name, "requires": need(draw, metrics, below, has_score)})
    for tier in made:
        draw.maybe(tier, "benefits", 0.25, lambda: draw.some(("support", "mdf", "badge"), 3))
        draw.maybe(tier, "reference", 0.03, lambda: "3.1")
        draw.maybe(tier, "note", 0.03, lambda: "a note")
    return made


def policy(draw: Draw, names: Sequence[str]) -> dict[str, Any]:
    """When and how partners move."""
    made: dict[str, Any] = {"every": draw.one(UNITS)}
    draw.maybe(made, "moves", 0.3, lambda: draw.one(("automatic", "confirmed")))
    draw.maybe(made, "in_force", 0.7, lambda: draw.one(("same period", "next period")))
    draw.maybe(made, "start", 0.25, lambda: draw.one(names))
    draw.maybe(made, "qualifies_for", 0.2, lambda: draw.one((1, 2, 3)))
    draw.maybe(made, "whose", 0.3, lambda: draw.one(("own", "group")))
    draw.maybe(made, "reference", 0.03, lambda: "3.2")
    for way in ("up", "down"):
        draw.maybe(made, way, 0.45, lambda: _moves(draw))
    return made


def _moves(draw: Draw) -> dict[str, Any]:
    if draw.has(0.12):
        return {"moves": "never"}
    made: dict[str, Any] = {}
    draw.maybe(made, "every", 0.4, lambda: draw.one(UNITS))
    draw.maybe(made, "moves", 0.25, lambda: draw.one(("automatic", "confirmed")))
    draw.maybe(made, "in_force", 0.2, lambda: draw.one(("same period", "next period")))
    draw.maybe(made, "lag_months", 0.25, lambda: draw.one((1, 2)))
    draw.maybe(made, "on_anniversary_of", 0.15, lambda: draw.one(("joined", "agreement_signed")))
    draw.maybe(made, "step", 0.25, lambda: 1)
    draw.maybe(made, "grace_months", 0.2, lambda: draw.one((3, 6)))
    draw.maybe(made, "not_before", 0.2, lambda: draw.one(EDGES))
    draw.maybe(made, "notice_periods", 0.2, lambda: 2)
    draw.maybe(made, "kept_months", 0.2, lambda: draw.one((3, 6)))
    if "kept_months" in made:
        draw.maybe(made, "kept_again", 0.5, lambda: True)
    return made
