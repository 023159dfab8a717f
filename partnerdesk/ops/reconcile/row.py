"""One row of a reconciliation."""

from dataclasses import dataclass
from decimal import Decimal

from partnerdesk.ops.reconcile.classes import MATCH, TIMING


@dataclass(frozen=True, slots=True)
class ReconRow:
    """A line with what was paid for it; one side is zero where it is missing. `difference` = paid - ours.

    `dispute` is the open dispute of the line; `statement` is empty where the line stands on no closed one.
    """

    kind: str
    partner: str
    partner_name: str
    line: str
    says: str
    statement: str
    reference: str
    place: str
    ours: Decimal
    paid: Decimal
    currency: str
    because: str
    dispute: str = ""

    @property
    def difference(self) -> Decimal:
        return self.paid - self.ours

    @property
    def can_be_disputed(self) -> bool:
        """Whether it is a difference on a line of a closed statement that no dispute stands for yet."""
        return bool(self.statement and self.line) and self.kind not in (MATCH, TIMING) and not self.dispute
