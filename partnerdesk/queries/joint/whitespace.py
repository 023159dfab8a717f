"""The whitespace of a partner: its customers by products, what is owned, what is in the pipeline, and what the gaps are
worth.

Columns are products; where a book sells many, they are families or categories. Owned and in pipeline are what this
partner sold or works on, so that a plan tells nothing of anybody else's business; what similar customers own, and
what a gap may be worth, are medians and counts over the whole book, of at least `ENOUGH` customers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.money import ZERO
from partnerdesk.models.facts import TABLES
from partnerdesk.models.plan_blocks import AXES
from partnerdesk.queries.exchange import Exchange
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import programs
from partnerdesk.queries.joint.holdings import Held, Pair, customers_of, holdings, open_deals
from partnerdesk.queries.joint.plan_rows import CellRow, cells

OWNED, PIPELINE, GAP, NOT_ELIGIBLE = "owned", "pipeline", "gap", "not eligible"
COLUMNS = 8
ENOUGH = 5  # similar customers, below which nothing is said about them
HINT = Decimal("0.4")
SOON = timedelta(days=180)
_FIT = {"high": Decimal(1), "medium": Decimal("0.6"), "low": Decimal("0.3")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A customer and a product. `owners` of `peers` similar customers own it; `value` is per year in the matrix's
    currency, typed by a person where `is_typed`; `priority` is value by fit by timing.
    """

    customer: str
    product: str
    state: str
    value: Decimal | None = None
    is_typed: bool = False
    owners: int = 0
    peers: int = 0
    fit: str = ""
    next_step: str = ""
    deals: tuple[str, ...] = ()
    priority: Decimal = ZERO

    @property
    def is_hinted(self) -> bool:
        """Whether similar customers often buy it."""
        return self.state == GAP and self.peers >= ENOUGH and self.owners >= HINT * self.peers


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A customer with a cell for each column; `renews` is the next end of a contract."""

    customer: str
    name: str
    segment: str
    cells: tuple[Cell, ...]
    renews: date | None

    @property
    def gap(self) -> Decimal:
        return sum((c.value or ZERO for c in self.cells if c.state == GAP), ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A product, family or category with the value of its gaps."""

    key: str
    name: str
    gap: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Whitespace:
    """Rows by the value of their gaps, the largest first."""

    axis: str
    currency: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def gap(self) -> Decimal:
        return sum((row.gap for row in self.rows), ZERO)

    @property
    def best(self) -> tuple[Cell, ...]:
        """The gaps by priority, the best first."""
        gaps = [cell for row in self.rows for cell in row.cells if cell.state == GAP and cell.priority]
        return tuple(sorted(gaps, key=lambda c: (-c.priority, c.customer, c.product)))

    def name_of(self, cell: Cell) -> str:
        """A cell in words: its customer and its product."""
        customer = next((r.name for r in self.rows if r.customer == cell.customer), cell.customer)
        return f"{customer}, {next((c.name for c in self.columns if c.key == cell.product), cell.product)}"


@dataclass(slots=True)
class _Gathered:
    """What is known while a matrix is made; keys of `held` are customers and columns."""

    axis: str
    names: dict[str, str]
    held: dict[Pair, Held]
    deals: dict[Pair, list[str]]
    segments: dict[str, str]
    set_by: Mapping[Pair, CellRow]
    exchange: Exchange
    as_of: date
    values: dict[tuple[str | None, str], Decimal] = field(default_factory=dict)  # segment (None: all) and column
    like: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    owners: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def whitespace(session: Session, partner: str, as_of: date, plan: int | None = None) -> Whitespace:
    """The matrix of a partner on a day, with what a plan's people said about its cells."""
    found, customers = _gathered(session, partner, as_of, plan)
    at = TABLES["customer"].c
    names = {row.id: row.name for row in session.execute(select(at.id, at.name).where(at.id.in_(customers)))}
    rows = [_row(found, partner, id, names.get(id, id)) for id in customers]
    shown = tuple(sorted(rows, key=lambda r: (-r.gap, r.name.casefold(), r.customer)))
    columns = tuple(
        Column(key=key, name=name, gap=sum((_open(r.cells[n]) for r in shown), ZERO))
        for n, (key, name) in enumerate(found.names.items())
    )
    return Whitespace(axis=found.axis, currency=found.exchange.currency, columns=columns, rows=shown)


def _open(cell: Cell) -> Decimal:
    return cell.value or ZERO if cell.state == GAP else ZERO


def _gathered(session: Session, partner: str, as_of: date, plan: int | None) -> tuple[_Gathered, set[str]]:
    held, deals, customers = holdings(session, as_of), open_deals(session, partner), customers_of(session, partner)
    axis, names, column_of = _columns(session, {p for _, p in held} | {p for _, p in deals})
    at = TABLES["customer"].c
    kinds = session.execute(select(at.id, at.segment, at.industry))
    segments = {id: segment or industry for id, segment, industry in kinds}
    said = {} if plan is None else {(c.customer, c.product): c for c in cells(session, plan) if c.axis == axis}
    exchange = Exchange(_rates(session), _currency(session, partner), programs(session))
    found = _Gathered(axis, names, _merged(held, column_of), _deals(deals, column_of), segments, said, exchange, as_of)
    _peers(found)
    return found, customers


