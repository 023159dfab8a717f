"""What rests on the tiers of partners below, added to a program that has tiers, aside from all other draws."""

from decimal import Decimal
from typing import Any

from tests.second.maker.draw import UNITS, Draw

WINDOWS = ("in force", "in force", "period", {"span": "trailing", "length": 6}, "ever")


def tiers_below(draw: Draw, raw: dict[str, Any]) -> None:
    """Metrics that count the tiers of partners below, a tier that asks for them, an override that goes by them."""
    names = [tier["name"] for tier in raw.get("tier", ())]
    if not names:
        return
    if draw.has(0.15):
        raw["metric"]["held"] = _held(draw, names)
        raw["metric"]["heldgrowth"] = {"says": "Growth of it", "growth": "held", "growth_as": "amount"}
        top = raw["tier"][-1]
        if draw.has(0.6) and "requires" in top:
            asked = {"metric": "held", "at_least": 1}
            top["requires"] = {draw.one(("any", "all")): [top["requires"], asked]}
    if draw.has(0.35) and "earning" in raw:
        raw["earning"]["over"] = _override(draw, raw, names)


def _held(draw: Draw, names: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {"says": "Tiers below", "of": "tier_held", "window": draw.one(WINDOWS)}
    made["whose"] = draw.one(("sub-partners", "all below"))
    made["take"] = draw.one(("count", "distinct"))
    if made["take"] == "distinct":
        made["value"] = draw.one(("partner", "tier", "partner.region"))
    draw.maybe(made, "where", 0.7, lambda: {"tier": draw.some(names, 2)})
    draw.maybe(made, "day", 0.2, lambda: draw.one(("start", "end")))
    draw.maybe(made, "times", 0.2, lambda: [[{"factor": 2, "where": {"tier": names[-1]}}, {"factor": 1}]])
    draw.maybe(made, "groups", 0.2, lambda: {"by": draw.one(("partner", "tier", "leg"))})
    return made


def _override(draw: Draw, raw: dict[str, Any], names: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {"says": "Over", "type": "OVERRIDE", "on": "deal won", "of": "sub-partners"}
    if draw.has(0.3):
        made |= {"on": "earning", "earning": draw.one(list(raw["earning"]))}
    else:
        made["base"] = "amount"
    made["tier_of"] = draw.one(("own", "theirs", "difference"))
    made["rate"] = {"by_tier": {name: Decimal(draw.one(("0", "0.05", "0.1", "0.12"))) for name in names}}
    if draw.has(0.2):
        made["rate"] = {"entries": [{"rate": Decimal("0.08"), "tier": names[1:]}]}
    draw.maybe(
        made, "tier_as_of", 0.4, lambda: draw.one(("period start", "period end", "stream start", "registration"))
    )
    draw.maybe(made, "increment_over", 0.1, lambda: draw.one(UNITS)) if made["on"] == "deal won" else None
    draw.maybe(made, "most", 0.2, lambda: draw.one((50, 500)))
    return made
