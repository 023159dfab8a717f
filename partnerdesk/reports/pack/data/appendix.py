"""What stands behind the figures: definitions, what did not count, sources, disputes and all deals."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Definition:
    label: str
    text: str
    value: Decimal | None
    unit: str
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncounted:
    """What did not count, the rule's reason, and what would make it count until when.

    `currency` is that of the amount; the pack's where it names none.
    """

    deal: str
    customer: str
    amount: Decimal | None
    reason: str
    rule: str = ""
    remedy: str = ""
    until: date | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    name: str
    batch: str
    rows: int
    received: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DealLine:
    """A deal of the full list; `day` is when it closed or is expected to.

    `own` is its amount in its own `currency`, where that is not the pack's.
    """

    deal: str
    customer: str
    what: str
    stage: str
    amount: Decimal | None
    day: date | None = None
    own: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a customer, a field team or the partner said, marked as quotable; `about` is a metric's name, or nothing."""

    text: str
    voice: str
    by: str
    day: date
    about: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A cause, what it moved in all, and the lines it moved most."""

    cause: str
    amount: Decimal
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SinceReview:
    """What is held and payable on the day of the last review and now; `start` and all amounts give `end`."""

    day: date
    start: Decimal
    end: Decimal
    steps: tuple[Moved, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A figure beside the rounded quartiles of `others` partners, or the reason why these are not told."""

    label: str
    unit: str
    own: Decimal | None
    others: int = 0
    lower: Decimal | None = None
    median: Decimal | None = None
    upper: Decimal | None = None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Appendix:
    definitions: tuple[Definition, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    disputes: tuple[str, ...] = ()
    deals: tuple[DealLine, ...] = ()
    quotes: tuple[Quote, ...] = ()
    since: SinceReview | None = None
    beside: tuple[Beside, ...] = ()
