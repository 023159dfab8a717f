"""How a partner does: metrics, scores, tiers with what they require, moves and reviews, stages."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic

from partnerdesk.engine.figures.figure import Excluded
from partnerdesk.engine.outcome.earned import N, RuleRef
from partnerdesk.engine.period import Period


@dataclass(frozen=True, slots=True)
class MetricResult(Generic[N]):
    """`value` is None when the metric is not evaluated; `missing` then says why. Shares are 0..1 with unit "%".

    `days` are the first and the last day of its window.
    """

    metric: str
    label: str
    unit: str
    value: N | None
    missing: str = ""
    counted: int = 0
    excluded: tuple[Excluded, ...] = ()
    days: tuple[date | None, date | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Component(Generic[N]):
    """One metric of the score, or a category with `parts`: `points` on the scale, `adds` = weight share x points.

    Points that count as they are have no weight; `adds` is never more than the part may add.
    """

    metric: str
    label: str
    unit: str
    weight: Decimal  # percent of the whole
    measured: N | None
    points: N
    adds: N
    minimum: Decimal | None
    met_minimum: bool
    target: Decimal | None = None  # the measure at which the scale ends
    missing: str = ""
    more_than: Decimal | None = None
    parts: tuple["Component[N]", ...] = ()


@dataclass(frozen=True, slots=True)
class Score(Generic[N]):
    """The score of a period; `track` names the set of parts that counted, `scope` the value that it was taken for.

    `scopes` holds the scores of single values, where there are any; `components` are then those of the value that
    counted, or one for each value where all of them do.
    """

    period: Period
    total: N
    components: tuple[Component[N], ...]
    rule: RuleRef
    track: str = ""
    scope: str = ""
    scopes: tuple["Score[N]", ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement(Generic[N]):
    """A gate of a tier, or an all/any/at-least group of gates (`parts`).

    `bounds` are all of a number's, each behind its word ("at least", "more than", "at most", "less than"); `needed` is
    the first of them.
    """

    text: str
    kind: str  # score, metric, all, any, at_least, held_tier
    met: bool
    value: N | None = None
    needed: Decimal | None = None
    gap: N | None = None  # what is missing, zero or more
    unit: str = ""
    metric: str = ""
    parts: tuple["Requirement[N]", ...] = ()
    missing: str = ""
    bounds: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class TierHeld:
    """A stretch of days on which a partner holds a tier: from the first to the last, None while it goes on."""

    id: str
    partner: str
    tier: str
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class TierView(Generic[N]):
    """One tier of the program as it stands for a partner in a period."""

    name: str
    rank: int  # 0 is the lowest
    score_floor: Decimal | None
    requirement: Requirement[N]
    benefits: tuple[str, ...] = ()


DONE, CURRENT, OPEN = "done", "current", "open"


@dataclass(frozen=True, slots=True)
class StageView(Generic[N]):
    """A stage of the partner's life in the program: its state, what completes it, its milestones, what pays for it."""

    name: str
    says: str
    state: str  # done, current or open
    requirement: Requirement[N] | None
    milestones: tuple[str, ...] = ()
    incentive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A tier change that the figures of a period call for: proposed to a person, or decided for a day to come."""

    period: Period
    from_tier: str
    to_tier: str
    effective: date
    up: bool


@dataclass(frozen=True, slots=True)
class Review:
    """The next review in one direction: of which period, when its moves take effect, what protects the tier."""

    up: bool
    period: Period
    effective: date
    moves: str  # automatic or confirmed
    protected_until: date | None = None
    protection: str = ""


@dataclass(frozen=True, slots=True)
class Standing(Generic[N]):
    """Tier `tier` in force at the period's end, `reached` by the figures, all `tiers` low to high.

    `stays` says why the tier in force is another than the one reached, `coming` is a move that is decided for a later
    day, `reviews` are the next ones down and up. `held_back` says why no tier above the lowest is reached whatever the
    other figures are: a metric that must be known and is not, a minimum of the score that is missed.
    """

    period: Period
    tier: str
    rank: int
    since: date | None
    reached: str
    tiers: tuple[TierView[N], ...]
    next_tier: str | None
    points_short: N | None  # to the next tier's score floor, zero or more; None without such a floor
    proposal: Move | None
    rule: RuleRef
    reviews: tuple[Review, ...] = ()
    coming: Move | None = None
    stays: str = ""
    held_back: tuple[str, ...] = ()
