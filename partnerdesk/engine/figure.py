"""Arithmetic in two modes, so that a rule is written once.

`VALUES` computes with plain Decimals and keeps nothing: whole books, scenarios. `FIGURES` runs the same code and
keeps every step as a `Figure`, for one partner or one number: the trace *is* the calculation. A property test
holds both equal, and `replay` re-derives a figure's value from its leaves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from partnerdesk.engine.facts import Fact

N = TypeVar("N")


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

    `op` is one of given, rule, sum, difference, product, quotient, least, greatest, round, count, slices, line,
    mean, choice.
    `unit` is a currency code, "%", "points", "1" or a noun. `why` says why this branch and not the others;
    `excluded` lists what did not count, each with its reason.
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


@dataclass(frozen=True, slots=True)
class Excluded:
    """A fact that did not count, the reason in words, and what would make it count."""

    fact: Fact
    reason: str
    rule: str = ""
    remedy: str = ""


class Arithmetic(Protocol[N]):
    """What a rule may do with numbers. Labels and origins are kept in figures mode only."""

    traced: bool

    def value(self, n: N) -> Decimal: ...
    def given(self, value: Decimal, unit: str, label: str, origin: Origin) -> N: ...
    def rule(self, value: Decimal, unit: str, label: str, origin: Origin) -> N: ...
    def rows(
        self,
        rows: Sequence[Any],
        get: Callable[[Any], Decimal],
        unit: str,
        label: str,
        attribute: str,
        how: str = "sum",
    ) -> N: ...
    def sum(self, parts: Sequence[N], unit: str, label: str) -> N: ...
    def difference(self, a: N, b: N, label: str) -> N: ...
    def product(self, parts: Sequence[N], unit: str, label: str) -> N: ...
    def quotient(self, a: N, b: N, unit: str, label: str) -> N: ...
    def least(self, parts: Sequence[N], label: str) -> N: ...
    def greatest(self, parts: Sequence[N], label: str) -> N: ...
    def round(self, n: N, places: int, mode: str, label: str) -> N: ...
    def slices(self, base: N, bands: Sequence[tuple[Decimal, Decimal]], unit: str, label: str, origin: Origin) -> N: ...
    def interpolate(
        self, n: N, points: Sequence[tuple[Decimal, Decimal]], unit: str, label: str, origin: Origin
    ) -> N: ...
    def because(self, n: N, why: str, label: str = "") -> N: ...
