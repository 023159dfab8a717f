"""The outlook as a range: what was earned by quarter, what may be, and what single choices would change."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.period import Period


@dataclass(frozen=True, slots=True)
class Band:
    """The amounts below which 10, 25, 50, 75 and 90 of a hundred futures stay."""

    p10: Decimal
    p25: Decimal
    p50: Decimal
    p75: Decimal
    p90: Decimal


@dataclass(frozen=True, slots=True)
class QuarterBehind:
    """A finished quarter and what was earned in it."""

    period: Period
    earned: Decimal


@dataclass(frozen=True, slots=True)
class QuarterAhead:
    """A quarter that is not over, and its band; of the running one, what is earned already is in it."""

    period: Period
    band: Band


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """A row of the table of choices: what is assumed, and the bands of the quarters ahead.

    `tier` is in force from `since`, where one is assumed; `kept` says that what the plan works on goes well.
    """

    bands: tuple[Band, ...]
    kept: bool = False
    tier: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """`scenarios` begins with what the chart shows. `futures` were drawn, from `seed`."""

    behind: tuple[QuarterBehind, ...]
    ahead: tuple[QuarterAhead, ...]
    scenarios: tuple[ScenarioLine, ...]
    futures: int
    seed: int
    holds: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = ()
