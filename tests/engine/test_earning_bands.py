"""Bands: marginal, whole amount and step on excess, with fixed amounts, edges, metrics and sums that go on."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Target, Transaction
from partnerdesk.engine.semantics import NAMES_BANDS, NEWEST
from tests.engine.cases import both, facts, program, worked
from tests.engine.test_earning_triggers import deal, paid, reasons, rule

AS_OF = date(2026, 12, 31)
DAY = date(2026, 3, 10)
STEPS = "steps = [{ from = 0, rate = 0.01 }, { from = 100, rate = 0.02 }, { from = 300, rate = 0.05 }]"


def invoice(id: str, amount: object, day: date = DAY, **more: Any) -> Transaction:
    return paid(id, day, amount, kind="invoice" if D(str(amount)) >= 0 else "credit-note", **more)


def pays(bands: str, *invoices: Transaction, more: str = "", head: str = "") -> list[D]:
    text = head + rule(more, on='"invoice issued"', pay=f'base = "amount"\nrate = {{ {bands} }}')
    return [line.amount for line in worked(text, invoices, AS_OF).lines]


@pytest.mark.parametrize(
    ("how", "amount", "earned"),
    [
        ("marginal", 50, "0.50"),
        ("marginal", 100, "1.00"),
        ("marginal", 400, "10.00"),  # 1 + 200 x 2 % + 100 x 5 %
        ("marginal", -400, "-10.00"),
        ("whole amount", 99, "0.99"),
        ("whole amount", 100, "2.00"),
        ("whole amount", 400, "20.00"),
        ("whole amount", -400, "-20.00"),
        ("step on excess", 100, "1.00"),
        ("step on excess", 250, "4.00"),  # 100 x 1 % + 150 x 2 %
        ("step on excess", 400, "16.00"),  # 100 x 1 % + 300 x 5 %
        ("step on excess", -400, "-16.00"),
    ],
)
def test_each_arithmetic_of_bands(how: str, amount: int, earned: str) -> None:
    excess = "excess_over = 100, " if how == "step on excess" else ""
    assert pays(f'bands = "{how}", {excess}{STEPS}', invoice("i", amount)) == [D(earned)]


def test_step_on_excess_without_a_bound_pays_all_at_the_rate_reached() -> None:
    assert pays(f'bands = "step on excess", {STEPS}', invoice("i", 400)) == [D(20)]


@pytest.mark.parametrize(("edge", "earned"), [("from", "2.00"), ("above", "1.00")])
def test_a_floor_belongs_to_its_band_or_to_the_one_below(edge: str, earned: str) -> None:
    bands = (
        f'bands = "whole amount", edge = "{edge}", steps = [{{ from = 1, rate = 0.01 }}, {{ from = 100, rate = 0.02 }}]'
    )
    assert pays(bands, invoice("i", 100)) == [D(earned)]
    assert pays(bands, invoice("i", "100.50")) == [D("2.01")]
    assert pays(bands, invoice("i", 1)) == ([D("0.01")] if edge == "from" else [])


def test_nothing_is_earned_below_the_first_floor_and_the_fact_says_so() -> None:
    bands = 'bands = "whole amount", steps = [{ from = 100, rate = 0.02 }]'
    text = rule("", on='"invoice issued"', pay=f'base = "amount"\nrate = {{ {bands} }}')
    assert reasons(worked(text, [invoice("i", 99)], AS_OF)) == {"i": "it is below the first band, from 100.00 EUR on"}
    # Marginal: what lies below the first floor earns nothing, the rest its rate.
    assert pays('bands = "marginal", steps = [{ from = 100, rate = 0.02 }]', invoice("i", 150)) == [D(1)]


def test_a_metric_below_the_first_band_is_told_with_its_value() -> None:
    metrics = '[metric.count]\nsays = "Invoices"\nof = "transaction"\ntake = "count"\n'
    metrics += '[metric.part]\nsays = "Part"\nratio = ["count", "ten"]\n[metric.ten]\nsays = "Ten"\nfixed = 10\n'
    for edge, begins in (("from", "from 25 % on"), ("above", "above 25 %")):
        bands = f'bands = "whole amount", by = "part", edge = "{edge}", steps = [{{ from = 0.25, rate = 0.02 }}]'
        text = metrics + rule("", on='"invoice issued"', pay=f'base = "amount"\nrate = {{ {bands} }}')
        (told,) = reasons(worked(text, [invoice("i", 99)], AS_OF)).values()
        assert told.replace("\N{NO-BREAK SPACE}", " ") == f"part is 10 %, below the first band, {begins}"


AMOUNTS = "steps = [{ from = 0, amount = 5 }, { from = 100, amount = 20 }, { from = 300, amount = 50, rate = 0.10 }]"


@pytest.mark.parametrize(
    ("bands", "amount", "earned"),
    [
        ('bands = "marginal"', 1, "5"),
        ('bands = "marginal"', 100, "25"),
        ('bands = "marginal", edge = "above"', 100, "5"),
        ('bands = "marginal"', 400, "85"),  # 5 + 20 + 50 + 100 x 10 %
        ('bands = "marginal"', -400, "-85"),
        ('bands = "whole amount"', 99, "5"),
        ('bands = "whole amount"', 100, "20"),
        ('bands = "whole amount"', 400, "90"),  # 50 + 400 x 10 %
        ('bands = "whole amount"', -100, "-20"),
        ('bands = "step on excess", excess_over = 300', 400, "60"),  # 50 + 100 x 10 %
    ],
)
def test_fixed_amounts_of_bands(bands: str, amount: int, earned: str) -> None:
    assert pays(f"{bands}, {AMOUNTS}", invoice("i", amount)) == [D(earned)]


def said(bands: str, *invoices: Transaction, head: str = "", semantics: int = NEWEST) -> list[str]:
    text = head + rule("", on='"invoice issued"', pay=f'base = "amount"\nrate = {{ {bands} }}')
    found = evaluate([program(text)], facts(invoices), AS_OF, semantics=semantics)
    return [line.reason.partition(" (rule")[0] for line in found.partners["A"].lines]


def test_each_band_that_pays_its_amount_is_named() -> None:
    (line,) = said(f'bands = "marginal", {AMOUNTS}', invoice("i", 400))
    named = "5.00 EUR from 0.00 EUR on, 20.00 EUR from 100.00 EUR on and 50.00 EUR from 300.00 EUR on"
    assert line.endswith(f"each slice earns its own rate, and every band entered its amount: {named}")
    (before,) = said(f'bands = "marginal", {AMOUNTS}', invoice("i", 400), semantics=NAMES_BANDS - 1)
    assert before.endswith("each slice earns its own rate"), "what was closed is told as it was"


def test_bands_that_go_on_name_the_ones_that_an_event_enters_or_leaves() -> None:
    steps = "steps = [{ from = 0, amount = 5 }, { from = 100, amount = 20 }, { from = 200, amount = 50 }]"
    rows = [invoice("a", 80), invoice("b", 150), invoice("c", 10), invoice("d", -100)]
    ways = [
        reason.partition("pays its amount: ")[2]
        for reason in said(f'bands = "marginal", over = "year", {steps}', *rows)
    ]
    assert ways == [
        "5.00 EUR from 0.00 EUR on",
        "20.00 EUR from 100.00 EUR on and 50.00 EUR from 200.00 EUR on",
        "none is entered here",
        "\N{MINUS SIGN}50.00 EUR from 200.00 EUR on",
    ]


def test_nothing_is_paid_on_zero() -> None:
    assert pays(f'bands = "marginal", {AMOUNTS}', invoice("i", 0)) == []


def test_a_step_table_of_amounts_alone_has_no_rate() -> None:
    steps = "steps = [{ from = 0, amount = 100 }, { from = 1000, amount = 300 }]"
    text = rule("", on='"invoice issued"', pay=f'base = "amount"\nrate = {{ bands = "whole amount", {steps} }}')
    (line,) = worked(text, [invoice("i", 1200)], AS_OF).lines
    assert (line.amount, line.rate, line.steps) == (D(300), None, ())
    assert line.reason.startswith("300.00 EUR, because the band that is reached pays its amount")


# Sums that go on ----------------------------------------------------------

ROWS = [
    invoice("a", 80, date(2026, 1, 5), customer="C1", product="P"),
    invoice("b", 80, date(2026, 2, 5), customer="C2", product="P"),
    invoice("c", 80, date(2026, 4, 5), customer="C1", product="Q"),
]


@pytest.mark.parametrize(
    ("over", "earned"),
    [
        # 80 x 1 %; then 20 x 1 % + 60 x 2 %; then all at 2 %
        ('over = "month"', ["0.80", "0.80", "0.80"]),
        ('over = "quarter"', ["0.80", "1.40", "0.80"]),
        ('over = "half"', ["0.80", "1.40", "1.60"]),
        ('over = "year"', ["0.80", "1.40", "1.60"]),
        ('over = "ever"', ["0.80", "1.40", "1.60"]),
        ('over = "ever", each = "customer"', ["0.80", "0.80", "1.40"]),
        ('over = "ever", each = "product"', ["0.80", "1.40", "0.80"]),
        ('over = "ever", each = "deal"', ["0.80", "1.40", "1.60"]),  # none has a deal: one sum
        ('over = "ever", each = "contract"', ["0.80", "1.40", "1.60"]),
    ],
)
def test_marginal_bands_go_on(over: str, earned: list[str]) -> None:
    assert pays(f'bands = "marginal", {over}, {STEPS}', *ROWS) == [D(x) for x in earned]


def test_amounts_of_bands_are_paid_once_where_they_go_on_and_taken_back_again() -> None:
    rows = [*ROWS, invoice("d", -100, date(2026, 4, 6)), invoice("e", 30, date(2026, 4, 7))]
    steps = "steps = [{ from = 0, amount = 5 }, { from = 100, amount = 20 }, { from = 200, amount = 50 }]"
    # 80, 160, 240, 140, 170: the third band is entered with c and left with d.
    assert pays(f'bands = "marginal", over = "year", {steps}', *rows) == [D(5), D(20), D(50), D(-50), D(0)]


def test_the_place_of_each_event_is_stated() -> None:
    text = rule(
        "", on='"invoice issued"', pay=f'base = "amount"\nrate = {{ bands = "marginal", over = "half", {STEPS} }}'
    )
    plain, traced = both(text, ROWS, AS_OF)
    assert "each slice earns its own rate, after 80.00 EUR earlier in the half" in plain.lines[1].reason
    assert "after 240.00 EUR" not in plain.lines[2].reason  # April is in the same half: 160 before
    slices = traced.lines[1].computed.parts[0]
    assert [part.value for part in slices.parts] == [D(80), D(80)]
    assert slices.detail[1] == ((D(20), D("0.01")), (D(60), D("0.02")))


def test_splitting_or_turning_same_day_events_changes_nothing_in_sum() -> None:
    day = date(2026, 1, 5)
    bands = f'bands = "marginal", over = "quarter", {STEPS}'
    whole = sum(pays(bands, invoice("a", 350, day)))
    parts = [invoice("a", 120, day), invoice("b", 130, day), invoice("c", 100, day)]
    assert sum(pays(bands, *parts)) == whole == D("7.50")
    assert pays(bands, *parts[::-1]) == pays(bands, *parts)


# By a metric --------------------------------------------------------------

ATTAINED = """
[metric.sales]
says = "Sales"
of = "deal"
day = "closed"
window = "period"
[metric.goal]
says = "Goal"
of = "target"
day = "end"
window = "period"
[metric.attainment]
says = "Attainment"
ratio = ["sales", "goal"]
[metric.bonus]
says = "Target bonus"
fixed = 1000
unit = "EUR"
"""
GOAL = Target(id="g", partner="A", start=date(2026, 1, 1), end=date(2026, 3, 31), amount=D(1000))


@pytest.mark.parametrize(
    ("bands", "sold", "earned"),
    [
        ('bands = "whole amount"', 790, []),
        ('bands = "whole amount"', 800, ["500"]),
        ('bands = "whole amount"', 1200, ["2000"]),
        # slices of the attainment, each at its own rate, of the 1000
        ('bands = "marginal"', 900, ["50"]),
        ('bands = "marginal"', 1200, ["500"]),  # 1000 x (0.2 x 0.5 + 0.2 x 2)
        ('bands = "step on excess", excess_over = 400', 1200, ["1400"]),  # 400 x 0.5 + 600 x 2
    ],
)
def test_a_metric_picks_the_band(bands: str, sold: int, earned: list[str]) -> None:
    steps = "steps = [{ from = 0.8, rate = 0.5 }, { from = 1, rate = 2 }]"
    pay = f'base = {{ metric = "bonus" }}\nrate = {{ {bands}, by = "attainment", {steps} }}'
    found = worked(ATTAINED + rule("", on='"period end"', pay=pay), [deal("d", DAY, sold), GOAL], date(2026, 3, 31))
    assert [line.amount for line in found.lines] == [D(x) for x in earned]
    if bands == 'bands = "marginal"' and sold == 1200:
        assert "1,000.00 EUR × (0.2 × 0.5 + 0.2 × 2)" in found.lines[0].reason


def test_marginal_bands_of_a_metric_add_the_amounts_of_all_bands_entered() -> None:
    steps = "steps = [{ from = 0, amount = 10 }, { from = 1, rate = 1, amount = 30 }]"
    pay = f'base = {{ metric = "bonus" }}\nrate = {{ bands = "marginal", by = "attainment", {steps} }}'
    found = worked(ATTAINED + rule("", on='"period end"', pay=pay), [deal("d", DAY, 1100), GOAL], date(2026, 3, 31))
    assert [line.amount for line in found.lines] == [D(140)]  # 1000 x 0.1 + 10 + 30
    assert "every band entered pays its amount: 10.00 EUR from 0\N{NO-BREAK SPACE}% on and 30.00 EUR" in (
        found.lines[0].reason
    )


def test_a_metric_that_is_not_evaluated_earns_nothing_and_says_so() -> None:
    pay = 'base = "amount"\nrate = { bands = "whole amount", by = "attainment", steps = [{ from = 0, rate = 0.1 }] }'
    found = worked(ATTAINED + rule("", pay=pay), [deal("d", DAY, 100)], date(2026, 3, 31))
    assert reasons(found) == {"d": "Attainment is not evaluated: Goal is zero"}
