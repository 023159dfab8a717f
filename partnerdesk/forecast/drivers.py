"""What moves a forecast: every open item by its exact worth and chance, new business by what it brings.

The worth of an event is the difference of two full evaluations, all else as it stands. By how much an item moves the
result is that worth times the spread of its chance.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import sqrt

from partnerdesk.engine.money import ZERO, decimals, rounded
from partnerdesk.forecast.chances import BY_PERSON, THIN
from partnerdesk.forecast.counting import Counted, Months, ahead
from partnerdesk.forecast.items import Item
from partnerdesk.forecast.prepared import Prepared
from partnerdesk.forecast.ranges import Driver

LOOKED_AT = 60  # the largest items, whose worth is worked out
TRIED = 50  # futures that are worked out without new business as well


def drivers(
    prepared: Prepared, months: Months, earned: Sequence[dict[date, Decimal]], counts: Counted
) -> tuple[Driver, ...]:
    """All drivers, the one that moves the result most first."""
    items = sorted(prepared.items, key=lambda item: (-_size(item), item.key))[:LOOKED_AT]
    found = [_of_item(prepared, months, item, counts) for item in items]
    new = _of_new_business(prepared, months, earned, counts)
    if new is not None:
        found.append(new)
    found = [driver for driver in found if driver.worth or driver.moves]
    return tuple(sorted(found, key=lambda d: (-abs(d.moves), d.kind, d.id)))


def worth(prepared: Prepared, months: Months, item: Item, counts: Counted) -> Decimal:
    """What is earned up to the horizon if an item goes well, against if it does not."""
    day = prepared.asked.as_of
    well, ill = (ahead(months.earned(prepared.with_one(item, way), counts), day) for way in (True, False))
    return well - ill


def _of_item(prepared: Prepared, months: Months, item: Item, counts: Counted) -> Driver:
    brings, chance = worth(prepared, months, item, counts), item.chance
    places = decimals(prepared.as_it_stands.of("partner")[0].currency)
    moves = rounded(brings * Decimal(f"{sqrt(max(0.0, chance * (1 - chance))):.6f}"), places)
    is_thin = item.cases < THIN and item.rests_on != BY_PERSON
    told = (item.rests_on, is_thin)
    return Driver(item.kind, item.id, item.says, item.day, Decimal(f"{chance:.4f}"), brings, moves, *told)


def _of_new_business(
    prepared: Prepared, months: Months, earned: Sequence[dict[date, Decimal]], counts: Counted
) -> Driver | None:
    """New business by what the same futures bring without it, and by half of what lucky ones bring above unlucky."""
    if not prepared.coming:
        return None
    amounts = [sum(one.amounts[n] for one in prepared.coming) for n in range(len(earned))]
    totals = [ahead(row, prepared.asked.as_of) for row in earned]
    middle = sorted(amounts)[len(amounts) // 2]
    high = [t for t, a in zip(totals, amounts, strict=True) if a >= middle]
    low = [t for t, a in zip(totals, amounts, strict=True) if a < middle]
    half = (_mean(high) - _mean(low)) / 2 if low else ZERO
    brings = _mean(totals[:TRIED]) - _mean(_without_new(prepared, months, counts))
    says = "New business in line with history"
    told = ("what this partner and others like it did before", False)
    return Driver("new business", "", says, None, Decimal(1), rounded(brings, 2), rounded(half, 2), *told)


def _without_new(prepared: Prepared, months: Months, counts: Counted) -> list[Decimal]:
    """What the first futures bring where nothing new comes: the same luck in all else."""
    found = []
    for scenario in range(min(TRIED, prepared.asked.scenarios)):
        rows = [row for way in prepared.drawn(scenario) for row in way.rows]
        found.append(ahead(months.earned(prepared.outcome(rows), counts), prepared.asked.as_of))
    return found


def _mean(amounts: Sequence[Decimal]) -> Decimal:
    return sum(amounts, ZERO) / len(amounts) if amounts else ZERO


def _size(item: Item) -> Decimal:
    row = item.alternatives[0].rows[0][1]
    amount: Decimal = getattr(row, "amount", None) or getattr(row, "recurring", None) or ZERO
    return abs(amount)
