"""The open ground of a partner: which of its customers own which products, and what the gaps may bring.

A gap is valued by what the product brings a year at the partner's own customers, the median of at least two contracts,
in whole thousands where amounts are large: an estimate, and said to be one. Nothing of other partners is looked at.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.money import ZERO, rounded
from partnerdesk.ops.pack.exchanged import exchanged
from partnerdesk.reports.pack.data import GroundCell, GroundRow, OpenGround

if TYPE_CHECKING:
    from partnerdesk.ops.pack.gathered import Gathered

PRODUCTS, CUSTOMERS = 8, 12  # at most, on a page
LEAST = 2  # contracts that a value rests on
_STEPS = ((Decimal(1_000_000), Decimal(100_000)), (Decimal(10_000), Decimal(1_000)))  # to which a value is rounded
Pair = tuple[str, str]  # customer, product or family


class _Ground:
    """What the facts say about customers and products, by the names that a page shows."""

    def __init__(self, g: "Gathered") -> None:
        self._g = g
        self._groups = _groups(g)
        self.owned: set[Pair] = set()
        self.pipeline: set[Pair] = set()
        self.renews: dict[str, date] = {}
        self._paid: dict[str, list[Decimal]] = defaultdict(list)
        self._look_at_contracts()
        self._look_at_deals()

    def _look_at_contracts(self) -> None:
        g, ended = self._g, set[Pair]()
        for contract in g.world.of("contract"):
            pair = self._pair(contract)
            if pair is None:
                continue
            if not _in_force(contract, g.as_of):
                ended.add(pair)
                continue
            self.owned.add(pair)
            value = None if contract.recurring is None else exchanged(g, contract.recurring, contract.currency)
            if value:
                self._paid[pair[1]].append(value)
            if contract.outcome == "open" and contract.end and contract.end >= g.as_of:
                self.renews[pair[0]] = min(contract.end, self.renews.get(pair[0], contract.end))
        self._ended = ended

    def _look_at_deals(self) -> None:
        """Open deals are pipeline; a deal won for something that never had a contract is owned."""
        lines = defaultdict(list)
        for line in self._g.world.of("deal_line"):
            lines[line.deal].append(line.product)
        for deal in self._g.world.of("deal"):
            for product in {deal.product, *lines[deal.id]} - {None}:
                pair = (deal.customer or "", self._groups.get(product, ""))
                if all(pair):
                    self._look_at(deal, pair)

    def _look_at(self, deal: Any, pair: Pair) -> None:
        if deal.status == "open":
            self.pipeline.add(pair)
        elif deal.status == "won" and pair not in self._ended:
            self.owned.add(pair)

    def _pair(self, contract: Any) -> Pair | None:
        pair = (contract.customer or "", self._groups.get(contract.product, ""))
        return pair if all(pair) else None

    def value(self, product: str) -> Decimal | None:
        """What a product brings a year where it is owned; None where too few pay for it by the year to say."""
        known = self._paid.get(product, [])
        if len(known) < LEAST:
            return None
        found = median(known)
        step = next((step for least, step in _STEPS if found >= least), Decimal(1))
        return rounded(found / step, 0) * step


def _groups(g: "Gathered") -> dict[str, str]:
    """The name of each product of the partner's contracts and open deals; its family where products are many."""
    named = {c.product for c in g.world.of("contract")} | {d.product for d in g.world.of("deal") if d.status == "open"}
    products = [p for p in g.world.of("product") if p.id in named]
    families = {p.family for p in products}
    by_family = len(products) > PRODUCTS and "" not in families and len(families) > 1
    return {p.id: p.family if by_family else p.name for p in products}


def _in_force(contract: Any, as_of: date) -> bool:
    """Whether the customer has it: not left, and running, or with an end that nobody has decided about."""
    return contract.outcome != "churned" and (
        contract.end is None or contract.end >= as_of or contract.outcome == "open"
    )


def open_ground(g: "Gathered") -> OpenGround | None:
    """The matrix; None where fewer than two products or no customer are known."""
    found = _Ground(g)
    pairs = found.owned | found.pipeline
    spread = Counter(product for _, product in found.owned) + Counter(product for _, product in found.pipeline)
    ordered = sorted(spread, key=lambda name: (-spread[name], name))
    if len(ordered) < 2:
        return None
    products = tuple(ordered[:PRODUCTS])
    values = {product: found.value(product) for product in products}
    rows = [_row(g, found, customer, values) for customer in sorted({customer for customer, _ in pairs})]
    rows.sort(key=lambda row: (-row.gap, row.customer))
    owners = Counter(product for _, product in found.owned)
    gaps = tuple(_sum(row.cells[n].value for row in rows) for n in range(len(products)))
    return OpenGround(
        products=products,
        rows=tuple(rows[:CUSTOMERS]),
        gaps=gaps,
        gap=sum(gaps, ZERO),
        more=_together(rows[CUSTOMERS:]),
        more_customers=len(rows[CUSTOMERS:]),
        unshown=len(ordered) - len(products),
        owners=tuple(owners[product] for product in products),
        customers=len(rows),
    )


def _row(g: "Gathered", found: _Ground, customer: str, values: Mapping[str, Decimal | None]) -> GroundRow:
    cells = tuple(_cells(found, customer, values))
    return GroundRow(g.named("customer", customer), cells, _sum(c.value for c in cells), found.renews.get(customer))


def _cells(found: _Ground, customer: str, values: Mapping[str, Decimal | None]) -> Iterator[GroundCell]:
    for product, value in values.items():
        if (customer, product) in found.owned:
            yield GroundCell("owned")
        elif (customer, product) in found.pipeline:
            yield GroundCell("pipeline")
        else:
            yield GroundCell("gap", value)


def _together(rows: list[GroundRow]) -> GroundRow | None:
    """The gaps of several customers in one row."""
    if not rows:
        return None
    columns = zip(*(row.cells for row in rows), strict=True)
    cells = tuple(GroundCell("gap", _sum(cell.value for cell in column)) for column in columns)
    return GroundRow("", cells, _sum(row.gap for row in rows))


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), ZERO)
