"""The third mode of arithmetic: the engine's rules on numbers that differ from future to future.

Each step is the engine's own function, taken in every future. What adds up numbers of several rows takes those that
are there; what is made of one number is where that number is.
"""

from collections.abc import Sequence
from decimal import Decimal
from operator import neg, sub
from typing import Any

from partnerdesk.engine import money
from partnerdesk.engine.figures.arithmetic import Values
from partnerdesk.engine.figures.figure import Bounds, Cut, Excess, Origin, cut_into_bands, on_scale, step_at
from partnerdesk.engine.figures.filling import cut_of, filled
from partnerdesk.engine.figures.numbers import Pairs, kept, multiplied, newly_entered, picked, raised, sliced
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.forecast.sums import added
from partnerdesk.forecast.varied import Apart, Course, Varied, course_of, each, is_everywhere, met


class Many(Values):
    """Numbers of many futures; see `engine.figure.Arithmetic` for what each step means."""

    plain = False

    def __init__(self, course: Course) -> None:
        self.course = course

    def of(self, fact: Any, n: Any) -> Any:
        """The number, only where the fact is: a row that is not there everywhere, or the line of one."""
        amount = getattr(fact, "amount", None)
        where = self.course.places.get(id(fact))
        if where is None and isinstance(fact, tuple) and isinstance(amount, Varied):
            where = amount.where
        if where is None or (isinstance(n, Varied) and n.where is where):
            return n
        own = Varied(self.course, None, n, where)
        return Varied(self.course, n.values, n.one, met(n, own)) if isinstance(n, Varied) else own

    def leaf(self, fact: Any, attribute: str, value: Any, unit: str, label: str) -> Any:
        return self.of(fact, value)

    def total(self, parts: Sequence[Any]) -> Any:
        return added(parts)

    def sum(self, parts: Sequence[Any], unit: str, label: str) -> Any:
        return added(parts)

    def count(self, rows: Sequence[Any], unit: str, label: str) -> Any:
        return added(
            [Varied(self.course, None, ONE, n.where) if isinstance(n, Varied) else self.of(n, ONE) for n in rows]
        )

    def pick(self, how: str, parts: Sequence[Any], unit: str, label: str) -> Any:
        if how == "sum":
            return added(parts)
        _everywhere(parts)
        return each(lambda *values: picked(how, values), parts)

    def kept(
        self, how: str, parts: Sequence[Any], bounds: Bounds, unit: str, label: str, best: int | None = None
    ) -> Any:
        _everywhere(parts)
        return each(lambda *values: kept(how, values, bounds, best), parts)

    def power(self, n: Any, to: int, unit: str, label: str) -> Any:
        return each(lambda value: raised(value, to), [n])

    def difference(self, a: Any, b: Any, unit: str, label: str) -> Any:
        """What is not there takes nothing away from what is."""
        if is_everywhere(a) and not is_everywhere(b):
            b = added([b])
        return each(sub, [a, b])

    def product(self, parts: Sequence[Any], unit: str, label: str) -> Any:
        return each(lambda *values: multiplied(values), parts)

    def quotient(self, a: Any, b: Any, unit: str, label: str) -> Any:
        return each(lambda over, under: over / under, [a, b])

    def least(self, parts: Sequence[Any], unit: str, label: str) -> Any:
        return each(lambda *values: min(values), parts)

    def greatest(self, parts: Sequence[Any], unit: str, label: str) -> Any:
        return each(lambda *values: max(values), parts)

    def round(self, n: Any, places: int, mode: str) -> Any:
        return each(lambda value: money.rounded(value, places, mode), [n])

    def negative(self, n: Any, label: str) -> Any:
        return each(neg, [n])

    def step(self, n: Any, steps: Pairs, unit: str, label: str, origin: Origin, edge: str = "from") -> Any:
        return each(lambda value: step_at(value, steps, edge), [n])

    def scale(self, n: Any, points: Pairs, unit: str, label: str, origin: Origin) -> Any:
        return each(lambda value: on_scale(value, points), [n])

    def cut(self, base: Any, before: Any, steps: Pairs) -> Cut:
        """Nothing: slices differ from future to future, and `slices` takes them in each."""
        return ()

    def slices(self, base: Any, before: Any, steps: Pairs, cut: Pairs, unit: str, label: str, origin: Origin) -> Any:
        def of(base: Decimal, before: Decimal | None) -> Decimal:
            return sliced(cut_into_bands(base, ZERO if before is None else before, steps))

        return each(of, [base, before])

    def fill(self, base: Any, paid: Any, times: Any, steps: Pairs) -> Cut:
        """Nothing, as `cut`."""
        return ()

    def filled(
        self, base: Any, paid: Any, times: Any, steps: Pairs, cut: Pairs, unit: str, label: str, origin: Origin
    ) -> Any:
        def of(base: Decimal, paid: Decimal | None, times: Decimal | None) -> Decimal:
            return sliced(cut_of(filled(base, paid, times, steps), steps))

        return each(of, [base, paid, times])

    def excess(self, base: Any, size: Any, bands: Excess, unit: str, label: str, origin: Origin) -> Any:
        return each(lambda base, size: sliced(bands.slices(base, size)), [base, size])

    def entered(self, base: Any, before: Any, steps: Pairs, edge: str, unit: str, label: str, origin: Origin) -> Any:
        def of(base: Decimal, before: Decimal | None) -> Decimal:
            return newly_entered(base, ZERO if before is None else before, steps, edge)

        return each(of, [base, before])

    def split(self, amount: Any, shares: Sequence[Decimal], places: int, labels: Sequence[str]) -> list[Any]:
        if not isinstance(amount, Varied):
            return money.split(amount, shares, places)
        whole = each(lambda value: money.split(value, shares, places), [amount])
        return [each(lambda parts, i=i: parts[i], [whole]) for i in range(len(shares))]

    def spread(self, parts: Sequence[Any], places: int, mode: str) -> list[Any]:
        """Rounded together with those that are there."""
        course = course_of(parts)
        if course is None:
            return money.spread(parts, places, mode)
        found = [[ZERO] * course.count for _ in parts]
        own = [n if isinstance(n, Varied) else Varied(course, None, n) for n in parts]
        for i in course.among(None):
            here = [k for k, n in enumerate(own) if n.where is None or n.where[i]]
            for k, value in zip(here, money.spread([own[k].at(i) for k in here], places, mode), strict=True):
                found[k][i] = value
        return [Varied(course, values, None, n.where) for n, values in zip(own, found, strict=True)]


def _everywhere(parts: Sequence[Any]) -> None:
    """Raises Apart where a number is not there in all futures: how many there are would count."""
    if not all(map(is_everywhere, parts)):
        raise Apart("what is picked of rows hangs on how many there are")
