"""Adjustments count beyond their money where their flags say so: for the tier, for attainment, under a cap."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Adjustment, Deal, ExchangeRate
from partnerdesk.engine.semantics import NAMES_METRICS
from tests.engine.cases import both, facts, problems, program, worked

AS_OF = date(2025, 9, 30)
UPFRONT = '[earning.upfront]\nsays = "Upfront"\ntype = "UP"\non = "deal won"\nbase = "amount"\nrate = 0.1\n'
EARNED = '[metric.earned]\nsays = "Earned"\nof = "earning"\nwindow = "ever"\n'
DEALS = [
    Deal(id="D1", partner="A", status="won", closed=date(2025, 7, 1), amount=D(2000)),
    Deal(id="D2", partner="A", status="won", closed=date(2025, 8, 1), amount=D(3000)),
]


def adjusted(day: date, amount: int, **more: Any) -> Adjustment:
    return Adjustment(id="J1", partner="A", day=day, amount=D(amount), reason_code="CREDIT", approver="Bo", **more)


def measure(text: str, rows: list[Any]) -> D | None:
    found = worked(text, rows, AS_OF).metrics["earned", "2025Q3"].value
    assert found is None or isinstance(found, D)
    return found


TIERS = """
[tiers]
every = "quarter"
[[tier]]
name = "Silver"
[[tier]]
name = "Gold"
requires = { metric = "earned", at_least = 600 }
"""
OF_UPFRONT = EARNED + 'where = { earning = "upfront" }\n'
BONUS = """
[earning.bonus]
says = "Bonus"
type = "BONUS"
on = "period end"
every = "quarter"
amount = 50
when = { metric = "earned", at_least = 600 }
"""


@pytest.mark.parametrize(
    ("used", "flags", "expected"),
    [
        (TIERS, {"counts_for_tier": True}, 600),  # 200 + 300 + 100
        (TIERS, {"counts_for_attainment": True}, 500),
        (TIERS, {}, 500),
        ("", {"counts_for_attainment": True}, 600),  # nothing rests on it: either flag
        ("", {"counts_for_cap": True}, 500),
    ],
)
def test_a_sum_of_earnings_heeds_the_flag_of_what_it_is_used_for(used: str, flags: Any, expected: int) -> None:
    rows = [*DEALS, adjusted(date(2025, 9, 1), 100, **flags)]
    assert measure(UPFRONT + EARNED + used, rows) == expected


def test_a_tier_is_reached_by_an_adjustment_that_counts_for_it() -> None:
    for flag, tier in ((True, "Gold"), (False, "Silver")):
        rows = [*DEALS, adjusted(date(2025, 9, 1), 100, counts_for_tier=flag)]
        standing = worked(UPFRONT + EARNED + TIERS, rows, AS_OF).standings["2025Q3"]
        assert standing.reached == tier


@pytest.mark.parametrize("name", ["amount", "event", "own", "contract"])
def test_a_word_of_the_format_that_is_a_metrics_name_names_no_metric(name: str) -> None:
    """Only the tier rests on the metric, whatever it is called."""
    text = (UPFRONT + EARNED + TIERS).replace("metric.earned", f'metric."{name}"').replace('"earned"', f'"{name}"')
    rows = [*DEALS, adjusted(date(2025, 9, 1), 100, counts_for_attainment=True)]
    assert worked(text, rows, AS_OF).metrics[name, "2025Q3"].value == 500
    before = evaluate([program(text)], facts(rows), AS_OF, semantics=NAMES_METRICS - 1).partners["A"]
    assert before.metrics[name, "2025Q3"].value == 600, "statements of before keep what they counted"


@pytest.mark.parametrize(("flag", "paid"), [("counts_for_attainment", 50), ("counts_for_tier", 0)])
def test_a_bonus_rests_on_what_counts_for_attainment(flag: str, paid: int) -> None:
    row = adjusted(date(2025, 9, 1), 100, line="upfront:D1", **{flag: True})
    found = worked(UPFRONT + OF_UPFRONT + BONUS, [*DEALS, row], AS_OF)
    assert sum(line.amount for line in found.lines if line.type == "BONUS") == paid


@pytest.mark.parametrize(
    ("says", "expected"),
    [("tier", 5100), ("either", 5100), ("attainment", 5000), ("none", 5000), ("", 5000)],
)
def test_another_sum_of_money_heeds_what_it_says(says: str, expected: int) -> None:
    text = f'[metric.earned]\nsays = "Won"\nof = "deal"\nwindow = "ever"\nadjustments = "{says}"\n'
    assert measure(text, [*DEALS, adjusted(date(2025, 9, 1), 100, counts_for_tier=True)]) == expected


def test_under_a_filter_only_what_corrects_a_line_that_counts_is_added() -> None:
    text = UPFRONT + EARNED + "where = { amount = { at_least = 300 } }\n"
    for line, expected in (("upfront:D2", 400), ("upfront:D1", 300), ("", 300)):
        row = adjusted(date(2025, 9, 1), 100, counts_for_tier=True, line=line)
        assert measure(text, [*DEALS, row]) == expected, line


def test_it_is_exchanged_and_seen_in_the_explanation() -> None:
    rate = ExchangeRate(id="X1", day=date(2025, 1, 1), base="USD", quote="EUR", rate=D("0.5"))
    rows = [*DEALS, adjusted(date(2025, 9, 1), 100, currency="USD", counts_for_tier=True)]
    _, traced = both(UPFRONT + EARNED, [*rows, rate], AS_OF)
    figure = traced.metrics["earned", "2025Q3"].value
    assert figure is not None and figure.value == 550  # 200 + 300 + 100 USD x 0.5
    assert [part.label for part in figure.parts][-1] == "adjustment CREDIT"
    assert worked(UPFRONT + EARNED, rows, AS_OF).metrics["earned", "2025Q3"].value is None, "no rate, no number"


CAP = '[cap.top]\nsays = "Top"\nof = ["upfront"]\nevery = "quarter"\nat_most = 450\n'


@pytest.mark.parametrize(
    ("day", "amount", "flags", "left"),
    [
        (date(2025, 7, 15), 100, {"counts_for_cap": True}, [200, 150]),  # 450 - 200 - 100
        (date(2025, 7, 15), 100, {}, [200, 250]),
        (date(2025, 8, 15), 100, {"counts_for_cap": True}, [200, 250]),  # after the last line: nothing is cut for it
        (date(2025, 7, 1), 300, {"counts_for_cap": True}, [150, 0]),  # of one day it comes before the line
        (date(2025, 7, 15), -50, {"counts_for_cap": True}, [200, 300]),  # it makes room
        (date(2025, 6, 30), 100, {"counts_for_cap": True}, [200, 250]),  # of the quarter before
        (date(2025, 7, 15), 100, {"counts_for_cap": True, "line": "upfront:D1"}, [200, 150]),
        (date(2025, 7, 15), 100, {"counts_for_cap": True, "line": "other:D1"}, [200, 250]),
    ],
)
def test_an_adjustment_takes_room_under_a_cap(day: date, amount: int, flags: Any, left: list[int]) -> None:
    plain, _ = both(UPFRONT + CAP, [*DEALS, adjusted(day, amount, **flags)], AS_OF)
    assert [line.amount for line in plain.lines] == left
    assert plain.statements["2025-07"].row("adjusted").total == (amount if day.month == 7 else 0)


def test_a_cap_below_which_lines_stay_is_reached_with_an_adjustment() -> None:
    found = worked(
        UPFRONT + CAP.replace("450", "550"), [*DEALS, adjusted(date(2025, 7, 2), 200, counts_for_cap=True)], AS_OF
    )
    assert [line.amount for line in found.lines] == [200, 150]
    assert "Top of 550.00 EUR reached" in found.lines[1].effect_note


def test_adjustments_are_added_to_a_plain_sum_of_money_only() -> None:
    text = '[metric.m]\nsays = "M"\nof = "deal"\ntake = "count"\nadjustments = "tier"\n'
    assert "adjustments can be added to a plain sum of money only" in str(problems(text)[0])
