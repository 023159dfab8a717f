"""Debts that are waived: what was payable in parts is clawed back, and of the payouts before it some were made.

Drawn beside the pair, so that every other pair stays as it was.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import KINDS, Facts
from tests.second.maker.draw import Draw
from tests.second.maker.timing import clawback

PAID = (33, 50, 100, 150, 150, 300, -50)  # what a payout comes to, in full or in part, and what comes back of one
HALF = Decimal("0.5")


def waiving(draw: Draw, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The program with such terms."""
    settled = {"every": draw.one(("week", "month", "month", "quarter")), "negative": "next period"}
    for name, chance, values in (("minimum", 0.2, (50, 100)), ("cut_days", 0.2, (5, 10))):
        draw.maybe(settled, name, chance, lambda values=values: draw.one(values))
    draw.maybe(settled, "pays_after_months", 0.3, lambda: draw.one((0, 2)))
    draw.maybe(settled, "draw", 0.15, lambda: {"amount": draw.one((50, 100)), "recoverable": draw.has(0.5)})
    later = {"share": HALF, "parts": draw.one((2, 3)), "apart_months": 1, "after_months": 1}
    fee = {"says": "E0", "type": "UPFRONT", "on": "deal won", "amount": draw.one((100, 300))}
    claws = [clawback(draw, cause) for cause in draw.some(("churned", "refunded"), 2)]
    fee |= {"vests": [{"share": HALF}, later], "clawback": claws}
    return {**raw, "settlement": settled, "earning": raw["earning"] | {"e0": fee}}


def with_deals_that_go(draw: Draw, facts: Facts) -> Facts:
    """The facts with deals that are refunded or whose customers leave, and with payments of some of what they earn."""
    rows = {kind: list(found) for kind, found in facts.rows.items()}
    for number in range(draw.randint(1, 3)):
        for kind, values in _deal_that_goes(draw, f"W{number}", draw.one(facts.of("partner")).id):
            rows.setdefault(kind, []).append(KINDS[kind](**values))
    return Facts({kind: tuple(found) for kind, found in rows.items()})


def _deal_that_goes(draw: Draw, id: str, partner: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a deal, by kind."""
    won = draw.day()
    gone = won + timedelta(days=draw.one((3, 20, 45, 80, 120)))
    named = {"id": id, "partner": partner, "customer": id}
    yield "deal", named | {"status": "won", "closed": won, "amount": Decimal(900)}
    if draw.has(0.5):
        back = Decimal(-draw.one((450, 900)))
        yield "transaction", named | {"kind": "refund", "deal": id, "day": gone, "amount": back}
    else:
        term = {"start": won, "end": won + timedelta(days=364), "recurring": Decimal(900)}
        yield "contract", named | term | {"deal": id, "outcome": "churned", "outcome_on": gone}
    for n in range(draw.randint(0, 3)):
        day, amount = won + timedelta(days=draw.one((10, 30, 45, 75, 120))), Decimal(draw.one(PAID))
        yield "payment", {"id": f"{id}{n}", "partner": partner, "day": day, "amount": amount}
