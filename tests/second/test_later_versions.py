"""A version that comes later changes no line of the periods that were over before it, whatever its rules look at."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.outcome.record import plain
from partnerdesk.engine.rules import Program, Transition
from tests.second.maker.draw import Draw
from tests.second.maker.pair import Pair, pair

ALIKE = ("program", "currency", "statements", "fiscal_year_starts", "fiscal_year_named", "fiscal_weeks")


@pytest.mark.parametrize("applies_to", ["events", "new streams"])
def test_a_later_version_touches_no_line_of_a_period_before_it(applies_to: str) -> None:
    compared = 0
    for number in range(40):
        one = pair(52, number)
        before = evaluate(one.programs, one.facts, one.as_of).partners
        ends = sorted({line.period.end for outcome in before.values() for line in outcome.lines})
        if not ends or ends[-1] <= one.programs[-1].effective_from:
            continue
        later = _later(
            one, Draw(number).one([day for day in ends if day > one.programs[-1].effective_from]), applies_to
        )
        after = evaluate([*one.programs, later], one.facts, one.as_of).partners
        for partner, outcome in before.items():
            lines = _over(outcome.lines, later)
            assert lines == _over(after[partner].lines, later), f"{number} {partner}"
            compared += len(lines)
    assert compared > 60


def _later(one: Pair, last: Any, applies_to: Any) -> Program:
    """The rules of another program as the next version of this one, in force from the day after a period on."""
    other, newest = pair(552, one.number).programs[0], one.programs[-1]
    alike = {name: getattr(newest, name) for name in ALIKE}
    first = last + timedelta(days=1)
    return replace(other, version="late", effective_from=first, transition=Transition(applies_to=applies_to), **alike)


def _over(lines: Sequence[Any], later: Program) -> list[Any]:
    return [plain(line) for line in lines if line.period.end < later.effective_from]
