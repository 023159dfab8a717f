"""Numbers that differ from future to future, so that one run of the engine works out many futures at once.

A `Varied` number holds its value in every future of a `Course`, and in which of them there is such a number at all: a
line of a deal that is not won everywhere is only where it is won. Values are the Decimals that the engine would have
had, and every step is taken on each by the engine's own function, so that nothing is less exact.

Where the engine asks a question whose answer differs, the course goes on with the futures that give the commoner
answer and leaves the others to a later one. A number that is asked for anything else, or that meets one of other
futures, raises `Apart`: such futures are worked out one by one.
"""

import operator
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partnerdesk.engine.money import ZERO

Where = NDArray[np.bool_]
Op = Callable[..., Any]


class Apart(Exception):
    """Something that cannot be worked out for many futures at once."""


class Course:
    """One run for some futures: those `active` in it still, the groups it `left` out, and where rows are.

    `places` has, by the identity of a row that is not there everywhere, the futures in which it is.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.active: Where = np.ones(count, dtype=bool)
        self.left: list[Where] = []
        self.places: dict[int, Where] = {}

    def decides(self, truth: Where, where: Where | None = None) -> bool:
        """The answer of the futures that go on: of the greater part where they differ."""
        asked = self.active if where is None else self.active & where
        yes = asked & truth
        agree, all_ = int(np.count_nonzero(yes)), int(np.count_nonzero(asked))
        if agree in (0, all_):
            return agree > 0
        answer = agree * 2 >= all_
        others = asked & ~truth if answer else yes
        self.left.append(others)
        self.active = self.active & ~others
        return answer

    def covers(self, where: Where | None) -> bool:
        """Whether all futures that go on are among some."""
        return where is None or not np.any(self.active & ~where)

    def among(self, where: Where | None) -> list[int]:
        """The places of the futures that go on, of those named."""
        found: list[int] = np.flatnonzero(self.active if where is None else self.active & where).tolist()
        return found


class Varied:
    """A number by future: `values` in order, or `one` value where it is; `where` it is, everywhere if None."""

    __slots__ = ("_is_short", "course", "one", "values", "where")

    def __init__(
        self, course: Course, values: Sequence[Decimal] | None, one: Decimal | None = None, where: Where | None = None
    ) -> None:
        self.course, self.values, self.one, self.where = course, values, one, where
        self._is_short: bool | None = None

    def at(self, future: int) -> Decimal:
        """The value in a future in which it is."""
        return self.values[future] if self.values is not None else self.one  # type: ignore[return-value]

    @property
    def is_short(self) -> bool:
        """Whether sums of such numbers are exact in whatever order, as those of amounts of money are."""
        if self._is_short is None:
            values = [self.one] if self.values is None else (self.values[i] for i in self.course.among(self.where))
            self._is_short = all(is_short(value) for value in values if value is not None)
        return self._is_short

    def _asks(self, compare: Callable[[Any, Any], bool], other: Any) -> bool:
        where = met(self, other)
        if self.values is None and not isinstance(other, Varied):
            return compare(self.one, other)
        truth = np.zeros(self.course.count, dtype=bool)
        for i in self.course.among(where):
            truth[i] = compare(self.at(i), other.at(i) if isinstance(other, Varied) else other)
        return self.course.decides(truth, where)

    def __lt__(self, other: Any) -> bool:
        return self._asks(operator.lt, other)

    def __le__(self, other: Any) -> bool:
        return self._asks(operator.le, other)

    def __gt__(self, other: Any) -> bool:
        return self._asks(operator.gt, other)

    def __ge__(self, other: Any) -> bool:
        return self._asks(operator.ge, other)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decimal | int | Varied) and self._asks(operator.eq, other)

    def __bool__(self) -> bool:
        return not self._asks(operator.eq, ZERO)

    def __hash__(self) -> int:
        raise Apart("a number that differs names nothing")

    def __add__(self, other: Any) -> Any:
        return each(operator.add, together(self, other))

    def __radd__(self, other: Any) -> Any:
        return each(operator.add, together(other, self))

    def __sub__(self, other: Any) -> Any:
        return each(operator.sub, together(self, other))

    def __rsub__(self, other: Any) -> Any:
        return each(operator.sub, together(other, self))

    def __mul__(self, other: Any) -> Any:
        return each(operator.mul, (self, other))

    def __rmul__(self, other: Any) -> Any:
        return each(operator.mul, (other, self))

    def __truediv__(self, other: Any) -> Any:
        return each(operator.truediv, (self, other))

    def __rtruediv__(self, other: Any) -> Any:
        return each(operator.truediv, (other, self))

    def __neg__(self) -> Any:
        return each(operator.neg, (self,))

    def __abs__(self) -> Any:
        return each(abs, (self,))


def is_short(value: Decimal) -> bool:
    """Whether a value has so few digits that a sum of many such values never has to be rounded."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -8 and value.adjusted() <= 12


def met(*numbers: Any) -> Where | None:
    """The futures in which all of some numbers are; None for everywhere. Raises Apart for unlike ones."""
    found: Where | None = None
    for number in numbers:
        where = number.where if isinstance(number, Varied) else None
        if where is None or where is found or number.course.covers(where):
            continue
        if found is not None and not np.array_equal(where & number.course.active, found & number.course.active):
            raise Apart("two numbers that are not there in the same futures")
        found = where
    return found


def together(a: Any, b: Any) -> tuple[Any, Any]:
    """Two numbers that are in the same futures. Raises Apart where one of them is missing in some: what is meant then,
    nothing or no sum, only the arithmetic knows."""
    if is_everywhere(a) != is_everywhere(b):
        raise Apart("a number that is not there in all futures")
    return a, b


def is_everywhere(number: Any) -> bool:
    """Whether a number is there in all futures that go on."""
    return not isinstance(number, Varied) or number.course.covers(number.where)


def course_of(numbers: Sequence[Any]) -> Course | None:
    """The course of the first number that differs; None of plain ones."""
    return next((n.course for n in numbers if isinstance(n, Varied)), None)


def each(function: Op, numbers: Sequence[Any]) -> Any:
    """What a function of numbers gives, in every future in which all of them are; None is passed on."""
    course, where = course_of(numbers), met(*numbers)
    if course is None:
        return function(*numbers)
    if all(n.values is None for n in numbers if isinstance(n, Varied)):
        return Varied(course, None, function(*(n.one if isinstance(n, Varied) else n for n in numbers)), where)
    columns = [n.values if isinstance(n, Varied) and n.values is not None else _only(n, course) for n in numbers]
    inside = course.among(where)
    if len(inside) == course.count:
        return Varied(course, [*map(function, *columns)], None, where)
    values = [ZERO] * course.count
    for i in inside:
        values[i] = function(*(column[i] for column in columns))
    return Varied(course, values, None, where)


def _only(number: Any, course: Course) -> Sequence[Any]:
    return [number.one if isinstance(number, Varied) else number] * course.count
