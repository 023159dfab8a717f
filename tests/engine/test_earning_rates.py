"""Bases, rate tables, multipliers and bounds of a line, each figure derived by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import ExchangeRate, Partner, Transaction
from partnerdesk.engine.figures.telling import options_of
from partnerdesk.engine.semantics import SAYS_CONDITIONS, SAYS_PLAINLY
from tests.engine.cases import both, program, worked
from tests.engine.cases import facts as book
from tests.engine.rating import AS_OF, DAY, line, none
from tests.engine.test_earning_triggers import TIERS, contract, deal, paid, reasons, rule

# Bases --------------------------------------------------------------------


def test_a_base_less_another_amount_not_below_a_bound_and_divided() -> None:
    pay = 'rate = 0.50\nbase = { attribute = "amount", less = "cost", not_below = 0, per = 12 }'
    assert line(pay, [deal("d", DAY, 1300, cost=D(100))]).amount == D(50)  # (1300 - 100) / 12 x 50 %
    assert none(pay, [deal("d", DAY, 100, cost=D(300))]) == {}  # 0: nothing earned
    assert none(pay, [deal("d", DAY, 100)]) == {"d": "its cost is not known"}


def test_a_base_times_a_number_that_was_agreed_for_its_contract() -> None:
    agreed = contract("k", DAY, date(2027, 3, 9), attributes={"uplift": "0.005"})
    used = Transaction(
        id="u", partner="A", kind="usage", day=DAY, contract="k", attributes={"kwh": "200000", "loss": "50000"}
    )
    base = '{ attribute = "attributes.kwh", less = "attributes.loss", times = "contract.attributes.uplift", per = 3 }'
    found = line(f"rate = 0.80\nbase = {base}", [agreed, used], on='"usage reported"')
    assert found.amount == D(200)  # (200,000 - 50,000) x 0.005 / 3 x 80 %
    assert "250 (kwh × contract's uplift) × 80" in found.reason
    silent = replace(used, contract=None)
    assert reasons(worked(rule("", '"usage reported"', f"rate = 1\nbase = {base}"), [agreed, silent], AS_OF)) == {
        "u": "its contract's uplift is not known"
    }


def test_a_number_times_a_price_in_another_currency_is_money_and_exchanged() -> None:
    rows = [
        contract("k", DAY, date(2027, 3, 9), seats=7, recurring=D(100), currency="USD"),
        ExchangeRate(id="x", day=date(2026, 1, 1), base="USD", quote="EUR", rate=D("0.5")),
    ]
    found = line('rate = 0.10\nbase = { attribute = "seats", times = "recurring" }', rows, on='"contract started"')
    assert (found.amount, found.base_unit) == (D(35), "")  # 7 x 50 EUR x 10 %


def test_a_base_below_its_bound_counts_as_the_bound() -> None:
    pay = 'rate = 0.10\nbase = { attribute = "amount", not_below = 500 }'
    assert line(pay, [deal("d", DAY, 200)]).amount == D(50)


def test_a_metric_of_the_period_is_the_base_of_an_event() -> None:
    head = '[metric.sales]\nsays = "Sales"\nof = "deal"\nday = "closed"\nwindow = "period"\n'
    rows = [deal("d", DAY, 300), deal("e", date(2026, 3, 30), 100, kind="upsell")]
    found = line('rate = 0.10\nbase = { metric = "sales" }', rows, 'where = { kind = "upsell" }', head)
    assert found.amount == D(40)  # 10 % of the 400 of March


def test_a_number_of_something_is_a_base_and_is_spoken_with_its_unit() -> None:
    rows = [contract("k", DAY, date(2027, 3, 9), seats=7)]
    found = line('rate = 2.50\nbase = "seats"', rows, on='"contract started"')
    assert found.amount == D("17.50")
    assert "17.50 EUR = 7 seats × 2.50 EUR (rule" in found.reason


# Rates --------------------------------------------------------------------


def test_a_tier_that_the_table_leaves_out_earns_the_rate_otherwise() -> None:
    pay = 'base = "amount"\nrate = { by_tier = { Gold = 0.20 }, otherwise = 0.05 }'
    assert line(pay, [deal("d", DAY, 1000)], head=TIERS).amount == D(50)


MIXED = """base = "amount"
rate = { %s entries = [
  { rate = 0.05 },
  { rate = 0.08, where = { kind = "new" } },
  { rate = 0.06, where = { kind = "new", role = "sourced" }, tier = "Silver", says = "silver partners source" },
  { amount = 90, where = { product = "P" } },
] }
"""


@pytest.mark.parametrize(
    ("resolve", "facts", "amount"),
    [
        ("", {"kind": "upsell"}, "50"),
        ("", {"kind": "new"}, "60"),  # three conditions, though the rate is lower
        ("", {"kind": "new", "role": "assisted"}, "80"),
        ("", {"kind": "upsell", "product": "P"}, "90"),
        ("", {"kind": "new", "role": "assisted", "product": "P"}, "80"),  # as specific: the first of both
        ('resolve = "first",', {"kind": "new"}, "50"),
        ('resolve = "greatest",', {"kind": "new"}, "80"),
        ('resolve = "greatest",', {"kind": "new", "product": "P"}, "90"),
    ],
)
def test_which_entry_of_a_table_wins(resolve: str, facts: dict[str, str], amount: str) -> None:
    assert line(MIXED % resolve, [deal("d", DAY, 1000, **facts)], head=TIERS).amount == D(amount)


def test_the_trace_says_which_entry_won_and_why_the_others_did_not() -> None:
    rows = [deal("d", DAY, 1000, kind="new", role="assisted")]
    _, traced = both(TIERS + rule("", pay=MIXED % ""), rows, AS_OF)
    rate = traced.lines[0].rate
    assert rate is not None and rate.op == "entry"
    assert rate.why == "the most specific of 2 entries that fit"
    assert {option.words: (option.gives, option.outcome) for option in options_of(rate)} == {
        "kind new": ("8\N{NO-BREAK SPACE}%", "applies"),
        "every event": ("5\N{NO-BREAK SPACE}%", "fits as well"),
        "silver partners source": ("6\N{NO-BREAK SPACE}%", "but role is assisted, needed: sourced"),
        "product P": ("90.00 EUR", "but product is not known, needed: P"),
    }


def test_an_entry_that_pays_for_each_one_says_so_and_one_by_the_partner_what_it_is() -> None:
    pay = """
    base = "attributes.seats"
    rate = { entries = [
      { rate = 12.5, when = { partner = { region = "North" } } },
      { rate = 400, when = { partner = { region = "South" } } },
    ] }"""
    rows = [Partner(id="A", name="Alder", region="South"), deal("d", DAY, 1, attributes={"seats": "3"})]
    _, traced = both(rule("", pay=pay), rows, AS_OF)
    rate = traced.lines[0].rate
    assert rate is not None
    assert [tuple(option)[1:] for option in options_of(rate)] == [
        ("12.50 EUR", "but region is South, needed: North"),
        ("400.00 EUR", "applies"),
    ]


def test_an_amount_below_zero_takes_a_fixed_amount_of_a_table_back() -> None:
    pay = 'base = "amount"\nrate = { entries = [{ amount = 90, where = { number = "1" } }, { rate = 0.1 }] }'
    rows = [paid("i", DAY, 500, kind="invoice", number="1"), paid("c", DAY, -500, kind="credit-note", number="1")]
    found = worked(rule("", on='"invoice issued"', pay=pay), rows, AS_OF)
    assert [x.amount for x in found.lines] == [D(-90), D(90)]


def test_no_entry_no_rate_or_the_rate_otherwise() -> None:
    pay = 'base = "amount"\nrate = { %s entries = [{ rate = 0.1, where = { kind = "new" } }] }'
    rows = [deal("d", DAY, 1000, kind="upsell")]
    assert none(pay % "", rows) == {"d": "no rate of the table applies"}
    assert line(pay % "otherwise = 0.02,", rows).amount == D(20)


def test_a_rate_by_one_condition_says_whether_it_holds() -> None:
    pay = 'base = "amount"\nrate = { otherwise = 0.02, entries = [{ rate = 0.1, where = { kind = "new" } }] }'
    other, fits = (deal("d", DAY, 1000, kind=kind) for kind in ("upsell", "new"))
    assert line(pay, [other]).because == "this does not hold: deal kind is new"
    assert line(pay, [fits]).because == "deal kind is new"
    for row, said in ((other, "this does not hold: kind new"), (fits, "kind new")):
        earlier = evaluate([program(rule("", pay=pay))], book([row]), AS_OF, semantics=SAYS_PLAINLY - 1)
        assert earlier.partners["A"].lines[0].because == said
    for row, said in ((other, "no entry of the table applies"), (fits, "")):
        earlier = evaluate([program(rule("", pay=pay))], book([row]), AS_OF, semantics=SAYS_CONDITIONS - 1)
        assert earlier.partners["A"].lines[0].because == said


def test_an_entry_may_have_bands_of_its_own() -> None:
    steps = "steps = [{ from = 0, rate = 0.10 }, { from = 1000, rate = 0.20 }]"
    entries = f'[{{ rate = 0.01 }}, {{ where = {{ kind = "new" }}, bands = {{ bands = "marginal", {steps} }} }}]'
    pay = f'base = "amount"\nrate = {{ entries = {entries} }}'
    assert line(pay, [deal("d", DAY, 1500, kind="new")]).amount == D(200)  # 1000 x 10 % + 500 x 20 %
    greatest = f'base = "amount"\nrate = {{ resolve = "greatest", entries = {entries} }}'
    assert line(greatest, [deal("d", DAY, 1500, kind="new")]).amount == D(200)


@pytest.mark.parametrize(
    ("age_of", "amount"),
    # contract since February 2025 (13 months), deal since December 2024 (15), customer since 2020,
    # the product with the customer since the contract, the stream (the customer) since 2020
    [("customer", "30"), ("contract", "20"), ("deal", "20"), ("product", "20"), ("stream", "30")],
)
def test_whose_age_counts(age_of: str, amount: str) -> None:
    rows = [
        deal("d0", date(2020, 1, 1)),
        deal("d", date(2024, 12, 1)),
        contract("k", date(2025, 2, 1), date(2027, 1, 31), deal="d", product="P"),
        paid("p", DAY, 100, contract="k", deal="d", product="P"),
    ]
    ages = "[{ from_months = 0, rate = 0.10 }, { from_months = 12, rate = 0.20 }, { from_months = 60, rate = 0.30 }]"
    pay = f'base = "amount"\nrate = {{ by_age = {ages}, age_of = "{age_of}" }}'
    found = line(pay, rows, 'stream = "customer"', on='"payment received"')
    assert found.amount == D(amount)


def test_an_age_among_other_conditions_prefers_the_older() -> None:
    pay = """base = "amount"
rate = { entries = [{ rate = 0.1 }, { rate = 0.3, from_months = 24 }, { rate = 0.2, from_months = 12 }] }"""
    rows = [contract("k", date(2023, 3, 10), date(2026, 3, 9)), paid("p", DAY, 100)]
    assert line(pay, rows, on='"payment received"').amount == D(30)
    rows[0] = contract("k", date(2023, 3, 10).replace(year=2025), date(2026, 3, 9))
    assert line(pay, rows, on='"payment received"').amount == D(20)
