"""Scores of forecasts, worked by hand, and a back-test of a planted book."""

import random
from datetime import date
from decimal import Decimal

from partnerdesk.forecast.backtest import Trial, backtest, days_between
from partnerdesk.forecast.ranges import Range, range_of
from partnerdesk.forecast.scoring import Judged, brier, loss, point_loss, score
from partnerdesk.forecast.weighted import Weighted
from tests.forecast.books import pipeline_book, program

D = Decimal
SAID = Range(D(10), D(20), D(30), D(40), D(50), D(31))


def test_pinball_loss_by_hand() -> None:
    # 0.1 x 50, 0.5 x 30, 0.9 x 10, a third of their sum
    assert loss(SAID, D(60)) == (D(5) + D(15) + D(9)) / 3
    # 0.9 x 5, 0.5 x 25, 0.1 x 45
    assert loss(SAID, D(5)) == (D("4.5") + D("12.5") + D("4.5")) / 3
    assert point_loss(D(30), D(40)) == D(10) * D("1.5") / 3


def test_coverage_bias_and_what_simple_ways_lost() -> None:
    def judged(came: int, last_year: int | None) -> Judged:
        before = None if last_year is None else D(last_year)
        return Judged("P1", "2026-03-31", "2026Q2", 1, SAID, D(came), before, D(30), None)

    found = score([judged(10, 10), judged(25, None), judged(51, 50), judged(40, None)])
    assert found is not None
    assert (found.count, found.within_80, found.within_50) == (4, D("0.75"), D("0.5"))
    assert found.bias == D(31) - (10 + 25 + 51 + 40) / D(4)
    assert found.last_year == D("0.25")  # off by nothing and by one: half of a half
    assert found.pipeline is None
    assert score([]) is None


def test_brier_by_hand() -> None:
    assert brier([(D("0.8"), True), (D("0.3"), False)]) == (D("0.04") + D("0.09")) / 2
    assert brier([]) is None


def test_a_range_of_amounts_and_a_weighted_record() -> None:
    found = range_of([D(n) for n in range(101)], "EUR")
    assert (found.p10, found.p25, found.p50, found.p75, found.p90, found.mean) == (10, 25, 50, 75, 90, 50)
    record = Weighted([(3.0, 1.0), (1.0, 1.0), (2.0, 2.0)])
    assert record.at(0.5) == 2.0
    assert record.share_below(2.0) == 0.5
    assert record.share_below(0.0) == 0.0
    assert record.share_below(9.0) == 1.0


def test_a_planted_book_is_covered_and_its_chances_are_learned() -> None:
    facts = pipeline_book(random.Random(20), 12, {"early": 0.2, "late": 0.75}, date(2026, 6, 30))
    days = days_between(date(2025, 3, 31), date(2026, 3, 31), "quarter")
    found = backtest([program()], facts, date(2026, 6, 30), Trial(days, 3, "quarter", 60, 1))
    got = score(found.rows)
    assert got is not None
    assert got.count == 12 * len(days)
    assert D("0.65") <= got.within_80 <= D("0.95")
    assert got.pipeline is not None and got.pinball < got.pipeline
    assert got.trailing is not None and got.pinball < got.trailing
    assert (brier(found.odds) or 1) < D("0.25")
