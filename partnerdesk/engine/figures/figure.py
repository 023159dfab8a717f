"""Arithmetic in two modes, so that a rule is written once.

`VALUES` computes with plain Decimals and keeps nothing: whole books, scenarios. `FIGURES` runs the same code and
keeps every step as a `Figure`, for one partner or one number: the trace *is* the calculation. A property test
holds both equal, and `replay` re-derives a figure's value from its leaves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple, Protocol, TypeVar

from partnerdesk.engine.facts import Fact
from partnerdesk.engine.money import ZERO


class Number(Protocol):
    """What rules compute with, a Decimal or a Figure: it compares by value."""

    def __lt__(self, other: Decimal, /) -> bool: ...
    def __le__(self, other: Decimal, /) -> bool: ...
    def __gt__(self, other: Decimal, /) -> bool: ...
    def __ge__(self, other: Decimal, /) -> bool: ...


N = TypeVar("N", bound=Number)

# At least, above, at most, below; None where a bound is not set.
Bounds = tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]


def is_zero(number: Number) -> bool:
    """Whether a number of either mode is zero."""
    return not (number > ZERO or number < ZERO)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a leaf comes from: a field of a fact's row, or a key of a program version."""

    kind: str  # a fact kind, or "rule"
    id: str
    field: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value that explains itself.

    `op` names how `value` follows from `parts` and `detail`; `engine.replay` derives it again. `unit` is a currency
    code, "%", "points", "1" or a noun. `why` says why this branch and not the others; `excluded` lists what did not
    count, each with its reason.
    """

    value: Decimal
    unit: str
    label: str
    op: str
    parts: tuple["Figure", ...] = ()
    origin: Origin | None = None
    why: str = ""
    detail: tuple[Any, ...] = ()
    excluded: tuple["Excluded", ...] = field(default=(), compare=False)

    def __lt__(self, other: "Decimal | Figure") -> bool:
        return self.value < _plain(other)

    def __le__(self, other: "Decimal | Figure") -> bool:
        return self.value <= _plain(other)

    def __gt__(self, other: "Decimal | Figure") -> bool:
        return self.value > _plain(other)

    def __ge__(self, other: "Decimal | Figure") -> bool:
        return self.value >= _plain(other)


def _plain(number: Decimal | Figure) -> Decimal:
    return number.value if isinstance(number, Figure) else number


@dataclass(frozen=True, slots=True)
class Excluded:
    """A fact that did not count, the reason in words, and what would make it count.

    `day` places it in a period: the day the rule looked at, such as a contract's outcome for a renewal.
    """

    fact: Fact
    reason: str
    rule: str = ""
    remedy: str = ""
    day: date | None = None


# Slices of an amount, each with its rate.
Cut = tuple[tuple[Decimal, Decimal], ...]


class Arithmetic(Protocol[N]):
    """What a rule may do with numbers. Labels, reasons and origins are kept in figures mode only.

    Where numbers are `plain`, they are bare Decimals on which shortcuts work. `of` ties a number to the fact without
    which it would not be, `cut` and `fill` show the slices that `slices` and `filled` take of a base.
    """

    traced: bool
    plain: bool

    def value(self, n: N) -> Decimal: ...
    def total(self, parts: Sequence[N]) -> Decimal: ...
    def given(self, value: Decimal, unit: str, label: str, origin: Origin) -> N: ...
    def rule(self, value: Decimal, unit: str, label: str, origin: Origin) -> N: ...
    def leaf(self, fact: Any, attribute: str, value: Decimal, unit: str, label: str) -> N: ...
    def sum(self, parts: Sequence[N], unit: str, label: str) -> N: ...
    def count(self, rows: Sequence[Any], unit: str, label: str) -> N: ...
    def pick(self, how: str, parts: Sequence[N], unit: str, label: str) -> N: ...
    def kept(
        self, how: str, parts: Sequence[N], bounds: "Bounds", unit: str, label: str, best: int | None = None
    ) -> N: ...
    def power(self, n: N, to: int, unit: str, label: str) -> N: ...
    def difference(self, a: N, b: N, unit: str, label: str) -> N: ...
    def product(self, parts: Sequence[N], unit: str, label: str) -> N: ...
    def quotient(self, a: N, b: N, unit: str, label: str) -> N: ...
    def least(self, parts: Sequence[N], unit: str, label: str) -> N: ...
    def greatest(self, parts: Sequence[N], unit: str, label: str) -> N: ...
    def round(self, n: N, places: int, mode: str) -> N: ...
    def negative(self, n: N, label: str) -> N: ...
    def choice(self, table: Mapping[str, Decimal], key: str, unit: str, label: str, origin: Origin) -> N: ...
    def step(
        self,
        n: N,
        steps: Sequence[tuple[Decimal, Decimal]],
        unit: str,
        label: str,
        origin: Origin,
        edge: str = "from",
    ) -> N: ...
    def scale(self, n: N, points: Sequence[tuple[Decimal, Decimal]], unit: str, label: str, origin: Origin) -> N: ...
    def cut(self, base: N, before: N | None, steps: Sequence[tuple[Decimal, Decimal]]) -> "Cut": ...
    def slices(
        self,
        base: N,
        before: N | None,
        steps: Sequence[tuple[Decimal, Decimal]],
        cut: Sequence[tuple[Decimal, Decimal]],
        unit: str,
        label: str,
        origin: Origin,
    ) -> N: ...
    def excess(self, base: N, size: N, bands: "Excess", unit: str, label: str, origin: Origin) -> N: ...
    def fill(self, base: N, paid: N | None, times: N | None, steps: Sequence[tuple[Decimal, Decimal]]) -> "Cut": ...
    def filled(
        self,
        base: N,
        paid: N | None,
        times: N | None,
        steps: Sequence[tuple[Decimal, Decimal]],
        cut: Sequence[tuple[Decimal, Decimal]],
        unit: str,
        label: str,
        origin: Origin,
    ) -> N: ...
    def entered(
        self,
        base: N,
        before: N | None,
        steps: Sequence[tuple[Decimal, Decimal]],
        edge: str,
        unit: str,
        label: str,
        origin: Origin,
    ) -> N: ...
    def entry(self, options: Sequence["Option"], resolve: str, unit: str, label: str, origin: Origin) -> N: ...
    def split(self, amount: N, shares: Sequence[Decimal], places: int, labels: Sequence[str]) -> list[N]: ...
    def spread(self, parts: Sequence[N], places: int, mode: str) -> list[N]: ...
    def because(self, n: N, why: str, excluded: Sequence[Excluded] = ()) -> N: ...
    def labelled(self, n: N, label: str) -> N: ...
    def of(self, fact: Any, n: N) -> N: ...


def cut_into_bands(
    base: Decimal, before: Decimal, steps: Sequence[tuple[Decimal, Decimal]]
) -> tuple[tuple[Decimal, Decimal], ...]:
    """Slices (amount, rate) of `base` when `before` already stands below it; bands are half-open, [floor, next floor).

    A negative base takes its slices off the top again, and below zero the bands are mirrored: adding an amount and
    taking it back restores every number, in whatever order.
    """
    low, high = (before, before + base) if base >= 0 else (before + base, before)
    if low >= 0:
        found = _slices(low, high, steps) if low < high else []
    else:
        found = _slices(max(ZERO, -high), -low, steps) + _slices(ZERO, max(ZERO, high), steps)
    return tuple(found) if base >= 0 else tuple((-part, rate) for part, rate in found)


def _slices(low: Decimal, high: Decimal, steps: Sequence[tuple[Decimal, Decimal]]) -> list[tuple[Decimal, Decimal]]:
    """What lies in each band between two amounts from zero up, from the lowest; below the first floor is no band."""
    found = []
    for floor, rate in reversed(steps):
        if floor < high:
            if floor <= low:
                found.append((high - low, rate))
                break
            found.append((high - floor, rate))
            high = floor
    found.reverse()
    return found


def is_inside(value: Decimal, bounds: Bounds) -> bool:
    """Whether a value lies inside bounds."""
    at_least, above, at_most, below = bounds
    return (
        (at_least is None or value >= at_least)
        and (above is None or value > above)
        and (at_most is None or value <= at_most)
        and (below is None or value < below)
    )


def step_at(value: Decimal, steps: Sequence[tuple[Decimal, Decimal]], edge: str = "from") -> Decimal:
    """The entry of the highest floor that the value reaches; zero below the first.

    With edge "from" a floor belongs to its own band, with "above" to the band below.
    """
    reached = ZERO
    for floor, entry in steps:
        if value < floor or (value == floor and edge == "above"):
            break
        reached = entry
    return reached


class Excess(NamedTuple):
    """Bands of which only what lies above `above` earns the rate of the band reached."""

    steps: tuple[tuple[Decimal, Decimal], ...]
    above: Decimal
    edge: str

    def slices(self, base: Decimal, size: Decimal) -> tuple[tuple[Decimal, Decimal], ...]:
        """What is paid at the first band's rate, and what at the rate of the band that `size` reaches."""
        whole, first, reached = abs(base), self.steps[0][1], step_at(size, self.steps, self.edge)
        low = min(whole, max(self.above, ZERO))
        sign = 1 if base >= 0 else -1
        return tuple((sign * part, rate) for part, rate in ((low, first), (whole - low, reached)) if part)


