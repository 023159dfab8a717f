"""Random funds and benefits."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tests.second.maker.draw import UNITS, Draw
from tests.second.maker.fund_entries import BENEFITS
from tests.second.maker.needs import need
from tests.second.maker.rates import Asked

KINDS = ("co-marketing", "co-innovation", "other")
RATES = ("0.01", "0.03", "0.05", "0.333")


def fund(draw: Draw, asked: Asked) -> dict[str, Any]:
    """A fund that accrues, is granted, or is filled by hand alone."""
    made: dict[str, Any] = {"says": draw.one(("Joint work", "Market fund"))}
    draw.maybe(made, "kind", 0.7, lambda: draw.one(KINDS))
    draw.maybe(made, "every", 0.8, lambda: draw.one(UNITS))
    draw.maybe(made, "when", 0.25, lambda: need(draw, *asked, 1))
    if draw.has(0.7):
        _accrues(draw, made, asked)
    if draw.has(0.5):
        made["grant"] = draw.one((100, 500))
        if asked.tiers:
            draw.maybe(made, "grant_by_tier", 0.5, lambda: {draw.one(asked.tiers): draw.one((0, 250))})
    draw.maybe(made, "use_periods", 0.5, lambda: draw.one((1, 2, 3)))
    draw.maybe(made, "use_within", 0.4, lambda: draw.one(UNITS))
    draw.maybe(made, "cost_share", 0.5, lambda: Decimal(draw.one(("0.5", "0.75"))))
    kinds = ("training", "demo", "benefit")
    draw.maybe(made, "cost_share_by", 0.4, lambda: {kind: draw.share() for kind in draw.some(kinds, 2)})
    draw.maybe(made, "claim_minimum", 0.3, lambda: draw.one((50, 300)))
    for name in ("decide_days", "claim_days", "proof_days", "pay_days"):
        draw.maybe(made, name, 0.5, lambda: draw.one((0, 10, 30, 60)))
    if "claim_days" not in made:
        draw.maybe(made, "claim_months", 0.5, lambda: draw.one((0, 1, 3)))
    draw.maybe(made, "lapsed", 0.5, lambda: draw.one(("returns", "forfeited")))
    draw.maybe(made, "reference", 0.1, lambda: "11.1")
    draw.maybe(made, "note", 0.1, lambda: "a note")
    return made


def _accrues(draw: Draw, made: dict[str, Any], asked: Asked) -> None:
    made["accrues_on"] = draw.one(asked.metrics)
    if draw.has(0.3):
        made["bands"] = _bands(draw, asked)
    else:
        made["rate"] = Decimal(draw.one(RATES))
    if asked.tiers:
        draw.maybe(made, "rate_by_tier", 0.5, lambda: {draw.one(asked.tiers): Decimal(draw.one(RATES))})
    draw.maybe(made, "minimum", 0.3, lambda: draw.one((10, 50)))
    draw.maybe(made, "at_most", 0.3, lambda: draw.one((60, 400)))


def _bands(draw: Draw, asked: Asked) -> dict[str, Any]:
    """Rates by the size of what is accrued on, or of another metric."""
    floors = sorted({0, *draw.some((1, 2, 50, 500, 4000), 2)}) if draw.has(0.8) else [draw.one((1, 300))]
    made: dict[str, Any] = {"how": draw.one(("marginal", "whole amount"))}
    made["steps"] = [{"from": floor, "rate": Decimal(draw.one(RATES))} for floor in floors]
    draw.maybe(made, "edge", 0.4, lambda: draw.one(("from", "above")))
    if made["how"] == "whole amount":
        draw.maybe(made, "by", 0.4, lambda: draw.one(asked.metrics))
    return made


def benefits(draw: Draw, funds: Mapping[str, Any]) -> dict[str, Any]:
    """What the benefits that tiers list bring."""
    return {name: _benefit(draw, name, funds) for name in draw.some(BENEFITS, 2)}


def _benefit(draw: Draw, name: str, funds: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"says": f"Benefit {name}"}
    draw.maybe(made, "delivered", 0.85, lambda: draw.one(("standing", "once", "once", *UNITS)))
    draw.maybe(made, "within_days", 0.5, lambda: draw.one((0, 20, 90)))
    draw.maybe(made, "protection_days", 0.5, lambda: draw.one((30, 200)))
    draw.maybe(made, "payout_days", 0.4, lambda: draw.one((0, 3, 20)))
    accruing = [key for key, rule in funds.items() if "accrues_on" in rule]
    if accruing and draw.has(0.6):
        made |= {"fund": draw.one(accruing), "fund_rate": Decimal(draw.one(RATES))}
    draw.maybe(made, "reference", 0.1, lambda: "12.1")
    draw.maybe(made, "note", 0.1, lambda: "a note")
    return made
