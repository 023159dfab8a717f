"""Growth of each customer by itself, and groups that count at most a share of a metric; figures derived by hand."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.facts import Adjustment, ExchangeRate
from partnerdesk.program.words import metric_sentence
from tests.engine.cases import both, problems, program, worked
from tests.engine.test_earning_triggers import deal
from tests.engine.test_legs import legs
from tests.engine.test_whose import AS_OF, SALES, TREE, sold
from tests.engine.test_whose import AS_OF as END
from tests.engine.test_whose import value as of_tree

SPEND = """
[metric.spend]
says = "Spend"
of = "deal"
where = { status = "won" }
window = "year to date"
"""


BY = 'by = "customer"'


def growth(groups: str, more: str = "", name: str = "m") -> str:
    table = ", ".join(filter(None, (BY, groups)))
    return f'[metric.{name}]\nsays = "Grown"\ngrowth = "spend"\ngroups = {{ {table} }}\n{more}\n'


def bought(customer: str, then: int, now: int) -> list[Any]:
    """A deal of this amount in either year; none of an amount of zero."""
    days = ((date(2025, 5, 1), then), (date(2026, 5, 1), now))
    return [deal(f"{customer}{day.year}", day, amount, customer=customer) for day, amount in days if amount]


# Ash grew by 50 %, Beech by exactly 10 %, Cork by 5 %; Dill shrank by 40 %, Elm left, Fir is new.
ROWS = [
    *bought("ash", 1000, 1500),
    *bought("beech", 1000, 1100),
    *bought("cork", 1000, 1050),
    *bought("dill", 1000, 600),
    *bought("elm", 1000, 0),
    *bought("fir", 0, 700),
]


def value(text: str, rows: list[Any] = ROWS) -> D | None:
    return worked(SPEND + text, rows, END).metrics["m", "2026Q4"].value


@pytest.mark.parametrize(
    ("groups", "more", "expected"),
    [
        ("keep = { at_least = 0.10 }", "", 2),  # ash and beech
        ("keep = { above = 0 }", "", 3),
        ('take = "count"', "", 5),  # the new one has nothing to grow from
        ('take = "sum", keep = { above = 0 }', 'growth_as = "amount"', 500 + 100 + 50),
        ('take = "sum", keep = { above = 0 }', 'growth_as = "amount"\nminimum_base = -1', 500 + 100 + 50 + 700),
        ('take = "sum"', 'growth_as = "amount"\nminimum_base = -1', 650 - 400 - 1000 + 700),
        ('take = "mean"', "", D("-0.15")),  # (50 + 10 + 5 - 40 - 100) / 5
        ('take = "greatest"', 'growth_as = "ratio"', D("1.5")),
        ('take = "least"', "", -1),
        ('take = "sum", not_above = 100, keep = { above = 0 }', 'growth_as = "amount"', 100 + 100 + 50),
        ('take = "mean", keep = { above = 5 }', "", None),
        ('take = "mean", keep = { above = 5 }', 'missing = "zero"', 0),
        ("keep = { above = 5 }", "", 0),
        ("keep = { above = 0 }", "minimum_base = 1000", 0),
    ],
)
def test_each_customer_grows_by_itself(groups: str, more: str, expected: object) -> None:
    assert value(growth(groups, more)) == expected


def test_of_nobody_none_has_grown_and_no_mean_is_taken() -> None:
    assert value(growth('take = "count"'), [deal("d", date(2024, 1, 1))]) == 0
    assert value(growth('take = "count"', 'missing = "not evaluated"'), [deal("d", date(2024, 1, 1))]) is None
    assert value(growth('take = "mean"'), [deal("d", date(2024, 1, 1))]) is None


def test_what_those_bought_that_grew_is_summed() -> None:
    text = growth("keep = { at_least = 0.10 }", name="grown")
    text += SPEND.replace("metric.spend", "metric.m") + 'groups = { by = "customer", take = "sum", among = "grown" }\n'
    assert value(text) == 2600  # ash and beech
    assert value(text.replace("among", "without")) == 1050 + 600 + 700


def test_each_group_is_measured_with_the_other_metrics_own_bounds() -> None:
    text = growth('take = "sum"', 'growth_as = "amount"')
    assert value(f"not_above = 1200\n{text}") == 200 + 100 + 50 - 400 - 1000
    assert value(f"minimum_rows = 1\n{text}") == 500 + 100 + 50 - 400  # elm and fir are measured once only


def test_the_figure_names_each_customer_with_its_two_windows() -> None:
    _, traced = both(SPEND + growth("keep = { at_least = 0.10 }"), ROWS, END)
    figure = traced.metrics["m", "2026Q4"].value
    assert figure is not None and figure.unit == "customers"
    assert [part.label for part in figure.parts] == ["ash", "beech", "cork", "dill", "elm"]
    assert figure.why == "2 of 5 groups by customer count, year to date"
    change, before = figure.parts[0].parts
    assert (change.value, before.value, before.label) == (500, 1000, "a year before")


def test_an_amount_without_a_rate_is_told_and_adjustments_are_in_no_group() -> None:
    rows = [*ROWS, deal("x", date(2025, 3, 1), 5, customer="ash", currency="USD")]
    assert "USD" in worked(SPEND + growth(""), rows, END).metrics["m", "2026Q4"].missing
    among = SPEND + growth("", name="g") + SPEND.replace("metric.spend", "metric.m")
    found = worked(f'{among}groups = {{ by = "customer", among = "g" }}\n', rows, END).metrics["m", "2026Q4"]
    assert "USD" in found.missing
    rate = ExchangeRate(id="r", base="USD", quote="EUR", day=date(2025, 1, 1), rate=D(1))
    assert value(growth("keep = { above = 0.495 }"), [*rows, rate]) == 0  # 1,500 after 1,005
    more = Adjustment(id="a", partner="A", day=date(2026, 5, 1), amount=D(9), counts_for_tier=True)
    assert value('adjustments = "tier"\n' + growth('take = "sum"', 'growth_as = "amount"'), [*ROWS, more]) == -750


def test_growth_never_divides_by_nothing() -> None:
    text = '[metric.m]\nsays = "M"\ngrowth = "spend"\nminimum_base = -1\n'
    assert value(text, bought("fir", 0, 700)) is None
    assert value(f'{text}growth_as = "amount"\n', bought("fir", 0, 700)) == 700


def test_legs_may_grow_too() -> None:
    last = [sold("B", 10, day=date(2025, 11, 1)), sold("D", 50, day=date(2025, 11, 1))]
    text = '[metric.spend]\nsays = "S"\nof = "transaction"\nwhose = "branch"\nwindow = "year to date"\n'
    text += '[metric.m]\nsays = "M"\ngrowth = "spend"\ngrowth_as = "amount"\n'
    text += 'groups = { by = "leg", take = "sum", keep = { above = 0 } }\n'
    assert of_tree(text, [*TREE, *SALES, *last]) == 13  # Birch with Cedar 23 after 10; Dogwood shrank


# What a group counts at most ---------------------------------------------

REQUIRED = '[metric.required]\nsays = "Required volume"\nfixed = 42\n'


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        ('{ metric = "required", times = 0.5 }', 21 + 21 + 5),
        ('{ metric = "required" }', 42 + 23 + 5),
        ('{ metric = "whole", times = 0.125 }', 16 + 16 + 5),
        ('{ metric = "nothing" }', 100 + 23 + 5),
    ],
)
def test_a_leg_counts_at_most_a_share_of_a_metric(most: str, expected: int) -> None:
    whole = '[metric.whole]\nsays = "All"\nof = "transaction"\nwhose = "branch"\nwindow = "year to date"\n'
    nothing = '[metric.nothing]\nsays = "No growth"\ngrowth = "required"\nminimum_base = 99\n'
    text = REQUIRED + whole + nothing + legs(f'take = "sum", not_above = {most}')
    assert of_tree(text, [*TREE, *SALES]) == expected


def test_the_share_stands_in_the_figure_and_what_has_no_rate_is_told() -> None:
    text = REQUIRED + legs('take = "sum", not_above = { metric = "required", times = 0.5 }')
    figure = both(text, [*TREE, *SALES], AS_OF)[1].metrics["m", "2026Q4"].value
    assert figure is not None
    bound = figure.parts[0].parts[1]
    assert (bound.op, [part.value for part in bound.parts]) == ("product", [D("0.5"), 42])
    foreign = '[metric.foreign]\nsays = "F"\nof = "transaction"\nwindow = "ever"\nwhere = { currency = "USD" }\n'
    text = foreign + legs('take = "sum", not_above = { metric = "foreign" }')
    rows = [*TREE, *SALES, sold("A", 1, day=date(2025, 1, 1), currency="USD")]
    assert "USD" in worked(text, rows, AS_OF).metrics["m", "2026Q4"].missing


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (legs('take = "sum", not_above = { metric = "need", times = 0.5 }'), "metric need"),
        (REQUIRED + legs('take = "sum", not_above = { metric = "required", times = 0 }'), "nothing of a group would"),
        (legs('take = "sum", not_above = { metric = "m" }'), "made of itself"),
        (legs('take = "sum", not_above = "half"'), "is not a number"),
        (SPEND + growth("", 'take = "mean"'), "take means nothing in a metric made by growth"),
        (SPEND + growth("").replace('"customer"', '"custom"'), "deal has no attribute custom"),
        (SPEND + growth("").replace('"customer"', '"leg"'), "come from no leg"),
        (SPEND + 'groups = { by = "customer" }\n' + growth(""), "without groups of its own"),
        (REQUIRED.replace("required", "spend") + growth(""), "no aggregate of facts"),
        (SPEND + growth('among = "spend"'), "spend has no groups"),
        (SPEND + growth("keep = { above = 2, below = 1 }"), "no value lies inside"),
    ],
)
def test_what_means_nothing_is_refused(text: str, said: str) -> None:
    assert said in "\n".join(map(str, problems(text)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            SPEND + growth("keep = { at_least = 0.10 }"),
            "number of different customers for which this is at least 10\N{NO-BREAK SPACE}%: growth of spend against",
        ),
        (
            SPEND + growth('take = "sum", keep = { above = 0 }', 'growth_as = "amount"'),
            "sum over all customers for which this is above 0 of the increase of spend over the same window a year",
        ),
        (
            REQUIRED + legs('take = "sum", not_above = { metric = "required", times = 0.5 }'),
            "of any one leg at most 50\N{NO-BREAK SPACE}% of required volume counts",
        ),
    ],
)
def test_they_are_said_in_words(text: str, words: str) -> None:
    assert words in metric_sentence(program(text), "m")