def _currency(session: Session, partner: str) -> str:
    at = TABLES["partner"].c
    return session.scalar(select(at.currency).where(at.id == partner)) or "EUR"


def _rates(session: Session) -> Facts:
    return facts(session, kinds=("exchange_rate",))


def _columns(session: Session, sold: set[str]) -> tuple[str, dict[str, str], dict[str, str]]:
    """What the columns stand for: axis, names by key, and the column of each product."""
    at = TABLES["product"].c
    known = session.execute(select(at.id, at.name, at.family, at.category).order_by(at.name, at.id)).all()
    products = [row for row in known if row.id in sold] or known
    for axis in AXES:
        keys = [(row.id, row.id if axis == "product" else getattr(row, axis)) for row in products]
        names = (
            {row.id: row.name for row in products}
            if axis == "product"
            else {k: k for k in sorted({k for _, k in keys})}
        )
        names.pop("", None)
        if len(names) <= COLUMNS and (len(names) > 1 or axis == AXES[0]):
            return axis, names, {id: key for id, key in keys if key}
    most = {row.id: row.name for row in products[:COLUMNS]}
    return AXES[0], most, {id: id for id in most}


def _merged(held: Mapping[Pair, Held], column_of: Mapping[str, str]) -> dict[Pair, Held]:
    merged: dict[Pair, Held] = defaultdict(Held)
    for (customer, product), one in held.items():
        if product in column_of and one.owned:
            into = merged[customer, column_of[product]]
            into.owned = True
            into.yearly += one.yearly
            into.ends += one.ends
            into.partners |= one.partners
    return dict(merged)


def _deals(deals: Mapping[Pair, list[str]], column_of: Mapping[str, str]) -> dict[Pair, list[str]]:
    found: dict[Pair, list[str]] = defaultdict(list)
    for (customer, product), ids in deals.items():
        if product in column_of:
            found[customer, column_of[product]] += ids
    return found


def _peers(found: _Gathered) -> None:
    """Who owns what, by kind of customer, and what a year of each column usually brings."""
    worth: dict[tuple[str | None, str], list[Decimal]] = defaultdict(list)
    for (customer, column), held in found.held.items():
        segment = found.segments.get(customer, "")
        found.like[segment].add(customer)
        found.owners[column].add(customer)
        amounts = [found.exchange.amount(a, c, found.as_of) for a, c in held.yearly]
        if any(amounts):
            year = sum((a for a in amounts if a is not None), ZERO)
            worth[None, column].append(year)
            worth[segment, column].append(year)
    found.values = {c: _round(median(values)) for c, values in worth.items() if len(values) >= ENOUGH}


def _round(value: Decimal) -> Decimal:
    """Two leading digits: an estimate is not more exact than that."""
    return value.quantize(Decimal(1).scaleb(value.adjusted() - 1)).normalize() + ZERO if value else value


def _row(found: _Gathered, partner: str, customer: str, name: str) -> Row:
    own = [h for k in found.names if (h := found.held.get((customer, k))) is not None and partner in h.partners]
    renews = min((end for held in own for whose, end in held.ends if whose == partner), default=None)
    cells = tuple(_cell(found, partner, customer, key, renews) for key in found.names)
    return Row(customer=customer, name=name, segment=found.segments.get(customer, ""), cells=cells, renews=renews)


def _cell(found: _Gathered, partner: str, customer: str, column: str, renews: date | None) -> Cell:
    pair = (customer, column)
    held, said, deals = found.held.get(pair), found.set_by.get(pair), tuple(found.deals.get(pair, ()))
    peers, owners = _similar(found, customer, column)
    known = {"customer": customer, "product": column, "owners": owners, "peers": peers, "deals": deals}
    words = {"fit": said.fit, "next_step": said.next_step} if said else {}
    if held is not None and held.owned and partner in held.partners:
        return Cell(state=OWNED, **known, **words)  # type: ignore[arg-type]
    if deals:
        return Cell(state=PIPELINE, **known, **words)  # type: ignore[arg-type]
    if said is not None and not said.eligible:
        return Cell(state=NOT_ELIGIBLE, **known, **words)  # type: ignore[arg-type]
    typed = found.exchange.amount(said.value, said.currency, found.as_of) if said else None
    usual = found.values.get((found.segments.get(customer, ""), column), found.values.get((None, column)))
    value = usual if typed is None else typed
    share = Decimal(owners) / peers if peers >= ENOUGH else HINT
    fit = _FIT.get(said.fit if said else "", max(share, _FIT["low"]))
    is_near = renews is not None and renews <= found.as_of + SOON
    priority = (value or ZERO) * fit * (1 if is_near else Decimal("0.6"))
    return Cell(state=GAP, value=value, is_typed=typed is not None, priority=priority, **known, **words)  # type: ignore[arg-type]


def _similar(found: _Gathered, customer: str, column: str) -> tuple[int, int]:
    """Similar customers (of the segment, else all of them) without this one: how many, and how many own a column."""
    like: Iterable[str] = found.like.get(found.segments.get(customer, ""), set()) - {customer}
    peers = set(like)
    if len(peers) < ENOUGH:
        peers = set().union(*found.like.values()) - {customer}
    if len(peers) < ENOUGH:
        return 0, 0
    return len(peers), len(peers & found.owners.get(column, set()))
