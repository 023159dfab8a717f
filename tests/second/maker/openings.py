"""Random openings of partners that were taken over: balances of a few lines of a former ledger, on one day."""

from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import KINDS
from tests.second.maker.draw import Draw

HELD = ("vesting", "vesting", "holdback")
WAITS = ("", "", "", "customer live", "first value", "contract start")


def openings(draw: Draw, ids: dict[str, list[str]]) -> list[Any]:
    """The rows of one or two partners, one of which may be refused: an amount of nothing, or another day."""
    found: list[Any] = []
    for partner in draw.some(ids["partner"], 2):
        day = draw.day(date(2025, 1, 1), date(2026, 2, 28))
        for line in draw.some(("L1", "L2", ""), 3):
            found += _line(draw, ids, partner, line, day, len(found))
    return found


def _line(draw: Draw, ids: dict[str, list[str]], partner: str, line: str, day: date, count: int) -> list[Any]:
    of: dict[str, Any] = {"partner": partner, "line": line, "earning": draw.one(("e0", "e0", "e1", ""))}
    of["event"] = draw.day(date(2024, 10, 1), day) if draw.has(0.8) else None
    for kind in ("deal", "contract", "customer", "product"):
        of[kind] = draw.one(ids[kind]) if ids.get(kind) and draw.has(0.5) else None
    return [_row(draw, of, day, count + n) for n in range(draw.one((1, 1, 2, 3)))]


def _row(draw: Draw, of: dict[str, Any], day: date, number: int) -> Any:
    make: Any = KINDS["opening"]
    kind = draw.one((*HELD, "payable", "receivable", "paid"))
    waits: dict[str, Any] = {}
    if kind in HELD:
        waits["waits_for"] = draw.one(WAITS)
        waits["due"] = draw.day(day, date(2026, 6, 30)) if draw.has(0.7) else None
        waits["if_active"] = draw.has(0.3)
    amount = Decimal(draw.one(("100", "250", "333.33", "1000", "5000", "0"))) if draw.has(0.98) else None
    own = {"currency": draw.one(("EUR", "EUR", "EUR", "USD"))}
    day = day if draw.has(0.95) else draw.day(date(2025, 1, 1), day)  # that one is refused
    return make(id=f"opening{number}", day=day, kind=kind, amount=amount, **of, **waits, **own)
