"""What happened, never what it means: one frozen row type per kind of fact.

A kind is declared once, here; tables, drafts, file columns and the `where` filters of a program are derived from
these declarations. Money fields hold Decimals in the row's own `currency`; days are civil dates; every row knows
its `source` (where it was read or who typed it) and since when it was known (`known_on`). The list of kinds stays
in one piece because it is read as one: the whole vocabulary of facts on a few pages.
"""

from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

TEXT, DAY, MONEY, RATE, WHOLE, FLAG, MAP, REF = "text", "day", "money", "rate", "whole", "flag", "map", "ref"
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row was read: file, sheet and row of an import batch, or the person who typed it."""

    batch: int | None = None
    file: str = ""
    sheet: str = ""
    row: int = 0
    by: str = ""

    def __str__(self) -> str:
        if not self.file:
            return f"typed by {self.by}" if self.by else "typed"
        sheet = f", sheet {self.sheet}" if self.sheet else ""
        return f"{self.file}{sheet}, row {self.row}"


def _say(kind: str, says: str, default: Any, to: str = "", choices: tuple[str, ...] = ()) -> Any:
    metadata = {"is": kind, "says": says, "to": to, "choices": choices}
    if default is ...:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def _text(says: str, default: Any = "", choices: tuple[str, ...] = ()) -> Any:
    return _say(TEXT, says, default, choices=choices)


def _day(says: str, default: Any = None) -> Any:
    return _say(DAY, says, default)


def _money(says: str, default: Any = None) -> Any:
    return _say(MONEY, says, default)


def _rate(says: str, default: Any = None) -> Any:
    return _say(RATE, says, default)


def _whole(says: str, default: Any = None) -> Any:
    return _say(WHOLE, says, default)


def _flag(says: str, default: Any = None) -> Any:
    return _say(FLAG, says, default)


def _ref(to: str, says: str, default: Any = None) -> Any:
    return _say(REF, says, default, to=to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every row carries. `attributes` holds free named texts of the user's own."""

    id: str = _text("Identifier, unique within its kind", ...)
    attributes: Mapping[str, str] = field(
        default_factory=dict, metadata={"is": MAP, "says": "Free attributes"}, hash=False
    )
    known_on: date | None = _day("Since when this row was known")
    source: Source | None = field(default=None, compare=False, metadata={"is": "source", "says": "Where it was read"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner(Fact):
    name: str = _text("Name", ...)
    type: str = _text(
        "reseller, integrator, value-added, referral, msp, distributor or any other type the program names"
    )
    legal_name: str = _text("Name on contracts and statements")
    document_name: str = _text("Name on documents, where the usual one cannot be printed")
    tax_id: str = _text("Tax number")
    region: str = _text("Region")
    country: str = _text("Country, ISO 3166 two letters or its name")
    city: str = _text("City")
    segment: str = _text("Segment")
    currency: str = _text("ISO 4217 code of the statements", "EUR")
    language: str = _text("Language and number format of the documents, such as de_DE")
    joined: date | None = _day("Joined the program on")
    left: date | None = _day("Left the program on")
    parent: str | None = _ref("partner", "Parent partner")
    owner: str | None = _ref("person", "Account manager")
    status: str = _text("active, prospect, suspended or left", "active")
    agreement: str = _text("Reference of the agreement")
    agreement_signed: date | None = _day("Agreement signed on")
    compliance_attested: date | None = _day("Compliance attested on")
    data_sharing_attested: date | None = _day("Data-sharing attested on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer(Fact):
    name: str = _text("Name", ...)
    legal_name: str = _text("Legal name")
    country: str = _text("Country")
    city: str = _text("City")
    segment: str = _text("Segment")
    industry: str = _text("Industry")
    type: str = _text("Type, as the source calls it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Fact):
    name: str = _text("Name", ...)
    family: str = _text("Family")
    category: str = _text("Category")
    cost: Decimal | None = _rate("Standard cost")
    currency: str = _text("Currency of the cost", "EUR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal(Fact):
    partner: str | None = _ref("partner", "Partner; empty for a deal without one")
    customer: str | None = _ref("customer", "Customer")
    product: str | None = _ref("product", "Main product")
    name: str = _text("Name")
    kind: str = _text("new, expansion, cross-sell, upsell, renewal or services", "new")
    role: str = _text(
        "The partner's role: sourced, assisted or managed; who is only credited has that of its credit", "sourced"
    )
    stage: str = _text("Stage")
    status: str = _text("open, won or lost", "open", ("open", "won", "lost"))
    registered: date | None = _day("Registered on")
    created: date | None = _day("Created on")
    expected_close: date | None = _day("Expected close")
    closed: date | None = _day("Closed on")
    lost_reason: str = _text("Why it was lost")
    amount: Decimal | None = _money("Amount")
    cost: Decimal | None = _money("Cost")
    recurring: Decimal | None = _money("Recurring amount of the first year")
    currency: str = _text("Currency", "EUR")
    probability: Decimal | None = _rate("A person's own probability, 0 to 1")
    owner: str | None = _ref("person", "Owner")
    next_step: str = _text("Next step")


@dataclass(frozen=True, slots=True, kw_only=True)
class DealLine(Fact):
    deal: str = _ref("deal", "Deal", ...)
    partner: str | None = _ref("partner", "Partner; the deal's own where none is named")
    product: str | None = _ref("product", "Product")
    day: date | None = _day("Day")
    quantity: Decimal | None = _rate("Quantity")
    unit_price: Decimal | None = _rate("Unit price")
    amount: Decimal | None = _money("Net amount of the line")
    cost: Decimal | None = _money("Cost of the line")
    currency: str = _text("Currency", "EUR")
    due: date | None = _day("Due on")
    shipped: date | None = _day("Shipped on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit(Fact):
    deal: str = _ref("deal", "Deal", ...)
    partner: str = _ref("partner", "Partner", ...)
    role: str = _text("sourced, assisted or managed", "assisted")
    share: Decimal = _rate("Share of the deal, 0 to 1", ...)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChange(Fact):
    deal: str = _ref("deal", "Deal", ...)
    day: date | None = _day("Entered on")
    stage: str = _text("Stage")
    amount: Decimal | None = _money("Amount at that time")
    currency: str = _text("Currency", "EUR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Fact):
    partner: str | None = _ref("partner", "Partner")
    customer: str | None = _ref("customer", "Customer")
    product: str | None = _ref("product", "Product")
    deal: str | None = _ref("deal", "Deal it came from")
    start: date | None = _day("Start")
    end: date | None = _day("End of the term, inclusive")
    recurring: Decimal | None = _money("Recurring amount per year")
    cadence: str = _text("Billed per month, quarter or year", "year")
    currency: str = _text("Currency", "EUR")
    seats: int | None = _whole("Seats")
    renewal_of: str | None = _ref("contract", "The contract it renews")
    notice_days: int | None = _whole("Days of notice before the end")
    outcome: str = _text(
        "open, renewed, expanded, contracted or churned",
        "open",
        ("open", "renewed", "expanded", "contracted", "churned"),
    )
    outcome_on: date | None = _day("Outcome known on")
    outcome_amount: Decimal | None = _money("Recurring amount per year after the renewal")
    reason: str = _text("Reason of the outcome")
    owner: str | None = _ref("person", "Owner of the renewal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction(Fact):
    partner: str | None = _ref("partner", "Partner")
    customer: str | None = _ref("customer", "Customer")
    product: str | None = _ref("product", "Product")
    kind: str = _text("invoice, payment, credit-note, refund, write-off or usage", "invoice")
    day: date | None = _day("Day")
    amount: Decimal | None = _money("Net amount; credit notes, refunds and write-offs are negative")
    list_amount: Decimal | None = _money("List amount")
    cost: Decimal | None = _money("Cost")
    currency: str = _text("Currency", "EUR")
    deal: str | None = _ref("deal", "Deal")
    contract: str | None = _ref("contract", "Contract")
    number: str = _text("Document number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment(Fact):
    partner: str | None = _ref("partner", "Partner")
    customer: str | None = _ref("customer", "Customer")
    deal: str | None = _ref("deal", "Deal")
    product: str | None = _ref("product", "Product")
    name: str = _text("Name")
    planned_kickoff: date | None = _day("Kick-off planned")
    kickoff: date | None = _day("Kick-off")
    planned_live: date | None = _day("Go-live planned")
    live: date | None = _day("Went live")
    first_value: date | None = _day("First value")
    outcome: str = _text("Documented outcome")
    review_score: Decimal | None = _rate("Quality review, 0 to 100")
    reviewed: date | None = _day("Quality review on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Fact):
    deployment: str = _ref("deployment", "Deployment", ...)
    partner: str | None = _ref("partner", "Partner; the deployment's own where none is named")
    group: str = _text("standards or adoption", "standards")
    item: str = _text("What is checked")
    day: date | None = _day("Checked on")
    met: bool | None = _flag("Met")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Fact):
    partner: str | None = _ref("partner", "Partner")
    customer: str | None = _ref("customer", "Customer")
    deployment: str | None = _ref("deployment", "Deployment")
    kind: str = _text("csat or nps", "csat")
    day: date | None = _day("Answered on")
    score: Decimal | None = _rate("Answer")
    scale_min: Decimal | None = _rate("Lowest answer of the scale")
    scale_max: Decimal | None = _rate("Highest answer of the scale")
    comment: str = _text("Comment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification(Fact):
    partner: str | None = _ref("partner", "Employer")
    person: str = _text("Who holds it", ...)
    certificate: str = _text("Certificate")
    level: str = _text("Level")
    awarded: date | None = _day("Awarded")
    expires: date | None = _day("Expires")


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Fact):
    partner: str | None = _ref("partner", "Partner")
    customer: str | None = _ref("customer", "Customer")
    kind: str = _text(
        "training, clinic, demo, reference, case-study, co-marketing, joint-planning, onboarding, attestation"
    )
    title: str = _text("Title")
    day: date | None = _day("Day")
    verified_by: str = _text("Verified by")
    evidence: str = _text("Evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Fact):
    partner: str = _ref("partner", "Partner", ...)
    metric: str = _text("Name of the value observed", ...)
    day: date | None = _day("Observed on")
    value: Decimal | None = _rate("Value")
    evidence: str = _text("Evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class FundEntry(Fact):
    partner: str = _ref("partner", "Partner", ...)
    fund: str = _text("Fund")
    kind: str = _text(
        "allocation, request, approval, denial, claim, proof, reimbursement, release or expiry; an allocation below "
        "zero takes back"
    )
    day: date | None = _day("Day")
    amount: Decimal | None = _money("Amount")
    currency: str = _text("Currency", "EUR")
    activity: str | None = _ref("activity", "Activity")
    due: date | None = _day("Due")
    request: str | None = _ref("fund_entry", "Request it belongs to; else that of the same activity")
    cost: Decimal | None = _money("What the activity cost, proven")
    project: str = _text("Joint project")
    result: str = _text("What came of it")
    evidence: str = _text("Where the proof lies")
    approver: str = _text("Decided by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment(Fact):
    partner: str = _ref("partner", "Partner", ...)
    day: date | None = _day("Day")
    amount: Decimal | None = _money("Amount")
    currency: str = _text("Currency", "EUR")
    reason_code: str = _text("Reason code")
    reason: str = _text("Reason")
    approver: str = _text("Approved by")
    line: str = _text("Earning line it corrects")
    counts_for_tier: bool | None = _flag("Counts for the tier", False)
    counts_for_attainment: bool | None = _flag("Counts for attainment", False)
    counts_for_cap: bool | None = _flag("Counts for the cap", False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute(Fact):
    """A partner's objection to a line of a statement, open until it is decided."""

    partner: str = _ref("partner", "Partner", ...)
    day: date | None = _day("Raised on")
    line: str = _text("Line that is disputed", ...)
    statement: str = _text("Statement on which the line stands")
    amount: Decimal | None = _money("Amount of the line")
    unpaid: Decimal | None = _money("Of it payable and not paid yet when the dispute was raised")
    claimed: Decimal | None = _money("Amount that the partner expects")
    currency: str = _text("Currency", "EUR")
    reason: str = _text("What the partner says")
    raised_by: str = _text("Raised by")
    answer_by: date | None = _day("Answer is due on")
    outcome: str = _text("Outcome", "open", ("open", "escalated", "approved", "partly", "denied"))
    decided: date | None = _day("Decided on")
    decision: str = _text("Reason of the outcome")
    decided_by: str = _text("Decided by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(Fact):
    """A person's order not to pay for now: what is payable of a deal, a customer or the partner waits in held."""

    partner: str = _ref("partner", "Partner", ...)
    deal: str | None = _ref("deal", "Deal that is on hold; everything of the partner where nothing is named")
    customer: str | None = _ref("customer", "Customer that is on hold")
    day: date | None = _day("On hold from")
    reason: str = _text("Reason, as the partner reads it")
    placed_by: str = _text("Placed by")
    released: date | None = _day("Released on")
    release_reason: str = _text("Reason of the release")
    released_by: str = _text("Released by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Fact):
    partner: str = _ref("partner", "Partner", ...)
    day: date | None = _day("Value date")
    amount: Decimal | None = _money("Amount paid; below zero where the partner paid back")
    currency: str = _text("Currency", "EUR")
    remittance: str = _text("Remittance number")
    method: str = _text("Method")
    tax: Decimal | None = _money("Tax withheld beside the amount paid")
    instruction: str = _text("Item of the payment run that it settles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening(Fact):
    """A balance taken over with a partner from what kept its ledger before."""

    partner: str = _ref("partner", "Partner", ...)
    day: date | None = _day("Last day that the balances hold; what came up to it is in them")
    kind: str = _text(
        "vesting (held until it vests), holdback (held back), payable, receivable (the partner owes it) or paid (what "
        "its line was paid so far; it moves no balance)",
        ...,
        ("vesting", "holdback", "payable", "receivable", "paid"),
    )
    amount: Decimal | None = _money("Amount, above zero")
    currency: str = _text("Currency", "EUR")
    line: str = _text("Line in the former ledger; rows of one line are one earning")
    earning: str = _text(
        "The program's earning that the line goes on under, with its clawback, and under whose caps it counts"
    )
    event: date | None = _day("Day of the line's event")
    waits_for: str = _text(
        "What releases it where that is no day: customer live, first value or contract start",
        "",
        ("", "customer live", "first value", "contract start"),
    )
    due: date | None = _day("Released on; where it waits for something, forfeited after this day")
    if_active: bool | None = _flag("Released only if the customer's contract has not ended by then", False)
    deal: str | None = _ref("deal", "Deal")
    contract: str | None = _ref("contract", "Contract")
    customer: str | None = _ref("customer", "Customer")
    product: str | None = _ref("product", "Product")
    evidence: str = _text("What shows it: a file, a statement, a confirmation")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRate(Fact):
    table: str = _text("Table", "program")
    day: date | None = _day("From")
    base: str = _text("One unit of this currency", ...)
    quote: str = _text("costs so many of this currency", ...)
    rate: Decimal | None = _rate("Rate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Fact):
    name: str = _text("Name", ...)
    side: str = _text("vendor, partner or customer", "vendor")
    partner: str | None = _ref("partner", "Partner")
    role: str = _text("Role")
    email: str = _text("E-mail")
    phone: str = _text("Telephone")
    employee: str = _text("Number in the source system")


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory(Fact):
    name: str = _text("Name", ...)
    country: str = _text("Country")
    group: str = _text("Group")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(Fact):
    person: str = _ref("person", "Person", ...)
    territory: str = _ref("territory", "Territory", ...)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Fact):
    partner: str | None = _ref("partner", "Partner")
    person: str | None = _ref("person", "Person")
    metric: str = _text("What is counted", "revenue")
    start: date | None = _day("First day of the period")
    end: date | None = _day("Last day of the period")
    amount: Decimal | None = _money("Target")
    currency: str = _text("Currency", "EUR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Fact):
    partner: str | None = _ref("partner", "Partner")
    customer: str | None = _ref("customer", "Customer")
    title: str = _text("Title")
    opened: date | None = _day("Opened")
    closed: date | None = _day("Closed")
    severity: str = _text("Severity")
    escalated: bool | None = _flag("Escalated")
    in_time: bool | None = _flag("Resolved in time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment(Fact):
    """What a partner is enrolled in from a day on, all of it: its next enrolment in the program takes its place."""

    partner: str = _ref("partner", "Partner", ...)
    program: str = _text("Program, by its id or name", ...)
    day: date | None = _day("From; from the beginning where it is not known")
    track: str = _text("Track of the score, by its name")
    group: str = _text("Group")
    module: str = _text("Modules of the program, by id or name, with commas between several")


@dataclass(frozen=True, slots=True, kw_only=True)
class TierDecision(Fact):
    """A person's confirmation of a proposed move, or a tier set by hand; in force from `day` until the next one."""

    partner: str = _ref("partner", "Partner", ...)
    day: date | None = _day("In force from")
    tier: str = _text("Tier", ...)
    reason: str = _text("Reason")
    decided_by: str = _text("Decided by")


@dataclass(frozen=True, slots=True)
class Attribute:
    """One declared field of a kind: `kind` is text, day, money, rate, whole, flag, map or ref (`to` a kind)."""

    name: str
    kind: str
    says: str
    required: bool
    default: Any
    to: str
    choices: tuple[str, ...]


KINDS: dict[str, type[Fact]] = {
    "person": Person,
    "territory": Territory,
    "coverage": Coverage,
    "partner": Partner,
    "customer": Customer,
    "product": Product,
    "deal": Deal,
    "deal_line": DealLine,
    "credit": Credit,
    "stage_change": StageChange,
    "contract": Contract,
    "transaction": Transaction,
    "deployment": Deployment,
    "check": Check,
    "survey": Survey,
    "certification": Certification,
    "activity": Activity,
    "observation": Observation,
    "fund_entry": FundEntry,
    "adjustment": Adjustment,
    "dispute": Dispute,
    "hold": Hold,
    "payment": Payment,
    "opening": Opening,
    "exchange_rate": ExchangeRate,
    "target": Target,
    "case": Case,
    "enrolment": Enrolment,
    "tier_decision": TierDecision,
}
KIND_OF = {row: kind for kind, row in KINDS.items()}


def plural(name: str) -> str:
    """Several of a kind, or of what an attribute names: `fund_entry` gives "fund entries"."""
    words = name.rpartition(".")[2].replace("_", " ")
    if words.endswith("person"):
        return f"{words.removesuffix('person')}people"
    return f"{words[:-1]}ies" if words.endswith("y") and words[-2:-1] not in "aeiou" else f"{words}s"


# The day on which a fact of the kind happened, when a rule names no other; the first one that is set.
HAPPENED: dict[str, tuple[str, ...]] = {
    "partner": ("joined",),
    "deal": ("closed", "created", "registered"),
    "contract": ("start",),
    "deployment": ("live", "kickoff"),
    "certification": ("awarded",),
    "case": ("opened",),
    "target": ("start",),
}


@lru_cache(maxsize=64)
def attributes(kind: str) -> tuple[Attribute, ...]:
    """The declared fields of a kind in their order, without `source`."""
    return tuple(_attribute(f) for f in fields(KINDS[kind]) if f.metadata["is"] != "source")


def _attribute(f: "Field[Any]") -> Attribute:
    from dataclasses import MISSING

    required = f.default is MISSING and f.default_factory is MISSING
    default = None if required or f.default is MISSING else f.default
    return Attribute(
        f.name,
        f.metadata["is"],
        f.metadata["says"],
        required,
        default,
        f.metadata.get("to", ""),
        f.metadata.get("choices", ()),
    )


@dataclass(frozen=True)
class Facts:
    """All facts of a book (or of one partner's world), one tuple per kind; kinds may be absent."""

    rows: Mapping[str, tuple[Any, ...]]

    def of(self, kind: str) -> tuple[Any, ...]:
        return self.rows.get(kind, ())

    def __iter__(self) -> Iterator[tuple[str, Fact]]:
        for kind, rows in self.rows.items():
            for row in rows:
                yield kind, row
