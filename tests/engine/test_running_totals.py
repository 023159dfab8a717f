"""Increments on a base that is a running total already, and years that begin when a partner joined."""

from datetime import date
from decimal import Decimal as D

import pytest

from partnerdesk.engine.facts import Partner
from tests.engine.cases import problems, worked
from tests.engine.test_earning_triggers import amounts, deal

YTD = '[metric.sales]\nsays = "Sales"\nof = "deal"\nwhere = { status = "won" }\nwindow = "year to date"\n'
RULE = """[earning.bonus]
says = "Bonus"
type = "BONUS"
on = "period end"
every = "month"
base = { metric = "sales" }
rate = { bands = "whole amount", steps = [{ from = 0, rate = 0.10 }, { from = 300, rate = 0.20 }] }
increment_over = "year"
increment_of = "latest"
"""


def test_a_total_to_date_is_not_added_up_again() -> None:
    rows = [deal("a", date(2026, 1, 5), 100), deal("b", date(2026, 2, 5), 100), deal("c", date(2026, 4, 5), 200)]
    found = amounts(worked(YTD + RULE, rows, date(2026, 4, 30)))
    assert found == {"bonus:2026-01": 10, "bonus:2026-02": 10, "bonus:2026-03": 0, "bonus:2026-04": 60}


def test_a_total_that_falls_takes_back() -> None:
    rows = [deal("a", date(2026, 1, 5), 300), deal("b", date(2026, 2, 5), -200)]
    assert amounts(worked(YTD + RULE, rows, date(2026, 2, 28))) == {"bonus:2026-01": 60, "bonus:2026-02": -50}


def test_without_an_increment_the_key_means_nothing() -> None:
    assert any("no increment" in str(p) for p in problems(YTD + RULE.replace('increment_over = "year"\n', "")))


SPLIT = """[earning.split]
says = "Split"
type = "SPLIT"
on = "deal won"
base = "amount"
rate = { bands = "marginal", over = "partner year", steps = [{ from = 0, rate = 0.8 }, { from = 1000, rate = 1 }] }
"""
DEALS = [deal("a", date(2025, 11, 1), 1000), deal("b", date(2026, 9, 9), 100), deal("c", date(2026, 9, 10), 100)]


def test_a_year_begins_on_the_day_on_which_the_partner_joined() -> None:
    rows = [Partner(id="A", name="Alder", joined=date(2024, 9, 10)), *DEALS]
    assert amounts(worked(SPLIT, rows, date(2026, 12, 31))) == {"split:a": 800, "split:b": 100, "split:c": 80}


def test_where_that_is_not_known_it_is_the_programs_year() -> None:
    found = amounts(worked(SPLIT, DEALS, date(2026, 12, 31)))
    assert found == {"split:a": 800, "split:b": 80, "split:c": 80}


@pytest.mark.parametrize(("key", "paid"), [('count = { to = 1, over = "partner year" }', [D(100), D(0), D(10)])])
def test_a_series_may_be_counted_by_it(key: str, paid: list[D]) -> None:
    rows = [Partner(id="A", name="Alder", joined=date(2025, 9, 10)), *DEALS]
    text = SPLIT.partition("rate")[0] + f"rate = 0.1\n{key}\n"
    found = amounts(worked(text, rows, date(2026, 12, 31)))
    assert [found.get(f"split:{name}", D(0)) for name in "abc"] == paid


def test_the_days_before_a_partner_joined_are_no_part_of_its_first_year() -> None:
    partner = Partner(id="A", name="A", joined=date(2026, 9, 10))
    rows = [partner, deal("b", date(2026, 9, 9), 1000), deal("c", date(2026, 9, 10), 1000)]
    assert list(amounts(worked(SPLIT, rows, date(2026, 9, 30))).values()) == [800, 800]
