"""Book-wide sales: totals, periods, growth, groups, cohorts, targets and win rates. Amounts of one currency at a time.

Revenue is what won deals brought, on the day they closed; lines, units and products come from the lines of those
deals. Figures of a partner under a program are the engine's (`evaluate`); nothing here knows a program.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.money import ZERO, major
from partnerdesk.engine.period import Period, add_months, period_at

_GROUPS = {
    "country": ("p.country", "LEFT JOIN partner p ON p.id = d.partner"),
    "type": ("p.type", "LEFT JOIN partner p ON p.id = d.partner"),
    "partner": ("d.partner", ""),
    "owner": ("d.owner", ""),
    "territory": ("t.name", "LEFT JOIN territory t ON t.id = json_extract(d.attributes, '$.territory')"),
    "product": ("l.product", ""),
    "category": ("r.category", "LEFT JOIN product r ON r.id = l.product"),
    "family": ("r.family", "LEFT JOIN product r ON r.id = l.product"),
}
_BY_LINE = ("product", "category", "family")


@dataclass(frozen=True, slots=True)
class SalesRow:
    """Sales of a whole, a period or a group. `growth` is against the same period a year before, as a share.

    `cost` is None where no deal has one. `new_partners` are those whose first deal was won in the period.
    """

    label: str
    currency: str
    deals: int
    lines: int
    units: Decimal
    revenue: Decimal
    cost: Decimal | None
    partners: int
    products: int
    first: date | None
    last: date | None
    growth: Decimal | None = None
    new_partners: int = 0

    @property
    def margin(self) -> Decimal | None:
        return None if self.cost is None else self.revenue - self.cost

    @property
    def margin_share(self) -> Decimal | None:
        """Margin over revenue; None without revenue."""
        return None if self.margin is None or not self.revenue else self.margin / self.revenue


@dataclass(slots=True)
class _Sum:
    """Sales while they are added up, in minor units."""

    deals: int = 0
    lines: int = 0
    units: Decimal = ZERO
    revenue: int = 0
    cost: int | None = None
    partners: set[str] | None = None
    products: set[str] | None = None
    first: str = ""
    last: str = ""

    def add_deals(self, partner: str | None, deals: int, revenue: int, cost: int | None, first: str, last: str) -> None:
        self.deals += deals
        self.revenue += revenue
        self.cost = cost if self.cost is None else self.cost + (cost or 0)
        self.partners = (self.partners or set()) | ({partner} if partner else set())
        self.first = min(filter(None, (self.first, first)), default="")
        self.last = max(self.last, last)

    def add_lines(self, product: str | None, quantity: str | None, count: int) -> None:
        self.lines += count
        self.units += Decimal(quantity) * count if quantity else ZERO
        self.products = (self.products or set()) | ({product} if product else set())

    def row(self, label: str, currency: str) -> SalesRow:
        return SalesRow(
            label,
            currency,
            self.deals,
            self.lines,
            self.units,
            major(self.revenue, currency),
            None if self.cost is None else major(self.cost, currency),
            len(self.partners or ()),
            len(self.products or ()),
            date.fromisoformat(self.first) if self.first else None,
            date.fromisoformat(self.last) if self.last else None,
        )


def sales(session: Session, start: date | None = None, end: date | None = None) -> tuple[SalesRow, ...]:
    """All sales between two days, both included, one row per currency."""
    found = _summed(session, lambda day: "" if _within(day, start, end) else None)
    return tuple(s.row("", currency) for (_, currency), s in sorted(found.items()))


def sales_by_period(session: Session, unit: str, year_start: int = 1) -> tuple[SalesRow, ...]:
    """Sales of each month, quarter, half or year in which there were any, in order, with growth and new partners."""

    def period(day: str) -> Period:
        return period_at(date.fromisoformat(day), unit, year_start)

    found = _summed(session, lambda day: period(day).label)
    newcomers = _newcomers(session, lambda day: period(day).label)
    rows = {key: s.row(*key) for key, s in found.items()}
    done = []
    for (label, currency), row in sorted(rows.items(), key=lambda item: (item[0][1], item[1].first or date.min)):
        before = period_at(add_months(row.first or date.min, -12), unit, year_start).label
        earlier = rows.get((before, currency))
        growth = row.revenue / earlier.revenue - 1 if earlier and earlier.revenue else None
        done.append(replace(row, growth=growth, new_partners=newcomers.get((label, currency), 0)))
    return tuple(done)


def _within(day: str, start: date | None, end: date | None) -> bool:
    return (start is None or day >= start.isoformat()) and (end is None or day <= end.isoformat())


def _summed(session: Session, label: Callable[[str], str | None]) -> dict[tuple[str, str], _Sum]:
    """Sums by label of the closing day and currency; a day without a label is left out."""
    found: dict[tuple[str, str], _Sum] = defaultdict(_Sum)
    labels: dict[str, str | None] = {}
    deals = (
        "SELECT closed, currency, partner, count(*), coalesce(sum(amount), 0), sum(cost) FROM deal "
        "WHERE status = 'won' AND closed IS NOT NULL GROUP BY closed, currency, partner"
    )
    for day, currency, partner, count, revenue, cost in _rows(session, deals):
        name = labels[day] if day in labels else labels.setdefault(day, label(day))
        if name is not None:
            found[name, currency].add_deals(partner, count, revenue, cost, day, day)
    lines = (
        "SELECT d.closed, d.currency, l.product, l.quantity, count(*) FROM deal_line l JOIN deal d ON d.id = l.deal "
        "WHERE d.status = 'won' AND d.closed IS NOT NULL GROUP BY d.closed, d.currency, l.product, l.quantity"
    )
    for day, currency, product, quantity, count in _rows(session, lines):
        name = labels[day] if day in labels else labels.setdefault(day, label(day))
        if name is not None:
            found[name, currency].add_lines(product, quantity, count)
    return found


def _newcomers(session: Session, label: Callable[[str], str]) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    sql = (
        "SELECT currency, min(closed) FROM deal WHERE status = 'won' AND partner IS NOT NULL GROUP BY currency, partner"
    )
    for currency, day in _rows(session, sql):
        if day:
            counts[label(day), currency] += 1
    return counts


def _rows(session: Session, sql: str, values: Sequence[Any] = ()) -> Iterable[Any]:
    return session.connection().exec_driver_sql(sql, tuple(values)).fetchall()


def sales_by(session: Session, what: str, start: date | None = None, end: date | None = None) -> tuple[SalesRow, ...]:
    """Sales by country, type, partner, owner, territory, product, category or family, the largest first.

    By product, category and family the amounts are those of the lines. The label is "" where nothing is known.
    """
    column, join = _GROUPS[what]
    days = "d.closed BETWEEN ? AND ?"
    span = (start.isoformat() if start else "0000", end.isoformat() if end else "9999")
    found: dict[tuple[str, str], _Sum] = defaultdict(_Sum)
    if what in _BY_LINE:
        sql = (
            f"SELECT coalesce({column}, ''), d.currency, d.partner, count(DISTINCT d.id), coalesce(sum(l.amount), 0), "
            f"sum(l.cost), min(d.closed), max(d.closed) FROM deal_line l JOIN deal d ON d.id = l.deal {join} "
            f"WHERE d.status = 'won' AND {days} GROUP BY 1, 2, 3"
        )
    else:
        sql = (
            f"SELECT coalesce({column}, ''), d.currency, d.partner, count(*), coalesce(sum(d.amount), 0), sum(d.cost), "
            f"min(d.closed), max(d.closed) FROM deal d {join} WHERE d.status = 'won' AND {days} GROUP BY 1, 2, 3"
        )
    for label, currency, *values in _rows(session, sql, span):
        found[label, currency].add_deals(*values)
    lines = (
        f"SELECT coalesce({column}, ''), d.currency, l.product, l.quantity, count(*) FROM deal_line l "
        f"JOIN deal d ON d.id = l.deal {join} WHERE d.status = 'won' AND {days} GROUP BY 1, 2, 3, 4"
    )
    for label, currency, product, quantity, count in _rows(session, lines, span):
        found[label, currency].add_lines(product, quantity, count)
    rows = [s.row(label, currency) for (label, currency), s in found.items()]
    return tuple(sorted(rows, key=lambda r: (r.currency, -r.revenue, r.label)))


@dataclass(frozen=True, slots=True)
class BookCounts:
    """How many rows the book has, and what about them is worth knowing before a figure is trusted."""

    partners: int
    partners_with_sales: int
    partners_without_sales: int
    partner_names: int
    names_of_several_partners: tuple[str, ...]
    products: int
    product_names: int
    lines: int
    lines_below_cost: int
    lines_not_shipped: int  # of those deliveries that have a day they are due
    undescribed: tuple[tuple[str, int], ...]  # kind, rows that are named and not described


def counts(session: Session) -> BookCounts:
    """Counts of partners, products and lines; rows that are only named do not count."""
    described = "instr(attributes, '\"known by\"') = 0"
    partners = _one(session, f"SELECT count(*) FROM partner WHERE {described}")
    selling = _one(
        session,
        f"SELECT count(*) FROM partner WHERE {described} AND id IN (SELECT partner FROM deal WHERE status = 'won')",
    )
    twice = f"SELECT name FROM partner WHERE {described} GROUP BY name HAVING count(*) > 1 ORDER BY name"
    undescribed = [
        (kind, _one(session, f"SELECT count(*) FROM {kind} WHERE NOT {described}"))
        for kind in ("partner", "customer", "product", "person", "territory")
    ]
    return BookCounts(
        partners,
        selling,
        partners - selling,
        _one(session, f"SELECT count(DISTINCT name) FROM partner WHERE {described}"),
        tuple(row[0] for row in _rows(session, twice)),
        _one(session, f"SELECT count(*) FROM product WHERE {described}"),
        _one(session, f"SELECT count(DISTINCT name) FROM product WHERE {described}"),
        _one(session, "SELECT count(*) FROM deal_line"),
        _one(session, "SELECT count(*) FROM deal_line WHERE amount < cost"),
        _one(session, "SELECT count(*) FROM deal_line WHERE due IS NOT NULL AND shipped IS NULL"),
        tuple((kind, n) for kind, n in undescribed if n),
    )


def _one(session: Session, sql: str) -> int:
    """The number that a select of one number gives."""
    return next((int(row[0] or 0) for row in _rows(session, sql)), 0)
