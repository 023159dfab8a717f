"""Futures worked out many at once are those that the engine gives one by one, whatever program and book."""

from random import Random

import pytest

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.rules import Program
from partnerdesk.engine.terms import Terms
from partnerdesk.forecast.counting import Months, all_lines
from partnerdesk.forecast.futures import Futures
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.prepared import Asked, Prepared
from tests.forecast import mixed


def ready(program: Program, facts: Facts, asked: Asked) -> Futures:
    """The futures of P1, not worked out yet."""
    prepared = Prepared([program], Learned(facts, asked.as_of), "P1", asked)
    terms = Terms(prepared.programs, asked.horizon)
    return Futures(prepared, Months(terms.calendar, asked.as_of, asked.horizon), all_lines, None, None)


def drawn(seed: int, scenarios: int) -> Futures:
    """The futures of a drawn program and book."""
    dice = Random(seed)
    return ready(mixed.program(dice), mixed.book(dice), Asked(mixed.AS_OF, mixed.HORIZON, scenarios, seed))


def same(futures: Futures) -> int:
    """How many were worked out with others. Raises AssertionError where one is not what the engine gives."""
    found = futures.all()
    together = len(futures.together)
    for scenario, future in futures.together.items():
        alone = futures.alone(scenario)
        assert future.is_like(alone), f"scenario {scenario}: {future} and {alone}"
    assert len(found) == futures.count
    return together


@pytest.mark.parametrize("seed", range(12))
def test_a_drawn_program_gives_the_same_futures_together_and_alone(seed: int) -> None:
    same(drawn(seed, 24))
