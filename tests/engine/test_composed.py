"""Metrics made of other metrics: each way, and what happens when a part is not evaluated."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Observation, Partner, Transaction
from partnerdesk.engine.semantics import LOOKS_BACK_TO_COUNTED
from tests.engine.cases import both, facts, program, worked

AS_OF = date(2025, 9, 30)


def invoice(day: date, amount: int) -> Transaction:
    return Transaction(id=f"T {day} {amount}", partner="A", day=day, amount=Decimal(amount))


def observed(name: str, value: str, day: date = AS_OF) -> Observation:
    return Observation(id=f"O {name} {day}", partner="A", metric=name, day=day, value=Decimal(value))


PARTS = "".join(
    f"""
    [metric.{name}]
    says = "{name}"
    of = "observation"
    where = {{ metric = "{name}" }}
    take = "latest"
    value = "value"
    missing = "not evaluated"
    """
    for name in "abc"
)
ROWS = [observed("a", "6"), observed("b", "4")]  # c is not known


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ('ratio = ["a", "b"]', "1.5"),
        ('ratio = ["a", "c"]', None),
        ('total = [{ metric = "a" }, { metric = "b", times = -1 }]', "2"),
        ('total = [{ metric = "a", times = 0.5 }, { metric = "b", times = 2 }]', "11"),
        ('total = [{ metric = "a" }, { metric = "c" }]', None),
        ('total = [{ metric = "a" }, { metric = "c" }]\nmissing = "zero"', "0"),
        ('product = ["a", "b", "b"]', "96"),
        ('product = ["a", "c"]', None),
        ('greatest_of = ["a", "b", "c"]', "6"),
        ('least_of = ["a", "b", "c"]', "4"),
        ('least_of = ["c"]', None),
        ('mix = [{ metric = "a", weight = 3 }, { metric = "b", weight = 1 }]', "5.5"),
        ('mix = [{ metric = "a", weight = 3 }, { metric = "c", weight = 7 }]', "6"),
        ('mix = [{ metric = "a", weight = 50 }, { metric = "a", weight = 1 }, { metric = "a", weight = 50 }]', "6"),
        ('power = { metric = "a", to = 3 }', "216"),
        ("fixed = 42", "42"),
        ("fixed = 42.5\ndecimals = 0", "43"),
        ('greatest_of = ["a"]\nnot_above = 5', "5"),
    ],
)
def test_made_of_others(made: str, expected: str | None) -> None:
    found = worked(f'{PARTS}\n[metric.m]\nsays = "Made"\n{made}\n', ROWS, AS_OF).metrics["m", "2025Q3"]
    assert found.value == (None if expected is None else Decimal(expected))
    assert bool(found.missing) == (expected is None)


def test_a_ratio_with_zero_below_is_zero_only_where_the_text_says_so() -> None:
    rows = [observed("a", "6"), observed("b", "0")]
    text = f'{PARTS}\n[metric.m]\nsays = "Ratio"\nratio = ["a", "b"]\n'
    assert worked(text, rows, AS_OF).metrics["m", "2025Q3"].value is None
    assert worked(text + 'missing = "zero"\n', rows, AS_OF).metrics["m", "2025Q3"].value == 0


def test_what_was_left_out_is_said() -> None:
    text = f'{PARTS}\n[metric.m]\nsays = "Best"\ngreatest_of = ["a", "c"]\n'
    found = both(text, ROWS, AS_OF)[1].metrics["m", "2025Q3"].value
    assert found is not None
    assert found.why == "c not evaluated: left out"


MONTHLY = """
[metric.monthly]
says = "Invoiced"
of = "transaction"
"""
SUMS = [
    invoice(date(2025, 6, 10), 10),
    invoice(date(2025, 7, 10), 60),
    invoice(date(2025, 9, 10), 90),
]


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        ('{ metric = "monthly" }', "50"),  # July 60, August 0, September 90
        ('{ metric = "monthly", take = "median" }', "60"),
        ('{ metric = "monthly", take = "sum" }', "150"),
        ('{ metric = "monthly", take = "least" }', "0"),
        ('{ metric = "monthly", take = "greatest" }', "90"),
        ('{ metric = "monthly", take = "latest" }', "90"),
        ('{ metric = "monthly", take = "count" }', "3"),
        ('{ metric = "monthly", take = "count", keep = { above = 0 } }', "2"),  # every month, or a bonus is lost
        ('{ metric = "monthly", keep = { above = 0 } }', "75"),
        ('{ metric = "monthly", keep = { above = 900 } }', None),
        ('{ metric = "monthly", take = "count", keep = { above = 900 } }', "0"),
        ('{ metric = "monthly", each = "quarter" }', "150"),
    ],
)
def test_a_series_of_months(series: str, expected: str | None) -> None:
    text = f'{MONTHLY}[metric.m]\nsays = "Months"\nseries = {series}\nwindow = "trailing 3 months"\n'
    rows = [Partner(id="A", name="Alder", joined=date(2024, 1, 1)), *SUMS]
    value = worked(text, rows, AS_OF).metrics["m", "2025Q3"].value
    assert value == (None if expected is None else Decimal(expected))


def test_a_rolling_mean_over_halves_and_years() -> None:
    rows = [Partner(id="A", name="Alder", joined=date(2023, 1, 1)), *SUMS, invoice(date(2024, 5, 1), 40)]
    for each, expected in (("half", 100), ("year", 100)):  # 40 + 0 + 10 + 150 over two years
        series = f'series = {{ metric = "monthly", each = "{each}" }}\nwindow = "trailing 21 months"\n'
        value = worked(f'{MONTHLY}[metric.m]\nsays = "S"\n{series}', rows, AS_OF).metrics["m", "2025Q3"].value
        # Halves 2024H1 40, 2024H2 0, 2025H1 10, 2025H2 150: a mean of 50; years 40 and 160: a mean of 100.
        assert value == (50 if each == "half" else expected)


def test_a_short_history_is_averaged_over_what_there_is() -> None:
    text = f'{MONTHLY}[metric.m]\nsays = "M"\nseries = {{ metric = "monthly" }}\nwindow = "trailing 12 months"\n'
    # Since the day the partner joined: July, August, September.
    joined = Partner(id="A", name="Alder", joined=date(2025, 7, 5))
    assert worked(text, [joined, *SUMS[1:]], AS_OF).metrics["m", "2025Q3"].value == 50
    # Where that is not known since the first business: June on.
    assert worked(text, SUMS, AS_OF).metrics["m", "2025Q3"].value == 40
    # In a running quarter only the months that have begun.
    assert worked(text, [joined, *SUMS[1:]], date(2025, 8, 20)).metrics["m", "2025Q3"].value == 30


def test_a_series_of_all_time_begins_with_what_is_counted_where_there_is_no_business() -> None:
    text = """
    [metric.profit]
    says = "Profit so far"
    of = "observation"
    value = "value"
    window = "ever"

    [metric.m]
    says = "Highest profit"
    series = { metric = "profit", each = "quarter", take = "greatest" }
    window = "ever"
    """
    rows = [observed("a", "100", date(2025, 2, 1)), observed("b", "-50", date(2025, 5, 1)), observed("c", "30")]
    assert worked(text, rows, AS_OF).metrics["m", "2025Q3"].value == 100
    assert worked(text, rows, AS_OF).metrics["m", "2025Q3"].counted == 3
    before = evaluate([program(text)], facts(rows), AS_OF, semantics=LOOKS_BACK_TO_COUNTED - 1).partners["A"]
    assert before.metrics["m", "2025Q3"].value is None


GROWING = [
    invoice(date(2024, 8, 1), 100),
    invoice(date(2024, 9, 20), 100),
    invoice(date(2025, 5, 1), 120),
    invoice(date(2025, 8, 1), 150),
]


@pytest.mark.parametrize(
    ("keys", "as_of", "expected"),
    [
        ("", AS_OF, "-0.25"),  # 150 after 200
        ('growth_as = "ratio"', AS_OF, "0.75"),
        ('growth_as = "amount"', AS_OF, "-50"),
        ('growth_from = "the period before"', AS_OF, "0.25"),  # 150 after 120
        ('growth_from = "the period before"\ngrowth_as = "amount"', AS_OF, "30"),
        ("minimum_base = 200", AS_OF, None),  # the earlier value must be above it
        ("minimum_base = 199", AS_OF, "-0.25"),
        # A running quarter is compared with the same days: 150 after 100, and after the 120 of 1 April to 31 May.
        ("", date(2025, 8, 31), "0.5"),
        ('growth_from = "the period before"', date(2025, 8, 31), "0.25"),
    ],
)
def test_growth(keys: str, as_of: date, expected: str | None) -> None:
    text = f'{MONTHLY}[metric.m]\nsays = "Growth"\ngrowth = "monthly"\n{keys}\n'
    value = worked(text, GROWING, as_of).metrics["m", "2025Q3"].value
    assert value == (None if expected is None else Decimal(expected))


def test_growth_of_a_rolling_mean_compares_the_same_months() -> None:
    text = f"""{MONTHLY}
    [metric.mean]
    says = "Mean"
    series = {{ metric = "monthly" }}
    window = "trailing 3 months"

    [metric.m]
    says = "Growth"
    growth = "mean"
    growth_as = "amount"
    """
    rows = [Partner(id="A", name="Alder", joined=date(2020, 1, 1)), *GROWING]
    # July to September: 150 / 3 after 200 / 3.
    value = worked(text, rows, AS_OF).metrics["m", "2025Q3"].value
    assert value == Decimal(150) / 3 - Decimal(200) / 3


def test_months_since_a_day_of_the_partner() -> None:
    text = (
        '[metric.m]\nsays = "Age"\nmonths_since = "joined"\n[metric.s]\nsays = "S"\nmonths_since = "agreement_signed"\n'
    )
    rows: list[Any] = [Partner(id="A", name="Alder", joined=date(2024, 10, 1), agreement_signed=date(2025, 12, 1))]
    found = worked(text, rows, AS_OF).metrics
    assert found["m", "2025Q3"].value == 11
    assert found["s", "2025Q3"].value == 0
    assert worked(text, [], AS_OF).metrics["m", "2025Q3"].value is None


def test_yearly_retention_from_monthly() -> None:
    text = PARTS + '[metric.m]\nsays = "Yearly"\npower = { metric = "a", to = 12 }\ndecimals = 4\n'
    assert worked(text, [observed("a", "0.98")], AS_OF).metrics["m", "2025Q3"].value == Decimal("0.7847")
