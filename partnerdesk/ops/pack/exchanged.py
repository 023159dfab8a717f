"""Amounts of a partner's world in the currency of the program, for pages that add them up."""

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerdesk.ops.pack.gathered import Gathered


def exchanged(g: "Gathered", amount: Decimal, currency: str) -> Decimal | None:
    """An amount in the program's currency at today's rate of its table; None where there is no rate."""
    if currency == g.program.currency:
        return amount
    rates = [r for r in g.world.of("exchange_rate") if r.table == g.program.exchange.table and r.rate and r.day]
    for base, quote in ((currency, g.program.currency), (g.program.currency, currency)):
        known = [r for r in rates if (r.base, r.quote) == (base, quote) and r.day <= g.as_of]
        if known:
            rate: Decimal = max(known, key=lambda r: r.day).rate
            return amount * rate if base == currency else amount / rate
    return None
