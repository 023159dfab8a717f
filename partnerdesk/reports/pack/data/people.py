"""Who meets, what they promised each other and what they decide next."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Side = Literal["vendor", "partner"]
Status = Literal["done", "late", "dropped", "open"]
SHORT = 32  # letters


@dataclass(frozen=True, slots=True)
class Party:
    """A side of the partnership; `short` is the name for narrow columns."""

    id: str
    name: str
    short_name: str = ""

    @property
    def short(self) -> str:
        return self.short_name or self.called

    @property
    def called(self) -> str:
        """Its name, or as many words of it as a title or a narrow column holds."""
        if len(self.name) <= SHORT:
            return self.name
        words = self.name[:SHORT].rpartition(" ")[0]
        return f"{(words or self.name[: SHORT - 1]).rstrip(' ,.-–')}…"


@dataclass(frozen=True, slots=True)
class Attendee:
    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    day: date | None = None
    time: str = ""
    place: str = ""
    partner: tuple[Attendee, ...] = ()
    vendor: tuple[Attendee, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """`page` is one of `PAGES` or its number in `ANATOMY`, or empty."""

    text: str
    minutes: int | None = None
    page: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A win or an ask: `lead` is set in SemiBold before the text. An ask has an owner and a day."""

    text: str
    lead: str = ""
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """Promised in a review. `evidence` shows that it was kept; `carried` is None while nobody decided, `carried_to` the
    new day."""

    text: str
    side: Side
    owner: str = ""
    due: date | None = None
    measure: str = ""
    status: Status = "open"
    result: str = ""
    carried: bool | None = None
    carried_to: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be decided in the meeting, and who decides."""

    text: str
    lead: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """An open issue, its level on the ladder of escalation and until when an answer is due."""

    text: str
    lead: str = ""
    level: int | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class NextDate:
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class NextSteps:
    """New commitments of both sides and what follows. `signs_...` are the names on the sign-off lines."""

    commitments: tuple[Commitment, ...] = ()
    decisions: tuple[Decision, ...] = ()
    issues: tuple[Issue, ...] = ()
    dates: tuple[NextDate, ...] = ()
    next_review: date | None = None
    signs_partner: str = ""
    signs_vendor: str = ""
