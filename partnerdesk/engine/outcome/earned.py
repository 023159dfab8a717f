"""Earning lines and the entries that follow from them, with the rules that they name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from partnerdesk.engine.period import Period

N = TypeVar("N")

HELD, PAYABLE = "held", "payable"
REMITTED = ("payment", "tax")  # the kinds of the entries that a payment makes
TRUEUP = "trueup"  # the kind of the entries that correct closed periods
LOSS = "loss"  # the kind of the entries of what settlement forfeits or waives
OPENING = "opening"  # the kind of the entries that take balances over
TOPUP = "TOPUP"  # the type of a safety net's line


@dataclass(frozen=True, slots=True)
class RuleRef:
    """A rule of a program version: its key path (`earning.upfront`), printed clause id, the version, and its module.

    The path names the rule whatever its terms are; `module` says which module they come from.
    """

    key: str
    reference: str
    version: str
    effective_from: date
    module: str | None = None


class Workings(NamedTuple, Generic[N]):
    """What a line's amount needs beyond base x rate (or slices) x factor x share.

    `fixed` amounts are added before the multipliers; with `on_metric` the slices cut a metric and their sum multiplies
    the base; a line that pays an increment counts the bases `before` it and takes off what earlier lines `paid`;
    `least` and `most` bound the result, mirrored below zero.
    """

    fixed: N | None = None
    on_metric: bool = False
    before: N | None = None
    paid: N | None = None
    least: Decimal | None = None
    most: Decimal | None = None


class EarningLine(NamedTuple, Generic[N]):
    """One earning: base x rate x factor x share = `computed`, rounded; `effect` is what caps and floors changed.

    A named tuple, because a whole book makes many thousands of them. `share` is the partner's credit, `steps` the
    slices of a banded base: (amount in the band, its rate).
    """

    id: str
    rule: RuleRef
    type: str  # UPFRONT, RECURRING, MILESTONE, BONUS, REBATE, TOPUP ...
    says: str
    partner: str
    event: date
    process: date
    period: Period
    base: N
    rate: N | None
    factor: N | None
    share: N | None
    computed: N
    effect: N
    amount: N
    currency: str
    base_currency: str
    exchange: Decimal | None
    because: str
    fact_kind: str = ""
    fact_id: str = ""
    deal: str | None = None
    contract: str | None = None
    customer: str | None = None
    product: str | None = None
    tier: str = ""
    steps: tuple[tuple[Decimal, Decimal], ...] = ()
    effect_note: str = ""
    base_unit: str = ""  # where the base is no money: what is counted
    workings: "Workings[N] | None" = None  # of lines of a less simple shape

    @property
    def pays_each(self) -> bool:
        """Whether its rate is an amount for each one of what is counted; so many at a price are money again."""
        return bool(self.base_unit) and not self.base_unit.startswith("(")

    @property
    def reason(self) -> str:
        """The sentence a partner reads beside the amount."""
        from partnerdesk.engine.figures.reasons import line_reason

        return line_reason(self)


class Entry(NamedTuple, Generic[N]):
    """A dated movement in one bucket. Transfers come in pairs that net to zero."""

    id: str
    # accrual, deferral, holdback, release, forfeiture, clawback, topup, adjustment, trueup, payment, tax, loss
    # or opening
    kind: str
    bucket: str  # held or payable
    day: date
    period: Period
    amount: N
    partner: str
    line: str = ""
    type: str = ""  # the line's type, for accruals and what follows from them
    rule: RuleRef | None = None
    note: str = ""
    reference: str = ""


def is_remitted(entry: Entry[Any]) -> bool:
    """Whether an entry is a payment or its tax, or corrects one: one that was learned after its close is a true-up."""
    if entry.kind != TRUEUP:
        return entry.kind in REMITTED
    return not entry.line and entry.reference.partition(":")[0] in REMITTED  # a line may be of a rule called so


def corrected_id(entry: Entry[Any]) -> str:
    """The id of the entry that a true-up corrects; an entry's own where it is none."""
    return entry.reference if entry.kind == TRUEUP else entry.id


# A line and an entry from their fields in order. Many thousands are made, and naming the fields of each costs more
# than all the arithmetic.
line_of: Callable[[tuple[Any, ...]], EarningLine[Any]] = partial(tuple.__new__, EarningLine)
entry_of: Callable[[tuple[Any, ...]], Entry[Any]] = partial(tuple.__new__, Entry)
