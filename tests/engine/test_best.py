"""Only the greatest of groups, or of the parts of a series, count."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.facts import Partner
from tests.engine.cases import both, problems, worked
from tests.engine.test_earning_triggers import amounts, deal

AS_OF = date(2026, 12, 31)
PARTNER = Partner(id="A", name="Alder", joined=date(2026, 1, 1))
QUARTERS = [deal(f"q{n}", date(2026, 3 * n - 1, 1), amount) for n, amount in enumerate((400, 100, 300, 200), 1)]
VOLUME = '[metric.volume]\nsays = "Volume"\nof = "deal"\n'


def series(take: str, keep: str) -> str:
    head = '[metric.best]\nsays = "Best"\nwindow = "trailing 4 quarters"\n'
    return f'{VOLUME}{head}series = {{ metric = "volume", each = "quarter", take = "{take}", keep = {{ {keep} }} }}\n'


def groups(take: str, keep: str, by: str = "customer") -> str:
    head = '[metric.best]\nsays = "Best"\nof = "deal"\nwindow = "ever"\n'
    return f'{head}groups = {{ by = "{by}", take = "{take}", keep = {{ {keep} }} }}\n'


def value(text: str, rows: list[Any]) -> D | None:
    return worked(text, [PARTNER, *rows], AS_OF).metrics["best", "2026Q4"].value


@pytest.mark.parametrize(
    ("take", "keep", "gives"),
    [
        ("mean", "best = 3", 300),
        ("sum", "best = 2", 700),
        ("least", "best = 3", 200),
        ("latest", "best = 2", 300),
        ("median", "best = 3", 300),
        ("count", "best = 3", 3),
        ("sum", "best = 9", 1000),
        ("sum", "best = 2, below = 350", 500),
    ],
)
def test_only_the_greatest_parts_of_a_series_count(take: str, keep: str, gives: int) -> None:
    assert value(series(take, keep), QUARTERS) == gives


CUSTOMERS = [
    deal(f"c{n}", date(2026, 5, n), amount, customer=customer)
    for n, (customer, amount) in enumerate((("C3", 50), ("C1", 70), ("C2", 20), ("C2", 50), ("C4", 10)), 1)
]


@pytest.mark.parametrize(("take", "gives"), [("sum", 140), ("count", 2), ("mean", 70), ("greatest", 70)])
def test_only_the_greatest_groups_count(take: str, gives: int) -> None:
    assert value(groups(take, "best = 2"), CUSTOMERS) == gives


def test_of_equal_groups_that_by_the_lesser_name_counts_for_other_rules() -> None:
    paid = (
        '[earning.sold]\nsays = "Sold"\ntype = "SOLD"\non = "deal won"\nbase = "amount"\nrate = 0.1\namong = "best"\n'
    )
    found = worked(groups("sum", "best = 1") + paid, [PARTNER, *CUSTOMERS], AS_OF)
    assert set(amounts(found)) == {"sold:c2"}  # C1 and C2 have 70 each


def test_the_largest_single_facts_are_groups_by_their_id() -> None:
    assert value(groups("sum", "best = 2", "id"), CUSTOMERS) == 120


def test_it_says_how_many_of_them_count() -> None:
    _, traced = both(series("mean", "best = 3"), [PARTNER, *QUARTERS], AS_OF)
    figure = traced.metrics["best", "2026Q4"].value
    assert figure is not None
    assert (figure.op, len(figure.parts)) == ("best", 4)
    assert figure.why.startswith("3 of 4 quarters count")


def test_none_is_no_number_of_the_best() -> None:
    assert any("best is a count" in str(problem) for problem in problems(groups("sum", "best = 0")))
