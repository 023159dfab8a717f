"""The greater or lesser of two formulas, and amounts by the currency of an event, each figure derived by hand."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.facts import Activity, Contract, Credit, ExchangeRate, Partner
from tests.engine.cases import PARTNER, both, problems, worked
from tests.engine.rating import line
from tests.engine.test_earning_triggers import TIERS, amounts, contract, deal, reasons, rule

AS_OF = date(2026, 12, 31)
DAY = date(2026, 3, 10)
END = date(2027, 3, 9)
SEATS = 'base = "recurring"\nrate = 0.05\n{} = {{ base = "seats", rate = 20 }}'
ON = '{ bands = "marginal", over = "year", steps = [{ from = 0, rate = 0.1 }] }'
RATES = [ExchangeRate(id="r", base="USD", quote="EUR", day=date(2026, 1, 1), rate=D("0.9"))]
BOUNTY = "base = { by_currency = { USD = 500, EUR = 400, JPY = 60_000 } }\nrate = 1"


def started(recurring: int, seats: int | None) -> Contract:
    return contract("k", DAY, END, recurring=D(recurring), seats=seats)


@pytest.mark.parametrize(
    ("bound", "recurring", "seats", "pays", "why"),
    [
        ("least", 12_000, 40, 800, "because 40 seats × 20 is more than 600.00 EUR"),
        ("least", 12_000, 25, 600, "because 25 seats × 20 is no more than 600.00 EUR"),
        ("most", 12_000, 25, 500, "because 25 seats × 20 is less than 600.00 EUR"),
        ("most", 12_000, 40, 600, "because 40 seats × 20 is no less than 600.00 EUR"),
        # What takes back is bounded by its size.
        ("least", -12_000, 40, -800, "because 40 seats × 20 is more than 600.00 EUR"),
        ("least", -12_000, -40, -800, "because \N{MINUS SIGN}40 seats × 20 is more than 600.00 EUR"),
        ("most", -12_000, 25, -500, "because 25 seats × 20 is less than 600.00 EUR"),
        # What pays is never bounded below zero.
        ("most", 12_000, -25, 0, "because \N{MINUS SIGN}25 seats × 20 is less than 600.00 EUR"),
        ("least", 12_000, -25, 600, "is no more than 600.00 EUR"),
    ],
)
def test_the_greater_or_lesser_of_two_formulas(bound: str, recurring: int, seats: int, pays: int, why: str) -> None:
    found = line(SEATS.format(bound), [started(recurring, seats)], on='"contract started"')
    assert found.amount == pays
    assert why in found.reason.replace("-25", "\N{MINUS SIGN}25").replace("-40", "\N{MINUS SIGN}40")


def test_the_figure_holds_both_formulas_and_says_which_counts() -> None:
    _, traced = both(rule("", '"contract started"', SEATS.format("least")), [started(12_000, 40)], AS_OF)
    (found,) = traced.lines
    (step,) = found.computed.parts
    assert (step.op, [part.value for part in step.parts]) == ("greatest", [600, 800])
    assert step.why == "40 seats × 20 is more than 600.00 EUR"
    assert [(leaf.label, leaf.value) for leaf in step.parts[1].parts] == [("seats", 40), ("rate", 20)]
    assert step.parts[1].parts[1].origin.field == "" and step.parts[1].parts[1].origin.id == "earning.bonus.least.rate"


def test_without_its_other_base_nothing_is_earned_and_without_a_rate_nothing_is_bounded() -> None:
    text = rule("", '"contract started"', SEATS.format("least"))
    assert reasons(worked(text, [started(100, None)], AS_OF)) == {"k": "its seats is not known"}
    table = '{ base = "seats", rate = { entries = [{ rate = 20, where = { seats = { at_least = 10 } } }] } }'
    pay = f'base = "recurring"\nrate = 0.05\nleast = {table}'
    assert line(pay, [started(100, 9)], on='"contract started"').amount == 5
    assert line(pay, [started(100, 10)], on='"contract started"').amount == 200


def test_a_bound_takes_the_credited_share_but_no_multiplier_and_an_amount_neither() -> None:
    rows = [deal("d", DAY, 1000, cost=D(100)), Credit(id="c", deal="d", partner="A", share=D("0.25"))]
    head = 'base = "amount"\nrate = 0.10\nfactor = [{ entries = [{ factor = 3 }] }]\n'
    # 1000 x 10 % x 3 x 25 % = 75; 900 of margin x 40 % x 25 % = 90
    assert line(f'{head}least = {{ base = "margin", rate = 0.40 }}', rows).amount == 90
    assert line(f"{head}least = {{ rate = {{ entries = [{{ amount = 80 }}] }} }}", rows).amount == 80


def test_an_increment_is_bounded_by_each_event_alone_and_a_fixed_amount_by_a_formula_too() -> None:
    rows = [deal("a", DAY, 100, cost=D(10)), deal("b", date(2026, 3, 11), 100, cost=D(60))]
    pay = 'base = "amount"\nrate = 0.5\nincrement_over = "year"\nmost = { base = "cost", rate = 1 }'
    # 50, at most 10; then 200 x 50 % less the 10, at most 60
    assert amounts(worked(rule("", pay=pay), rows, AS_OF)) == {"bonus:a": 10, "bonus:b": 60}
    assert line('amount = 30\nleast = { base = "amount", rate = 0.5 }', rows[:1]).amount == 50


def test_a_metric_at_a_periods_end_and_the_tier_bound_as_well() -> None:
    pay = 'every = "quarter"\nbase = { metric = "sales" }\nrate = 0.01\n'
    pay += 'least = { rate = { entries = [{ amount = 90, tier = "Gold" }, { amount = 20, tier = "Silver" }] } }'
    rows = [deal("d", DAY, 1000), deal("e", date(2026, 5, 1), 6000), deal("f", date(2026, 8, 1), 999)]
    found = worked(TIERS + rule("", '"period end"', pay), rows, AS_OF)
    assert amounts(found) == {"bonus:2026Q1": 20, "bonus:2026Q2": 90, "bonus:2026Q3": D("9.99")}


# Amounts by currency ------------------------------------------------------


def test_an_amount_by_the_currency_of_the_event_is_the_one_that_is_written() -> None:
    assert line(BOUNTY, [deal("d", DAY, 1)]).amount == 400
    found = line(BOUNTY, [deal("d", DAY, 1, currency="USD"), *RATES])
    assert (found.base, found.amount, found.base_currency, found.exchange) == (450, 450, "USD", D("0.9"))
    text = rule("", pay=BOUNTY)
    assert reasons(worked(text, [deal("d", DAY, 1, currency="GBP")], AS_OF)) == {
        "d": "the rule states no amount in GBP"
    }


def test_an_amount_by_currency_for_each_seat_by_tier_and_at_least() -> None:
    pay = 'base = { by_currency = { USD = 20, EUR = 18 }, times = "seats" }\n'
    pay += "rate = { by_tier = { Base = 1, Silver = 1.5, Gold = 2 } }"
    rows = [deal("d", DAY, 1000), started(1, 3)]
    assert line(pay, rows, head=TIERS, on='"contract started"').amount == 81  # 18 x 3 x 1.5
    least = 'base = "amount"\nrate = 0.10\nleast = { base = { by_currency = { USD = 50, EUR = 45 } }, rate = 1 }'
    assert line(least, [deal("d", DAY, 100, currency="USD"), *RATES]).amount == 45  # 50 USD, not 9 EUR
    assert line(least, [deal("d", DAY, 100)]).amount == 45


def test_the_currency_may_be_that_of_the_partner() -> None:
    pay = 'base = { by_currency = { USD = 500, EUR = 400 }, currency = "partner.currency" }\nrate = 1'
    on = '{ fact = "activity", day = "day", says = "a demo" }'
    rows: list[Any] = [Partner(id="A", name="Alder", currency="USD"), Activity(id="v", partner="A", day=DAY), *RATES]
    assert line(pay, rows, on=on).amount == 450
    assert line(pay, [PARTNER, rows[1]], on=on).amount == 400


@pytest.mark.parametrize(
    ("pay", "words"),
    [
        ('base = "amount"\nrate = 0.1\nleast = { base = "seat", rate = 20 }', "deal has no attribute seat"),
        ('base = "amount"\nrate = 0.1\nleast = { rate = 20 }', "earning.bonus.least.base: there is nothing to pay on"),
        ('base = "amount"\nrate = 0.1\nleast = { base = "amount", rate = -0.2 }', "a bound is zero or more"),
        ('base = "amount"\nrate = 0.1\nleast = { base = "amount" }', "rate is missing"),
        ('base = "amount"\nrate = 0.1\nleast = "5"', "Write it without quotes"),
        (
            f'base = "amount"\nrate = 0.1\nmost = {{ base = "amount", rate = {ON} }}',
            "go on through no period",
        ),
        ('base = "amount"\nrate = 0.1\nleast = { base = "amount", rate = 20 }', "a rate of 20 is 2,000 % of the base"),
        ('base = { attribute = "amount", by_currency = { EUR = 5 } }\nrate = 1', "Keep one of them"),
        ("base = { by_currency = { EURO = 5 } }\nrate = 1", "EURO is not a currency code"),
        ("base = { by_currency = { EUR = -5 } }\nrate = 1", "Give a rate below zero"),
        ('base = { attribute = "amount", currency = "partner.currency" }\nrate = 1', "or add by_currency"),
        (
            'base = { by_currency = { EUR = 5 }, currency = "partner.nation" }\nrate = 1',
            "no attribute partner.nation",
        ),
        ('base = { by_currency = { EUR = 5 }, less = "cost" }\nrate = 1', "nothing is taken away"),
        ('base = { by_currency = { EUR = 5 }, times = "amount" }\nrate = 1', "Multiply it by a plain number"),
    ],
)
def test_what_makes_no_sense_is_refused(pay: str, words: str) -> None:
    assert words in "\n".join(map(str, problems(rule("", pay=pay))))


def test_an_event_without_a_currency_or_without_a_fact_has_no_amount_by_currency() -> None:
    pay = "base = { by_currency = { EUR = 5 } }\nrate = 1"
    on = '{ fact = "activity", day = "day", says = "a demo" }'
    assert 'Say whose: currency = "partner.currency".' in "\n".join(map(str, problems(rule("", on, pay))))
    assert "its base is a metric" in "\n".join(map(str, problems(rule("", '"period end"', pay))))


@pytest.mark.parametrize(
    ("amount", "pays"),
    [(1000, 100), (999, None), (1001, D("100.1")), (-999, None), (-1000, -100)],
)
def test_a_line_of_less_than_its_least_amount_is_none(amount: int, pays: D | None) -> None:
    found = worked(rule("nothing_below = 100"), [deal("d", DAY, amount)], AS_OF)
    assert amounts(found) == ({} if pays is None else {"bonus:d": pays})


def test_what_is_too_little_says_so_beside_what_it_would_be() -> None:
    _, traced = both(rule("nothing_below = 100"), [deal("d", DAY, 999)], AS_OF)
    assert reasons(traced) == {"d": "it comes to 99.90 EUR, and less than 100.00 EUR is not paid"}


def test_an_increment_that_is_too_little_waits_for_the_next_one() -> None:
    rows = [deal("a", DAY, 600), deal("b", date(2026, 4, 1), 600), deal("c", date(2026, 4, 2), 600)]
    text = rule('nothing_below = 100\nincrement_over = "year"')
    assert amounts(worked(text, rows, AS_OF)) == {"bonus:b": 120}


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("nothing_below = 0", "every line is as much"),
        ("nothing_below = 5\nmost = 4", "never pays as much"),
        ("nothing_below = 5\nleast = 5", "at least that much anyway"),
    ],
)
def test_a_least_amount_that_cannot_be_meant(keys: str, said: str) -> None:
    assert [p for p in problems(rule(keys)) if said in p.message]


def test_a_fixed_amount_below_its_least_amount_is_refused() -> None:
    assert [p for p in problems(rule("nothing_below = 9", pay="amount = 5")) if "never paid" in p.message]
