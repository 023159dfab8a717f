"""Everything a QBR pack may say, as frozen rows: one partner's own world and nothing of anybody else.

A `PackData` has no room for an internal note, so the partner's variant cannot hold one; the internal variant is a
type of its own, `InternalPack`. Amounts are in the pack's currency, shares are 0 to 1 with unit "%", points 0 to 100.
Texts are as people wrote them; words for numbers and days are made by the pages, in the reader's locale.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from partnerdesk.engine.period import Period
from partnerdesk.reports.pack.data.ahead import Band, Fan, QuarterAhead, QuarterBehind, ScenarioLine
from partnerdesk.reports.pack.data.appendix import (
    Appendix,
    Beside,
    DealLine,
    Definition,
    Moved,
    Quote,
    SinceReview,
    SourceRow,
    Uncounted,
)
from partnerdesk.reports.pack.data.money import (
    Earnings,
    Expiring,
    Fund,
    LastSurvey,
    MonthAhead,
    OutlookView,
    ReleaseMonth,
    Renewal,
    Skill,
    StatementLine,
)
from partnerdesk.reports.pack.data.people import (
    AgendaItem,
    Attendee,
    Commitment,
    Decision,
    Issue,
    Meeting,
    NextDate,
    NextSteps,
    Party,
    Point,
    Side,
    Status,
)
from partnerdesk.reports.pack.data.pipeline import (
    Ground,
    GroundCell,
    GroundRow,
    OpenDeal,
    OpenGround,
    PipelineView,
    StartAt,
)
from partnerdesk.reports.pack.data.score import Gate, KeyFigure, Lever, ScoreComponent, ScorePoint, ScoreView, TierLine

PAGES = ("summary", "commitments", "score", "earnings", "renewals", "pipeline", "outlook", "next", "appendix")
# The fixed numbers by which people and books know the pages; printed numbers count those that are present.
ANATOMY = dict(zip("12345678A", PAGES, strict=True))

__all__ = [
    "ANATOMY",
    "PAGES",
    "AgendaItem",
    "Appendix",
    "Attendee",
    "Band",
    "Beside",
    "Commitment",
    "DealLine",
    "Decision",
    "Definition",
    "Earnings",
    "Expiring",
    "Fan",
    "Fund",
    "Gate",
    "Ground",
    "GroundCell",
    "GroundRow",
    "InternalNote",
    "InternalPack",
    "Issue",
    "KeyFigure",
    "LastSurvey",
    "Lever",
    "Meeting",
    "MonthAhead",
    "Moved",
    "NextDate",
    "NextSteps",
    "OpenDeal",
    "OpenGround",
    "OutlookView",
    "PackData",
    "PageText",
    "Party",
    "PipelineView",
    "Point",
    "ProgramRef",
    "QuarterAhead",
    "QuarterBehind",
    "Quote",
    "ReleaseMonth",
    "Renewal",
    "ScenarioLine",
    "ScoreComponent",
    "ScorePoint",
    "ScoreView",
    "Side",
    "SinceReview",
    "Skill",
    "SourceRow",
    "StartAt",
    "StatementLine",
    "Status",
    "TierLine",
    "Uncounted",
]


@dataclass(frozen=True, slots=True)
class ProgramRef:
    name: str
    version: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class PageText:
    """What a person wrote over a page's drafted title and the line under it; empty keeps the draft."""

    title: str = ""
    deck: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackData:
    """A pack for the partner: all that may be printed and nothing else."""

    partner: Party
    vendor: Party
    period: Period
    previous: str  # short name of the period before, such as Q2
    as_of: date
    currency: str
    program: ProgramRef
    run: str = ""
    facts_sha256: str = ""
    version: int = 1
    sample: bool = False
    meeting: Meeting = field(default_factory=Meeting)
    figures: tuple[KeyFigure, ...] = ()
    wins: tuple[Point, ...] = ()
    asks: tuple[Point, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    score: ScoreView | None = None
    earnings: Earnings | None = None
    renewals: tuple[Renewal, ...] = ()
    pipeline: PipelineView | None = None
    outlook: OutlookView | None = None
    next: NextSteps = field(default_factory=NextSteps)
    appendix: Appendix = field(default_factory=Appendix)
    texts: Mapping[str, PageText] = field(default_factory=dict)
    order: tuple[str, ...] = ()  # of `PAGES`, where somebody moved one; the first and the last stay where they are

    @property
    def is_open(self) -> bool:
        """Whether the period goes on after the day of the data."""
        return self.as_of < self.period.end

    def text(self, page: str) -> PageText:
        """What a person wrote for a page."""
        return self.texts.get(page, PageText())


@dataclass(frozen=True, slots=True)
class InternalNote:
    day: date
    kind: str
    text: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class InternalPack:
    """The variant that never leaves the house: the partner's pack and our own notes, marked on every page."""

    data: PackData
    notes: tuple[InternalNote, ...] = ()
