"""What moves money beside earnings: funds, adjustments, disputes, holds, payments, openings, exchange rates."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.facts.declaring import (
    Fact,
    day_field,
    flag_field,
    money_field,
    rate_field,
    ref_field,
    text_field,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundEntry(Fact):
    partner: str = ref_field("partner", "Partner", ...)
    fund: str = text_field("Fund")
    kind: str = text_field(
        "allocation, request, approval, denial, claim, proof, reimbursement, release or expiry; an allocation below "
        "zero takes back"
    )
    day: date | None = day_field("Day")
    amount: Decimal | None = money_field("Amount")
    currency: str = text_field("Currency", "EUR")
    activity: str | None = ref_field("activity", "Activity")
    due: date | None = day_field("Due")
    request: str | None = ref_field("fund_entry", "Request it belongs to; else that of the same activity")
    cost: Decimal | None = money_field("What the activity cost, proven")
    project: str = text_field("Joint project")
    result: str = text_field("What came of it")
    evidence: str = text_field("Where the proof lies")
    approver: str = text_field("Decided by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment(Fact):
    partner: str = ref_field("partner", "Partner", ...)
    day: date | None = day_field("Day")
    amount: Decimal | None = money_field("Amount")
    currency: str = text_field("Currency", "EUR")
    reason_code: str = text_field("Reason code")
    reason: str = text_field("Reason")
    approver: str = text_field("Approved by")
    line: str = text_field("Earning line it corrects")
    counts_for_tier: bool | None = flag_field("Counts for the tier", False)
    counts_for_attainment: bool | None = flag_field("Counts for attainment", False)
    counts_for_cap: bool | None = flag_field("Counts for the cap", False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute(Fact):
    """A partner's objection to a line of a statement, open until it is decided."""

    partner: str = ref_field("partner", "Partner", ...)
    day: date | None = day_field("Raised on")
    line: str = text_field("Line that is disputed", ...)
    statement: str = text_field("Statement on which the line stands")
    amount: Decimal | None = money_field("Amount of the line")
    unpaid: Decimal | None = money_field("Of it payable and not paid yet when the dispute was raised")
    claimed: Decimal | None = money_field("Amount that the partner expects")
    currency: str = text_field("Currency", "EUR")
    reason: str = text_field("What the partner says")
    raised_by: str = text_field("Raised by")
    answer_by: date | None = day_field("Answer is due on")
    outcome: str = text_field("Outcome", "open", ("open", "escalated", "approved", "partly", "denied"))
    decided: date | None = day_field("Decided on")
    decision: str = text_field("Reason of the outcome")
    decided_by: str = text_field("Decided by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(Fact):
    """A person's order not to pay for now: what is payable of a deal, a customer or the partner waits in held."""

    partner: str = ref_field("partner", "Partner", ...)
    deal: str | None = ref_field("deal", "Deal that is on hold; everything of the partner where nothing is named")
    customer: str | None = ref_field("customer", "Customer that is on hold")
    day: date | None = day_field("On hold from")
    reason: str = text_field("Reason, as the partner reads it")
    placed_by: str = text_field("Placed by")
    released: date | None = day_field("Released on")
    release_reason: str = text_field("Reason of the release")
    released_by: str = text_field("Released by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Fact):
    partner: str = ref_field("partner", "Partner", ...)
    day: date | None = day_field("Value date")
    amount: Decimal | None = money_field("Amount paid; below zero where the partner paid back")
    currency: str = text_field("Currency", "EUR")
    remittance: str = text_field("Remittance number")
    method: str = text_field("Method")
    tax: Decimal | None = money_field("Tax withheld beside the amount paid")
    instruction: str = text_field("Item of the payment run that it settles")
    bank_reference: str = text_field("Reference of the bank")
    bank_account: str = text_field("Account that it went to; documents show its last four characters")
    fees: Decimal | None = money_field("Fees that the bank took off the amount paid")
    statements: str = text_field("Statements that it covers")
    invoice: str = text_field("Self-billing invoice or credit note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening(Fact):
    """A balance taken over with a partner from what kept its ledger before."""

    partner: str = ref_field("partner", "Partner", ...)
    day: date | None = day_field("Last day that the balances hold; what came up to it is in them")
    kind: str = text_field(
        "vesting (held until it vests), holdback (held back), payable, receivable (the partner owes it) or paid (what "
        "its line was paid so far; it moves no balance)",
        ...,
        ("vesting", "holdback", "payable", "receivable", "paid"),
    )
    amount: Decimal | None = money_field("Amount, above zero")
    currency: str = text_field("Currency", "EUR")
    line: str = text_field("Line in the former ledger; rows of one line are one earning")
    earning: str = text_field(
        "The program's earning that the line goes on under, with its clawback, and under whose caps it counts"
    )
    event: date | None = day_field("Day of the line's event")
    waits_for: str = text_field(
        "What releases it where that is no day: customer live, first value or contract start",
        "",
        ("", "customer live", "first value", "contract start"),
    )
    due: date | None = day_field("Released on; where it waits for something, forfeited after this day")
    if_active: bool | None = flag_field("Released only if the customer's contract has not ended by then", False)
    deal: str | None = ref_field("deal", "Deal")
    contract: str | None = ref_field("contract", "Contract")
    customer: str | None = ref_field("customer", "Customer")
    product: str | None = ref_field("product", "Product")
    evidence: str = text_field("What shows it: a file, a statement, a confirmation")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRate(Fact):
    table: str = text_field("Table", "program")
    day: date | None = day_field("From")
    base: str = text_field("One unit of this currency", ...)
    quote: str = text_field("costs so many of this currency", ...)
    rate: Decimal | None = rate_field("Rate")
