"""Everything a payout statement says, as frozen rows: figures from the engine, names and texts resolved for reading.

Nothing here is computed; a writer needs nothing else, so a statement of a closed period can be written again from
what was kept. Days are civil, amounts are in the statement's currency unless a row names another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from partnerdesk.engine.outcome import OPENING, EarningLine, Entry, Held, RuleRef, Statement
from partnerdesk.engine.period import Period
from partnerdesk.reports.statement.ledgers import FundSheet, PaymentRow, Settled, Stake

DRAFT, FINAL, RESTATED = "DRAFT", "FINAL", "RESTATED"


@dataclass(frozen=True, slots=True)
class LineDetail:
    """What a reader sees of an earning line's references; empty texts where there is none."""

    deal: str = ""
    customer: str = ""
    product: str = ""
    term: str = ""  # of the contract, such as "36 m"
    source: str = ""  # import batch, or who typed it


@dataclass(frozen=True, slots=True)
class CorrectionDetail:
    """What a clawback or adjustment refers to, and who approved it."""

    statement: str = ""  # number of the statement that posted the line
    original: Decimal | None = None  # what the line had earned
    vested: Decimal | None = None  # of it vested by then
    approver: str = ""


def fact_in_words(kind: str, id: str) -> str:
    """`deal D-17`, as a list of facts names one."""
    return f"{kind.replace('_', ' ')} {id}"


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A fact that a rule refused, why, and until when what would make it count."""

    item: str
    deal: str
    customer: str
    amount: Decimal | None
    currency: str
    reason: str
    rule: str
    remedy: str
    fix_by: date | None = None


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A past statement in one row; `corrected` is clawed back, forfeited, adjusted and corrected together."""

    period: Period
    earned: Decimal
    corrected: Decimal
    paid: Decimal
    closing: Decimal


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of the register, in words."""

    reference: str
    version: str
    says: str
    formula: str
    parameters: str
    effective_from: date
    effective_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDocument:
    """One statement of one partner. `history` ends with this period; `previous` is the statement before, if any."""

    statement: Statement[Decimal]
    number: str  # ST-2026-09
    version: int = 1
    status: str = DRAFT
    partner_name: str
    legal_name: str = ""
    tax_id: str = ""
    issued: date | None = None
    program: str
    rules_version: str
    rules_from: date | None = None
    agreement: str = ""
    contact: str = ""
    payer: str
    dispute_until: date | None = None
    answer_days: int | None = None
    data_as_of: date
    run: str
    facts_hash: str
    program_hash: str
    engine: str  # name and version of what computed it
    previous: str = ""
    following: str = ""
    sample: bool = False
    history: tuple[HistoryRow, ...] = ()
    rules: tuple[RuleRow, ...] = ()
    details: Mapping[str, LineDetail] = field(default_factory=dict)  # by line id
    corrections: Mapping[str, CorrectionDetail] = field(default_factory=dict)  # by entry id
    uncounted: tuple[NotCounted, ...] = ()
    restates: str | None = None  # the revision before: ST-2026-09 v1
    restated_because: str | None = None
    funds: FundSheet | None = None  # None in statements of before there were funds, and so are the next two
    stake: Stake | None = None
    payments: tuple[PaymentRow, ...] | None = None
    semantics: int | None = None  # what its figures mean (engine/semantics); None is the first
    causes: Mapping[str, str] | None = None  # of true-ups, by line; told when it is drawn, and in no canonical text
    posted_rules: Mapping[str, RuleRef] | None = None  # of the lines that true-ups correct; told when it is drawn, too
    adjusted: Mapping[str, str] | None = None  # what adjustments correct, by entry; told when it is drawn, too
    settled: Settled | None = None  # where a draw or an invoice is part of the balance; told when it is drawn, too
    conditions: Mapping[str, str] | None = None  # of what else is forfeited, by hold; told when it is drawn, too

    @property
    def period(self) -> Period:
        return self.statement.period

    @property
    def currency(self) -> str:
        return self.statement.currency

    @property
    def left_out(self) -> tuple[NotCounted, ...]:
        """What did not count: a fact that one rule refused and that earned under another one did."""
        earned = {fact_in_words(line.fact_kind, line.fact_id) for line in self.statement.lines}
        return tuple(row for row in self.uncounted if row.item not in earned)

    @property
    def ruling(self) -> tuple[tuple[str, date | None], ...]:
        """The versions that its lines are under, oldest first, each with its first day; the one in force where it has
        no line. One that reaches back is later than the period.
        """
        used = {(line.rule.effective_from, line.rule.version) for line in self.statement.lines}
        return tuple((version, day) for day, version in sorted(used)) or ((self.rules_version, self.rules_from),)

    @property
    def title(self) -> str:
        """What the document is: an opening statement where nothing but balances taken over stands on it."""
        kinds = {entry.kind for entry in self.statement.entries}
        return "Opening statement" if kinds == {OPENING} else "Payout statement"

    @property
    def state(self) -> str:
        """`FINAL v1`."""
        return f"{self.status} v{self.version}"

    def detail(self, line: EarningLine[Decimal]) -> LineDetail:
        """The line's references in words; its bare identifiers where nobody resolved them."""
        found = self.details.get(line.id)
        return found or LineDetail(line.deal or "", line.customer or "", line.product or "")

    def note(self, entry: Entry[Decimal]) -> str:
        """The sentence beside an entry, that of a true-up with what became of its row."""
        cause = (self.causes or {}).get(entry.line, "") if entry.kind == "trueup" else ""
        return f"{entry.note} ({cause})" if cause else entry.note

    def condition(self, hold: Held[Decimal]) -> str:
        """What a hold waits for; where it may be forfeited with the rule's own words and how it stands."""
        return (self.conditions or {}).get(hold.id, hold.condition)

    def corrects(self, entry: Entry[Decimal]) -> str:
        """What an entry corrects: a line, or what it refers to; an adjustment refers to itself, and names a line only
        where it corrects one.
        """
        if entry.kind == "adjustment" and self.adjusted is not None:
            return self.adjusted.get(entry.id, "")
        return entry.line or entry.reference

    def rule(self, entry: Entry[Decimal]) -> RuleRef | None:
        """The rule of an entry; of a line that is earned no more the one that it was posted by."""
        return entry.rule or (self.posted_rules or {}).get(entry.line)

    def correction(self, entry: Entry[Decimal]) -> CorrectionDetail:
        return self.corrections.get(entry.id) or NO_DETAIL


NO_DETAIL = CorrectionDetail()

# What a restatement may say otherwise: its head, its names and its wording. Everything else it repeats.
SAID = ("partner_name", "legal_name", "tax_id", "agreement", "contact", "payer", "details", "rules")
RESTATABLE = ("version", "status", "issued", "dispute_until", "restates", "restated_because", *SAID)


def headed_as(document: StatementDocument, other: StatementDocument) -> StatementDocument:
    """The figures of a document under the head and in the words of another one."""
    return replace(document, **{name: getattr(other, name) for name in RESTATABLE})
