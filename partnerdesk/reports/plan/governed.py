"""Who a plan document names and how both sides keep to it, as frozen rows: people, rights, risks, ways up, meetings."""

from dataclasses import dataclass
from datetime import date

from partnerdesk.reports.plan.sides import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: str
    side: Side
    role: str
    backup: str
    last_contact: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRight:
    decision: str
    accountable: str
    responsible: str
    consulted: str
    informed: str
    limit_days: int | None
    fallback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    text: str
    likelihood: str
    impact: str
    trigger: str
    mitigation: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    level: int
    who: str
    vendor_name: str
    partner_name: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """A meeting of the rhythm."""

    meeting: str
    cadence: str
    minutes: int | None
    who: str
    covers: str
    is_optional: bool
