"""Sums of numbers that differ from future to future: what is not there in a future adds nothing to it.

Amounts that are the same wherever they are (most open deals) are added as whole numbers of their smallest digit, all
futures at once. Where a number has so many digits that an order of adding could show, each future adds in the
engine's own order.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from partnerdesk.engine.money import ZERO
from partnerdesk.forecast.varied import Course, Varied, course_of, is_short

_MOST = 1 << 62


def added(parts: Sequence[Any]) -> Any:
    """The sum of numbers, there in every future; plain where all of them are."""
    course = course_of(parts)
    if course is None:
        return sum(parts, ZERO)
    if all(n.is_short if isinstance(n, Varied) else is_short(n) for n in parts):
        return _in_any_order(course, parts)
    return _in_order(course, parts)


def _in_order(course: Course, parts: Sequence[Any]) -> Varied:
    values = [ZERO] * course.count
    for part in parts:
        if isinstance(part, Varied):
            for i in course.among(part.where):
                values[i] += part.at(i)
        else:
            values = [value + part for value in values]
    return Varied(course, values)


def _in_any_order(course: Course, parts: Sequence[Any]) -> Varied:
    plain = sum((p for p in parts if not isinstance(p, Varied)), ZERO)
    varied = [p for p in parts if isinstance(p, Varied)]
    same = [p for p in varied if p.values is None]
    values = _of_same(course, same, plain) if same else [plain] * course.count
    for part in varied:
        if part.values is not None:
            for i in course.among(part.where):
                values[i] += part.values[i]
    return Varied(course, values)


def _of_same(course: Course, parts: Sequence[Varied], plain: Decimal) -> list[Decimal]:
    """Amounts that are the same wherever they are, and a plain one."""
    amounts: list[Decimal] = [p.one for p in parts if p.one is not None]
    least = min(int(amount.as_tuple().exponent) for amount in amounts)
    wholes = [int(amount.scaleb(-least)) for amount in amounts]
    if sum(map(abs, wholes)) >= _MOST:
        return _one_by_one(course, parts, plain)
    total = np.zeros(course.count, dtype=np.int64)
    for part, whole in zip(parts, wholes, strict=True):
        np.add(total, whole, out=total, where=True if part.where is None else part.where)
    return [plain + Decimal(whole).scaleb(least) for whole in total.tolist()]


def _one_by_one(course: Course, parts: Sequence[Varied], plain: Decimal) -> list[Decimal]:
    values = [plain] * course.count
    for part in parts:
        for i in course.among(part.where):
            values[i] += part.at(i)
    return values
