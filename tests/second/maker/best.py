"""Which of several counts: the greatest, the last, a later one; aside from all other draws."""

from typing import Any

from tests.second.maker.draw import Draw
from tests.second.maker.terms import WEEKDAYS


def best_ones(draw: Draw, raw: dict[str, Any]) -> None:
    """Some metrics keep the best."""
    for metric in raw["metric"].values():
        for kind in ("groups", "series"):
            if kind in metric and draw.has(0.3):
                metric[kind]["keep"] = metric[kind].get("keep", {}) | {"best": draw.one((1, 1, 2, 3))}


def several_live(draw: Draw, raw: dict[str, Any]) -> None:
    """Some shares wait for a later go-live, or for the last one."""
    for earning in raw.get("earning", {}).values():
        for vest in earning.get("vests", ()):
            if vest.get("at") in ("customer live", "first value") and draw.has(0.6):
                key, value = draw.one((("which", "last"), ("which", "first"), ("nth", 2), ("nth", 1)))
                vest[key] = value
            elif draw.has(0.1):
                vest |= {"at": "customer live", "which": "last"}


def several_a_week(draw: Draw, raw: dict[str, Any]) -> None:
    """Some weeks are settled up to several weekdays."""
    rule = raw.get("settlement", {})
    if rule.get("every") == "week" and draw.has(0.5):
        rule.pop("week_starts", None)
        rule.pop("cut_days", None)
        rule["week_ends"] = draw.some(WEEKDAYS, 3)
