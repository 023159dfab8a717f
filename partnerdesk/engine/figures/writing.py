"""How numbers and days are written inside sentences: as British English does, unless a document sets its own manner.

A sentence is made where the rule is known, far from the document that prints it; so the manner is what holds around
the call, like the precision of decimal arithmetic, and every thread has its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from typing import Protocol


class Manner(Protocol):
    """The words for numbers and days in one locale."""

    def number(self, value: Decimal, places: int = 0) -> str: ...

    def day(self, day: date) -> str: ...


_manner: ContextVar[Manner | None] = ContextVar("manner", default=None)


@contextmanager
def written(manner: Manner) -> Iterator[None]:
    """Within this block sentences have their numbers and days in this manner."""
    token = _manner.set(manner)
    try:
        yield
    finally:
        _manner.reset(token)


def manner() -> Manner | None:
    """The manner that holds, or None for the usual one."""
    return _manner.get()


def places(number: Decimal) -> int:
    """How many decimals a number has, without needless zeros."""
    return max(0, -int(number.normalize().as_tuple().exponent))
