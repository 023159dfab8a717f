"""Random vesting and clawback."""

from collections.abc import Sequence
from typing import Any

from tests.second.maker.draw import Draw
from tests.second.maker.filters import where
from tests.second.maker.needs import need

WAITS = (
    *("event", "month end", "quarter end", "year end", "contract start"),
    *("payment received", "first payment", "customer live", "first value"),
)


def vests(draw: Draw, metrics: Sequence[str], tiers: Sequence[str], has_score: bool) -> list[dict[str, Any]]:
    """Shares that sum to 1, and what each waits for."""
    return [_vest(draw, share, metrics, tiers, has_score) for share in draw.split(draw.randint(1, 3))]


def _vest(draw: Draw, share: Any, metrics: Sequence[str], tiers: Sequence[str], has_score: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"share": share}
    draw.maybe(made, "at", 0.8, lambda: draw.one(WAITS))
    draw.maybe(made, "after_months", 0.25, lambda: draw.one((1, 3)))
    draw.maybe(made, "after_days", 0.2, lambda: draw.one((10, 45)))
    draw.maybe(made, "on_day", 0.15, lambda: draw.one((1, 15, 30, 31)))
    draw.maybe(made, "parts", 0.15, lambda: draw.one((2, 3)))
    if "parts" in made:
        draw.maybe(made, "apart_months", 0.5, lambda: draw.one((3, 12)))
    draw.maybe(made, "within_months", 0.3, lambda: draw.one((1, 3, 6)))
    if "within_months" not in made:
        draw.maybe(made, "within_days", 0.15, lambda: draw.one((20, 60, 100)))
    draw.maybe(made, "if_active", 0.15, lambda: True)
    draw.maybe(made, "when", 0.15, lambda: need(draw, metrics, tiers, has_score, 0))
    draw.maybe(made, "otherwise", 0.4, lambda: draw.one(("forfeit", "release")))
    return made


def clawbacks(draw: Draw, kind: str) -> list[dict[str, Any]]:
    """One or two causes."""
    causes = draw.some(("churned", "refunded", "contracted", "unpaid"), 2)
    if kind == "earning" and draw.has(0.6):
        causes = ["clawed back", *causes[1:]]
    return [clawback(draw, cause) for cause in causes]


def clawback(draw: Draw, cause: str) -> dict[str, Any]:
    """What is taken back for a cause."""
    shape = draw.one(("full", "linear", "steps", "contract", "contract months"))
    made: dict[str, Any] = {"if": cause, "shape": shape}
    if draw.has(0.5) or shape == "linear":
        made |= draw.one(({"within_months": draw.one((3, 12))}, {"within_days": draw.one((60, 90, 365))}))
    if shape != "full":
        draw.maybe(made, "full_days", 0.3, lambda: draw.one((10, 30)))
    if shape == "steps":
        made["steps"] = [{"share": 1}, {"from_days": 30, "share": draw.share()}]
    draw.maybe(made, "share", 0.3, draw.share)
    if cause != "clawed back":
        kind = "contract" if cause in ("churned", "contracted") else "transaction"
        draw.maybe(made, "where", 0.15, lambda: where(draw, kind, 1))
    draw.maybe(made, "takes", 0.3, lambda: draw.one(("all", "held", "held")))
    draw.maybe(made, "reference", 0.05, lambda: "5.1")
    return made
