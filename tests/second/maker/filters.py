"""Random filters over any attribute of a kind."""

from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import attributes
from tests.second.maker.draw import Draw
from tests.second.maker.facts import COUNTRIES, REGIONS, TEXTS

NUMBERS = {
    "deal": ("margin", "margin_share", "customer_months", "days_since_joined", "days_since_left"),
    "contract": ("notice_given", "notice_kept", "term_months", "customer_months"),
    "transaction": ("margin", "margin_share", "discount", "customer_months"),
    "deployment": ("days_late", "on_time", "standards", "adoption", "days_to_value"),
    "survey": ("share", "nps"),
}
TURNED = ("known", "not")


def where(draw: Draw, kind: str, most: int = 2) -> dict[str, Any]:
    """One or two conditions on different attributes of a kind."""
    found: dict[str, Any] = {}
    if kind == "earning":
        return draw.one(({"amount": {"above": 10}}, {"customer": "X"}, {"type": "BONUS"}))
    for _ in range(draw.randint(1, most)):
        path, test = _condition(draw, kind)
        found[path] = test
    return found


def _condition(draw: Draw, kind: str) -> tuple[str, Any]:
    if draw.has(0.1):
        tests = ("web", ["web", "fair"], {"not": "web"}, {"not": "web", "or_unknown": True}, {"known": False})
        return "attributes.channel", draw.one(tests)
    if draw.has(0.07):
        unknown = {"or_unknown": True} if draw.has(0.3) else {}
        return "attributes.size", {draw.one(("at_least", "below")): 2, **unknown}
    if kind in NUMBERS and draw.has(0.15):
        return draw.one(NUMBERS[kind]), _bounds(draw, "rate")
    if kind in ("deal", "contract", "transaction") and draw.has(0.1):
        return "new_customer", draw.has(0.5)
    if kind == "survey" and draw.has(0.3):
        return "nps_class", draw.one(("promoter", "passive", "detractor"))
    own = [f for f in attributes(kind) if f.kind not in ("map", "ref") and f.name not in ("id", "known_on")]
    days = [f.name for f in own if f.kind == "day"]
    if len(days) > 1 and draw.has(0.1):
        a, b = draw.sample(days, 2)
        return f"days.{a}.{b}", {"at_most": draw.one((0, 30, 90, 400))}
    if any(f.to == "customer" for f in attributes(kind)) and draw.has(0.15):
        return "customer.country", draw.one(COUNTRIES)
    field = draw.one([f for f in own if f.kind != "day" or draw.has(0.4)] or own)
    return field.name, _test(draw, f"{kind}.{field.name}", field.kind)


def _test(draw: Draw, name: str, kind: str) -> Any:
    if draw.has(0.1):
        return {"known": draw.has(0.6)}
    if kind == "text":
        values = TEXTS.get(name) or (COUNTRIES if name.endswith("country") else REGIONS)
        value = draw.one(values)
        return draw.one((value, [value, draw.one(values)], {"not": value}))
    if kind == "flag":
        return draw.has(0.5)
    return _bounds(draw, kind)


def _bounds(draw: Draw, kind: str) -> Any:
    """A bound or two with room between them."""
    if kind == "day":
        return {draw.one(("at_least", "above")): draw.day(date(2025, 1, 1), date(2026, 1, 1))}
    low: Decimal = draw.bound() if kind == "money" else Decimal(draw.one(("0", "0.5", "1", "5")))
    high = low + (1000 if kind == "money" else 3)
    found: dict[str, Any] = {}
    if draw.has(0.7):
        found[draw.one(("at_least", "above"))] = low
    if not found or draw.has(0.3):
        found[draw.one(("at_most", "below"))] = high
    return found


def keep(draw: Draw) -> dict[str, Any]:
    """Bounds of a value that counts."""
    low = draw.one((0, 1, 2, 500))
    found: dict[str, Any] = {draw.one(("at_least", "above")): low} if draw.has(0.7) else {}
    if not found or draw.has(0.3):
        found[draw.one(("at_most", "below"))] = low + draw.one((1, 5, 10000))
    return found
