"""What was made while the search for cycles rested is searched before memory fills with it."""

import gc

import pytest

from partnerdesk.engine.figures import at_rest
from partnerdesk.engine.figures.at_rest import collector_at_rest


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A mark for every full search, which is not made: the heap of a whole test run is large."""
    made: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda: made.append(1))
    monkeypatch.setattr(at_rest, "LEAST", 1_000)
    monkeypatch.setattr(at_rest, "_unsearched", at_rest._Unsearched())
    return made


def _rows(count: int) -> list[list[int]]:
    with collector_at_rest():
        assert not gc.isenabled()
        return [[] for _ in range(count)]


def test_many_unsearched_rows_are_searched_before_the_next_evaluation(searches: list[int]) -> None:
    kept = [_rows(100), _rows(100)]
    assert not searches, "not worth a search yet"
    kept.append(_rows(20_000))
    assert not searches, "what is being made is not searched"
    kept.append(_rows(1))
    assert searches == [1] and gc.isenabled()


def test_no_search_while_there_are_more_old_rows_than_new_ones(searches: list[int]) -> None:
    kept = [_rows(20_000), _rows(1)]
    assert searches == [1] and at_rest._unsearched.stood > 20_000
    kept += [_rows(20_000), _rows(1)]
    assert searches == [1]
