"""What moves a forecast: each worth is the difference of two evaluations, however many are worked out at once."""

from decimal import Decimal
from random import Random

import pytest

from partnerdesk.engine.terms.versions import Terms
from partnerdesk.forecast.counting import Months, ahead, all_lines
from partnerdesk.forecast.drivers import Worths
from partnerdesk.forecast.items import Item, joined, without
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.making import forecast
from partnerdesk.forecast.prepared import Asked, Prepared
from tests.forecast import books, mixed


def worths(seed: int, scenarios: int) -> Worths:
    """Those of a drawn program and book."""
    dice = Random(seed)
    program, facts = mixed.program(dice), mixed.book(dice)
    prepared = Prepared([program], Learned(facts, mixed.AS_OF), "P1", Asked(mixed.AS_OF, mixed.HORIZON, scenarios))
    months = Months(Terms(prepared.programs, mixed.HORIZON).calendar, mixed.AS_OF, mixed.HORIZON)
    return Worths(prepared, months, all_lines)


@pytest.mark.parametrize("seed", range(6))
def test_a_worth_is_the_difference_of_two_evaluations(seed: int) -> None:
    found = worths(seed, 6)
    prepared, day = found.prepared, found.prepared.asked.as_of

    def alone(item: Item, happens: bool) -> Decimal:
        way = item.likeliest(happens) or item.alternatives[0]
        facts = joined(without(prepared.as_it_stands, [item]), way.rows)
        return ahead(found.months.earned(prepared.run(facts)), day)

    expected = [alone(item, True) - alone(item, False) for item in found.items]
    assert found.of_items() == expected


@pytest.mark.parametrize("seed", range(3))
def test_futures_without_new_business_are_the_same_in_all_else(seed: int) -> None:
    found = worths(seed, 5)
    prepared = found.prepared
    expected = []
    for scenario in range(5):
        rows = [row for way in prepared.drawn(scenario) for row in way.rows]
        expected.append(ahead(found.months.earned(prepared.outcome(rows)), prepared.asked.as_of))
    assert found.without_new() == expected


def test_what_moves_it_is_part_of_the_progress() -> None:
    deals = [books.open_deal(n, 12_000 + 311 * n, "0.5") for n in range(8)]
    told: list[tuple[int, int]] = []
    asked, learned = Asked(books.AS_OF, books.QUARTER_END, 20), Learned(books.book(*deals), books.AS_OF)
    found = forecast([books.program()], learned, "P1", asked, step=lambda done, whole: told.append((done, whole)))
    assert len(found.drivers) == 8 and {whole for _, whole in told} == {20 + 2 * 8}
    assert told == sorted(told) and told[-1][0] == 36
