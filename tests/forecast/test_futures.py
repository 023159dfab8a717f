"""Futures worked out many at once are those that the engine gives one by one, whatever program and book."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import numpy as np
import pytest

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.rules import Program
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.forecast import runner
from partnerdesk.forecast.counting import Months, all_lines
from partnerdesk.forecast.futures import Futures
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.many import Many
from partnerdesk.forecast.prepared import Asked, Prepared
from partnerdesk.forecast.sums import added
from partnerdesk.forecast.varied import Apart, Course, Varied
from partnerdesk.program.reader import read_program
from tests.forecast import books, mixed


class Patient(Futures):
    """Works out together whatever can be, whether or not it pays."""

    tried = 1_000_000


def ready(program: Program, facts: Facts, asked: Asked) -> Futures:
    """The futures of P1, not worked out yet."""
    prepared = Prepared([program], Learned(facts, asked.as_of), "P1", asked)
    terms = Terms(prepared.programs, asked.horizon)
    return Patient(prepared, Months(terms.calendar, asked.as_of, asked.horizon), all_lines, None, None)


def drawn(seed: int, scenarios: int) -> Futures:
    """The futures of a drawn program and book."""
    dice = Random(seed)
    return ready(mixed.program(dice), mixed.book(dice), Asked(mixed.AS_OF, mixed.HORIZON, scenarios, seed))


def same(futures: Futures) -> int:
    """How many were worked out with others. Raises AssertionError where one is not what the engine gives."""
    found = futures.all()
    for scenario, future in futures.together.items():
        alone = futures.alone(scenario)
        assert future.is_like(alone), f"scenario {scenario}: {future} and {alone}"
    assert len(found) == futures.count
    return len(futures.together)


@pytest.mark.parametrize("seed", range(12))
def test_a_drawn_program_gives_the_same_futures_together_and_alone(seed: int) -> None:
    same(drawn(seed, 24))


def test_open_deals_under_bands_and_a_tier_take_few_courses() -> None:
    deals = [books.open_deal(n, 12_000 + 311 * n, f"0.{n + 20}") for n in range(40)]
    futures = ready(books.program(), books.book(*deals), Asked(books.AS_OF, books.QUARTER_END, 200))
    assert same(futures) == 200
    assert futures.courses <= 4  # by tier, and by the day of the first fact
    assert len({future.tier for future in futures.together.values()}) == 2


NEW_OF_THE_FORMAT = """
program = "p"
version = "1"
effective_from = 2023-01-01
statements = "quarter"

[rounding]
decimals_of = "currency"

[metric.sales]
says = "Sales"
of = "deal"
where = { status = "won" }
window = "year to date"

[metric.grown]
says = "Customers that grew"
growth = "sales"
growth_as = "amount"
minimum_base = -1
groups = { by = "customer", take = "sum", not_above = { metric = "sales", times = 0.4 }, keep = { above = 0 } }

[earning.deal]
says = "The greater of two"
type = "UPFRONT"
on = "deal won"
base = "amount"
rate = 0.05
least = { base = { by_currency = { EUR = 20, USD = 25 }, times = "customer_months" }, rate = 1 }
most = { base = "amount", rate = { bands = "marginal", steps = [{ from = 0, rate = 0.08 }, { from = 900, rate = 0 }] } }

[earning.grown]
says = "Growth"
type = "REBATE"
on = "period end"
base = { metric = "grown" }
rate = 0.01
"""


def test_bounds_by_formulas_and_growth_by_customer_are_the_same_in_many_futures() -> None:
    text = NEW_OF_THE_FORMAT.replace("customer_months", "customer_months")
    read = read_program(text, "new.toml")
    assert read.program is not None, read.problems
    won = [
        replace(books.open_deal(n, 700 + 90 * n, "1"), status="won", closed=day, customer=f"C{n % 2}")
        for n, day in enumerate([date(2025, 2, 1), date(2025, 3, 1), date(2026, 1, 5), date(2026, 2, 7)], 50)
    ]
    coming = [replace(books.open_deal(n, 300 + 211 * n, f"0.{n + 3}"), customer=f"C{n % 3}") for n in range(6)]
    assert same(ready(read.program, books.book(*won, *coming), Asked(books.AS_OF, books.QUARTER_END, 30))) == 30


def test_what_is_not_like_the_engine_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    futures = ready(
        books.program(), books.book(books.open_deal(1, 90_000, "0.5")), Asked(books.AS_OF, books.QUARTER_END, 9)
    )
    monkeypatch.setattr(runner, "added", lambda parts: Decimal(len(parts)))
    found = futures.all()
    assert not futures.together
    assert found == [futures.alone(scenario) for scenario in range(9)]


def test_a_long_fraction_is_added_in_the_order_of_the_engine() -> None:
    course = Course(2)
    third, none = (
        Varied(course, None, Decimal(1) / 3, np.array([True, False])),
        Varied(course, [Decimal(1), Decimal(2)]),
    )
    parts = [Decimal("1e15"), third, none, Decimal("-1e15")]
    found = added(parts)
    assert [found.at(0), found.at(1)] == [sum([parts[0], Decimal(1) / 3, 1, parts[3]]), Decimal(2)]


def test_numbers_of_unlike_futures_are_not_mixed() -> None:
    course = Course(3)
    one = Varied(course, None, Decimal(5), np.array([True, False, True]))
    other = Varied(course, None, Decimal(7), np.array([True, True, False]))
    with pytest.raises(Apart):
        one * other
    with pytest.raises(Apart):
        one + Decimal(1)
    many = Many(course)
    assert [many.difference(Decimal(9), one, "EUR", "").at(n) for n in range(3)] == [4, 9, 4]


def test_a_question_with_two_answers_leaves_the_fewer_to_another_course() -> None:
    course = Course(3)
    number = Varied(course, [Decimal(1), Decimal(5), Decimal(7)])
    assert number > Decimal(3)
    assert course.among(None) == [1, 2]
    assert [left.tolist() for left in course.left] == [[True, False, False]]
    assert not number < Decimal(3)
