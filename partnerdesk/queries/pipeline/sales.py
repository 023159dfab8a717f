"""Book-wide sales: totals, periods, growth, groups, cohorts, targets and win rates. Amounts of one currency at a time.

Revenue is what won deals brought, on the day they closed; lines, units and products come from the lines of those
deals. Figures of a partner under a program are the engine's (`evaluate`); nothing here knows a program.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.money import ZERO, major
from partnerdesk.engine.period import CALENDAR_YEAR, Calendar, FiscalYear

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
    partners: set[str] = field(default_factory=set)
    products: set[str] = field(default_factory=set)
    first: str = ""
    last: str = ""

    def add_deals(self, partner: str | None, deals: int, revenue: int, cost: int | None, first: str, last: str) -> None:
        self.deals += deals
        self.revenue += revenue
        self.cost = cost if self.cost is None else self.cost + (cost or 0)
        if partner:
            self.partners.add(partner)
        self.first = min(self.first or first, first)
        self.last = max(self.last, last)

    def add_units(self, quantity: str | None, count: int) -> None:
        self.lines += count
        self.units += Decimal(quantity) * count if quantity else ZERO

    def row(self, label: str, currency: str) -> SalesRow:
        return SalesRow(
            label,
            currency,
            self.deals,
            self.lines,
            self.units,
            major(self.revenue, currency),
            None if self.cost is None else major(self.cost, currency),
            len(self.partners),
            len(self.products),
            date.fromisoformat(self.first) if self.first else None,
            date.fromisoformat(self.last) if self.last else None,
        )


def sales(session: Session, start: date | None = None, end: date | None = None) -> tuple[SalesRow, ...]:
    """All sales between two days, both included, one row per currency."""
    found = _summed(session, lambda day: "", _span(start, end))
    return tuple(s.row("", currency) for (_, currency), s in sorted(found.items()))


def sales_by_period(session: Session, unit: str, year: FiscalYear = CALENDAR_YEAR) -> tuple[SalesRow, ...]:
    """Sales of each month, quarter, half or year in which there were any, in order, with growth and new partners."""

    calendar = Calendar(year)

    def label(day: str) -> str:
        return calendar.at(date.fromisoformat(day), unit).label

    found = _summed(session, label, _span(None, None))
    newcomers = _newcomers(session, label)
    rows = {key: s.row(*key) for key, s in found.items()}
    done = []
    for (name, currency), row in sorted(rows.items(), key=lambda item: (item[0][1], item[1].first or date.min)):
        before = calendar.months_before(calendar.at(row.first or date.min, unit), 12).label
        earlier = rows.get((before, currency))
        growth = row.revenue / earlier.revenue - 1 if earlier and earlier.revenue else None
        done.append(replace(row, growth=growth, new_partners=newcomers.get((name, currency), 0)))
    return tuple(done)


def _span(start: date | None, end: date | None) -> tuple[str, str]:
    return (start.isoformat() if start else "0000", end.isoformat() if end else "9999")


_WON = "d.status = 'won' AND d.closed BETWEEN ? AND ?"
_LINES = "FROM deal_line l JOIN deal d ON d.id = l.deal"


def _summed(session: Session, label: Callable[[str], str], span: tuple[str, str]) -> dict[tuple[str, str], _Sum]:
    """Sums by the label of the closing day and by currency."""
    found: dict[tuple[str, str], _Sum] = defaultdict(_Sum)
    deals = (
        f"SELECT d.closed, d.currency, d.partner, count(*), coalesce(sum(d.amount), 0), sum(d.cost), min(d.closed), "
        f"max(d.closed) FROM deal d WHERE {_WON} GROUP BY 1, 2, 3"
    )
    for day, currency, *values in _rows(session, deals, span):
        found[label(day), currency].add_deals(*values)
    units = f"SELECT d.closed, d.currency, l.quantity, count(*) {_LINES} WHERE {_WON} GROUP BY 1, 2, 3"
    for day, currency, quantity, count in _rows(session, units, span):
        found[label(day), currency].add_units(quantity, count)
    products = f"SELECT DISTINCT d.closed, d.currency, l.product {_LINES} WHERE {_WON} AND l.product IS NOT NULL"
    for day, currency, product in _rows(session, products, span):
        found[label(day), currency].products.add(product)
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
    named, span = f"coalesce({column}, '')", _span(start, end)
    of_lines = what in _BY_LINE
    sums = "count(DISTINCT d.id), coalesce(sum(l.amount), 0), sum(l.cost)"
    source = _LINES
    if not of_lines:
        sums, source = "count(*), coalesce(sum(d.amount), 0), sum(d.cost)", "FROM deal d"
    found: dict[tuple[str, str], _Sum] = defaultdict(_Sum)
    sql = (
        f"SELECT {named}, d.currency, d.partner, {sums}, min(d.closed), max(d.closed) {source} {join} "
        f"WHERE {_WON} GROUP BY 1, 2, 3"
    )
    for label, currency, *values in _rows(session, sql, span):
        found[label, currency].add_deals(*values)
    sql = f"SELECT {named}, d.currency, l.quantity, count(*) {_LINES} {join} WHERE {_WON} GROUP BY 1, 2, 3"
    for label, currency, quantity, count in _rows(session, sql, span):
        found[label, currency].add_units(quantity, count)
    sql = f"SELECT DISTINCT {named}, d.currency, l.product {_LINES} {join} WHERE {_WON} AND l.product IS NOT NULL"
    for label, currency, product in _rows(session, sql, span):
        found[label, currency].products.add(product)
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
