"""Sums through years of a contract or a customer, aside from all other draws."""

from decimal import Decimal
from typing import Any

from tests.second.maker.draw import Draw

YEARS = (("contract year", "contract"), ("customer year", "customer"))


def years_of_others(draw: Draw, raw: dict[str, Any]) -> None:
    """An earning whose bands, or whose count, go on through such years; some caps that do."""
    if draw.has(0.1) and "earning" in raw:
        raw["earning"]["yearly"] = _yearly(draw)
    for cap in raw.get("cap", {}).values():
        if draw.has(0.12):
            cap["every"], cap["per"] = draw.one(YEARS)


def _yearly(draw: Draw) -> dict[str, Any]:
    made: dict[str, Any] = {"says": "Yearly", "type": "YEARLY", "rate": Decimal("0.1")}
    made["on"], made["base"] = draw.one(
        (("invoice issued", "amount"), ("payment received", "amount"), ("contract started", "recurring"))
    )
    over, owner = draw.one(YEARS)
    if draw.has(0.7):
        steps = [{"from": 0, "rate": Decimal("0.1")}, {"from": draw.one((50, 1000)), "rate": Decimal("0.03")}]
        made["rate"] = {"bands": "marginal", "over": over, "each": owner, "steps": steps}
        draw.maybe(made["rate"], "floors_of", 0.5, lambda: draw.one(("paid", "events")))
    if draw.has(0.5):
        over, owner = draw.one(YEARS)
        made["count"] = {"per": owner, "over": over, "to": draw.one((1, 2))}
    return made
