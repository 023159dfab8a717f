"""Scores of forecasts, worked by hand, and a back-test of a planted book."""

from dataclasses import replace
from decimal import Decimal

import pytest

from partnerdesk.forecast.ranges import Range, range_of
from partnerdesk.forecast.scoring import Judged, brier, loss, point_loss, score
from partnerdesk.forecast.weighted import Weighted
from tests.prove.planted_scores import hold, trialled

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


def test_planted_books_are_covered_and_no_simple_way_does_better(capsys: pytest.CaptureFixture[str]) -> None:
    hold([trialled(seed, 40, 2) for seed in (108, 120)], D("0.55"), D("0.97"))  # `make prove` has two hundred
    told = capsys.readouterr().out
    assert "2 planted books" in told and "weighted pipeline" in told


def test_scores_that_do_not_hold_are_told() -> None:
    (found,) = (trialled(108, 20, 2),)
    sure = [replace(row, said=range_of([row.came * 3 + 1], "EUR")) for row in found.rows]
    with pytest.raises(AssertionError, match="did better"):
        hold([replace(found, rows=tuple(sure))])
