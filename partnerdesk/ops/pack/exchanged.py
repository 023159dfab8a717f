"""Amounts of a partner's world in the currency of the program, for pages that add them up."""

from datetime import date
from decimal import Decimal
from typing import Protocol

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.rules import Program


class Rated(Protocol):
    """What rates are looked up by: the facts, the day, and the program that names their table."""

    @property
    def world(self) -> Facts: ...
    @property
    def as_of(self) -> date: ...
    @property
    def program(self) -> Program | None: ...


def exchanged(g: Rated, amount: Decimal, currency: str) -> Decimal | None:
    """An amount in the program's currency at today's rate of its table; None where there is no rate or program."""
    if g.program is None:
        return None
    if currency == g.program.currency:
        return amount
    rates = [r for r in g.world.of("exchange_rate") if r.table == g.program.exchange.table and r.rate and r.day]
    for base, quote in ((currency, g.program.currency), (g.program.currency, currency)):
        known = [r for r in rates if (r.base, r.quote) == (base, quote) and r.day <= g.as_of]
        if known:
            rate: Decimal = max(known, key=lambda r: r.day).rate
            return amount * rate if base == currency else amount / rate
    return None
