"""Who does business with whom, and with what: partners, customers, people, who covers what, what is expected."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.facts.declaring import Fact, day_field, money_field, rate_field, ref_field, text_field


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner(Fact):
    name: str = text_field("Name", ...)
    type: str = text_field(
        "reseller, integrator, value-added, referral, msp, distributor or any other type the program names"
    )
    legal_name: str = text_field("Name on contracts and statements")
    document_name: str = text_field("Name on documents, where the usual one cannot be printed")
    tax_id: str = text_field("Tax number")
    region: str = text_field("Region")
    country: str = text_field("Country, ISO 3166 two letters or its name")
    city: str = text_field("City")
    segment: str = text_field("Segment")
    currency: str = text_field("ISO 4217 code of the statements", "EUR")
    language: str = text_field("Language and number format of the documents, such as de_DE")
    joined: date | None = day_field("Joined the program on")
    left: date | None = day_field("Left the program on")
    parent: str | None = ref_field("partner", "Parent partner")
    owner: str | None = ref_field("person", "Account manager")
    status: str = text_field("active, prospect, suspended or left", "active")
    agreement: str = text_field("Reference of the agreement")
    agreement_signed: date | None = day_field("Agreement signed on")
    compliance_attested: date | None = day_field("Compliance attested on")
    data_sharing_attested: date | None = day_field("Data-sharing attested on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment(Fact):
    """What a partner is enrolled in from a day on, all of it: its next enrolment in the program takes its place."""

    partner: str = ref_field("partner", "Partner", ...)
    program: str = text_field("Program, by its id or name", ...)
    day: date | None = day_field("From; from the beginning where it is not known")
    track: str = text_field("Track of the score, by its name")
    group: str = text_field("Group")
    module: str = text_field("Modules of the program, by id or name, with commas between several")


@dataclass(frozen=True, slots=True, kw_only=True)
class TierDecision(Fact):
    """A person's confirmation of a proposed move, or a tier set by hand; in force from `day` until the next one."""

    partner: str = ref_field("partner", "Partner", ...)
    day: date | None = day_field("In force from")
    tier: str = text_field("Tier", ...)
    reason: str = text_field("Reason")
    decided_by: str = text_field("Decided by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer(Fact):
    name: str = text_field("Name", ...)
    legal_name: str = text_field("Legal name")
    country: str = text_field("Country")
    city: str = text_field("City")
    segment: str = text_field("Segment")
    industry: str = text_field("Industry")
    type: str = text_field("Type, as the source calls it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Fact):
    name: str = text_field("Name", ...)
    family: str = text_field("Family")
    category: str = text_field("Category")
    cost: Decimal | None = rate_field("Standard cost")
    currency: str = text_field("Currency of the cost", "EUR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Fact):
    name: str = text_field("Name", ...)
    side: str = text_field("vendor, partner or customer", "vendor")
    partner: str | None = ref_field("partner", "Partner")
    role: str = text_field("Role")
    email: str = text_field("E-mail")
    phone: str = text_field("Telephone")
    employee: str = text_field("Number in the source system")


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory(Fact):
    name: str = text_field("Name", ...)
    country: str = text_field("Country")
    group: str = text_field("Group")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(Fact):
    person: str = ref_field("person", "Person", ...)
    territory: str = ref_field("territory", "Territory", ...)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Fact):
    partner: str | None = ref_field("partner", "Partner")
    person: str | None = ref_field("person", "Person")
    metric: str = text_field("What is counted", "revenue")
    start: date | None = day_field("First day of the period")
    end: date | None = day_field("Last day of the period")
    amount: Decimal | None = money_field("Target")
    currency: str = text_field("Currency", "EUR")
