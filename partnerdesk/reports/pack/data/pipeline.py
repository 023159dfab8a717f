"""Open deals by name, and the open ground between customers and products."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Ground = Literal["owned", "pipeline", "gap", "not_eligible"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDeal:
    """An open deal. `amount` is None where it has none, or none that can be exchanged; `helps` removes `blocker`."""

    deal: str
    customer: str
    what: str
    stage: str
    amount: Decimal | None
    close: date | None
    next_step: str = ""
    blocker: str = ""
    helps: str = ""


@dataclass(frozen=True, slots=True)
class GroundCell:
    """How a customer stands to a product; a gap has the value it may bring, where there is a measure for it."""

    state: Ground
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GroundRow:
    """A customer's cells in the order of the products; `gap` is what its gaps may bring together."""

    customer: str
    cells: tuple[GroundCell, ...]
    gap: Decimal
    renews: date | None = None


@dataclass(frozen=True, slots=True)
class StartAt:
    """The gap to speak about first; `owners` of `peers` similar customers own it, where that many are known."""

    customer: str
    product: str
    value: Decimal
    renews: date | None = None
    owners: int = 0
    peers: int = 0
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGround:
    """Customers by products, the largest gap first. `gaps` are the sums by product and `gap` is all of them.

    `more` are the sums of the customers that have no row. Values are in the ground's own `currency`.
    """

    products: tuple[str, ...]
    rows: tuple[GroundRow, ...]
    gaps: tuple[Decimal, ...]
    gap: Decimal
    currency: str
    customers: int
    more: GroundRow | None = None
    more_customers: int = 0
    start: StartAt | None = None


@dataclass(frozen=True, slots=True)
class PipelineView:
    """All open deals, the largest first, and the open ground where customers and products are known."""

    deals: tuple[OpenDeal, ...]
    total: Decimal
    ground: OpenGround | None = None
