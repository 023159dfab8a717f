"""The two modes of arithmetic behind one interface: `VALUES` keeps nothing, `FIGURES` keeps every step.

Both compute a value by the same few functions of `engine.figure` and `engine.money`, so a mode can only differ in
what it remembers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from operator import mul
from typing import Any

from partnerdesk.engine import money
from partnerdesk.engine.facts import KIND_OF
from partnerdesk.engine.figures.figure import (
    Bounds,
    Cut,
    Excess,
    Excluded,
    Figure,
    Option,
    Origin,
    cut_into_bands,
    on_scale,
    step_at,
    winner,
)
from partnerdesk.engine.figures.filling import cut_of, filled
from partnerdesk.engine.figures.numbers import Pairs, kept, multiplied, newly_entered, picked, raised, sliced
from partnerdesk.engine.money import ONE, ZERO


class Values:
    """Plain Decimals: fast, nothing kept."""

    traced, plain = False, True

    def value(self, n: Decimal) -> Decimal:
        return n

    def total(self, parts: Sequence[Decimal]) -> Decimal:
        return sum(parts, ZERO)

    def given(self, value: Decimal, unit: str, label: str, origin: Origin) -> Decimal:
        return value

    rule = given

    def leaf(self, fact: Any, attribute: str, value: Decimal, unit: str, label: str) -> Decimal:
        return value

    def sum(self, parts: Sequence[Decimal], unit: str, label: str) -> Decimal:
        return sum(parts, ZERO)

    def count(self, rows: Sequence[Any], unit: str, label: str) -> Decimal:
        return Decimal(len(rows))

    def pick(self, how: str, parts: Sequence[Decimal], unit: str, label: str) -> Decimal:
        return picked(how, parts)

    def kept(
        self, how: str, parts: Sequence[Decimal], bounds: Bounds, unit: str, label: str, best: int | None = None
    ) -> Decimal:
        return kept(how, parts, bounds, best)

    def power(self, n: Decimal, to: int, unit: str, label: str) -> Decimal:
        return raised(n, to)

    def difference(self, a: Decimal, b: Decimal, unit: str, label: str) -> Decimal:
        return a - b

    def product(self, parts: Sequence[Decimal], unit: str, label: str) -> Decimal:
        return reduce(mul, parts)

    def quotient(self, a: Decimal, b: Decimal, unit: str, label: str) -> Decimal:
        return a / b

    def least(self, parts: Sequence[Decimal], unit: str, label: str) -> Decimal:
        return min(parts)

    def greatest(self, parts: Sequence[Decimal], unit: str, label: str) -> Decimal:
        return max(parts)

    def round(self, n: Decimal, places: int, mode: str) -> Decimal:
        return money.rounded(n, places, mode)

    def negative(self, n: Decimal, label: str) -> Decimal:
        return -n

    def choice(self, table: Mapping[str, Decimal], key: str, unit: str, label: str, origin: Origin) -> Decimal:
        return table[key]

    def step(self, n: Decimal, steps: Pairs, unit: str, label: str, origin: Origin, edge: str = "from") -> Decimal:
        return step_at(n, steps, edge)

    def scale(self, n: Decimal, points: Pairs, unit: str, label: str, origin: Origin) -> Decimal:
        return on_scale(n, points)

    def cut(self, base: Decimal, before: Decimal | None, steps: Pairs) -> Cut:
        return cut_into_bands(base, ZERO if before is None else before, steps)

    def slices(
        self, base: Decimal, before: Decimal | None, steps: Pairs, cut: Pairs, unit: str, label: str, origin: Origin
    ) -> Decimal:
        return sliced(cut)

    def fill(self, base: Decimal, paid: Decimal | None, times: Decimal | None, steps: Pairs) -> Cut:
        return cut_of(filled(base, paid, times, steps), steps)

    def filled(
        self, base: Decimal, paid: Any, times: Any, steps: Pairs, cut: Pairs, unit: str, label: str, origin: Origin
    ) -> Decimal:
        return sliced(cut)

    def excess(self, base: Decimal, size: Decimal, bands: Excess, unit: str, label: str, origin: Origin) -> Decimal:
        return sliced(bands.slices(base, size))

    def entered(
        self, base: Decimal, before: Decimal | None, steps: Pairs, edge: str, unit: str, label: str, origin: Origin
    ) -> Decimal:
        return newly_entered(base, ZERO if before is None else before, steps, edge)

    def entry(self, options: Sequence[Option], resolve: str, unit: str, label: str, origin: Origin) -> Decimal:
        place = winner(options, resolve)
        return ZERO if place is None else options[place].value

    def split(self, amount: Decimal, shares: Sequence[Decimal], places: int, labels: Sequence[str]) -> list[Decimal]:
        return money.split(amount, shares, places)

    def spread(self, parts: Sequence[Decimal], places: int, mode: str) -> list[Decimal]:
        return money.spread(parts, places, mode)

    def because(self, n: Decimal, why: str, excluded: Sequence[Excluded] = ()) -> Decimal:
        return n

    def labelled(self, n: Decimal, label: str) -> Decimal:
        return n

    def of(self, fact: Any, n: Decimal) -> Decimal:
        return n


class Figures:
    """The same steps, each kept as a `Figure`."""

    traced, plain = True, False

    def value(self, n: Figure) -> Decimal:
        return n.value

    def total(self, parts: Sequence[Figure]) -> Decimal:
        return sum([part.value for part in parts], ZERO)

    def given(self, value: Decimal, unit: str, label: str, origin: Origin) -> Figure:
        return Figure(value, unit, label, "given", origin=origin)

    def rule(self, value: Decimal, unit: str, label: str, origin: Origin) -> Figure:
        return Figure(value, unit, label, "rule", origin=origin)

    def leaf(self, fact: Any, attribute: str, value: Decimal, unit: str, label: str) -> Figure:
        return Figure(value, unit, label, "given", origin=Origin(KIND_OF[type(fact)], fact.id, attribute))

    def sum(self, parts: Sequence[Figure], unit: str, label: str) -> Figure:
        return Figure(sum((p.value for p in parts), ZERO), unit, label, "sum", tuple(parts))

    def count(self, rows: Sequence[Any], unit: str, label: str) -> Figure:
        """Each row is a leaf that counts one; of a figure it matters only that it is there."""
        parts = tuple(
            Figure(ONE, unit, r.label, "once", (r,))
            if isinstance(r, Figure)
            else Figure(ONE, unit, label, "given", origin=Origin(KIND_OF[type(r)], r.id))
            for r in rows
        )
        return Figure(Decimal(len(rows)), unit, label, "count", parts)

    def pick(self, how: str, parts: Sequence[Figure], unit: str, label: str) -> Figure:
        return Figure(picked(how, [p.value for p in parts]), unit, label, how, tuple(parts))

    def kept(
        self, how: str, parts: Sequence[Figure], bounds: Bounds, unit: str, label: str, best: int | None = None
    ) -> Figure:
        value = kept(how, [p.value for p in parts], bounds, best)
        if best is None:
            return Figure(value, unit, label, "kept", tuple(parts), detail=(how, bounds))
        return Figure(value, unit, label, "best", tuple(parts), detail=(how, bounds, best))

    def power(self, n: Figure, to: int, unit: str, label: str) -> Figure:
        return Figure(raised(n.value, to), unit, label, "power", (n,), detail=(to,))

    def difference(self, a: Figure, b: Figure, unit: str, label: str) -> Figure:
        return Figure(a.value - b.value, unit, label, "difference", (a, b))

    def product(self, parts: Sequence[Figure], unit: str, label: str) -> Figure:
        return Figure(multiplied([p.value for p in parts]), unit, label, "product", tuple(parts))

    def quotient(self, a: Figure, b: Figure, unit: str, label: str) -> Figure:
        return Figure(a.value / b.value, unit, label, "quotient", (a, b))

    def least(self, parts: Sequence[Figure], unit: str, label: str) -> Figure:
        return Figure(min(p.value for p in parts), unit, label, "least", tuple(parts))

    def greatest(self, parts: Sequence[Figure], unit: str, label: str) -> Figure:
        return Figure(max(p.value for p in parts), unit, label, "greatest", tuple(parts))

    def round(self, n: Figure, places: int, mode: str) -> Figure:
        return Figure(money.rounded(n.value, places, mode), n.unit, n.label, "round", (n,), detail=(places, mode))

    def negative(self, n: Figure, label: str) -> Figure:
        return Figure(-n.value, n.unit, label, "negative", (n,))

    def choice(self, table: Mapping[str, Decimal], key: str, unit: str, label: str, origin: Origin) -> Figure:
        return Figure(table[key], unit, label, "choice", origin=origin, detail=(tuple(table.items()), key))

    def step(self, n: Figure, steps: Pairs, unit: str, label: str, origin: Origin, edge: str = "from") -> Figure:
        op = "step" if edge == "from" else "step above"
        return Figure(step_at(n.value, steps, edge), unit, label, op, (n,), origin, detail=tuple(steps))

    def scale(self, n: Figure, points: Pairs, unit: str, label: str, origin: Origin) -> Figure:
        return Figure(on_scale(n.value, points), unit, label, "scale", (n,), origin, detail=tuple(points))

    def cut(self, base: Figure, before: Figure | None, steps: Pairs) -> Cut:
        return cut_into_bands(base.value, ZERO if before is None else before.value, steps)

    def slices(
        self, base: Figure, before: Figure | None, steps: Pairs, cut: Pairs, unit: str, label: str, origin: Origin
    ) -> Figure:
        parts = (base, before) if before else (base,)
        return Figure(sliced(cut), unit, label, "slices", parts, origin, detail=(tuple(steps), tuple(cut)))

    def fill(self, base: Figure, paid: Figure | None, times: Figure | None, steps: Pairs) -> Cut:
        before, pace = (None if n is None else n.value for n in (paid, times))
        return cut_of(filled(base.value, before, pace, steps), steps)

    def filled(
        self, base: Figure, paid: Any, times: Any, steps: Pairs, cut: Pairs, unit: str, label: str, origin: Origin
    ) -> Figure:
        """Its parts are the base, then what was paid and what it is multiplied with, as far as there are any."""
        parts = tuple(n for n in (base, paid, times) if n is not None)
        detail = tuple(steps), paid is not None, times is not None
        return Figure(sliced(cut), unit, label, "filled", parts, origin, detail=detail)

    def excess(self, base: Figure, size: Figure, bands: Excess, unit: str, label: str, origin: Origin) -> Figure:
        value = sliced(bands.slices(base.value, size.value))
        return Figure(value, unit, label, "excess", (base, size), origin, detail=bands)

    def entered(
        self, base: Figure, before: Figure | None, steps: Pairs, edge: str, unit: str, label: str, origin: Origin
    ) -> Figure:
        value = newly_entered(base.value, ZERO if before is None else before.value, steps, edge)
        parts = (base, before) if before is not None else (base,)
        return Figure(value, unit, label, "entered", parts, origin, detail=(tuple(steps), edge))

    def entry(self, options: Sequence[Option], resolve: str, unit: str, label: str, origin: Origin) -> Figure:
        place = winner(options, resolve)
        value = ZERO if place is None else options[place].value
        return Figure(value, unit, label, "entry", origin=origin, detail=(resolve, tuple(options)))

    def split(self, amount: Figure, shares: Sequence[Decimal], places: int, labels: Sequence[str]) -> list[Figure]:
        parts = money.split(amount.value, shares, places)
        return [
            Figure(part, amount.unit, labels[i], "split", (amount,), detail=(tuple(shares), places, i))
            for i, part in enumerate(parts)
        ]

    def spread(self, parts: Sequence[Figure], places: int, mode: str) -> list[Figure]:
        found = money.spread([p.value for p in parts], places, mode)
        return [
            Figure(value, p.unit, p.label, "spread", tuple(parts), why=p.why, detail=(places, mode, i))
            for i, (p, value) in enumerate(zip(parts, found, strict=True))
        ]

    def because(self, n: Figure, why: str, excluded: Sequence[Excluded] = ()) -> Figure:
        return replace(n, why=why, excluded=tuple(excluded) or n.excluded)

    def labelled(self, n: Figure, label: str) -> Figure:
        return replace(n, label=label)

    def of(self, fact: Any, n: Figure) -> Figure:
        return n


VALUES = Values()
FIGURES = Figures()
