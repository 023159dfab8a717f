"""Statements of the quarter, releases, renewals and the months ahead."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.period import Period
from partnerdesk.reports.pack.data.ahead import Fan


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One statement in one row; movements are signed, so opening + all of them = closing. Transfers are positive."""

    period: Period
    number: str
    version: int
    opening: Decimal
    earned: Decimal
    clawed_back: Decimal
    adjusted: Decimal
    paid: Decimal
    closing: Decimal
    held: Decimal  # of the closing balance
    opening_held: Decimal
    topup: Decimal = Decimal(0)
    forfeited: Decimal = Decimal(0)
    corrected: Decimal = Decimal(0)
    deferred: Decimal = Decimal(0)
    withheld: Decimal = Decimal(0)
    released: Decimal = Decimal(0)
    remittance: str = ""
    paid_late: Decimal = Decimal(0)  # payments of closed months that became known after their close, of the true-ups
    is_final: bool = True

    @property
    def difference(self) -> Decimal:
        """What is missing for the statement to tie; zero when it does."""
        moved = self.earned + self.topup + self.clawed_back + self.forfeited + self.adjusted + self.corrected
        return self.opening + moved + self.paid + self.paid_late - self.closing


@dataclass(frozen=True, slots=True)
class ReleaseMonth:
    """What becomes payable in a month (its first day), of what is held now."""

    month: date
    vesting: Decimal = Decimal(0)
    holdback: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        return self.vesting + self.holdback


@dataclass(frozen=True, slots=True)
class Earnings:
    """Statements of the quarter, oldest first; the last one is drawn. `undated` waits for an event.

    `kept` is the part of `undated` that no vesting holds: what a hold, a dispute or a correction keeps. `vesting` and
    `holdback`, with that, are what is held of each kind; None in what was frozen without them.
    """

    statements: tuple[StatementLine, ...]
    releases: tuple[ReleaseMonth, ...] = ()
    undated: Decimal = Decimal(0)
    vesting: Decimal | None = None
    holdback: Decimal | None = None
    kept: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class LastSurvey:
    kind: str
    score: Decimal
    highest: Decimal | None
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """A contract that ends on `renews`; `value` is yearly. `outcome` is open until it is known."""

    customer: str
    product: str
    renews: date
    value: Decimal
    notice_by: date | None = None
    outcome: str = "open"
    outcome_on: date | None = None
    survey: LastSurvey | None = None
    action: str = ""
    owner: str = ""

    @property
    def is_open(self) -> bool:
        return self.outcome == "open"


@dataclass(frozen=True, slots=True)
class MonthAhead:
    """One month of both runs; in a closed month both are the actual amount. `rest` starts within the month."""

    month: date
    earned: Decimal
    payable: Decimal
    earned_if_all: Decimal
    payable_if_all: Decimal
    closed: bool = False
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Skill:
    """Certified people: how many there are, how many are needed, by when."""

    text: str
    has: int
    needed: int
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Expiring:
    """What of a fund is lost on a day."""

    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """Co-marketing money, a ledger of its own. `left` is allocated and not yet approved; `expiring` says what of it is
    lost when. Where that is empty, all of it expires at once: records that were frozen before know one day only.
    """

    name: str
    allocated: Decimal
    paid: Decimal
    claimed: Decimal
    approved: Decimal
    left: Decimal
    expires: date | None = None
    currency: str = ""  # its own; that of the pack where it names none
    expiring: tuple[Expiring, ...] = ()
    stays: Decimal = Decimal(0)  # of what is left, beside what expires; a field, for the gate knows numbers of the data

    @property
    def parts_left(self) -> tuple[tuple[Decimal, date | None], ...]:
        """What is left by the day on which it expires, first days first; what stays has none."""
        if not self.expiring:
            return ((self.left, self.expires),)
        stays = ((self.stays, None),) if self.stays > 0 else ()
        return (*((e.amount, e.day) for e in self.expiring), *stays)


@dataclass(frozen=True, slots=True)
class OutlookView:
    """`unprojected` says why a run has no tier at the end, where one has none.

    Where there is a `fan`, the page shows it instead of the two runs.
    """

    months: tuple[MonthAhead, ...]
    tier: str = ""
    tier_if_all: str = ""
    holds: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = ()
    skills: tuple[Skill, ...] = ()
    fund: Fund | None = None  # the one that was given some last
    unprojected: str = ""
    fan: Fan | None = None
    more_funds: tuple[Fund, ...] = ()
