"""What was made while the search for cycles rested is searched before memory fills with it."""

import gc
import weakref

import pytest

from partnerdesk.engine import at_rest
from partnerdesk.engine.at_rest import collector_at_rest


class _Knot:
    """Holds itself, so that only the search for cycles finds it."""

    def __init__(self) -> None:
        self.itself = self


def _knots(count: int) -> "weakref.WeakSet[_Knot]":
    with collector_at_rest():
        assert not gc.isenabled()
        return weakref.WeakSet([_Knot() for _ in range(count)])


def test_many_unsearched_rows_are_searched_before_the_next_evaluation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_rest, "LEAST", 1_000)
    at_rest._unsearched.joined = at_rest._unsearched.stood = 0
    few = _knots(100)
    with collector_at_rest():
        assert len(few) == 100  # not worth a search yet
    many = _knots(2_000)
    with collector_at_rest():
        assert not few and not many
    assert gc.isenabled()


def test_no_search_while_there_are_more_old_rows_than_new_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_rest, "LEAST", 10)
    gc.collect()
    at_rest._unsearched.joined, at_rest._unsearched.stood = 0, len(gc.get_objects())
    some = _knots(500)
    with collector_at_rest():
        assert len(some) == 500
