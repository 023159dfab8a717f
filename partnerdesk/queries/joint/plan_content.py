"""What stands in a plan as frozen rows: its head, targets, objectives, decision rights and risks."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

OPEN_STATUSES = ("draft", "shared")  # content may change; later it is locked


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    id: int
    partner: str
    partner_name: str
    title: str
    start: date
    end: date
    version: int
    status: str
    thesis: str
    partner_goals: str
    vendor_goals: str
    ideal_customer: str
    value_proposition: str
    competitors: str
    wins: str
    friction: str
    template: str
    partner_owner: str
    partner_sponsor: str
    vendor_owner: str
    vendor_sponsor: str
    kickoff: date | None
    created: date
    shared_on: date | None
    agreed_on: date | None
    agreed_by: str
    started_on: date | None
    closed_on: date | None
    closing_words: str

    @property
    def is_locked(self) -> bool:
        return self.status not in OPEN_STATUSES

    @property
    def number(self) -> str:
        """What the plan is called in a conversation, such as JP-2027-P-01."""
        return f"JP-{self.start.year}-{self.partner}"


@dataclass(frozen=True, slots=True)
class QuarterTarget:
    quarter: str
    value: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """A target; where `source` is auto, `metric` is a key of the program and the actual comes from the evaluation."""

    id: int
    plan: int
    position: int
    follows: int | None
    metric: str
    label: str
    unit: str
    source: str
    baseline: Decimal | None
    weight: Decimal | None
    confidence: str
    quarters: tuple[QuarterTarget, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveRow:
    id: int
    plan: int
    position: int
    follows: int | None
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

    @property
    def lacks(self) -> tuple[tuple[str, str], ...]:
        """What stands against agreeing on it, with its column: both sides commit, by name and day, or nobody does."""
        wanted = (
            ("no vendor commitment", self.vendor_commitment, "ours"),
            ("no vendor owner", self.vendor_owner, "ours"),
            ("no partner commitment", self.partner_commitment, "theirs"),
            ("no partner owner", self.partner_owner, "theirs"),
            ("no due date", self.due, "due"),
        )
        return tuple((f"Objective “{self.title}” has {words}.", column) for words, value, column in wanted if not value)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    id: int
    plan: int
    position: int
    follows: int | None
    decision: str
    accountable: str
    responsible: str
    consulted: str
    informed: str
    limit_days: int | None
    fallback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    id: int
    plan: int
    position: int
    follows: int | None
    text: str
    likelihood: str
    impact: str
    trigger: str
    mitigation: str
    owner: str
