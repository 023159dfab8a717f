"""Groups of a tree's facts by the leg they come from, and what any one group counts at most."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.facts import Credit
from tests.engine.cases import both, problems, program, worked
from tests.engine.test_earning_triggers import deal
from tests.engine.test_whose import AS_OF, SALES, TREE, metric, sold, value

# Alder itself 100; the leg of Birch 20 and of Cedar below it 3; the leg of Dogwood 5.
ROWS = [*TREE, *SALES]


def legs(more: str, whose: str = "branch", of: str = 'of = "transaction"') -> str:
    return metric(whose, f'{of}\ngroups = {{ by = "leg", {more} }}')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (legs('take = "count"'), {"A": 3, "B": 2, "D": 1, "Z": 1}),
        (legs('take = "sum", not_above = 21'), {"A": 21 + 21 + 5, "B": 20 + 3, "Z": 21}),
        (legs('take = "sum", not_above = 21', "group"), {"A": 47, "B": 47, "C": 47, "Z": 21}),
        (legs('take = "sum", not_above = 21', "all below"), {"A": 21 + 5, "B": 3, "C": 0}),
        (legs('take = "greatest"', "sub-partners"), {"A": 20}),
        # Two legs of at least 5 each, and of those that count with 5 at most.
        (legs('take = "count", keep = { at_least = 5 }', "all below"), {"A": 2}),
        (legs('take = "count", not_above = 5, keep = { at_most = 5 }'), {"A": 3, "B": 2}),
    ],
)
def test_a_leg_is_a_partner_below_with_all_below_it(text: str, expected: dict[str, int]) -> None:
    assert {id: value(text, ROWS, id) for id in expected} == expected


def test_any_group_has_a_most_that_it_counts() -> None:
    text = metric("own", 'of = "transaction"\ngroups = { by = "customer", take = "sum", not_above = 150 }')
    rows = [sold("A", 100), sold("A", 90), sold("A", 30, customer="C2")]
    assert value(text, rows) == 180


def test_a_deal_of_two_legs_counts_in_that_of_the_first() -> None:
    rows = [
        *TREE,
        deal("d", date(2026, 10, 1), 1000, partner="D"),
        Credit(id="c", deal="d", partner="C", share=D("0.3")),
    ]
    assert value(legs('take = "count"', of='of = "deal"'), rows) == 1
    assert value(legs('take = "sum", not_above = 900', of='of = "deal"'), rows) == 900


TIERS = """
[[tier]]
name = "Base"
[[tier]]
name = "Gold"
requires = { metric = "m", at_least = 42 }
"""


def test_one_strong_leg_alone_reaches_no_tier() -> None:
    text = legs('take = "sum", not_above = 21', "all below") + TIERS
    strong = [*TREE, sold("B", 40), sold("C", 400)]
    assert worked(text, strong, AS_OF).standings["2026Q4"].reached == "Base"
    assert worked(text, [*strong, sold("D", 21)], AS_OF).standings["2026Q4"].reached == "Gold"


def test_the_figure_names_each_leg_and_shows_what_cut_it() -> None:
    _, traced = both(legs('take = "sum", not_above = 21'), ROWS, AS_OF)
    figure = traced.metrics["m", "2026Q4"].value
    assert figure is not None
    assert [(part.label, part.value, part.op) for part in figure.parts] == [
        ("Alder", 21, "least"),
        ("Birch", 21, "least"),
        ("Dogwood", 5, "least"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (legs('take = "sum"', "own"), "come from no leg"),
        (legs('take = "sum"', "branch", 'of = "earning"'), "have no legs"),
        (legs("not_above = 5, keep = { at_least = 6 }"), "inside the bounds of keep"),
        (legs("not_above = 5, keep = { above = 5 }"), "inside the bounds of keep"),
    ],
)
def test_what_no_leg_can_be_is_refused(text: str, said: str) -> None:
    assert any(said in problem.message and not problem.warning for problem in problems(text))


def test_legs_are_said_in_words() -> None:
    from partnerdesk.program.words import metric_sentence

    said: Any = metric_sentence(program(legs('take = "sum", not_above = 5000', "group")), "m")
    assert "a leg is a partner directly below the one at the top of the group" in said
    assert "of any one leg at most 5,000 counts" in said