def amounts_entered(value: Decimal, steps: Sequence[tuple[Decimal, Decimal]], edge: str) -> Decimal:
    """The fixed amounts of all bands that a value has entered; nothing at zero, mirrored below it."""
    size = abs(value)
    total = sum(
        (amount for floor, amount in steps if size and (floor < size or (floor == size and edge == "from"))), ZERO
    )
    return total if value >= 0 else -total


class Option(NamedTuple):
    """An entry of a table as it stands for one event: what it gives, whether it fits, what decides among several."""

    value: Decimal
    fits: bool
    conditions: int = 0
    months: int = 0
    pays: Decimal = ZERO
    says: str = ""


def winner(options: Sequence[Option], resolve: str) -> int | None:
    """The place of the entry that counts: of those that fit the most specific, the first, or the one that pays most."""
    best: int | None = None
    for i, option in enumerate(options):
        if option.fits and (best is None or _beats(option, options[best], resolve)):
            best = i
    return best


def _beats(option: Option, best: Option, resolve: str) -> bool:
    """Whether an entry beats an earlier one."""
    if resolve == "greatest":
        return option.pays > best.pays
    return resolve != "first" and (option.conditions, option.months) > (best.conditions, best.months)


def on_scale(value: Decimal, points: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """Piecewise linear between the points, flat outside them."""
    if value <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if value <= x1:
            return y0 + (value - x0) * (y1 - y0) / (x1 - x0)
    return points[-1][1]
