"""Key figures, the score and what the next tier still asks for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.period import Period


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure of the summary. `unit` is a currency, "%", "points" or a noun; `history` ends with this period.

    `paid` is what the partner received in the period, beside what was earned; `stated` is what its
    statements say was earned, where they were closed before something changed.
    """

    label: str
    value: Decimal | None
    unit: str
    previous: Decimal | None = None
    plan: Decimal | None = None
    history: tuple[Decimal | None, ...] = ()
    note: str = ""
    missing: str = ""
    paid: Decimal | None = None
    stated: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TierLine:
    """A tier of the program, low to high; the lowest has no floor."""

    name: str
    floor: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreComponent:
    """`weight` in percent; `points`, `previous` and `projected` 0 to 100; `adds` = weight share x points."""

    label: str
    measures: str
    unit: str
    weight: Decimal
    measured: Decimal | None
    points: Decimal
    adds: Decimal
    previous: Decimal | None = None
    projected: Decimal | None = None
    minimum: Decimal | None = None
    met_minimum: bool = True
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition of the next tier besides its score. `depth` indents the parts of a group."""

    text: str
    met: bool
    value: Decimal | None = None
    needed: Decimal | None = None
    unit: str = ""
    by: date | None = None
    missing: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Lever:
    """Something that would add points, and what it takes; a measure that would reach its target says from where."""

    gain: Decimal
    text: str
    effort: str = ""
    measured: Decimal | None = None
    target: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ScorePoint:
    """A score as it was closed; `version` is the rules' that it was computed with."""

    period: Period
    total: Decimal | None
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreView:
    """`tier` is in force, `reached` is what the figures reach; `next_tier` is None at the top."""

    total: Decimal | None
    tier: str
    reached: str
    tiers: tuple[TierLine, ...]
    next_tier: str | None = None
    points_short: Decimal | None = None
    since: date | None = None
    check_day: date | None = None
    projected: Decimal | None = None
    projected_on: date | None = None
    components: tuple[ScoreComponent, ...] = ()
    gates: tuple[Gate, ...] = ()
    levers: tuple[Lever, ...] = ()
    history: tuple[ScorePoint, ...] = ()
    rule: str = ""
    missing: str = ""
