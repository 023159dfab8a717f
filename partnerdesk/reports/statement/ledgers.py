"""What a statement says beside earnings: the ledger of funds, what is still at stake, payments, and what the payable
balance is made of, as frozen rows.

Funds are no part of what is payable. Amounts of a fund are in its own currency, all others in the statement's.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FundRow:
    """One fund in the period: opening + issued - paid - expired = closing = available + approved + claimed."""

    key: str
    says: str
    currency: str
    opening: Decimal
    issued: Decimal
    paid: Decimal
    expired: Decimal
    closing: Decimal
    requested: Decimal
    approved: Decimal
    claimed: Decimal
    available: Decimal
    rule: str
    version: str


@dataclass(frozen=True, slots=True)
class FundRequestRow:
    """A request that was open in the period, as it stood at its end."""

    id: str
    fund: str
    project: str
    activity: str
    day: date
    requested: Decimal
    approved: Decimal
    claimed: Decimal
    paid: Decimal
    lapsed: Decimal
    state: str
    due: date | None
    due_for: str
    proof: str
    result: str


@dataclass(frozen=True, slots=True)
class FundMoveRow:
    """A movement of the period, from one place into another."""

    id: str
    fund: str
    currency: str
    day: date
    kind: str
    amount: Decimal
    source: str
    target: str
    request: str
    note: str
    rule: str


@dataclass(frozen=True, slots=True)
class FundSheet:
    """All funds of the partner in the period."""

    funds: tuple[FundRow, ...] = ()
    requests: tuple[FundRequestRow, ...] = ()
    moves: tuple[FundMoveRow, ...] = ()
    goes_on: bool | None = None  # from what the statement before stated, with corrections of what changed since


@dataclass(frozen=True, slots=True)
class RiskRow:
    """What a clawback could still take of a line, at most and on the next day; without `until` for good."""

    line: str
    customer: str
    cause: str
    amount: Decimal
    until: date | None
    rule: str


@dataclass(frozen=True, slots=True)
class CustomerRisk:
    """What one customer's leaving on the next day would take, of how many lines."""

    customer: str
    amount: Decimal
    lines: int
    until: date | None


@dataclass(frozen=True, slots=True)
class Stake:
    """What is not safe yet on the day of the data."""

    lines: tuple[RiskRow, ...] = ()
    customers: tuple[CustomerRisk, ...] = ()


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment of the period; gross = tax + fees + net. `item` is that of the payment run which it settles, `account`
    the end of the account's number; what later releases tell is None where nobody said it. One that was `learned_late`
    was paid in a period that was closed by then: a correction takes it off the balance, and `paid` has none of it.
    """

    id: str
    remittance: str
    day: date
    method: str
    gross: Decimal
    tax: Decimal
    net: Decimal
    item: str
    bank_reference: str | None = None
    account: str | None = None
    fees: Decimal | None = None
    statements: str | None = None
    invoice: str | None = None
    learned_late: bool | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the payable balance, or of what draws advanced; what the partner owes is below zero in a balance.

    `day` is the one on which it is paid, or is to be paid by the partner, `because` what else the rule says of it.
    """

    kind: str
    amount: Decimal
    day: date | None = None
    because: str = ""


# Kinds of parts of a balance, and of a draw.
UNPAID, CARRIED, INVOICED, ADVANCE, KEPT, REST = "unpaid", "carried", "invoiced", "advance", "kept", "rest"
BEFORE, ADVANCED, RECOVERED, NOT_RECOVERED = "before", "advanced", "recovered", "not recovered"


@dataclass(frozen=True, slots=True)
class Settled:
    """How the payable balance at the end of a period is settled by the program's rules.

    `balance` adds up to that balance; `draw` to what is still to be recovered of advances, and is empty where nothing
    was ever advanced.
    """

    balance: tuple[Part, ...] = ()
    draw: tuple[Part, ...] = ()

    @property
    def owed(self) -> Decimal:
        """What is still to be recovered of draws."""
        return sum((part.amount for part in self.draw), Decimal(0))
