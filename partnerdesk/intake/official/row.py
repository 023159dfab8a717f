"""One row of a payout, as it was read."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class OfficialRow:
    """A row as it was paid. `place` says where it stands; base and rate (0..1) where the file has them; `taken` is the
    tax or fee in its amount that did not arrive.

    `reference` is its first one, `also` are those of further columns. `heads` are texts above it that may name the
    partner of a row that does not, the nearest first.
    """

    place: str
    partner: str
    reference: str
    day: str  # as it stands; only whether there is one counts
    amount: Decimal
    base: Decimal | None
    rate: Decimal | None
    currency: str
    also: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    taken: Decimal = Decimal(0)
