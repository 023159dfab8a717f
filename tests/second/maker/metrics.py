"""Random metrics, each made of facts or of those before it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.second.maker.draw import OWN_YEARS, UNITS, Draw
from tests.second.maker.filters import NUMBERS, keep, where

VALUES: dict[str, tuple[str, ...]] = {
    "deal": ("amount", "amount", "recurring", "margin", "cost"),
    "contract": ("recurring", "seats"),
    "transaction": ("amount", "amount", "margin", "list_amount"),
    "deployment": ("review_score", "on_time", "standards", "days_late", "deal.amount"),
    "survey": ("score", "share", "nps"),
    "observation": ("value",),
    "certification": ("person",),
    "activity": ("kind",),
    "case": ("severity",),
    "fund_entry": ("amount",),
    "deal_line": ("amount", "quantity"),
    "partner": ("region",),
}
TEXT_ONLY = ("certification", "activity", "case", "partner")
DIFFERENT: dict[str, tuple[str, ...]] = {
    "deal": ("customer", "customer.country", "kind"),
    "contract": ("customer", "product"),
    "transaction": ("customer", "kind"),
    "certification": ("person", "certificate"),
    "case": ("severity", "customer"),
    "activity": ("kind", "customer"),
    "partner": ("region", "type"),
}
STOCKS = ("contract", "certification", "case", "target")
OTHER_DAYS = {"deal": ("registered", "created"), "contract": ("end", "outcome_on"), "certification": ("expires",)}
ADJUSTMENTS = ("none", "tier", "attainment", "either")
WHOSE = ("own", "sub-partners", "all below", "own and sub-partners", "branch", "group", "group")
TAKES = ("sum", "mean", "median", "least", "greatest", "latest")


def metrics(draw: Draw, count: int) -> dict[str, Any]:
    """So many metrics by name."""
    found: dict[str, Any] = {}
    for n in range(count):
        made = _of(draw, found) if not found or draw.has(0.45) else draw.one(WAYS)(draw, found)
        made["says"] = f"Metric {n}"
        _finish(draw, made)
        found[f"m{n}"] = made
    return found


def _finish(draw: Draw, made: dict[str, Any]) -> None:
    draw.maybe(made, "missing", 0.25, lambda: draw.one(("zero", "not evaluated", "blocks")))
    if draw.has(0.2):
        made |= _rounding(draw)
    draw.maybe(made, "not_below", 0.1, lambda: draw.one((0, Decimal("0.5"), 1)))
    draw.maybe(made, "not_above", 0.1, lambda: draw.one((1, 5, 5000)))
    draw.maybe(made, "unit", 0.03, lambda: "points")
    draw.maybe(made, "reference", 0.03, lambda: "1.1")
    draw.maybe(made, "note", 0.03, lambda: "a note")


def window(draw: Draw, kind: str = "", in_force: bool = True) -> Any:
    """A window as a table, or sometimes as the phrase."""
    unit, many = draw.one(("day", *UNITS)), draw.one((1, 1, 2, 3, 12))
    if unit == "day":
        many *= 30
    spans = ["period", "trailing", "trailing", "before", "next", "first", "whole", "to date", "ever"]
    if kind in STOCKS and in_force:
        spans += ["in force", "in force", "in force"]
    span = draw.one(spans)
    if draw.has(0.2) and span in ("period", "ever", "in force"):
        return span
    found: dict[str, Any] = {"span": span}
    if span in ("trailing", "before", "next", "first"):
        found |= {"length": many, "unit": unit}
        if span == "trailing" and unit != "day" and draw.has(0.3):
            found["is_calendar"] = True
    elif span in ("whole", "to date"):
        found["unit"] = draw.one((*UNITS, *OWN_YEARS))
    draw.maybe(found, "earlier_months", 0.15, lambda: draw.one((1, 3, 12)))
    draw.maybe(found, "cut_days", 0.1, lambda: draw.one((1, 5, 10)))
    return found


def _of(draw: Draw, before: dict[str, Any]) -> dict[str, Any]:
    if draw.has(0.12):
        return _adjusted(draw)
    kind = draw.one(list(VALUES))
    take = draw.one(("count", "distinct")) if kind in TEXT_ONLY or draw.has(0.3) else draw.one(TAKES)
    made: dict[str, Any] = {"of": kind, "take": take, "window": window(draw, kind)}
    draw.maybe(made, "whose", 0.3, lambda: draw.one(WHOSE))
    _which(draw, made, kind)
    if take == "distinct":
        made["value"] = draw.one(DIFFERENT.get(kind, VALUES[kind]))
    elif take != "count":
        _valued(draw, made, kind)
    draw.maybe(made, "minimum_rows", 0.1, lambda: draw.one((1, 2, 3)))
    draw.maybe(made, "times", 0.15, lambda: [_multiples(draw, kind) for _ in range(draw.randint(1, 2))])
    draw.maybe(made, "groups", 0.15 if not before else 0.3, lambda: _groups(draw, made, before))
    return made


def _which(draw: Draw, made: dict[str, Any], kind: str) -> None:
    """Which facts of a kind count, by what they are and by which of their days."""
    if kind == "deal" and draw.has(0.6):
        made["where"] = {"status": "won"}
    elif draw.has(0.35):
        made["where"] = where(draw, kind)
    if kind in OTHER_DAYS and draw.has(0.15):
        made["day"] = draw.one(OTHER_DAYS[kind])
    if kind == "contract" and made["window"] in ("in force", {"span": "in force"}) and draw.has(0.6):
        made["until"] = draw.one(("end", "outcome_on"))


def _valued(draw: Draw, made: dict[str, Any], kind: str) -> None:
    """What is measured of each fact."""
    made["value"] = draw.one(VALUES[kind])
    if kind == "deal":
        draw.maybe(made, "credit", 0.3, lambda: draw.one(("share", "full")))
    if made["value"] in ("amount", "recurring", "cost", "list_amount"):
        draw.maybe(made, "per", 0.1, lambda: {"EUR": 100, "USD": draw.one((88, 110))})
    draw.maybe(made, "each", 0.2, lambda: _each(draw))


def _adjusted(draw: Draw) -> dict[str, Any]:
    """A sum of money in which adjustments count."""
    kind = draw.one(("deal", "transaction", "fund_entry"))
    made: dict[str, Any] = {"of": kind, "take": "sum", "value": "amount", "window": window(draw)}
    draw.maybe(made, "whose", 0.3, lambda: draw.one(WHOSE))
    draw.maybe(made, "where", 0.3, lambda: where(draw, kind, 1))
    draw.maybe(made, "each", 0.2, lambda: _each(draw))
    return made | {"adjustments": draw.one(ADJUSTMENTS)}


def _each(draw: Draw) -> dict[str, Any]:
    made: dict[str, Any] = _rounding(draw) if draw.has(0.7) else {}
    draw.maybe(made, "not_below", 0.5, lambda: draw.one((0, 1)))
    draw.maybe(made, "not_above", 0.5, lambda: draw.one((5, 5000)))
    return made


def _rounding(draw: Draw) -> dict[str, Any]:
    made: dict[str, Any] = {"decimals": draw.one((0, 1, 2))}
    draw.maybe(made, "mode", 0.8, lambda: draw.one(("half-up", "half-even", "up", "down", "ceiling", "floor")))
    return made


def _multiples(draw: Draw, kind: str) -> list[dict[str, Any]]:
    found = [{"factor": draw.one((0, 2, 5, Decimal("0.5"))), "where": where(draw, kind, n)} for n in (1, 2)]
    for entry in found:
        if kind in NUMBERS and draw.has(0.25):
            entry["attribute"] = draw.one([name for name in NUMBERS[kind] if name != "margin"])
    return [*found[: draw.randint(1, 2)], *([{"factor": draw.one((1, 3))}] if draw.has(0.7) else [])]


def _groups(draw: Draw, rule: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"by": draw.one(DIFFERENT.get(rule["of"], ("attributes.channel",)))}
    if rule.get("whose", "own") != "own" and draw.has(0.5):
        made["by"] = "leg"
    draw.maybe(made, "not_above", 0.3, lambda: draw.one((1, 2, 1000, 5000)))
    if before and draw.has(0.12):
        made["not_above"] = {"metric": _named(draw, before), "times": draw.one((Decimal("0.5"), 1))}
    draw.maybe(made, "keep", 0.5, lambda: keep(draw))
    draw.maybe(made, "take", 0.7, lambda: draw.one(("count", "sum", "mean", "least", "greatest")))
    grouped = [name for name, rule in before.items() if "groups" in rule]
    if grouped:
        draw.maybe(made, draw.one(("among", "without")), 0.6, lambda: draw.one(grouped))
    return made


def _named(draw: Draw, before: dict[str, Any]) -> str:
    return draw.one(list(before))


def _ratio(draw: Draw, before: dict[str, Any]) -> dict[str, Any]:
    return {"ratio": [_named(draw, before), _named(draw, before)]}


def _growth(draw: Draw, before: dict[str, Any]) -> dict[str, Any]:
    of = _named(draw, before)
    made: dict[str, Any] = {"growth": of}
    if "of" in before[of] and "groups" not in before[of]:
        draw.maybe(made, "groups", 0.6, lambda: _groups(draw, before[of], before))
    draw.maybe(made, "growth_as", 0.8, lambda: draw.one(("share", "ratio", "amount")))
    draw.maybe(made, "growth_from", 0.8, lambda: draw.one(("a year before", "the period before")))
    draw.maybe(made, "minimum_base", 0.3, lambda: -1 if draw.has(0.4) else draw.bound())
    return made


def _retention(draw: Draw, before: dict[str, Any]) -> dict[str, Any]:
    of = draw.one(("due", "in force", "acquired", "active"))
    found = window(draw, in_force=False)
    if of == "in force":
        found = {"span": draw.one(("trailing", "before")), "length": draw.one((3, 12)), "unit": "month"}
    made = {"retention": draw.one(("gross revenue", "net revenue", "logo")), "retention_of": of, "window": found}
    draw.maybe(made, "whose", 0.3, lambda: draw.one(WHOSE))
    draw.maybe(made, "where", 0.2, lambda: where(draw, "contract", 1))
    draw.maybe(made, "minimum_rows", 0.1, lambda: 2)
    return made


def _mix(draw: Draw, before: dict[str, Any]) -> dict[str, Any]:
    return {"mix": [{"metric": name, "weight": draw.one((1, 2, 50))} for name in draw.some(list(before), 3)]}


def _total(draw: Draw, before: dict[str, Any]) -> dict[str, Any]:
    terms: list[dict[str, Any]] = [{"metric": name} for name in draw.some(list(before), 3)]
    for term in terms:
        draw.maybe(term, "times", 0.5, lambda: draw.one((-1, 2, Decimal("0.5"))))
    return {"total": terms}


def _listed(key: str) -> Callable[[Draw, dict[str, Any]], dict[str, Any]]:
    return lambda draw, before: {key: draw.some(list(before), 3)}


def _series(draw: Draw, before: dict[str, Any]) -> dict[str, Any]:
    fits = [n for n, r in before.items() if r.get("of") and _span(r) in ("period", "in force")]
    if not fits:
        return _of(draw, before)
    rule: dict[str, Any] = {"metric": draw.one(fits), "each": draw.one(UNITS)}
    rule["take"] = draw.one(("mean", "median", "sum", "least", "greatest", "greatest", "latest", "count"))
    draw.maybe(rule, "keep", 0.4, lambda: keep(draw))
    return {"series": rule, "window": window(draw)}


def _span(rule: dict[str, Any]) -> str:
    found = rule.get("window", "period")
    return str(found["span"] if isinstance(found, dict) else found)


def _power(draw: Draw, before: dict[str, Any]) -> dict[str, Any]:
    return {"power": {"metric": _named(draw, before), "to": draw.one((1, 2, 3))}}


def _fixed(draw: Draw, before: dict[str, Any]) -> dict[str, Any]:
    return {"fixed": draw.one((3, 100, Decimal("0.5"), -1))}


def _months(draw: Draw, before: dict[str, Any]) -> dict[str, Any]:
    return {"months_since": draw.one(("joined", "agreement_signed"))}


WAYS: tuple[Callable[[Draw, dict[str, Any]], dict[str, Any]], ...] = (
    *(_ratio, _growth, _growth, _retention, _retention, _mix, _total, _listed("product")),
    *(
        _listed("greatest_of"),
        _listed("least_of"),
        _series,
        _series,
        _series,
        _series,
        _series,
        _series,
        _power,
        _fixed,
        _months,
    ),
)


def paid_before(draw: Draw) -> dict[str, Any]:
    """What an earning paid in earlier periods: known when those that follow are worked out."""
    many, unit = draw.one(((1, "quarter"), (1, "month"), (3, "month"), (1, "year")))
    made: dict[str, Any] = {
        "says": "Paid before",
        "of": "earning",
        "take": draw.one(("sum", "count", "mean", "greatest")),
    }
    made |= {"window": {"span": "before", "length": many, "unit": unit}, "where": {"earning": "e0"}}
    draw.maybe(made, "missing", 0.3, lambda: "zero")
    draw.maybe(made, "whose", 0.3, lambda: draw.one(WHOSE[:-2]))
    return made


def of_earnings(draw: Draw, names: list[str]) -> dict[str, Any]:
    """A metric of what the program itself pays."""
    made: dict[str, Any] = {"says": "Paid", "of": "earning", "take": draw.one((*TAKES, "count", "distinct"))}
    made["window"] = draw.one(({"span": "before", "length": 1, "unit": "quarter"}, {"span": "trailing", "length": 3}))
    if made["take"] == "distinct":
        made["value"] = draw.one(("customer", "deal"))
    draw.maybe(made, "where", 0.7, lambda: {"earning": draw.some(names, 2)})
    draw.maybe(made, "whose", 0.4, lambda: draw.one(WHOSE[:-2]))
    return made
