"""The forecast of a whole book: its partners' futures added up one by one, however they are shared out."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.facts import Facts
from partnerdesk.forecast.backtest import Truth
from partnerdesk.forecast.counting import all_lines, columns
from partnerdesk.forecast.keeping import read_back, said, said_of_all, written_of_all
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.making import drawn
from partnerdesk.forecast.prepared import Asked
from partnerdesk.forecast.ranges import range_of
from partnerdesk.forecast.together import Share, shared, together
from tests.forecast.books import AS_OF, QUARTER_END, pipeline_book, program

ASKED = Asked(AS_OF, QUARTER_END, 60)
PARTNERS = ("P0", "P1", "P2", "P3")


@pytest.fixture(scope="module")
def facts() -> Facts:
    return pipeline_book(random.Random(3), len(PARTNERS), {"early": 0.2, "late": 0.7}, AS_OF)


@pytest.fixture(scope="module")
def learned(facts: Facts) -> Learned:
    return Learned(facts, AS_OF)


@pytest.fixture(scope="module")
def shares(learned: Learned) -> list[Share]:
    """A share of each partner alone."""
    return [share for who in PARTNERS for share in shared([program()], learned, [who], ASKED, {})]


def test_the_book_is_added_up_future_by_future(learned: Learned, shares: list[Share]) -> None:
    found = together(shares).wholes[0]
    made = [drawn([program()], learned, who, ASKED, with_drivers=False) for who in PARTNERS]
    whole = made[0].forecast.whole.period
    sums = [sum(row) for row in zip(*(columns(one.earned, [whole])[0] for one in made), strict=True)]
    assert found.whole.earned == range_of([Decimal(s) for s in sums], "EUR")
    assert found.whole.earned.p10 > sum(one.forecast.whole.earned.p10 for one in made)
    assert found.whole.earned.p90 < sum(one.forecast.whole.earned.p90 for one in made)
    assert found.committed == sum(one.forecast.committed for one in made)
    assert [m.period for m in found.months] == [m.period for m in made[0].forecast.months]
    assert sum(m.possible for m in found.months) == found.possible
    assert found.partners == PARTNERS


def test_sharing_out_changes_nothing(learned: Learned, shares: list[Share]) -> None:
    at_once = together(shared([program()], learned, PARTNERS, ASKED, {}))
    assert together(shares[::-1]) == at_once == together(shares)


def test_what_partners_move_adds_up_to_the_spread(shares: list[Share]) -> None:
    found = together(shares).wholes[0]
    assert found.spread > 0
    assert abs(sum(m.moves for m in found.movers) - found.spread) <= Decimal("0.02")
    assert [m.moves for m in found.movers] == sorted((m.moves for m in found.movers), reverse=True)


def test_currencies_stay_apart(shares: list[Share]) -> None:
    mixed = together([*shares[:3], replace(shares[3], currency="CHF")])
    assert [(w.currency, len(w.movers)) for w in mixed.wholes] == [("EUR", 3), ("CHF", 1)]
    assert mixed.wholes[1].whole == shares[3].forecasts[0].whole


def test_futures_of_another_seed_are_refused(learned: Learned, shares: list[Share]) -> None:
    other = shared([program()], learned, ["P1"], replace(ASKED, seed=2), {})
    with pytest.raises(ValueError, match="not of the same futures"):
        together([shares[0], *other])


def test_the_books_own_forecast_is_kept_and_scored_by_what_all_its_partners_earned(shares: list[Share]) -> None:
    book = together(shares)
    kept = read_back(written_of_all(book, book.wholes[0]))
    assert kept == said_of_all(book, book.wholes[0])
    later = pipeline_book(random.Random(3), len(PARTNERS), {"early": 0.2, "late": 0.7}, date(2026, 9, 30))
    truth = Truth([program()], later, date(2026, 9, 30), "quarter", all_lines)
    (quarter,) = truth.judged(kept)
    each = [row for share in shares for row in truth.judged(said(share.forecasts[0]))]
    assert quarter.came == sum(row.came for row in each) > 0
    assert quarter.last_year == sum(row.last_year or 0 for row in each)
    assert quarter.pipeline == sum(row.pipeline or 0 for row in each)
