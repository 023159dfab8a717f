"""How right forecasts were: coverage of their bands, pinball loss, bias, and the Brier score of single chances.

Pinball loss (Koenker and Bassett 1978) is the mean of that of the 10, 50 and 90 % figures: for the share q, q times
what the truth lies above the figure, or 1 - q times what it lies below. Simple ways of forecasting give one number,
which stands for all three. Less is better; of the Brier score (the mean square of chance against what came) as well.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.forecast.ranges import Range

LEVELS = (Decimal("0.1"), Decimal("0.5"), Decimal("0.9"))


@dataclass(frozen=True, slots=True)
class Judged:
    """One period that was forecast and is over: the range, what came, and what simple ways would have said.

    `ahead` counts periods from the as-of day; a way that had nothing to go by says None.
    """

    partner: str
    made: str
    period: str
    ahead: int
    said: Range
    came: Decimal
    last_year: Decimal | None
    trailing: Decimal | None
    pipeline: Decimal | None


@dataclass(frozen=True, slots=True)
class Score:
    """What a number of forecasts is worth. Shares are 0 to 1; losses and bias in the currency, per forecast."""

    count: int
    within_80: Decimal
    within_50: Decimal
    pinball: Decimal
    bias: Decimal
    last_year: Decimal | None
    trailing: Decimal | None
    pipeline: Decimal | None


def score(rows: Sequence[Judged]) -> Score | None:
    """The score of forecasts; None without any."""
    if not rows:
        return None
    count = Decimal(len(rows))
    return Score(
        count=len(rows),
        within_80=sum((r.said.p10 <= r.came <= r.said.p90 for r in rows), ZERO) / count,
        within_50=sum((r.said.p25 <= r.came <= r.said.p75 for r in rows), ZERO) / count,
        pinball=sum((loss(r.said, r.came) for r in rows), ZERO) / count,
        bias=sum((r.said.mean - r.came for r in rows), ZERO) / count,
        last_year=_of_way(rows, lambda r: r.last_year),
        trailing=_of_way(rows, lambda r: r.trailing),
        pipeline=_of_way(rows, lambda r: r.pipeline),
    )


def _of_way(rows: Sequence[Judged], way: Callable[[Judged], Decimal | None]) -> Decimal | None:
    found = [point_loss(said, r.came) for r in rows if (said := way(r)) is not None]
    return sum(found, ZERO) / len(found) if found else None


def loss(said: Range, came: Decimal) -> Decimal:
    """The pinball loss of a range."""
    figures = zip(LEVELS, (said.p10, said.p50, said.p90), strict=True)
    return sum((_pinball(level, figure, came) for level, figure in figures), ZERO) / len(LEVELS)


def point_loss(said: Decimal, came: Decimal) -> Decimal:
    """The pinball loss of one number that stands for all three."""
    return sum((_pinball(level, said, came) for level in LEVELS), ZERO) / len(LEVELS)


def _pinball(level: Decimal, figure: Decimal, came: Decimal) -> Decimal:
    off = came - figure
    return level * off if off >= 0 else (level - ONE) * off


def brier(pairs: Sequence[tuple[Decimal, bool]]) -> Decimal | None:
    """The Brier score of chances against what came; None without any."""
    if not pairs:
        return None
    return sum(((chance - came) ** 2 for chance, came in pairs), ZERO) / len(pairs)
