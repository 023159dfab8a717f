"""An event that may earn, and the line that it becomes."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from partnerdesk.engine.rules import Earning, Program
from tests.second.judge.book import Case
from tests.second.judge.days import Span

EARNING = "earning"  # the kind of a line where it is itself an event


@dataclass(frozen=True)
class Rule:
    """An earning of a version by its name; `case` asks that version's rules."""

    case: Case
    version: Program
    name: str
    earning: Earning


@dataclass(frozen=True)
class Event:
    """One occurrence. `asked` is the period in which it is judged, `case` that of the partner whose fact it is.

    `ruled` is the last day of a version that ended inside the period whose days it pays for.
    """

    day: date
    asked: Span
    statement: Span
    case: Case
    kind: str = ""
    fact: Any = None
    tier: str = ""
    ruled: date | None = None

    @property
    def id(self) -> str:
        return str(self.fact.id) if self.fact is not None else ""


@dataclass(frozen=True)
class Line:
    """What an event earns. `earning` names its rule, a safety net's has none."""

    id: str
    key: str
    earning: str
    type: str
    version: Program
    event: date
    statement: Span
    amount: Fraction
    kind: str = ""
    fact: str = ""
    deal: str | None = None
    contract: str | None = None
    customer: str | None = None
    product: str | None = None
    currency: str = ""  # of its base, with the rate at which that was exchanged
    rate: Fraction | None = None
    paid_on: "Line | None" = None  # the line of which it is a share, that of a partner below where `owner` says so
    owner: str = ""
