"""Bounds and rounding of each fact before all are put together, and of a base that counts whole units only."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from partnerdesk.engine.facts import Product
from tests.engine.cases import both, problems, worked
from tests.engine.test_earning_triggers import amounts, deal

ROWS = [deal("a", date(2026, 1, 5), "250.40"), deal("b", date(2026, 1, 6), "99.99"), deal("c", date(2026, 1, 7), -5)]


@pytest.mark.parametrize(
    ("each", "sum_"),
    [
        ("not_above = 100", "194.99"),
        ("not_below = 0", "350.39"),
        ("not_below = 0, not_above = 100", "199.99"),
        ('decimals = 0, mode = "up"', 346),
        ('decimals = 0, mode = "down"', 344),
        ("decimals = 0", 345),
    ],
)
def test_each_fact_counts_inside_its_bounds_and_rounded(each: str, sum_: object) -> None:
    text = f'[metric.sales]\nsays = "Sales"\nof = "deal"\neach = {{ {each} }}\n'
    found = worked(text, ROWS, date(2026, 3, 31)).metrics["sales", "2026Q1"]
    assert found.value == D(str(sum_))


def test_units_are_rounded_before_they_are_multiplied() -> None:
    text = (
        '[metric.points]\nsays = "Points"\nof = "deal"\nper = { EUR = 100 }\neach = { decimals = 0, mode = "floor" }\n'
        "times = [[{ factor = 3 }]]\n"
    )
    found = worked(text, [deal("a", date(2026, 1, 5), 250), deal("b", date(2026, 1, 6), 99)], date(2026, 3, 31))
    assert found.metrics["points", "2026Q1"].value == 6


def test_each_fact_counts_the_points_of_its_product() -> None:
    products = [
        Product(id=p, name=p, attributes=a) for p, a in (("X", {"points": "2.5"}), ("Y", {"points": "4"}), ("Z", {}))
    ]
    rows = [replace(row, product=p) for row, p in zip(ROWS, ("X", "Y", "Z"), strict=True)]
    entries = '[{ attribute = "product.attributes.points" }, { factor = 3, where = { amount = { below = 100 } } }]'
    for take, expected in (("sum", "910.97"), ("count", "8.5")):  # 250.40 x 2.5 + 99.99 x 3 - 5 x 3; 2.5 + 3 + 3
        text = f'[metric.points]\nsays = "P"\nof = "deal"\ntake = "{take}"\ntimes = [{entries}]\n'
        found, _ = both(text, [*products, *rows], date(2026, 3, 31))
        assert found.metrics["points", "2026Q1"].value == D(expected)
    text = text.replace("below = 100", "below = 0")  # Z has no points and its own entry, Y has 4
    assert worked(text, [*products, *rows], date(2026, 3, 31)).metrics["points", "2026Q1"].value == D("9.5")


def test_lines_of_earnings_are_bounded_as_well() -> None:
    text = (
        '[earning.fee]\nsays = "Fee"\ntype = "F"\non = "deal won"\nbase = "amount"\nrate = 0.1\n'
        '[metric.paid]\nsays = "Paid"\nof = "earning"\nwhere = { earning = "fee" }\neach = { not_above = 12 }\n'
    )
    found = worked(text, [deal("a", date(2026, 1, 5), 500), deal("b", date(2026, 1, 6), 50)], date(2026, 3, 31))
    assert found.metrics["paid", "2026Q1"].value == 17


def test_a_metric_is_rounded_as_it_says() -> None:
    text = '[metric.sales]\nsays = "Sales"\nof = "deal"\ndecimals = 0\nmode = "down"\n'
    assert worked(text, ROWS[:1], date(2026, 3, 31)).metrics["sales", "2026Q1"].value == 250


@pytest.mark.parametrize(("amount", "paid"), [(2999, 100), (3000, 150), (999, None), (-1500, -50)])
def test_a_base_in_whole_thousands(amount: int, paid: int | None) -> None:
    text = (
        '[earning.bonus]\nsays = "Bonus"\ntype = "B"\non = "deal won"\n'
        'base = { attribute = "amount", per = 1000, whole = true }\nrate = 50\n'
    )
    found = amounts(worked(text, [deal("a", date(2026, 1, 5), amount)], date(2026, 1, 31)))
    assert found.get("bonus:a") == paid


def test_a_count_has_no_values_to_bound() -> None:
    text = '[metric.sales]\nsays = "Sales"\nof = "deal"\ntake = "count"\neach = { not_above = 1 }\n'
    assert any("no values" in str(p) for p in problems(text))
    text = text.replace('take = "count"\neach = { not_above = 1 }', "each = { not_below = 2, not_above = 1 }")
    assert any("above not_above" in str(p) for p in problems(text))
