"""What is sold: deals with their lines, credits and stages, contracts, and what is invoiced, paid or used."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.facts.declaring import (
    Fact,
    day_field,
    money_field,
    rate_field,
    ref_field,
    text_field,
    whole_field,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal(Fact):
    partner: str | None = ref_field("partner", "Partner; empty for a deal without one")
    customer: str | None = ref_field("customer", "Customer")
    product: str | None = ref_field("product", "Main product")
    name: str = text_field("Name")
    kind: str = text_field("new, expansion, cross-sell, upsell, renewal or services", "new")
    role: str = text_field(
        "The partner's role: sourced, assisted or managed; who is only credited has that of its credit", "sourced"
    )
    stage: str = text_field("Stage")
    status: str = text_field("open, won or lost", "open", ("open", "won", "lost"))
    registered: date | None = day_field("Registered on")
    created: date | None = day_field("Created on")
    expected_close: date | None = day_field("Expected close")
    closed: date | None = day_field("Closed on")
    lost_reason: str = text_field("Why it was lost")
    amount: Decimal | None = money_field("Amount")
    cost: Decimal | None = money_field("Cost")
    recurring: Decimal | None = money_field("Recurring amount of the first year")
    currency: str = text_field("Currency", "EUR")
    probability: Decimal | None = rate_field("A person's own probability, 0 to 1")
    owner: str | None = ref_field("person", "Owner")
    next_step: str = text_field("Next step")


@dataclass(frozen=True, slots=True, kw_only=True)
class DealLine(Fact):
    deal: str = ref_field("deal", "Deal", ...)
    partner: str | None = ref_field("partner", "Partner; the deal's own where none is named")
    product: str | None = ref_field("product", "Product")
    day: date | None = day_field("Day")
    quantity: Decimal | None = rate_field("Quantity")
    unit_price: Decimal | None = rate_field("Unit price")
    amount: Decimal | None = money_field("Net amount of the line")
    cost: Decimal | None = money_field("Cost of the line")
    currency: str = text_field("Currency", "EUR")
    due: date | None = day_field("Due on")
    shipped: date | None = day_field("Shipped on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit(Fact):
    deal: str = ref_field("deal", "Deal", ...)
    partner: str = ref_field("partner", "Partner", ...)
    role: str = text_field("sourced, assisted or managed", "assisted")
    share: Decimal = rate_field("Share of the deal, 0 to 1", ...)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChange(Fact):
    deal: str = ref_field("deal", "Deal", ...)
    day: date | None = day_field("Entered on")
    stage: str = text_field("Stage")
    amount: Decimal | None = money_field("Amount at that time")
    currency: str = text_field("Currency", "EUR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Fact):
    partner: str | None = ref_field("partner", "Partner")
    customer: str | None = ref_field("customer", "Customer")
    product: str | None = ref_field("product", "Product")
    deal: str | None = ref_field("deal", "Deal it came from")
    start: date | None = day_field("Start")
    end: date | None = day_field("End of the term, inclusive")
    recurring: Decimal | None = money_field("Recurring amount per year")
    cadence: str = text_field("Billed per month, quarter or year", "year")
    currency: str = text_field("Currency", "EUR")
    seats: int | None = whole_field("Seats")
    renewal_of: str | None = ref_field("contract", "The contract it renews")
    notice_days: int | None = whole_field("Days of notice before the end")
    outcome: str = text_field(
        "open, renewed, expanded, contracted or churned",
        "open",
        ("open", "renewed", "expanded", "contracted", "churned"),
    )
    outcome_on: date | None = day_field("Outcome known on")
    outcome_amount: Decimal | None = money_field("Recurring amount per year after the renewal")
    reason: str = text_field("Reason of the outcome")
    probability: Decimal | None = rate_field("A person's own probability that it is renewed, 0 to 1")
    owner: str | None = ref_field("person", "Owner of the renewal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction(Fact):
    partner: str | None = ref_field("partner", "Partner")
    customer: str | None = ref_field("customer", "Customer")
    product: str | None = ref_field("product", "Product")
    kind: str = text_field("invoice, payment, credit-note, refund, write-off or usage", "invoice")
    day: date | None = day_field("Day")
    amount: Decimal | None = money_field("Net amount; credit notes, refunds and write-offs are negative")
    list_amount: Decimal | None = money_field("List amount")
    cost: Decimal | None = money_field("Cost")
    currency: str = text_field("Currency", "EUR")
    deal: str | None = ref_field("deal", "Deal")
    contract: str | None = ref_field("contract", "Contract")
    number: str = text_field("Document number")
