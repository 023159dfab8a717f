"""What a change of the rate makes good: increments over a year, in whole-amount bands, for ever, of shares."""

from datetime import date
from decimal import Decimal as D

from partnerdesk.engine.facts import Credit, TierDecision
from tests.engine.cases import worked
from tests.engine.rating import AS_OF, SALES, YEAR
from tests.engine.test_earning_triggers import deal, rule


def test_an_increment_makes_a_change_of_rate_good() -> None:
    rows = [
        deal("d1", date(2026, 1, 5), 1000),
        deal("d2", date(2026, 2, 5), 1000),
        TierDecision(id="t", partner="A", day=date(2026, 3, 1), tier="Gold", reason="r"),
        deal("d3", date(2026, 3, 5), 1000),
        deal("d4", date(2027, 1, 5), 1000),
    ]
    pay = 'base = "amount"\nrate = { by_tier = { Base = 0.10, Gold = 0.20 } }'
    text = YEAR + SALES + rule('increment_over = "year"', pay=pay)
    found = worked(text, rows, date(2027, 1, 31))
    # 100, 200 - 100, 3000 x 20 % - 200; the new year begins anew.
    assert [x.amount for x in found.lines] == [D(100), D(100), D(400), D(200)]
    assert "(2,000.00 EUR + 1,000.00 EUR) × 20" in found.lines[2].reason
    assert "− 200.00 EUR paid before" in found.lines[2].reason


def test_an_increment_over_whole_amount_bands_reaches_back() -> None:
    steps = "steps = [{ from = 0, rate = 0.01 }, { from = 1500, rate = 0.02 }]"
    pay = f'base = "amount"\nrate = {{ bands = "whole amount", {steps} }}'
    rows = [deal("d1", date(2026, 1, 5), 1000), deal("d2", date(2026, 2, 5), 1000), deal("d3", date(2026, 4, 5), 1000)]
    found = worked(rule('increment_over = "quarter"', pay=pay), rows, AS_OF)
    assert [x.amount for x in found.lines] == [D(10), D(30), D(10)]


def test_an_increment_for_ever_pays_every_third_deal_once() -> None:
    head = '[metric.n]\nsays = "N"\nof = "deal"\nday = "closed"\ntake = "count"\nwindow = "ever"\n'
    pay = 'base = { metric = "n", per = 3, whole = true }\nrate = 500'
    days = [
        date(2025, 11, 5),
        date(2025, 12, 5),
        date(2026, 1, 5),
        date(2026, 4, 5),
        date(2026, 5, 5),
        date(2027, 1, 5),
    ]
    rows = [deal(f"d{i}", day, 1) for i, day in enumerate(days)]
    text = head + rule('increment_over = "ever"\nincrement_of = "latest"', on='"period end"', pay=pay)
    found = [(x.event, x.amount) for x in worked(text, rows, date(2027, 3, 31)).lines if x.amount]
    assert found == [(date(2026, 3, 31), D(500)), (date(2027, 3, 31), D(500))]


def test_an_increment_adds_up_credited_shares() -> None:
    rows = [
        deal("d1", date(2026, 1, 5), 1000),
        deal("d2", date(2026, 1, 6), 1000),
        Credit(id="c", deal="d1", partner="A", share=D("0.5")),
    ]
    found = worked(rule('increment_over = "month"', pay='base = "amount"\nrate = 0.10'), rows, AS_OF)
    assert [x.amount for x in found.lines] == [D(50), D(100)]
