"""Seeded choices, and the small pools of values from which amounts, days and names are taken."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

T = TypeVar("T")

AMOUNTS = ("0", "100", "250", "333.33", "1000", "1000", "2500", "5000", "5000", "10000", "12345.67", "-100", "-1000")
BOUNDS = ("0", "1", "2", "100", "250", "1000", "2500", "5000", "7500", "10000", "15000")
SHARES = ("0.1", "0.25", "0.3", "0.5", "0.75", "1")
UNITS = ("month", "quarter", "half", "year")
OWN_YEARS = ("partner year", "agreement year")
OVER = (*UNITS, *OWN_YEARS)
FIRST, LAST = date(2025, 1, 1), date(2026, 9, 30)
EDGES = tuple(
    date(y, m, d)
    for y in (2025, 2026)
    for m, d in ((1, 1), (1, 31), (2, 28), (3, 31), (4, 1), (4, 30), (6, 30), (7, 1), (9, 30), (12, 31))
)


class Draw(random.Random):
    """The choices of one pair."""

    def has(self, chance: float) -> bool:
        return self.random() < chance

    def one(self, values: Sequence[T]) -> T:
        return self.choice(values)

    def some(self, values: Sequence[T], most: int) -> list[T]:
        """One or more different ones."""
        return self.sample(list(values), self.randint(1, min(most, len(values))))

    def amount(self) -> Decimal:
        return Decimal(self.one(AMOUNTS))

    def bound(self) -> Decimal:
        return Decimal(self.one(BOUNDS))

    def share(self) -> Decimal:
        return Decimal(self.one(SHARES))

    def day(self, first: date = FIRST, last: date = LAST) -> date:
        edges = [day for day in EDGES if first <= day <= last]
        if edges and self.has(0.4):
            return self.one(edges)
        return first + timedelta(days=self.randrange((last - first).days + 1))

    def maybe(self, table: dict[str, Any], key: str, chance: float, value: Any) -> None:
        """Sets a key of a table now and then; `value` is called for it."""
        if self.has(chance):
            table[key] = value()

    def split(self, parts: int) -> list[Decimal]:
        """Shares that sum to 1."""
        return [Decimal(x) for x in self.one(SPLITS[parts])]


SPLITS: dict[int, tuple[tuple[str, ...], ...]] = {
    1: (("1",),),
    2: (("0.5", "0.5"), ("0.3", "0.7"), ("0.25", "0.75")),
    3: (("0.5", "0.25", "0.25"), ("0.3", "0.3", "0.4"), ("0.34", "0.33", "0.33")),
}
