"""Why two evaluations differ, of programs and facts of any shape: all of it is explained, nothing is left over."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.difference import Side, difference, explained_difference
from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.rules import Program
from tests.engine.test_difference_properties import _values, balance
from tests.second.maker.draw import Draw
from tests.second.maker.pair import Pair, pair

ZERO = Decimal(0)
BARE: dict[str, Any] = {"cap": {}, "safety_net": {}, "holdback": {}, "module": {}}
Other = tuple[Sequence[Program], Facts]


def a_rule_renamed(one: Pair) -> Other:
    def renamed(rules: Any) -> dict[str, Any]:
        return {f"{name}x" if number == 0 else name: rule for number, (name, rule) in enumerate(rules.items())}

    return [replace(version, earning=renamed(version.earning), **BARE) for version in one.programs], one.facts


def a_rule_dropped(one: Pair) -> Other:
    return [replace(v, earning=dict(list(v.earning.items())[1:]), **BARE) for v in one.programs], one.facts


def without_modules(one: Pair) -> Other:
    return [replace(version, module={}) for version in one.programs], one.facts


def other_ladders(one: Pair) -> Other:
    """The second tier asks for what the highest did, and the highest for what the second did."""
    found = []
    for version in one.programs:
        tiers = version.tier
        if len(tiers) > 1:
            last = replace(tiers[-1], requires=tiers[1].requires)
            tiers = (tiers[0], replace(tiers[1], requires=tiers[-1].requires), *tiers[2:-1], last)[: len(tiers)]
        found.append(replace(version, tier=tiers))
    return found, one.facts


def another_tree(one: Pair) -> Other:
    partners = tuple(replace(p, parent=None if p.parent else "A" if p.id != "A" else None) for p in _partners(one))
    return one.programs, Facts({**one.facts.rows, "partner": partners})


def days_of_joining_unknown(one: Pair) -> Other:
    return one.programs, Facts({**one.facts.rows, "partner": tuple(replace(p, joined=None) for p in _partners(one))})


def _partners(one: Pair) -> tuple[Any, ...]:
    return one.facts.of("partner")


def another_program(one: Pair) -> Other:
    return pair(98, one.number + 1).programs, one.facts


def other_facts(one: Pair) -> Other:
    return one.programs, pair(98, one.number + 1).facts


def no_rates(one: Pair) -> Other:
    return one.programs, Facts({kind: rows for kind, rows in one.facts.rows.items() if kind != "exchange_rate"})


def rows_gone(one: Pair) -> Other:
    draw = Draw(one.number)
    rows = {k: tuple(r for r in found if k == "partner" or draw.has(0.7)) for k, found in one.facts.rows.items()}
    return one.programs, Facts(rows)


def statements_of_another_length(one: Pair) -> Other:
    length = "quarter" if one.programs[0].statements != "quarter" else "year"
    return [replace(version, statements=length) for version in one.programs], one.facts


def one_version_more(one: Pair) -> Other:
    last = one.programs[-1]
    free = {name: replace(rule, where=()) for name, rule in last.earning.items()}
    return [*one.programs, replace(last, version="late", effective_from=date(2026, 1, 20), earning=free)], one.facts


OTHERS: tuple[Callable[[Pair], Other], ...] = (
    *(a_rule_renamed, a_rule_dropped, without_modules, other_ladders, another_tree, days_of_joining_unknown),
    *(another_program, other_facts, no_rates, rows_gone, statements_of_another_length, one_version_more),
)


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: other.__name__)
def test_nothing_is_left_over(other: Callable[[Pair], Other]) -> None:
    for number in range(4):
        one = pair(98, number + 4 * OTHERS.index(other))
        programs, facts = other(one)
        before = Side(one.programs, one.facts, one.as_of)
        after = Side(tuple(programs), facts, one.as_of)
        if before.programs[-1].currency != after.programs[-1].currency:
            continue  # amounts in two currencies have no difference
        for partner in {p.id for p in _partners(one)} & {p.id for p in facts.of("partner")}:
            _explains(before, after, partner)


def _explains(before: Side, after: Side, partner: str) -> None:
    found = difference(before, after, partner, most=3)
    assert (found.start, found.end) == (balance(before, partner), balance(after, partner))
    assert found.residual == ZERO and found.total == found.end - found.start
    assert sum((step.amount for step in found.steps), ZERO) == found.total
    for step in found.steps:
        assert sum((part.amount for part in step.parts), ZERO) == step.amount
        assert all(sum((line.amount for line in part.lines), ZERO) == part.amount for part in step.parts)
    if found.steps:
        traced = _values(explained_difference(before, after, partner, most=3))
        assert _values(found) == [figure.value for figure in traced] == [replay(figure) for figure in traced]


def test_these_programs_and_facts_differ_in_what_they_pay() -> None:
    """Else nothing was shown above."""
    moved = 0
    for number, other in enumerate(OTHERS):
        for each in range(6):
            one = pair(98, each + 6 * number)
            programs, facts = other(one)
            sides = (evaluate(p, f, one.as_of).partners for p, f in ((one.programs, one.facts), (programs, facts)))
            sums = [{id: sum((e.amount for e in o.entries), ZERO) for id, o in side.items()} for side in sides]
            moved += sums[0] != sums[1]
    assert moved > 10
