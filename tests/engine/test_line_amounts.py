"""What multiplies, bounds, shares and exchanges the amount of a line."""

from datetime import date
from decimal import Decimal as D

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Credit, ExchangeRate
from partnerdesk.engine.semantics import BOUNDS_FEES
from tests.engine.cases import facts as book
from tests.engine.cases import program, worked
from tests.engine.rating import AS_OF, DAY, line
from tests.engine.test_earning_triggers import TIERS, deal, paid, rule

# Multipliers --------------------------------------------------------------

CSAT = '[metric.sales]\nsays = "Sales"\nof = "deal"\nday = "closed"\nwindow = "period"\n'


@pytest.mark.parametrize(
    ("factor", "amount"),
    [
        ("{ by_tier = { Base = 1, Silver = 1.5, Gold = 2 } }", "150"),
        ('{ metric = "sales", scale = [{ at = 0, points = 1 }, { at = 2000, points = 3 }] }', "200"),
        ('{ metric = "sales" }', "100000"),
        ("{ entries = [{ factor = 2 }, { factor = 3, where = { kind = 'new' }, tier = 'Silver' }] }", "300"),
        ("{ entries = [{ factor = 3, where = { kind = 'upsell' } }] }", "100"),
        ("[{ entries = [{ factor = 2 }] }, { by_tier = { Base = 1, Silver = 1.5, Gold = 2 } }]", "300"),
    ],
)
def test_multipliers(factor: str, amount: str) -> None:
    found = line(f'base = "amount"\nrate = 0.10\nfactor = {factor}', [deal("d", DAY, 1000)], head=TIERS)
    assert found.amount == D(amount)


def test_a_metric_that_is_not_evaluated_multiplies_by_one() -> None:
    head = '[metric.csat]\nsays = "CSAT"\nof = "survey"\ntake = "mean"\nvalue = "score"\nmissing = "not evaluated"\n'
    pay = 'base = "amount"\nrate = 0.10\nfactor = { metric = "csat" }'
    assert line(pay, [deal("d", DAY, 1000)], head=head).amount == D(100)


@pytest.mark.parametrize(("days", "share"), [("year", D(61) / 365), ("quarter", D(61) / 92), ("half", D(61) / 184)])
def test_days_in_force_over_days_of_a_unit(days: str, share: D) -> None:
    first = 'program = "p"\nversion = "1"\neffective_from = 2025-01-01\n'
    second = 'program = "p"\nversion = "2"\neffective_from = 2026-08-01\n'
    bonus = rule('every = "quarter"', on='"period end"', pay=f'amount = 1000\nfactor = {{ days = "{days}" }}')
    found = worked([first, second + bonus], [deal("d", DAY)], date(2026, 9, 30))
    # August and September: 61 days of the quarter.
    assert [x.amount for x in found.lines] == [(1000 * share).quantize(D("0.01"))]


# Bounds and credit --------------------------------------------------------


@pytest.mark.parametrize(("amount", "pays"), [(1000, 200), (3000, 300), (9000, 400), (-1000, -200), (-9000, -400)])
def test_a_line_pays_at_least_and_at_most(amount: int, pays: int) -> None:
    rows = [paid("i", DAY, amount, kind="invoice")]
    found = line('base = "amount"\nrate = 0.10\nleast = 200\nmost = 400', rows, on='"invoice issued"')
    assert found.amount == D(pays)
    assert "at least 200.00 EUR, at most 400.00 EUR" in found.reason


@pytest.mark.parametrize(
    ("amount", "rate", "before", "now"),
    [
        (1000, "-0.10", 200, -200),  # a fee of 100 is 200 at least, and was paid out by a mistake of before
        (3000, "-0.10", 200, -300),
        (9000, "-0.10", 200, -400),
        (-1000, "-0.10", -200, 200),  # what was taken off is given back
        (1000, "0.10", 200, 200),
        (1000, "0", 200, 200),
    ],
)
def test_a_fee_is_bounded_by_its_size(amount: int, rate: str, before: int, now: int) -> None:
    rows = [paid("i", DAY, amount, kind="invoice")]
    text = rule("", on='"invoice issued"', pay=f'base = "amount"\nrate = {rate}\nleast = 200\nmost = 400')
    assert [x.amount for x in worked(text, rows, AS_OF).lines] == [now]
    earlier = evaluate([program(text)], book(rows), AS_OF, semantics=BOUNDS_FEES - 1).partners["A"]
    assert [x.amount for x in earlier.lines] == [before]


@pytest.mark.parametrize(("credit", "pays"), [("share", "30"), ("full", "100")])
def test_a_credited_share(credit: str, pays: str) -> None:
    rows = [deal("d", DAY, 1000), Credit(id="c", deal="d", partner="A", share=D("0.3"))]
    assert line('base = "amount"\nrate = 0.10', rows, f'credit = "{credit}"').amount == D(pays)
    assert line("amount = 77", rows, f'credit = "{credit}"').amount == D(77)


def test_a_foreign_base_is_exchanged_once_with_its_deduction() -> None:
    rows = [
        deal("d", DAY, 1000, currency="USD", cost=D(400)),
        ExchangeRate(id="x", day=date(2026, 1, 1), base="USD", quote="EUR", rate=D("0.5")),
    ]
    found = line('base = { attribute = "amount", less = "cost" }\nrate = 0.10', rows)
    assert (found.amount, found.exchange) == (D(30), D("0.5"))
