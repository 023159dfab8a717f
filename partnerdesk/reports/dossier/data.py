"""What a dossier is made of, as frozen rows. Amounts are in the currency of the dispute unless a step names a unit."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the calculation: `depth` counts from the line itself, `how` says what is done with its parts.

    Without a value it rests on what this partner may not see.
    """

    depth: int
    label: str
    how: str
    value: Decimal | None
    unit: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class UsedRow:
    """A row that the line rests on: what was read of it, and where it was read."""

    kind: str
    id: str
    fields: tuple[tuple[str, str], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of the timeline."""

    day: date
    what: str
    says: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One dispute of one partner; `granted` is what its decision adds, None where it adds nothing.

    `noun` is what is disputed, such as a line, a clawback or a total, and `what` says which one.
    """

    id: str
    partner: str
    partner_name: str
    vendor: str
    program: str
    statement: str
    issued: date
    line: str
    noun: str = "line"
    what: str = ""
    posted: Decimal
    unpaid: Decimal  # payable and not paid when the dispute was raised
    held: Decimal  # by the statement, of the line; of a total all that the statement holds at its end
    payable: Decimal | None = None  # of a total: the closing balance that the statement prints
    came: str = ""  # what corrections have brought of it since, in words; what an answer to a transfer adds
    claimed: Decimal | None
    currency: str
    reason: str
    raised: date
    raised_by: str
    answer_by: date | None
    outcome: str
    is_open: bool
    decided: date | None = None
    decision: str = ""
    decided_by: str = ""
    granted: Decimal | None = None
    adjustment: str = ""
    sentence: str = ""
    computed: Decimal | None = None  # the line as it is computed as of `as_of`; None where it is no longer there
    steps: tuple[Step, ...] = ()
    rows: tuple[UsedRow, ...] = ()
    rule_title: str = ""
    rule_clause: str = ""
    rule_version: str = ""
    rule_from: date | None = None
    rule_says: str = ""
    rule_numbers: str = ""
    timeline: tuple[Happened, ...] = ()
    as_of: date

    @property
    def is_total(self) -> bool:
        """Whether it is the statement's total that is disputed, no single row of it."""
        return self.line == self.statement
