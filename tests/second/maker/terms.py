"""Random settlement, rounding, eligibility, modules, stages and transitions."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tests.second.maker.draw import UNITS, Draw
from tests.second.maker.filters import where
from tests.second.maker.needs import need
from tests.second.maker.rates import Asked
from tests.second.maker.scores import MODES

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def rounding(draw: Draw) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if draw.has(0.2):
        made["decimals_of"] = "currency"
    else:
        draw.maybe(made, "decimals", 0.6, lambda: draw.one((0, 1, 2)))
    draw.maybe(made, "mode", 0.7, lambda: draw.one(MODES))
    draw.maybe(made, "point", 0.5, lambda: draw.one(("line", "total")))
    return made


def weeks(draw: Draw) -> dict[str, Any]:
    """A fiscal year of weeks."""
    made: dict[str, Any] = {"ends_on": draw.one(WEEKDAYS)}
    draw.maybe(made, "ends", 0.8, lambda: draw.one(("last", "nearest")))
    draw.maybe(made, "quarter", 0.8, lambda: draw.one(("4-4-5", "4-5-4", "5-4-4")))
    draw.maybe(made, "periods", 0.4, lambda: draw.one(("3-3-3-4", "3-3-4-3", "3-4-3-3", "4-3-3-3")))
    draw.maybe(made, "week_53", 0.5, lambda: draw.randint(1, 13 if "periods" in made else 12))
    return made


def settlement(draw: Draw, asked: Asked) -> dict[str, Any]:
    made: dict[str, Any] = {"every": draw.one(("week", "two weeks", "half-month", *UNITS))}
    if "week" in made["every"]:
        draw.maybe(made, "week_starts", 0.5, lambda: date(2025, 6, draw.randint(1, 30)))
    draw.maybe(made, "cut_days", 0.25, lambda: draw.one((2, 5)))
    draw.maybe(made, "pays_after_months", 0.3, lambda: draw.one((0, 2)))
    draw.maybe(made, "pays_on_day", 0.3, lambda: draw.one((1, 31)))
    draw.maybe(made, "pays_after_days", 0.25, lambda: draw.one((0, 5, 45)))
    draw.maybe(made, "pays_on_dates", 0.15, lambda: sorted({draw.day() for _ in range(draw.randint(1, 8))}))
    draw.maybe(made, "pays_on_days", 0.15, lambda: sorted(draw.some((1, 15, 20, 30, 31), 3)))
    draw.maybe(made, "pays_on_weekday", 0.3, lambda: draw.one(WEEKDAYS))
    if made.get("pays_on_weekday") not in WEEKDAYS[-2:]:
        draw.maybe(made, "business_days", 0.4, lambda: True)
    draw.maybe(made, "minimum", 0.4, lambda: draw.one((50, 100)))
    draw.maybe(made, "minimums", 0.25, lambda: [_minimum(draw) for _ in range(draw.randint(1, 2))])
    draw.maybe(made, "minimum_is", 0.4, lambda: draw.one(("at least", "above")))
    draw.maybe(made, "on_leaving", 0.4, lambda: draw.one(("carry", "pay", "forfeit")))
    draw.maybe(made, "lapses_after_months", 0.3, lambda: draw.one((1, 3, 12)))
    draw.maybe(made, "each", 0.4, lambda: draw.one(("partner", "type")))
    draw.maybe(made, "negative", 0.6, lambda: draw.one(("net", "next period", "invoice")))
    draw.maybe(made, "reference", 0.05, lambda: "7.1")
    draw.maybe(made, "pays", 0.25, lambda: [_pay_day(draw, asked) for _ in range(draw.randint(1, 2))])
    draw.maybe(made, "tax", 0.25, lambda: [_tax(draw) for _ in range(draw.randint(1, 2))])
    if made.get("each") != "type":
        draw.maybe(made, "draw", 0.45, lambda: _advance(draw, asked))
    return made


def _pay_day(draw: Draw, asked: Asked) -> dict[str, Any]:
    made: dict[str, Any] = {"when": need(draw, *asked, 1)}
    draw.maybe(made, "every", 0.7, lambda: draw.one(UNITS))
    if draw.has(0.5):
        return made | {"pays_after_days": draw.one((0, 3, 40))}
    made[draw.one(("pays_after_months", "pays_on_day"))] = draw.one((1, 2))
    draw.maybe(made, "pays_on_day", 0.5, lambda: draw.one((5, 31)))
    return made


def _minimum(draw: Draw) -> dict[str, Any]:
    made: dict[str, Any] = {"minimum": draw.one((0, 70, 500))}
    draw.maybe(made, "partner", 0.8, lambda: where(draw, "partner", 1))
    return made


def _tax(draw: Draw) -> dict[str, Any]:
    made: dict[str, Any] = {"rate": Decimal(draw.one(("0.1", "0.333"))), "says": "Tax"}
    draw.maybe(made, "partner", 0.5, lambda: where(draw, "partner", 1))
    return made


def _advance(draw: Draw, asked: Asked) -> dict[str, Any]:
    made: dict[str, Any] = {"amount": draw.one((50, 100, 500))}
    draw.maybe(made, "recoverable", 0.4, lambda: draw.has(0.5))
    draw.maybe(made, "recover_share", 0.4, lambda: Decimal("0.5"))
    if made.get("recoverable", True):
        draw.maybe(made, "recoverable_from_months", 0.3, lambda: draw.one((1, 2, 6)))
        draw.maybe(made, "recover_of", 0.5, lambda: draw.one(("excess", "earned", "earned")))
    draw.maybe(made, "months", 0.3, lambda: draw.one((3, 12)))
    if draw.has(0.8):
        made["when"] = need(draw, *asked, 1)
        draw.maybe(made, "every", 0.95, lambda: draw.one(UNITS))
    draw.maybe(made, "steps", 0.5, lambda: [{"from_months": n, "amount": draw.one((0, 20, 80))} for n in (2, 6)])
    return made


def eligibility(draw: Draw, metrics: Sequence[str], tiers: Sequence[str], has_score: bool) -> dict[str, Any]:
    made: dict[str, Any] = {}
    draw.maybe(made, "join", 0.3, lambda: need(draw, metrics, (), False, 1))
    for name in ("earn", "pay"):
        draw.maybe(made, name, 0.5, lambda: _gate(draw, need(draw, metrics, tiers, has_score, 1)))
    return made


def _gate(draw: Draw, when: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"when": when}
    draw.maybe(made, "every", 0.6, lambda: draw.one(UNITS))
    draw.maybe(made, "otherwise", 0.7, lambda: draw.one(("suspend", "forfeit")))
    draw.maybe(made, "says", 0.05, lambda: "in words")
    draw.maybe(made, "reference", 0.05, lambda: "8.1")
    return made


def disputes(draw: Draw) -> dict[str, Any]:
    made: dict[str, Any] = {"meanwhile": draw.one(("pay", "hold", "hold"))}
    for name in ("within_days", "answer_days"):
        draw.maybe(made, name, 0.3, lambda: draw.one((10, 45)))
    draw.maybe(made, "reference", 0.1, lambda: "6.1")
    return made


def of_debts(draw: Draw) -> dict[str, Any]:
    """What becomes of a debt, and of what is settled together: on that depends whether what is disputed is missed."""
    made = {"negative": draw.one(("net", "invoice", "next period", "next period"))}
    draw.maybe(made, "each", 0.6, lambda: draw.one(("partner", "type")))
    draw.maybe(made, "every", 0.5, lambda: draw.one(("week", "half-month", "month", "quarter")))
    return made


def stages(draw: Draw, metrics: Sequence[str], tiers: Sequence[str], has_score: bool) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for name in ("start", "grow", "stay")[: draw.randint(1, 3)]:
        stage: dict[str, Any] = {"name": name}
        draw.maybe(stage, "says", 0.1, lambda: "about")
        draw.maybe(stage, "done_when", 0.85, lambda: need(draw, metrics, tiers, has_score, 1))
        draw.maybe(stage, "milestones", 0.1, lambda: ["one"])
        made.append(stage)
    return made


def module(draw: Draw, program: Mapping[str, Any]) -> dict[str, Any]:
    """Other terms for some partners: a few keys of rules that are there, or rules that fall away."""
    made: dict[str, Any] = {"says": "Other terms", "partner": where(draw, "partner", 1)}
    draw.maybe(made, "reference", 0.08, lambda: "9.1")
    draw.maybe(made, "enrolled", 0.5, lambda: True)
    if draw.has(0.4):
        made["metric"] = {draw.one(list(program["metric"])): {"decimals": 0}}
    if "earning" in program and draw.has(0.7):
        name = draw.one(list(program["earning"]))
        made["earning"] = {name: {"least": 10}}
    if "cap" in program and draw.has(0.5):
        made["cap"] = {draw.one(list(program["cap"])): {"at_most": 300}}
    if "safety_net" in program and draw.has(0.5):
        made["safety_net"] = {"n0": {"at_least": 75}}
    if "holdback" in program and draw.has(0.5):
        made["holdback"] = {"h0": {"share": Decimal("0.5")}}
    if "fund" in program and draw.has(0.6):
        made["fund"] = {"f0": {"cost_share": Decimal("0.25")}}
    if "benefit" in program and draw.has(0.6):
        made["benefit"] = {draw.one(list(program["benefit"])): {"protection_days": 90}}
    kinds = ("earning", "cap", "safety_net", "holdback", "fund", "benefit")
    droppable = [f"{kind}.{n}" for kind in kinds for n in program.get(kind, {}) if n not in made.get(kind, {})]
    if droppable:
        draw.maybe(made, "drops", 0.4, lambda: [draw.one(droppable)])
    return made


def transition(draw: Draw, effective_from: date) -> dict[str, Any]:
    way = draw.one(("events", "new streams", "retroactive"))
    made: dict[str, Any] = {"applies_to": way}
    if way == "retroactive":
        made["since"] = date(2025, effective_from.month - 3, 1) if effective_from.year == 2025 else date(2025, 11, 1)
    draw.maybe(made, "reference", 0.05, lambda: "10.1")
    return made
