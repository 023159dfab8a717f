"""A forecast that is kept says later what it said then, and no more than amounts, chances and ids."""

from dataclasses import fields

import pytest

from partnerdesk.forecast.keeping import read_back, said, written
from partnerdesk.forecast.prepared import Asked
from tests.forecast.books import AS_OF, QUARTER_END, book, open_deal
from tests.forecast.test_forecast import of


def test_what_is_kept_reads_back_as_it_was_said() -> None:
    found = of(book(open_deal(1, 180_000, "0.5"), open_deal(2, 140_000, "0.3")), Asked(AS_OF, QUARTER_END, 40))
    text = written(found)
    again = read_back(text)
    assert again == said(found)
    assert again.months and again.odds
    assert [getattr(again.months[0].period, f.name) for f in fields(again.months[0].period)] == [
        getattr(found.months[0].period, f.name) for f in fields(found.months[0].period)
    ]
    assert written(found) == text
    assert all(driver.says not in text for driver in found.drivers), "what a deal is called stays in the book"


def test_a_form_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="form 9"):
        read_back('{"form": 9}')
