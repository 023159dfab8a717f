"""All facts of a book, grouped once: by kind and partner, by id, by what they belong to; and rows in order of day."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from operator import attrgetter, lt
from typing import Any, NamedTuple

from partnerdesk.engine.facts import Facts, Partner
from partnerdesk.engine.world.columns import Columns, parted


class Series(NamedTuple):
    """Rows in order of (day, id) with their days, for windows by bisection."""

    days: list[date]
    rows: list[Any]

    def between(self, start: date | None, end: date) -> list[Any]:
        """The rows from `start` (ever, when None) to `end`, both inclusive."""
        low = 0 if start is None else bisect_left(self.days, start)
        return self.rows[low : bisect_right(self.days, end)]

    def dated(self, start: date | None, end: date) -> Iterator[tuple[date, Any]]:
        """The same rows, each behind its day."""
        low, high = 0 if start is None else bisect_left(self.days, start), bisect_right(self.days, end)
        return zip(self.days[low:high], self.rows[low:high], strict=True)


EMPTY = Series([], [])


def ordered(
    rows: Iterable[Any], day_of: Callable[[Any], date | None], known: Sequence[date | None] | None = None
) -> Series:
    """Rows that have a day, in order of (day, id): the stated key of same-day ties; a list in order is kept as it is.

    The days are `known` where they were read already.
    """
    dated = rows if isinstance(rows, list) else list(rows)
    days: list[Any] = [*map(day_of, dated)] if known is None else list(known)
    if type(None) in {*map(type, days)}:
        dated = [row for row, day in zip(dated, days, strict=True) if day is not None]
        days = [day for day in days if day is not None]
    # Rows mostly come in order, one a day: then no id needs to be looked at.
    if not is_rising(days):
        dated = sorted(dated, key=_ID)
        dated.sort(key=day_of)  # type: ignore[arg-type]  # those without a day are gone
        days = [*map(day_of, dated)]
    return Series(days, dated)


def is_rising(days: Sequence[date]) -> bool:
    """Whether each day is later than the one before."""
    return all(map(lt, days, islice(days, 1, None)))


_ID = attrgetter("id")


class Index:
    """All facts of a book, grouped once; worlds of single partners are cut from it.

    Columns are read only where all partners `is_whole` are asked about: for a few of them that would take longer.
    """

    def __init__(self, facts: Facts, is_whole: bool = False) -> None:
        self.facts, self.is_whole = facts, is_whole
        self._columns: dict[str, Columns | None] = {}
        self.plain: dict[object, bool] = {}  # whether a metric draws on plain amounts in every row of its kind
        self.shared: dict[Any, Any] = {}  # worlds that several partners look at
        self._by_partner: dict[str, dict[str, list[Any]]] = {}
        self._by_id: dict[str, dict[str, Any]] = {}
        self._by: dict[tuple[str, str], dict[str, list[Any]]] = {}
        self.credits = self._grouped("credit", "deal")

    def rows(self, kind: str, partner: str) -> list[Any]:
        groups = self._by_partner.get(kind)
        if groups is None:
            columns = self.columns(kind)
            owner = "id" if kind == "partner" else "partner"  # a partner's own row is one of its facts
            groups = self._by_partner[kind] = columns.rows if columns else self._grouped(kind, owner)
        return groups.get(partner, [])

    def columns(self, kind: str) -> Columns | None:
        """The columns of a kind; None where they are not worth reading."""
        if kind not in self._columns:
            rows = self.facts.of(kind)
            is_read = self.is_whole and rows and hasattr(rows[0], "partner")
            self._columns[kind] = Columns(rows) if is_read else None
        return self._columns[kind]

    def belonging(self, kind: str, attribute: str, owner: str) -> list[Any]:
        """Rows of a kind that name `owner` in `attribute`, such as the checks of a deployment."""
        key = (kind, attribute)
        if key not in self._by:
            self._by[key] = self._grouped(kind, attribute)
        return self._by[key].get(owner, [])

    def row(self, kind: str, id: str | None) -> Any:
        if id is None:
            return None
        if kind not in self._by_id:
            self._by_id[kind] = {r.id: r for r in self.facts.of(kind)}
        return self._by_id[kind].get(id)

    def _grouped(self, kind: str, attribute: str) -> dict[str, list[Any]]:
        rows = self.facts.of(kind)
        if not rows or not hasattr(rows[0], attribute):
            return {}
        groups = parted(map(attrgetter(attribute), rows), rows)
        groups.pop(None, None)
        return groups

    @cached_property
    def rates(self) -> dict[tuple[str, str, str], Series]:
        """Exchange rates by (table, base, quote)."""
        groups: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
        for row in self.facts.of("exchange_rate"):
            if row.day is not None and row.rate:
                groups[row.table, row.base, row.quote].append(row)
        return {key: ordered(rows, lambda r: r.day) for key, rows in groups.items()}

    def partners(self) -> tuple[Partner, ...]:
        return self.facts.of("partner")
