"""Rows of one id of which each future has one: apart for who takes each by itself, and one row for all others.

Apart, each goes by an `Alias`: the same name as ever to whoever compares it, and another one where it is written, so
that the lines of two variants are two lines. As one row, a `Seen` tells what all variants have in common, an amount by
future, and of anything else what the futures have that go on.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from partnerdesk.engine.money import ZERO
from partnerdesk.forecast.varied import Course, Varied, Where


class Alias(str):
    """A row's id, written apart from that of its other variants."""

    __slots__ = ("public",)
    public: str

    def __new__(cls, public: str, variant: int) -> "Alias":
        made = super().__new__(cls, f"{public}\0{variant}")
        made.public = public
        return made

    def __eq__(self, other: object) -> bool:
        return self.public == (other.public if isinstance(other, Alias) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.public)

    def __reduce__(self) -> tuple[Any, ...]:
        return str, (self.public,)


def public(id: str) -> str:
    """The id that a row has outside of all futures."""
    return id.public if isinstance(id, Alias) else id


class Possible(NamedTuple):
    """A row that is there in some futures, and the same with its amounts only where it is."""

    plain: Any
    row: Any
    where: Where


def union(variants: Sequence[Possible]) -> Where:
    """The futures in which one of some variants is there."""
    return _any([p.where for p in variants])


def _any(wheres: Sequence[Where]) -> Where:
    found = wheres[0]
    for where in wheres[1:]:
        found = found | where
    return found


class Seen:
    """Variants of one row as one row. What differs among them is decided when it is read."""

    __slots__ = ("_course", "_variants", "id")

    def __init__(self, course: Course, variants: Sequence[Possible]) -> None:
        self.id = public(variants[0].plain.id)
        self._course, self._variants = course, variants

    def __getattr__(self, name: str) -> Any:
        there = [p for p in self._variants if (p.where & self._course.active).any()] or self._variants[:1]
        values = [getattr(p.plain, name) for p in there]
        if all(value == values[0] for value in values[1:]):
            return getattr(there[0].row, name) if len(there) == 1 else self._same(values[0], there)
        if all(type(value) is Decimal for value in values):
            return self._amounts(values, there)
        if all(type(value) is str for value in values):
            return Word(self, name)
        return self.told(name)

    def told(self, name: str) -> Any:
        """A value as the futures have it that go on."""
        there = [p for p in self._variants if (p.where & self._course.active).any()] or self._variants[:1]
        values = [getattr(p.plain, name) for p in there]
        among = union(there)
        for value in values if any(value != values[0] for value in values) else ():
            if self._course.decides(_any([p.where for p, v in zip(there, values, strict=True) if v == value]), among):
                return value
        return getattr(there[0].row, name)

    def says(self, name: str, word: object) -> bool:
        """Whether a text is this one in the futures that go on."""
        found = [p.where for p in self._variants if getattr(p.plain, name) == word]
        return bool(found) and self._course.decides(_any(found), union(self._variants))

    def _same(self, value: Any, there: Sequence[Possible]) -> Any:
        """A value that all variants have: a number only where one of them is."""
        among = union(there)
        is_whole = type(value) is not Decimal or self._course.covers(among)
        return value if is_whole else Varied(self._course, None, value, among)

    def _amounts(self, values: Sequence[Decimal], there: Sequence[Possible]) -> Varied:
        found = [ZERO] * self._course.count
        for value, p in zip(values, there, strict=True):
            for i in self._course.among(p.where):
                found[i] = value
        return Varied(self._course, found, None, union(there))


class Word:
    """A text that differs: it is compared before it is decided which one it is."""

    __slots__ = ("_name", "_seen")

    def __init__(self, seen: Seen, name: str) -> None:
        self._seen, self._name = seen, name

    def __eq__(self, other: object) -> bool:
        return self._seen.says(self._name, other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __bool__(self) -> bool:
        return not self._seen.says(self._name, "")

    def __str__(self) -> str:
        return str(self._seen.told(self._name))

    def __getattr__(self, name: str) -> Any:
        return getattr(str(self), name)
