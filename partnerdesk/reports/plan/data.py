"""What a plan document says, as frozen rows: only what both sides may read.

There is no place here for what is our private judgement, such as influence, strength of a relationship, or who is a
champion and who a risk: what has no field cannot leak. `unit` is a currency code, "%" for a share, or a word.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.reports.pack.data import Party
from partnerdesk.reports.plan.governed import DecisionRight, Gathering, Person, Risk, Rung
from partnerdesk.reports.plan.sides import Side

STATUSES = ("draft", "shared", "agreed", "in progress", "closed")
OPEN_STATUSES = ("draft", "shared")  # its words may still change; later they are locked


@dataclass(frozen=True, slots=True)
class Quarter:
    label: str
    value: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`is_measured` where the actual comes from the ledger, not from a person."""

    label: str
    unit: str
    is_measured: bool
    baseline: Decimal | None
    weight: Decimal | None
    confidence: str
    quarters: tuple[Quarter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    title: str
    why: str
    metric: str
    unit: str
    target: Decimal | None
    actual: Decimal | None
    due: date | None
    vendor_commitment: str
    vendor_owner: str
    partner_commitment: str
    partner_owner: str
    funding: str
    status: str
    reason: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Installed:
    """A product in use: at how many customers, worth how much a year (None: nobody knows), when the next one ends."""

    product: str
    customers: int
    value: Decimal | None
    next_end: date | None


@dataclass(frozen=True, slots=True)
class Certified:
    certificate: str
    people: int
    next_expiry: date | None


@dataclass(frozen=True, slots=True)
class Missing:
    """What a tier asks for in certificates and the partner lacks, and how it is closed: certificate and pathway."""

    tier: str
    says: str
    short: Decimal
    unit: str
    how: str


@dataclass(frozen=True, slots=True)
class Won:
    customer: str
    what: str
    closed: date
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where both sides stand on the day of the document, from the book; `wins` and `friction` are written words."""

    revenue: tuple[Quarter, ...] = ()  # `value` is what the quarter brought
    revenue_says: str = ""
    tier: str = ""
    next_tier: str = ""
    points_short: Decimal | None = None
    score: Decimal | None = None
    score_period: str = ""
    customers: int = 0
    installed: tuple[Installed, ...] = ()
    certified: tuple[Certified, ...] = ()
    missing: tuple[Missing, ...] = ()
    won: tuple[Won, ...] = ()
    wins: str = ""
    friction: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.revenue or self.tier or self.installed or self.certified or self.won or self.wins)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A customer that both sides look after together."""

    name: str
    vendor_part: str
    vendor_owner: str
    partner_part: str
    partner_owner: str
    cadence: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A customer and a product: owned, pipeline, gap or not eligible; value and next step where somebody said them."""

    state: str
    value: Decimal | None = None
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """A customer's row of the whitespace matrix."""

    customer: str
    cells: tuple[Cell, ...]
    gap: Decimal | None
    renews: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An action that both sides see."""

    text: str
    side: Side
    owner: str
    due: date | None
    state: str
    outcome: str
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A line of the next 90 days; `week` is a Monday."""

    week: date
    text: str
    side: Side
    owner: str
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """What an agreed version says otherwise than the one before it; an empty text was not there, or is not any more."""

    version: int
    block: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A file or page that belongs to the plan, by its place."""

    title: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument:
    """A joint plan as both sides read it. `status_since` is the day on which it reached its status."""

    partner: Party
    vendor: Party
    number: str
    title: str
    start: date
    end: date
    version: int
    status: str
    status_since: date
    as_of: date
    currency: str
    program: str
    sample: bool
    year: str = ""  # what the period is called: the program's year where it is one
    running: str = ""  # the label of the quarter that is not over
    thesis: str = ""
    partner_goals: str = ""
    vendor_goals: str = ""
    ideal_customer: str = ""
    value_proposition: str = ""
    competitors: str = ""
    partner_owner: str = ""
    partner_sponsor: str = ""
    vendor_owner: str = ""
    vendor_sponsor: str = ""
    kickoff: date | None = None
    reviews: tuple[date, ...] = ()
    agreed_by: str = ""
    obstacles: tuple[str, ...] = ()
    standing: Standing = Standing()
    targets: tuple[Target, ...] = ()
    objectives: tuple[Objective, ...] = ()
    accounts: tuple[Account, ...] = ()
    products: tuple[str, ...] = ()  # the columns of the whitespace
    ground: tuple[Ground, ...] = ()
    ground_left: int = 0  # customers that are not shown
    ground_currency: str = ""  # the partner's own, in which its customers pay
    people: tuple[Person, ...] = ()
    decisions: tuple[DecisionRight, ...] = ()
    risks: tuple[Risk, ...] = ()
    ladder: tuple[Rung, ...] = ()
    rhythm: tuple[Gathering, ...] = ()
    promises: tuple[Promise, ...] = ()
    steps: tuple[Step, ...] = ()
    changes: tuple[Change, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def is_locked(self) -> bool:
        return self.status not in OPEN_STATUSES

    @property
    def period(self) -> str:
        """`2027`, `FY2027`, or `2026/27` where the plan follows neither the calendar year nor the program's."""
        if self.year:
            return self.year
        first, last = self.start.year, self.end.year
        return str(first) if first == last else f"{first}/{last % 100:02}"
