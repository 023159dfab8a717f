"""What many scenarios say of one amount: a range, and a forecast of a partner made of such ranges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.money import ZERO, decimals, rounded
from partnerdesk.engine.period import Period

SHARES = (10, 25, 50, 75, 90)


@dataclass(frozen=True, slots=True)
class Range:
    """The amounts below which 10, 25, 50, 75 and 90 of a hundred scenarios stay, and their mean."""

    p10: Decimal
    p25: Decimal
    p50: Decimal
    p75: Decimal
    p90: Decimal
    mean: Decimal

    @property
    def is_certain(self) -> bool:
        """Whether all but the outermost scenarios agree."""
        return self.p10 == self.p90


def range_of(amounts: Sequence[Decimal], currency: str) -> Range:
    """The range of some amounts. Raises ValueError for none."""
    if not amounts:
        raise ValueError("a range needs a scenario")
    rows, last = sorted(amounts), len(amounts) - 1
    found = [rows[(last * share + 50) // 100] for share in SHARES]
    p10, p25, p50, p75, p90 = found
    return Range(p10, p25, p50, p75, p90, rounded(sum(rows, ZERO) / len(rows), decimals(currency)))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A month, a quarter or the whole way, with what is earned and what becomes payable in it before any payment.

    `pipeline` is what a plain weighted pipeline says would be earned on what is due in it; `committed` is earned in it
    if nothing open closes, `possible` if all of it does, both without new business.
    """

    period: Period
    earned: Range
    payable: Range
    pipeline: Decimal
    committed: Decimal = ZERO
    possible: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Driver:
    """An open item, or new business: its chance, what it is worth, and by how much it moves the result.

    `worth` is the exact difference of what is earned up to the horizon with and without it, all else as it stands;
    of new business it is what it brings on average.
    """

    kind: str
    id: str
    says: str
    day: date | None
    chance: Decimal
    worth: Decimal
    moves: Decimal
    rests_on: str
    is_thin: bool


@dataclass(frozen=True, slots=True)
class Odds:
    """The chance that an open deal is won, or a contract kept, whenever that is."""

    kind: str
    id: str
    chance: Decimal


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A plain weighted pipeline: open amounts times their chances, at the rate that business brought lately."""

    amount: Decimal
    rate: Decimal
    earned: Decimal


@dataclass(frozen=True, slots=True)
class Forecast:
    """What may come of a partner up to the horizon. An estimate, not a promise.

    Months are whole ones: the running month holds what is earned in it already. `committed` is earned if nothing
    open closes, `possible` if all of it does; both without new business. `tiers` are those reached on the last day,
    the likeliest first, empty where a tier is not projected.
    """

    partner: str
    currency: str
    as_of: date
    horizon: date
    seed: int
    scenarios: int
    version: str
    months: tuple[Stretch, ...]
    quarters: tuple[Stretch, ...]
    whole: Stretch
    committed: Decimal
    possible: Decimal
    clawback: Decimal
    tier_today: str
    tiers: tuple[tuple[str, Decimal], ...]
    pipeline: Pipeline
    drivers: tuple[Driver, ...]
    assumes: tuple[str, ...]
    not_included: tuple[str, ...]
    odds: tuple["Odds", ...] = ()
