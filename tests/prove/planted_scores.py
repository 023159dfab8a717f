"""Forecasts of planted books from what was known on a few days, against what then happened in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.rules import Program
from partnerdesk.forecast.backtest import Trial, backtest
from partnerdesk.forecast.ranges import Range
from partnerdesk.forecast.scoring import Judged, brier, point_loss, score
from tests.forecast import planted

DAYS = (date(2025, 6, 30), date(2025, 12, 31))
MONTHS = 6
Way = Callable[[Judged], Decimal | None]
WAYS: dict[str, Way] = {
    "last year's same": lambda r: r.last_year,
    "trailing mean": lambda r: r.trailing,
    "weighted pipeline": lambda r: r.pipeline,
}


@dataclass(frozen=True, slots=True)
class Trialled:
    """The forecasts of one book that are over, and its chances that came out."""

    rows: tuple[Judged, ...]
    odds: tuple[tuple[Decimal, bool], ...]


def trialled(seed: int, scenarios: int = 80, partners: int = 0) -> Trialled:
    """The forecasts of a planted book by its own program's statements."""
    return tested(planted.book(seed, partners), planted.program(seed), scenarios, seed)


def tested(facts: Facts, program: Program, scenarios: int, seed: int) -> Trialled:
    """The forecasts of a book; amounts in what a partner earned on average in the year before, so that a large book
    does not outvote a small one. What came afterwards must not be the measure: a book that had bad luck would count
    more, and every forecast look too high."""
    trial = Trial(DAYS, MONTHS, program.statements, scenarios, seed)
    found = backtest([program], facts, planted.LAST, trial)
    before = [row.trailing for row in found.rows if row.trailing is not None]
    unit = sum(before, Decimal(0)) / len(before) if before else Decimal(0)
    return Trialled(tuple(_scaled(row, unit) for row in found.rows) if unit else (), found.odds)


def _scaled(row: Judged, unit: Decimal) -> Judged:
    said = row.said
    amounts = (said.p10, said.p25, said.p50, said.p75, said.p90, said.mean)
    ways = {name: None if (v := getattr(row, name)) is None else v / unit for name in _NAMES}
    return replace(row, said=Range(*(a / unit for a in amounts)), came=row.came / unit, **ways)


_NAMES = ("last_year", "trailing", "pipeline")


def beside(rows: Sequence[Judged], way: Way) -> tuple[Decimal, Decimal]:
    """The pinball loss of the forecasts and of a simple way, where that way had something to go by."""
    told = [(row, said) for row in rows if (said := way(row)) is not None]
    ours = score([row for row, _ in told])
    assert ours is not None, "no forecast had anything beside it"
    return ours.pinball, sum((point_loss(said, row.came) for row, said in told), Decimal(0)) / len(told)


def hold(
    found: Sequence[Trialled],
    least: Decimal = Decimal("0.75"),
    most: Decimal = Decimal("0.85"),
    *,
    strict: bool = True,
) -> None:
    """Prints the scores of some books together. Raises AssertionError where a band or a simple way says otherwise;
    not strict, of few books, it is only printed."""
    rows = [row for one in found for row in one.rows]
    got, chances = score(rows), brier([pair for one in found for pair in one.odds])
    assert got is not None and chances is not None, "nothing was forecast"
    print(
        f"  {len(found)} planted books: {got.count} forecasts, 80 % bands cover {got.within_80:.1%}, 50 % bands "
        f"{got.within_50:.1%}, Brier score {chances:.3f}, bias {got.bias:+.1%} of the mean",
        flush=True,
    )
    for name, way in WAYS.items():
        ours, theirs = beside(rows, way)
        print(f"  pinball {ours:.3f} of the mean, {name} {theirs:.3f}", flush=True)
        assert ours < theirs or not strict, f"{name} did better"
    assert not strict or least <= got.within_80 <= most, f"80 % bands cover {got.within_80:.1%}"
