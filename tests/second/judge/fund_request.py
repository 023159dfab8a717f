"""A request of a fund: what is open of it, how it stands, and until when somebody has to act."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from partnerdesk.engine.rules import Fund
from tests.second.judge.fund_pots import ZERO, Uses


@dataclass
class Request:
    """`approved` and `claimed` are what is open, `paid` and `lapsed` only grow."""

    day: date
    requested: Fraction = ZERO
    approved: Fraction = ZERO
    claimed: Fraction = ZERO
    paid: Fraction = ZERO
    lapsed: Fraction = ZERO
    cost: Fraction | None = None
    uses: Uses = field(default_factory=Uses)
    happens: date | None = None
    kind: str = ""
    decide_by: date | None = None
    claim_by: date | None = None
    proof_by: date | None = None
    pay_by: date | None = None
    is_claimed: bool = False
    is_proven: bool = False
    is_missed: bool = False
    is_denied: bool = False

    @property
    def state(self) -> str:
        """What is open comes first; else what became of it."""
        if self.claimed > 0:
            return "proven" if self.is_proven else "claimed"
        ways = (
            (self.approved > 0, "approved"),
            (self.paid, "paid"),
            (self.is_denied, "denied"),
            (self.lapsed, "lapsed"),
        )
        return next((word for holds, word in ways if holds), "claimed" if self.is_claimed else "requested")

    @property
    def due(self) -> date | None:
        """Until when the next step is due."""
        days = {
            "requested": self.decide_by,
            "approved": self.claim_by,
            "claimed": self.proof_by,
            "proven": self.pay_by,
        }
        return days.get(self.state)

    @property
    def proof(self) -> str:
        if self.is_proven:
            return "given"
        return "missed" if self.is_missed else "due" if self.is_claimed else ""

    def claim(self, row: Any, rule: Fund | None) -> None:
        """A claim that names where its proof lies brings it; another one waits for it."""
        self.is_claimed = True
        if row.evidence.strip():
            self.prove(row, rule)
            return
        self.is_proven = False
        days = rule.proof_days if rule else None
        self.proof_by = row.due or (None if days is None else row.day + timedelta(days=days))

    def prove(self, row: Any, rule: Fund | None) -> None:
        self.is_proven = True
        days, by = rule.pay_days if rule else None, row.due if row.kind == "proof" else None
        self.pay_by = by or (None if days is None else row.day + timedelta(days=days))


def belonging(rows: list[Any]) -> dict[str, str]:
    """By entry the request it belongs to: the one that it names, else the first one of its activity, else its own."""
    ids, of_activity, found = {row.id for row in rows}, dict[str, str](), dict[str, str]()
    for row in sorted(rows, key=lambda row: (row.kind != "request", row.day, row.id)):
        if row.kind in ("allocation", "expiry"):
            found[row.id] = ""
        elif row.kind != "request" and row.request in ids:
            found[row.id] = row.request
        elif row.activity is not None:
            found[row.id] = of_activity.setdefault(row.activity, row.id)
        else:
            found[row.id] = row.id
    return found
