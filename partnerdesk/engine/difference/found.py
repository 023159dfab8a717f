"""What a difference is: a waterfall of amounts from one side to the other, with the lines and rows behind each step."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, NamedTuple

from partnerdesk.engine.facts import Source
from partnerdesk.engine.outcome import N

NEW, REMOVED, CHANGED = "new", "removed", "changed"

# The causes in the order in which they are taken.
MEANING = "way of computing"
DAY, NEW_DATA, REMOVED_DATA, CHANGED_DATA = "day passed", "new data", "removed data", "changed data"
PROGRAM, TIER, EXCHANGE = "program version", "tier changed", "exchange"
ADJUSTMENT, PAYMENT, ROUNDING = "adjustment", "payment", "rounding"
CLOSED = "closed meanwhile"
CAUSES = (
    MEANING,
    DAY,
    NEW_DATA,
    REMOVED_DATA,
    CHANGED_DATA,
    PROGRAM,
    TIER,
    EXCHANGE,
    ADJUSTMENT,
    PAYMENT,
    ROUNDING,
    CLOSED,
)


class Column(NamedTuple):
    """One column of a changed row; a value is None where it was or became empty."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that differs: new, removed, or changed in the named columns."""

    kind: str
    id: str
    what: str
    columns: tuple[Column, ...] = ()
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Moved(Generic[N]):
    """One earning line, or an entry that belongs to none, that a step moved; `amount` is after less before.

    `rule` is the key of the rule that made it, `deal` and `customer` are those of a line.
    """

    id: str
    says: str
    type: str
    rule: str
    day: date
    before: N
    after: N
    amount: N
    tier_before: str = ""
    tier_after: str = ""
    deal: str | None = None
    customer: str | None = None


@dataclass(frozen=True, slots=True)
class Part(Generic[N]):
    """A share of a step: what some rows, or one rule, moved. `keys` are the keys of that rule that differ."""

    amount: N
    lines: tuple[Moved[N], ...]
    rows: tuple[RowChange, ...] = ()
    rule: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step(Generic[N]):
    """One cause of the waterfall: what it moved, in parts that add up; `keys` of the program that differ."""

    cause: str
    amount: N
    parts: tuple[Part[N], ...]
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrected:
    """What one cause moved of a line that was posted before: the amount, and the part of the difference it is in."""

    cause: str
    amount: Decimal
    part: Part[Decimal]


@dataclass(frozen=True, slots=True)
class Difference(Generic[N]):
    """start + the steps = end, with a `residual` of zero; `total` is end less start, amounts are in `currency`.

    `of` is the measure, `idle` counts the rows that differ and moved nothing.
    """

    partner: str
    currency: str
    of: str
    start: N
    steps: tuple[Step[N], ...]
    end: N
    total: N
    residual: N
    idle: int = 0
