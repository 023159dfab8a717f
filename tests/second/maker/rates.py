"""Random rates, bands and multipliers."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from tests.second.maker.draw import OVER, UNITS, Draw
from tests.second.maker.filters import where
from tests.second.maker.needs import need

RATES = ("0.05", "0.08", "0.1", "0.2", "0.333")
# What the floors of bands may count of the facts of a kind.
COUNTED = {
    "deal": ("events", "attributes.size", "recurring"),
    "contract": ("events", "seats", "seats"),
    "transaction": ("events", "attributes.size", "list_amount"),
    "deployment": ("events", "review_score"),
}
AGES = ("customer", "contract", "deal", "product", "stream")


class Asked(NamedTuple):
    """What a requirement can ask for: metrics and tiers by name, and whether there is a score."""

    metrics: Sequence[str]
    tiers: Sequence[str]
    has_score: bool


def rate(draw: Draw, kind: str, asked: Asked, is_fact: bool, is_increment: bool) -> Any:
    """A number, or one of the tables."""
    tiers = asked.tiers
    way = draw.one(("number", "by_tier", "by_age", "entries", "entries", "bands", "bands"))
    if way == "number" or (way == "by_tier" and not tiers) or (way == "by_age" and not is_fact):
        return _rate(draw)
    if way == "bands":
        return bands(draw, kind, asked.metrics, is_fact, is_increment)
    made: dict[str, Any]
    if way == "by_tier":
        made = {"by_tier": {name: _rate(draw) for name in tiers}}
    elif way == "by_age":
        made = {"by_age": [{"from_months": n, "rate": _rate(draw)} for n in (0, 3, 12)[: draw.randint(2, 3)]]}
        draw.maybe(made, "age_of", 0.8, lambda: draw.one(AGES))
    else:
        made = {"entries": [_entry(draw, kind, asked, is_fact, is_increment) for _ in range(draw.randint(1, 3))]}
        draw.maybe(made, "resolve", 0.6, lambda: draw.one(("most specific", "first", "greatest")))
        draw.maybe(made, "age_of", 0.3, lambda: draw.one(AGES))
    draw.maybe(made, "otherwise", 0.4, lambda: Decimal("0.01"))
    return made


def _rate(draw: Draw) -> Decimal:
    return Decimal(draw.one(RATES)) * (-1 if draw.has(0.03) else 1)


def _entry(draw: Draw, kind: str, asked: Asked, is_fact: bool, is_increment: bool) -> dict[str, Any]:
    way = draw.one(("rate", "rate", "amount", "bands"))
    made: dict[str, Any] = {"rate": _rate(draw)}
    if way == "amount" and not is_increment:
        made = {"amount": draw.one((50, 100))}
    elif way == "bands":
        made = {"bands": bands(draw, kind, asked.metrics, is_fact, is_increment)}
    if is_fact:
        draw.maybe(made, "where", 0.5, lambda: where(draw, kind, 2))
        draw.maybe(made, "from_months", 0.2, lambda: draw.one((1, 6)))
    if asked.tiers:
        draw.maybe(made, "tier", 0.3, lambda: draw.some(asked.tiers, 2))
    draw.maybe(made, "when", 0.15, lambda: need(draw, *asked, 1))
    draw.maybe(made, "says", 0.03, lambda: "why")
    return made


def bands(draw: Draw, kind: str, metrics: Sequence[str], is_fact: bool, is_increment: bool) -> dict[str, Any]:
    """Bands with floors that rise."""
    how = draw.one(("marginal", "marginal", "whole amount", "step on excess"))
    floors = draw.one(((0, 1000), (0, 1000, 5000), (100, 5000), (0,), (250, 1000, 10000)))
    steps = []
    for floor in floors:
        step: dict[str, Any] = {"from": floor, "rate": _rate(draw)}
        draw.maybe(step, "amount", 0.25, lambda: draw.one((10, 100)))
        steps.append(step)
    made: dict[str, Any] = {"bands": how, "steps": steps}
    draw.maybe(made, "edge", 0.5, lambda: draw.one(("from", "above")))
    if how == "step on excess":
        draw.maybe(made, "excess_over", 0.8, lambda: draw.one((100, 1000)))
    if draw.has(0.25):
        made["by"] = draw.one(metrics)
    elif how == "marginal" and not is_increment and draw.has(0.8):
        made["over"] = draw.one((*OVER, "ever"))
        if draw.has(0.3):
            made |= {"floors_of": "paid", "steps": _filling(draw)}
        elif draw.has(0.3):
            made |= {"floors_of": draw.one(COUNTED.get(kind, ("events",))), "steps": _counting(draw)}
        if is_fact:
            draw.maybe(
                made,
                "each",
                0.9,
                lambda: draw.one(
                    ("partner", "customer", "customer", "contract", "contract", *("deal",) * 3, *("product",) * 3)
                ),
            )
    return made


def _counting(draw: Draw) -> list[dict[str, Any]]:
    """Bands of a number, or of how many events there were; without amounts."""
    floors = draw.one(((0, 2), (0, 1, 5), (0, 100, 1000), (1, 3)))
    return [{"from": floor, "rate": _rate(draw)} for floor in floors]


def _filling(draw: Draw) -> list[dict[str, Any]]:
    """Bands of what is paid, or taken off: from zero on, none of which is never left; the last may pay nothing."""
    floors = draw.one(((0, 50), (0, 20, 300), (0, 100, 1000), (0,)))
    steps = [{"from": floor, "rate": Decimal(draw.one(RATES))} for floor in floors]
    if len(steps) > 1 and draw.has(0.2):
        steps[-1]["rate"] = Decimal(0)
    if draw.has(0.2):
        steps = [step | {"rate": -step["rate"]} for step in steps]
    return steps


def factor(draw: Draw, kind: str, asked: Asked, is_fact: bool) -> dict[str, Any]:
    """A multiplier."""
    metrics, tiers, _ = asked
    way = draw.one(("by_tier", "metric", "entries", "days"))
    if way == "by_tier" and tiers:
        return {"by_tier": {name: Decimal(draw.one(("0.5", "1", "1.5"))) for name in tiers}}
    if way == "metric":
        made: dict[str, Any] = {"metric": draw.one(metrics)}
        points = [{"at": 0, "points": Decimal("0.5")}, {"at": 2, "points": 1}, {"at": 1000, "points": 2}]
        draw.maybe(made, "scale", 0.7, lambda: points)
        return made
    if way == "days":
        made: dict[str, Any] = {"days": draw.one(UNITS)}
        draw.maybe(made, "days_of", 0.6, lambda: draw.one(("version", "partner", "both")))
        return made
    entries: list[dict[str, Any]] = [{"factor": Decimal("1.5")}]
    if is_fact:
        entries = [{"factor": Decimal(draw.one(("0", "2"))), "where": where(draw, kind, 2)}, *entries]
    if tiers:
        entries.append({"factor": Decimal("0.9"), "tier": draw.some(tiers, 2)})
    draw.maybe(entries[-1], "when", 0.4, lambda: need(draw, *asked, 1))
    return {"entries": entries}
