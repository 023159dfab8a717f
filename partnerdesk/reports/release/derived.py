"""What a layout may work out of its data: totals of columns and groups, steps, differences and growths in a row.

A number that is none of these did not come from the partner's rows.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate, chain, combinations, pairwise
from typing import Any

from partnerdesk.reports.release.walked import names_of, values_of

_ZERO = Decimal(0)
_GROUPS = (str, bool, type(None))


def of_row(row: Any) -> Iterator[Decimal]:
    """Sums, differences and growths of two numbers of a row."""
    for one, other in combinations(set(_numbers(row).values()), 2):
        yield one - other
        yield one + other
        yield from ((one - other) / base for base in (one, other) if base)
        yield from (part / base for part, base in ((one, other), (other, one)) if base)


def of_rows(rows: Sequence[Any]) -> Iterator[Decimal]:
    """Totals, running totals and steps of each column of rows of one kind, whole and by group."""
    if len(rows) > 1 and all(isinstance(row, Decimal) for row in rows):
        yield from _of_column(rows)
    if not rows or not names_of(type(rows[0])) or {type(row) for row in rows} != {type(rows[0])}:
        return
    yield from _of_schedules(rows)
    for group in _groups(rows):
        yield from _by_month(group)
        columns: dict[str, list[Decimal]] = defaultdict(list)
        for row in group:
            for name, number in _numbers(row).items():
                columns[name].append(number)
        totals = {name: sum(column, _ZERO) for name, column in columns.items()}
        for column in columns.values():
            yield from _of_column(column)
        yield from (one - other for one, other in combinations(set(totals.values()), 2))
        yield from (one + other for one, other in combinations(set(totals.values()), 2))
        yield Decimal(len(group))


def totals(rows: Sequence[Any]) -> Iterator[Decimal]:
    """What a sheet adds up of rows of one kind: the total of each column, and what falls due by month."""
    if len(rows) < 2 or {type(row) for row in rows} != {type(rows[0])} or not (names := names_of(type(rows[0]))):
        return
    has_schedules = False
    for column in zip(*(values_of(row, names) for row in rows), strict=True):
        kinds = set(map(type, column))
        if Decimal in kinds:
            yield sum((n for n in column if isinstance(n, Decimal)), _ZERO)
        has_schedules |= tuple in kinds
    if has_schedules:
        yield from _of_schedules(rows)


def _of_schedules(rows: Sequence[Any]) -> Iterator[Decimal]:
    """Amounts that fall due on days, by month and from a month on: of all rows and of each."""
    dated = [_schedule(row) for row in rows]
    for pairs in (list(chain.from_iterable(dated)), *dated):
        months: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
        for day, amount in pairs:
            months[day.year, day.month] += amount
        column = [amount for _, amount in sorted(months.items())]
        yield from column
        yield from _of_column(column)


def _by_month(rows: Sequence[Any]) -> Iterator[Decimal]:
    """Each column of rows by the month of each of their days, and up to that month: what a chart of months shows."""
    days = [name for name in names_of(type(rows[0])) if any(type(getattr(row, name)) is date for row in rows)]
    columns = [_numbers(row) for row in rows] if days else []
    for name in days:
        months: dict[tuple[str, int, int], Decimal] = defaultdict(Decimal)
        for row, numbers in zip(rows, columns, strict=True):
            if isinstance(day := getattr(row, name), date):
                for column, number in numbers.items():
                    months[column, day.year, day.month] += number
        for column in {key[0] for key in months}:
            yield from accumulate(months[key] for key in sorted(months) if key[0] == column)
        yield from months.values()


def _schedule(row: Any) -> list[tuple[date, Decimal]]:
    """The days and amounts in the rows of a row."""
    found: list[tuple[date, Decimal]] = []
    for value in values_of(row, names_of(type(row))):
        if type(value) is tuple and value and isinstance(value[0], tuple):
            found += [p for p in value if len(p) == 2 and isinstance(p[0], date) and isinstance(p[1], Decimal)]
    return found


def _of_column(column: Sequence[Decimal]) -> Iterator[Decimal]:
    yield from accumulate(column)
    yield from accumulate(reversed(column))
    yield sum((n for n in column if n > 0), _ZERO)
    yield from (after - before for before, after in pairwise(column))


def _groups(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """All rows, and those that have a word, a flag or an empty field in common; one row alone adds up to itself."""
    yield list(rows)
    for name in names_of(type(rows[0])):
        found: dict[Any, list[Any]] = defaultdict(list)
        for row in rows:
            value = getattr(row, name)
            found[value if isinstance(value, _GROUPS) else "something"].append(row)
        if len(found) > 1:
            yield from (group for group in found.values() if len(group) > 1)


def _numbers(row: Any) -> dict[str, Decimal]:
    """The numbers of a row and of the rows in it, by name."""
    named = ((name, getattr(row, name)) for name in names_of(type(row)))
    return {name: value for name, value in named if isinstance(value, Decimal)}
