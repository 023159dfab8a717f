"""What a partner has in funds for joint work, and what its tier promises: a ledger of its own beside the earnings'."""

from dataclasses import dataclass
from datetime import date
from typing import Generic

from partnerdesk.engine.outcome.earned import N, RuleRef
from partnerdesk.engine.problem import Problem

# Where money of a fund is; nothing for outside.
OUTSIDE, AVAILABLE, APPROVED, CLAIMED, REIMBURSED, EXPIRED = "", "available", "approved", "claimed", "paid", "expired"
REQUESTED, DENIED, PROVEN, LAPSED = "requested", "denied", "proven", "lapsed"  # states of a request beside those


@dataclass(frozen=True, slots=True)
class FundMove(Generic[N]):
    """An amount above zero that moves from one place into another on a day."""

    id: str
    kind: str  # accrual, grant, allocation, approval, claim, reimbursement, release, lapse, expiry
    day: date
    amount: N
    source: str
    target: str
    request: str  # id of the request; empty for what concerns the fund as a whole
    note: str
    rule: RuleRef | None


@dataclass(frozen=True, slots=True)
class FundRequest(Generic[N]):
    """One request with all that followed. `approved`, `claimed` are what is open now, `paid` and `lapsed` ever.

    `due` is the day until which somebody has to act, `due_for` what: decision, claim, proof or payment.
    """

    id: str
    project: str
    activity: str
    day: date
    requested: N
    approved: N
    claimed: N
    paid: N
    lapsed: N
    cost: N | None
    state: str  # requested, denied, approved, claimed, proven, paid, lapsed
    due: date | None
    due_for: str
    proof: str  # given, due, missed, or nothing while there is no claim
    evidence: str
    result: str
    approver: str


@dataclass(frozen=True, slots=True)
class FundAccount(Generic[N]):
    """One fund of a partner as of a day: issued = available + approved + claimed + paid + expired.

    `requested` is what open requests ask for; it is a part of what is available, or more than it. `expiring` says
    what of the available is lost on which day.
    """

    key: str
    says: str
    kind: str
    currency: str
    rule: RuleRef | None
    issued: N
    requested: N
    approved: N
    claimed: N
    paid: N
    expired: N
    available: N
    expiring: tuple[tuple[date, N], ...]
    moves: tuple[FundMove[N], ...]
    requests: tuple[FundRequest[N], ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class BenefitView:
    """A benefit that the tier in force promises: since when, and whether it was delivered.

    `state` is standing, delivered, due or late; `effects` says what it changes, in words.
    """

    key: str
    says: str
    tier: str
    since: date | None
    state: str
    due: date | None
    delivered: date | None
    by: str
    evidence: str
    effects: tuple[str, ...]
    rule: RuleRef
