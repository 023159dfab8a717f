"""What moves a forecast: every open item by its exact worth and chance, new business by what it brings.

The worth of an event is the difference of two full evaluations, all else as it stands. By how much an item moves the
result is that worth times the spread of its chance.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import sqrt

from partnerdesk.engine.money import ZERO, decimals, rounded
from partnerdesk.forecast.apart import OneByOne, WithoutNew
from partnerdesk.forecast.chances import BY_PERSON, THIN
from partnerdesk.forecast.counting import Counted, Months, ahead
from partnerdesk.forecast.futures import futures
from partnerdesk.forecast.items import Item
from partnerdesk.forecast.prepared import Part, Prepared, Step
from partnerdesk.forecast.ranges import Driver

LOOKED_AT = 60  # the largest items, whose worth is worked out
TRIED = 50  # futures that are worked out without new business as well


class Worths:
    """What each item and new business are worth, from futures that differ in one of them. `step` may raise to stop."""

    def __init__(self, prepared: Prepared, months: Months, counts: Counted) -> None:
        self.prepared, self.months, self.counts = prepared, months, counts
        self.items = sorted(prepared.items, key=lambda item: (-_size(item), item.key))[:LOOKED_AT]

    @property
    def count(self) -> int:
        """How many futures that takes."""
        return 2 * len(self.items) + (min(TRIED, self.prepared.asked.scenarios) if self.prepared.coming else 0)

    def of_items(self, step: Step | None = None) -> list[Decimal]:
        """What is earned up to the horizon if each of the items goes well, against if it does not."""
        totals = self._totals(OneByOne(self.prepared, self.items), step) if self.items else []
        return [well - ill for well, ill in zip(totals[::2], totals[1::2], strict=True)]

    def without_new(self, step: Step | None = None) -> list[Decimal]:
        """What the first futures bring where nothing new comes."""
        return self._totals(WithoutNew(self.prepared, TRIED), step)

    def _totals(self, other: Prepared, step: Step | None) -> list[Decimal]:
        found = futures(other, self.months, self.counts, step)
        return [ahead(one.earned, self.prepared.asked.as_of) for one in found]


def drivers(worths: Worths, earned: Sequence[dict[date, Decimal]], step: Step | None = None) -> tuple[Driver, ...]:
    """All drivers, the one that moves the result most first. `step(done, total)` counts what `worths` takes."""
    brings = worths.of_items(step and Part(step, 0, worths.count))
    found = [_of_item(worths.prepared, item, worth) for item, worth in zip(worths.items, brings, strict=True)]
    if worths.prepared.coming:
        found.append(_of_new_business(worths, earned, step and Part(step, 2 * len(worths.items), worths.count)))
    found = [driver for driver in found if driver.worth or driver.moves]
    return tuple(sorted(found, key=lambda d: (-abs(d.moves), d.kind, d.id)))


def _of_item(prepared: Prepared, item: Item, brings: Decimal) -> Driver:
    chance = item.chance
    places = decimals(prepared.as_it_stands.of("partner")[0].currency)
    moves = rounded(brings * Decimal(f"{sqrt(max(0.0, chance * (1 - chance))):.6f}"), places)
    is_thin = item.cases < THIN and item.rests_on != BY_PERSON
    told = (item.rests_on, is_thin)
    return Driver(item.kind, item.id, item.says, item.day, Decimal(f"{chance:.4f}"), brings, moves, *told)


def _of_new_business(worths: Worths, earned: Sequence[dict[date, Decimal]], step: Step | None) -> Driver:
    """New business by what the same futures bring without it, and by half of what lucky ones bring above unlucky."""
    prepared = worths.prepared
    amounts = [sum(one.amounts[n] for one in prepared.coming) for n in range(len(earned))]
    totals = [ahead(row, prepared.asked.as_of) for row in earned]
    middle = sorted(amounts)[len(amounts) // 2]
    high = [t for t, a in zip(totals, amounts, strict=True) if a >= middle]
    low = [t for t, a in zip(totals, amounts, strict=True) if a < middle]
    half = (_mean(high) - _mean(low)) / 2 if low else ZERO
    brings = _mean(totals[:TRIED]) - _mean(worths.without_new(step))
    says = "New business in line with history"
    told = ("what this partner and others like it did before", False)
    return Driver("new business", "", says, None, Decimal(1), rounded(brings, 2), rounded(half, 2), *told)


def _mean(amounts: Sequence[Decimal]) -> Decimal:
    return sum(amounts, ZERO) / len(amounts) if amounts else ZERO


def _size(item: Item) -> Decimal:
    row = item.alternatives[0].rows[0][1]
    amount: Decimal = getattr(row, "amount", None) or getattr(row, "recurring", None) or ZERO
    return abs(amount)
