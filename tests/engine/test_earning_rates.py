"""Bases, rate tables, multipliers and bounds of a line, each figure derived by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Credit, ExchangeRate, Partner, TierDecision, Transaction
from partnerdesk.engine.figures.telling import options_of
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.semantics import BOUNDS_FEES, SAYS_CONDITIONS, SAYS_PLAINLY
from tests.engine.cases import both, problems, program, worked
from tests.engine.cases import facts as book
from tests.engine.test_earning_triggers import TIERS, contract, deal, paid, reasons, rule

AS_OF = date(2026, 12, 31)
DAY = date(2026, 3, 10)


def line(pay: str, rows: list[Any], more: str = "", head: str = "", on: str = '"deal won"') -> EarningLine[D]:
    (found,) = worked(head + rule(more, on=on, pay=pay), rows, AS_OF).lines
    return found


def none(pay: str, rows: list[Any], more: str = "", head: str = "") -> dict[str, str]:
    found = worked(head + rule(more, pay=pay), rows, AS_OF)
    assert found.lines == ()
    return reasons(found)


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


# Increments ---------------------------------------------------------------

YEAR = """[tiers]
moves = "confirmed"
[[tier]]
name = "Base"
[[tier]]
name = "Gold"
requires = { metric = "s", above = 0 }
"""
SALES = '[metric.s]\nsays = "S"\nof = "deal"\nday = "closed"\n'


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


def test_what_cannot_mean_anything_is_refused() -> None:
    cases = {
        'on = "period end"\nbase = "amount"\nrate = 0.1': "its base is a metric",
        'on = "period end"\nwhere = { kind = "new" }\namount = 1': "it looks at a fact",
        'on = "period end"\nwhere = { partner.country = "DE" }\namount = 1': "Ask it of the partner: when = { partner",
        'on = "tier reached"\nonce_per = "deal"\namount = 1': "it looks at a fact",
        'on = { fact = "dael", day = "closed" }\namount = 1': "Did you mean deal",
        'on = { fact = "deal", day = "amount" }\namount = 1': "deal has no day amount",
        'on = "earning"\namount = 1': "belong together",
        'on = "earning"\nearning = "nope"\namount = 1': "nope is not defined",
        'on = "earning"\nearning = "x"\nrate = 0.1': "own lines",
        'on = "deal won"\nearning = "x"\namount = 1': "belong together",
        'on = "deal won"\nrate = 0.1': "nothing to pay on",
        'on = "deal won"\nrate = 0.1\nbase = "name"': "is no number",
        'on = "deal won"\nrate = 0.1\nbase = { attribute = "amount", less = "csot" }': "Did you mean cost",
        'on = "deal won"\nrate = 0.1\nbase = { attribute = "amount", per = 0 }': "more than zero",
        'on = "deal won"\nrate = 0.1\nbase = { attribute = "amount", times = "csot" }': "Did you mean cost",
        'on = "deal won"\nrate = 0.1\nbase = { attribute = "amount", times = "cost" }': "money by another one",
        'on = "period end"\nrate = 0.1\nbase = { times = "amount" }': "its base is a metric",
        'on = "deal won"\nrate = 0.1\nbase = "amount"\nleast = 5\nmost = 4': "above the most",
        'on = "deal won"\nrate = 0.1\nbase = "amount"\nleast = -5': "zero or more",
        'on = "deal won"\namount = 1\nincrement_over = "year"': "does not grow",
        'on = "deal won"\namount = 1\ncount = { from = 0 }': "counted from 1",
        'on = "deal won"\namount = 1\ncount = { from = 3, to = 2 }': "no event is counted",
        'on = "deal won"\namount = 1\ncount = { per = "tier" }': "by tier",
        'on = "deal won"\namount = 1\nfor_months = 0': "below one",
        'on = "deal won"\namount = 1\nevery = "month"': "only a period's end",
        'on = { fact = "activity", day = "day" }\namount = 1': "nobody verifies",
        'on = "deal won"\namount = 1\nbase = "amount"': "whatever the base",
    }
    for text, said in cases.items():
        found = problems(f'[earning.x]\nsays = "X"\ntype = "X"\n{text}\n')
        assert any(said in str(p) for p in found), (text, found)


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        ("{ entries = [] }", "no entry"),
        ("{ by_age = [{ from_months = 6, rate = 0.1 }] }", "rise from 0"),
        ('{ by_age = [{ rate = 0.1, where = { kind = "new" } }] }', "the age alone"),
        ('{ entries = [{ rate = 0.1, tier = "Gold" }] }', "tier Gold is not defined"),
        ("{ entries = [{ rate = 0.1 }, { rate = 0.2 }] }", "never counts"),
        ('{ resolve = "first", entries = [{ rate = 0.1 }, { rate = 0.2, where = { kind = "new" } }] }', "never counts"),
        ('{ age_of = "deal", entries = [{ rate = 0.1 }] }', "asks for an age"),
        ("{ entries = [{ rate = 0.1, from_months = -1 }] }", "zero or more"),
        ('{ bands = "marginal", steps = [{ from = 5, rate = 0.1 }, { from = 1, rate = 0.1 }] }', "must rise"),
        ('{ bands = "marginal", steps = [{ from = -5, rate = 0.1 }] }', "zero or above"),
        ('{ bands = "whole amount", over = "year", steps = [{ from = 0, rate = 0.1 }] }', "go on through"),
        ('{ bands = "marginal", each = "deal", steps = [{ from = 0, rate = 0.1 }] }', "kept apart"),
        ('{ bands = "marginal", excess_over = 5, steps = [{ from = 0, rate = 0.1 }] }', "has an excess"),
        ('{ bands = "marginal", by = "nope", steps = [{ from = 0, rate = 0.1 }] }', "nope is not defined"),
        (
            '{ bands = "whole amount", steps = [{ from = 0, rate = 0.2 }, { from = 100, rate = 0.1 }] }',
            "one more unit pays less: 10 after 20",
        ),
        ('{ bands = "whole amount", steps = [{ from = 0, rate = 0.1 }, { from = 100, rate = 0.2 }] }', "by a step"),
    ],
)
def test_a_rate_that_cannot_be_meant(rate: str, said: str) -> None:
    found = problems(rule("", pay=f'base = "amount"\nrate = {rate}'))
    assert any(said in str(p) for p in found), found


def test_a_step_that_a_case_works_out_is_meant() -> None:
    steps = "[{ from = 0, rate = 0.1 }, { from = 100, rate = 0.2 }]"
    text = rule("", pay=f'base = "amount"\nrate = {{ bands = "whole amount", steps = {steps} }}')
    case = '\n[[example]]\nsays = "200"\nas_of = 2026-03-31\ncovers = ["earning.bonus"]\n'
    assert not problems(text + case)
    assert problems(text + case.replace("bonus", "other"))


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        ("{}", "exactly one way"),
        ('{ days = "year", metric = "s" }', "exactly one way"),
        ('{ metric = "nope" }', "nope is not defined"),
        ('{ metric = "s", scale = [{ at = 1, points = 1 }] }', "at least 2"),
        ("{ by_tier = { Gold = 2 } }", "Gold is not defined"),
        ('{ entries = [{ factor = 2, where = { kidn = "new" } }] }', "kidn"),
    ],
)
def test_a_multiplier_that_cannot_be_meant(factor: str, said: str) -> None:
    found = problems(SALES + rule("", pay=f'base = "amount"\nrate = 0.1\nfactor = {factor}'))
    assert any(said in str(p) for p in found), found
