"""Metrics that look back from each single event instead of from the end of its period."""

from datetime import date
from decimal import Decimal as D

from tests.engine.cases import problems, worked
from tests.engine.test_earning_triggers import amounts, deal

SALES = '[metric.sales]\nsays = "Sales"\nof = "deal"\nwhere = { status = "won" }\nwindow = "trailing 30 days"\n'
RULE = """[earning.cut]
says = "Cut"
type = "CUT"
on = "deal won"
base = "amount"
measured = "event"
rate = { bands = "whole amount", by = "sales", steps = [{ from = 0, rate = 0.3 }, { from = 2000, rate = 0.5 }] }
"""
ROWS = [
    deal("a", date(2026, 1, 5), 900),
    deal("b", date(2026, 1, 20), 1600),
    deal("c", date(2026, 1, 20), 100),
    deal("d", date(2026, 3, 31), 100),
]


def test_each_event_has_its_own_thirty_days() -> None:
    found = amounts(worked(SALES + RULE, ROWS, date(2026, 3, 31)))
    assert found == {"cut:a": D(270), "cut:b": D(800), "cut:c": D(50), "cut:d": D(30)}


def test_by_default_the_period_is_measured_whole() -> None:
    found = amounts(worked(SALES + RULE.replace('measured = "event"\n', ""), ROWS, date(2026, 3, 31)))
    assert found["cut:a"] == D(450)


def test_growth_and_conditions_end_on_the_day_as_well() -> None:
    text = (
        SALES.replace("trailing 30 days", "year to date")
        + '[metric.more]\nsays = "More"\ngrowth = "sales"\ngrowth_as = "amount"\n'
        + RULE.partition("rate")[0]
        + 'rate = 0.1\nwhen = { metric = "more", above = 0, for_periods = 1 }\n'
    )
    rows = [deal("m", date(2025, 1, 3), 800), deal("o", date(2025, 1, 10), 500), *ROWS[:1]]
    rows.append(deal("b", date(2026, 1, 20), 200))
    # By the fifth 900 after 800 a year before; by the twentieth 1,100 after 1,300.
    assert amounts(worked(text, rows, date(2026, 1, 31))) == {"cut:a": D(90)}


def test_the_end_of_a_period_is_measured_whole_anyway() -> None:
    text = SALES + RULE.replace('"deal won"\nbase = "amount"', '"period end"\nbase = { metric = "sales" }')
    assert any("measured whole" in str(p) for p in problems(text))
