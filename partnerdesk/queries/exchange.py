"""Amounts of several currencies in one, for lists, tiles and pages that add them up; nothing that is paid is made here.

It is the engine's own way, by the exchange table of the program that is in force on the day, at the last rate up to
that day: what is in the pipeline has no event yet whose day a program's rule could take.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.money import decimals, rounded
from partnerdesk.engine.rules import Exchange as Rule
from partnerdesk.engine.rules import Program
from partnerdesk.engine.world.exchange import exchanged
from partnerdesk.engine.world.index import Index


class Exchange:
    """Amounts of facts in one currency; `versions` are those of the program, oldest first, and may be none."""

    def __init__(self, world: Facts, currency: str, versions: Sequence[Program]) -> None:
        self.currency = currency
        self._index, self._versions = Index(world), versions

    def amount(self, amount: Decimal | None, currency: str, day: date) -> Decimal | None:
        """The amount at the day's rate; None without an amount or a rate."""
        if amount is None or currency == self.currency:
            return amount
        found = exchanged(self._index, self._table(day), currency, self.currency, None, day)
        return None if found is None else found.of(amount)

    def in_cents(self, amount: Decimal | None, currency: str, day: date) -> Decimal | None:
        """The same, rounded to the smallest unit of the currency."""
        found = self.amount(amount, currency, day)
        return None if found is None else rounded(found, decimals(self.currency))

    def _table(self, day: date) -> str:
        in_force = [v for v in self._versions if v.effective_from <= day] or [*self._versions[:1]]
        return in_force[-1].exchange.table if in_force else Rule().table
