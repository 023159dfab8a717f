"""What a plain weighted pipeline would have said: open amounts times their chances, at the rate of the past year.

It stands beside the forecast for comparison, as account managers know it. It knows no tiers, no bands, no caps, no
vesting, and no business that is not open yet.
"""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from partnerdesk.engine.money import ZERO, decimals, rounded
from partnerdesk.engine.period import Period, add_months
from partnerdesk.engine.whole import Outcome
from partnerdesk.engine.world.world import MissingRate
from partnerdesk.forecast.counting import Counted
from partnerdesk.forecast.prepared import Prepared
from partnerdesk.forecast.ranges import Pipeline

WEIGHED = {"deal": "amount", "contract": "recurring"}


class WeightedPipeline:
    """The weighted pipeline of a partner, whole and by period."""

    def __init__(self, prepared: Prepared, now: Outcome, counts: Counted) -> None:
        self.prepared, self.now, self.counts, self.currency = prepared, now, counts, now.currency
        self.day = prepared.asked.as_of
        self.since = add_months(self.day, -12)

    @cached_property
    def due(self) -> list[tuple[date, Decimal]]:
        """Weighted amounts by the day they are due."""
        found = []
        for item in self.prepared.items:
            if item.kind in WEIGHED and item.day is not None and not item.below:
                amount = self._amount(item.kind, item.alternatives[0].rows[0][1], self.day)
                found.append((item.day, amount * Decimal(f"{item.odds:.4f}")))
        return found

    @cached_property
    def rate(self) -> Decimal:
        """What was earned in a year on each unit of business that was won or renewed in it."""
        lines = (x for x in self.now.lines if self.since < x.process <= self.day and self.counts(x))
        made = self._won() + self._renewed()
        return rounded(sum((x.amount for x in lines), ZERO) / made, 4) if made > 0 else ZERO

    def _won(self) -> Decimal:
        rows = self.now.views.reckoning.world.rows("deal")
        won = (d for d in rows if d.status == "won" and self._is_late(d.closed))
        return sum((self._amount("deal", d, d.closed) for d in won), ZERO)

    def _renewed(self) -> Decimal:
        rows = self.prepared.as_it_stands.of("contract")
        found = (c for c in rows if c.partner == self.prepared.partner and c.renewal_of and self._is_late(c.start))
        return sum((self._amount("contract", c, c.start) for c in found), ZERO)

    def _amount(self, kind: str, row: Any, day: date) -> Decimal:
        """The partner's part of a row's amount in the program's currency; none without a rate, as in a statement."""
        world, amount = self.now.views.reckoning.world, getattr(row, WEIGHED[kind]) or ZERO
        if kind == "deal":
            amount *= world.share(row)
        if row.currency == world.currency or not amount:
            return amount
        try:
            return world.exchange(row.currency, day, world.terms.at(day).program.exchange).of(amount)
        except MissingRate:
            return ZERO

    def _is_late(self, day: date | None) -> bool:
        return day is not None and self.since < day <= self.day

    def within(self, period: Period) -> Decimal:
        """What would be earned on what is due in a period."""
        amount = sum((amount for day, amount in self.due if day in period), ZERO)
        return rounded(amount * self.rate, decimals(self.currency))

    @property
    def whole(self) -> Pipeline:
        amount = sum((amount for day, amount in self.due if day <= self.prepared.asked.horizon), ZERO)
        places = decimals(self.currency)
        return Pipeline(rounded(amount, places), self.rate, rounded(amount * self.rate, places))
