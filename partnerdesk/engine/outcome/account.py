"""What a partner has: what is held, statements, payouts, and what a clawback could still take."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic

from partnerdesk.engine.figures.figure import Excluded
from partnerdesk.engine.outcome.earned import LOSS, EarningLine, Entry, N, RuleRef
from partnerdesk.engine.period import Period

_REMITTED = ("payment:", "tax:")  # what the reference of a true-up begins with whose entry was paid out


@dataclass(frozen=True, slots=True)
class Held(Generic[N]):
    """An amount that is not yet payable, as of the statement's end."""

    id: str
    line: str
    kind: str  # vesting, holdback or eligibility
    amount: N
    released: N
    remaining: N
    next_release: date | None
    condition: str
    schedule: tuple[tuple[date, N], ...] = ()


@dataclass(frozen=True, slots=True)
class Row(Generic[N]):
    """A row of the roll-forward; `reference` says where its detail stands."""

    key: str
    label: str
    held: N
    payable: N
    total: N
    reference: str = ""
    transfer: bool = False


@dataclass(frozen=True, slots=True)
class CheckResult:
    name: str
    difference: Decimal

    @property
    def is_ok(self) -> bool:
        return self.difference == 0


@dataclass(frozen=True, slots=True)
class Statement(Generic[N]):
    """opening + movements = closing, in held, payable and total. `rows` run from opening to closing."""

    partner: str
    period: Period
    currency: str
    rows: tuple[Row[N], ...]
    lines: tuple[EarningLine[N], ...]
    entries: tuple[Entry[N], ...]
    held: tuple[Held[N], ...]
    uncounted: tuple[Excluded, ...]
    checks: tuple[CheckResult, ...]
    tier: str = ""
    score: N | None = None

    def row(self, key: str) -> Row[N]:
        """The row `key`: opening, earned.<TYPE>, deferred, holdback, released, clawback, forfeited, topup, adjusted,
        trueup, lapsed, tax, paid or closing."""
        return next(r for r in self.rows if r.key == key)

    @property
    def paid_late(self) -> tuple[Entry[N], ...]:
        """Corrections by payments of periods that were closed when they became known; the row `trueup` has them."""
        return tuple(e for e in self.entries if e.kind == "trueup" and e.reference.startswith(_REMITTED))

    @property
    def losses(self) -> tuple[Entry[N], ...]:
        """What settlement forfeited, and above zero what it waived of a debt; the row `lapsed` has both."""
        return tuple(e for e in self.entries if e.kind == LOSS)


@dataclass(frozen=True, slots=True)
class Payout(Generic[N]):
    """What is due for a settlement period by the program's rules; payments alone say what was really paid.

    carried_in + moved + advanced - recovered = paid + carried - invoiced + lost.
    """

    key: str  # the period's label, with the type where types are settled apart: 2026-09|REBATE
    period: Period
    type: str
    rule: RuleRef
    cut: date  # the last day whose movements count
    day: date  # when it is paid
    is_running: bool  # the cut is still to come
    carried_in: N
    moved: N  # what became payable since the last cut, without payments
    advanced: N  # drawn on top of it
    recovered: N  # taken for earlier draws
    owed: N  # what is still to be recovered of draws
    paid: N
    withheld: N  # tax, of what is paid
    carried: N  # to the next time; below zero for a debt
    invoiced: N  # to the partner
    lost: N  # forfeited; below zero for a debt that is waived
    because: str


@dataclass(frozen=True, slots=True)
class AtRisk(Generic[N]):
    """What a clawback could still take of a line, at most and on the next day; `until` is its last day, if any."""

    line: str
    cause: str
    amount: N
    until: date | None
    rule: RuleRef
    customer: str | None = None


@dataclass(frozen=True, slots=True)
class LineLoss(Generic[N]):
    """What a line would lose if its customer left on the next day; nothing of it after `until`, if that is known."""

    line: str
    amount: N
    until: date | None


@dataclass(frozen=True, slots=True)
class Exposure(Generic[N]):
    """What one customer's leaving on the next day would cost, by line."""

    customer: str
    amount: N
    until: date | None
    lines: tuple[LineLoss[N], ...]
