"""What stands on the one page, as frozen rows of one partner."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.period import Period
from partnerdesk.reports.pack.data import InternalNote, KeyFigure, OpenDeal, Party, Renewal, ScoreView


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that is promised and open; `late` says that its day has passed."""

    text: str
    owner: str
    due: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    role: str
    reach: str  # a telephone number, else an address


@dataclass(frozen=True, slots=True)
class LastMoney:
    """The last finished statement: what it earned, paid and holds, and the next release."""

    period: Period
    number: str
    earned: Decimal
    paid: Decimal
    held: Decimal
    next_release: date | None = None
    release: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePage:
    """`internal` marks the brief; `notes` and `reader` are its alone. `ours` is what the vendor owes."""

    internal: bool
    partner: Party
    vendor: Party
    period: Period  # the last finished quarter
    previous: str
    as_of: date
    currency: str
    version: str
    sample: bool = False
    reader: str = ""
    figures: tuple[KeyFigure, ...] = ()
    score: ScoreView | None = None
    deals: tuple[OpenDeal, ...] = ()
    pipeline: Decimal = Decimal(0)
    renewals: tuple[Renewal, ...] = ()
    ours: tuple[Owed, ...] = ()
    theirs: tuple[Owed, ...] = ()
    money: LastMoney | None = None
    notes: tuple[InternalNote, ...] = ()
    people: tuple[Person, ...] = ()
    next_review: date | None = None
