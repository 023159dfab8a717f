"""What was done well: deployments and their checks, answers, certificates, activities, observations, cases."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.facts.declaring import Fact, day_field, flag_field, rate_field, ref_field, text_field


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment(Fact):
    partner: str | None = ref_field("partner", "Partner")
    customer: str | None = ref_field("customer", "Customer")
    deal: str | None = ref_field("deal", "Deal")
    product: str | None = ref_field("product", "Product")
    name: str = text_field("Name")
    planned_kickoff: date | None = day_field("Kick-off planned")
    kickoff: date | None = day_field("Kick-off")
    planned_live: date | None = day_field("Go-live planned")
    live: date | None = day_field("Went live")
    first_value: date | None = day_field("First value")
    outcome: str = text_field("Documented outcome")
    review_score: Decimal | None = rate_field("Quality review, 0 to 100")
    reviewed: date | None = day_field("Quality review on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Fact):
    deployment: str = ref_field("deployment", "Deployment", ...)
    partner: str | None = ref_field("partner", "Partner; the deployment's own where none is named")
    group: str = text_field("standards or adoption", "standards")
    item: str = text_field("What is checked")
    day: date | None = day_field("Checked on")
    met: bool | None = flag_field("Met")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Fact):
    partner: str | None = ref_field("partner", "Partner")
    customer: str | None = ref_field("customer", "Customer")
    deployment: str | None = ref_field("deployment", "Deployment")
    kind: str = text_field("csat or nps", "csat")
    day: date | None = day_field("Answered on")
    score: Decimal | None = rate_field("Answer")
    scale_min: Decimal | None = rate_field("Lowest answer of the scale")
    scale_max: Decimal | None = rate_field("Highest answer of the scale")
    comment: str = text_field("Comment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification(Fact):
    partner: str | None = ref_field("partner", "Employer")
    person: str = text_field("Who holds it", ...)
    certificate: str = text_field("Certificate")
    level: str = text_field("Level")
    awarded: date | None = day_field("Awarded")
    expires: date | None = day_field("Expires")


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Fact):
    partner: str | None = ref_field("partner", "Partner")
    customer: str | None = ref_field("customer", "Customer")
    kind: str = text_field(
        "training, clinic, demo, reference, case-study, co-marketing, joint-planning, onboarding, attestation"
    )
    title: str = text_field("Title")
    day: date | None = day_field("Day")
    verified_by: str = text_field("Verified by")
    evidence: str = text_field("Evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Fact):
    partner: str = ref_field("partner", "Partner", ...)
    metric: str = text_field("Name of the value observed", ...)
    day: date | None = day_field("Observed on")
    value: Decimal | None = rate_field("Value")
    evidence: str = text_field("Evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Fact):
    partner: str | None = ref_field("partner", "Partner")
    customer: str | None = ref_field("customer", "Customer")
    title: str = text_field("Title")
    opened: date | None = day_field("Opened")
    closed: date | None = day_field("Closed")
    severity: str = text_field("Severity")
    escalated: bool | None = flag_field("Escalated")
    in_time: bool | None = flag_field("Resolved in time")
