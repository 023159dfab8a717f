"""Caps by scope, period, day, metric and currency; safety nets with dates: neither does the other's work."""

from datetime import date
from decimal import Decimal as D

import pytest

from partnerdesk.engine.facts import ExchangeRate, Partner, Target
from tests.engine.cases import both, problems, worked
from tests.engine.test_earning_triggers import amounts, deal, paid, rule

AS_OF = date(2026, 12, 31)
SALES = '[metric.sales]\nsays = "Sales"\nof = "deal"\nday = "closed"\nwindow = "period"\n'
ROWS = [
    deal("a", date(2026, 1, 5), 1000, customer="C1", product="P"),
    deal("b", date(2026, 2, 5), 1000, customer="C2", product="P"),
    deal("c", date(2026, 4, 5), 1000, customer="C1", product="Q"),
    deal("d", date(2027, 1, 5), 1000, customer="C1", product="P"),
]


def paid_out(cap: str, as_of: date = date(2027, 1, 31), head: str = "") -> list[D]:
    found = worked(head + rule("") + f'[cap.top]\nsays = "Top"\nof = ["bonus"]\n{cap}\n', ROWS, as_of)
    return [line.amount for line in found.lines]


@pytest.mark.parametrize(
    ("cap", "left"),
    [
        ('every = "month"', [100, 100, 100, 100]),
        ('every = "quarter"', [100, 50, 100, 100]),
        ('every = "half"', [100, 50, 0, 100]),
        ('every = "year"', [100, 50, 0, 100]),
        ('every = "ever"', [100, 50, 0, 0]),
        ('every = "ever"\nper = "customer"', [100, 100, 50, 0]),
        ('every = "ever"\nper = "product"', [100, 50, 100, 0]),
        ('every = "ever"\nper = "deal"', [100, 100, 100, 100]),
        ('every = "ever"\nper = "contract"', [100, 100, 100, 100]),  # none has a contract: not limited
        ('every = "year"\nper = "customer"', [100, 100, 50, 100]),
    ],
)
def test_a_cap_by_period_and_scope(cap: str, left: list[int]) -> None:
    assert paid_out(f"{cap}\nat_most = 150") == [D(x) for x in left]


@pytest.mark.parametrize(
    ("joined", "left"),
    [
        (date(2024, 2, 5), [100, 100, 50, 0]),  # its year ends on 4 February: with a; then b, c and d
        (date(2024, 2, 6), [100, 50, 100, 50]),
        (None, [100, 50, 0, 100]),  # where that is not known it is the fiscal year
    ],
)
def test_a_cap_by_the_partners_own_year(joined: date | None, left: list[int]) -> None:
    text = rule("") + '[cap.top]\nof = ["bonus"]\nevery = "partner year"\nat_most = 150\n'
    rows = [Partner(id="A", name="Alder", joined=joined), *ROWS]
    assert [line.amount for line in worked(text, rows, date(2027, 1, 31)).lines] == [D(x) for x in left]


def test_a_cap_by_the_years_of_the_agreement() -> None:
    text = rule("") + '[cap.top]\nof = ["bonus"]\nevery = "agreement year"\nat_most = 150\n'
    rows = [Partner(id="A", name="Alder", joined=date(2024, 2, 6), agreement_signed=date(2024, 2, 5)), *ROWS]
    assert [line.amount for line in worked(text, rows, date(2027, 1, 31)).lines] == [D(100), D(100), D(50), D(0)]


def test_a_condition_of_a_cap_by_partner_years_is_one_of_each_statement() -> None:
    head = '[metric.target]\nsays = "Target"\nof = "target"\nday = "start"\nwindow = "period"\n'
    cap = 'every = "partner year"\nat_most = 10\nwhen = { metric = "target", above = 0 }'
    text = head + rule("") + f'[cap.top]\nof = ["bonus"]\n{cap}\n'
    joined = Partner(id="A", name="Alder", joined=date(2025, 1, 1))
    rows = [joined, *ROWS, Target(id="t", partner="A", start=date(2026, 4, 1), end=date(2026, 4, 30), amount=D(1))]
    assert [line.amount for line in worked(text, rows, AS_OF).lines] == [D(100), D(100), D(0)]


@pytest.mark.parametrize(
    ("amounts_", "left"),
    [
        (
            "[{ amount = 60 }, { from = 2026-02-01, amount = 80 }, { from = 2026-03-01, amount = 'none' }]",
            [60, 80, 100],
        ),
        ("['none', { from = 2026-02-01, amount = 10 }]", [100, 10, 10]),
        ("{ metric = 'sales', times = 0.05 }", [50, 50, 50]),
        ("[{ metric = 'sales', times = 0.05 }, { from = 2026-04-01, amount = 20 }]", [50, 50, 20]),
    ],
)
def test_a_limit_for_a_stretch_of_days_or_from_a_metric(amounts_: str, left: list[int]) -> None:
    text = f'every = "month"\nat_most = {amounts_}'.replace("'", '"')
    assert paid_out(text, AS_OF, SALES) == [D(x) for x in left]


def test_a_metric_that_is_not_evaluated_limits_nothing() -> None:
    head = '[metric.goal]\nsays = "Goal"\nof = "target"\nday = "end"\nmissing = "not evaluated"\n'
    assert paid_out('at_most = { metric = "goal" }', AS_OF, head) == [D(100)] * 3


def test_a_limit_that_is_measured_or_exchanged_is_rounded_like_a_line() -> None:
    third = "{ metric = 'sales', times = 0.0333333 }".replace("'", '"')
    assert paid_out(f'every = "quarter"\nat_most = {third}', date(2026, 3, 31), SALES) == [D("66.67"), D(0)]
    net = worked(SALES + rule("") + NET.replace("{}", third.replace("0.0", "0.3")), ROWS, date(2026, 3, 31))
    assert [line.amount for line in net.lines] == [D(100), D(100), D("466.67")]


def test_a_cap_only_where_its_condition_holds() -> None:
    cap = 'every = "month"\nat_most = 10\nwhen = { metric = "target", above = 0 }'
    head = '[metric.target]\nsays = "Target"\nof = "target"\nday = "start"\nwindow = "period"\n'
    text = head + rule("") + f'[cap.top]\nof = ["bonus"]\n{cap}\n'
    rows = [*ROWS, Target(id="t", partner="A", start=date(2026, 2, 1), end=date(2026, 2, 28), amount=D(1))]
    assert [line.amount for line in worked(text, rows, AS_OF).lines] == [D(100), D(10), D(100)]


def test_a_cap_in_two_currencies_uses_that_of_the_base() -> None:
    rows = [
        deal("e", date(2026, 1, 5), 1000, customer="C1"),
        deal("u", date(2026, 1, 6), 1000, customer="C2", currency="USD"),
        ExchangeRate(id="x", day=date(2025, 1, 1), base="USD", quote="EUR", rate=D("0.5")),
    ]
    cap = '[cap.top]\nsays = "Top"\nof = ["bonus"]\nper = "customer"\n'
    cap += "at_most = { amount = 60, by_currency = { USD = 40 } }\n"
    found = worked(rule("") + cap, rows, AS_OF)
    assert amounts(found) == {"bonus:e": D(60), "bonus:u": D(20)}  # 40 USD are 20 EUR
    assert "20.00 EUR after limits: Top of 20.00 EUR reached" in found.lines[1].reason


def test_a_fixed_amount_is_in_the_currency_of_the_program() -> None:
    rows = [
        deal("u", date(2026, 1, 6), 1000, currency="USD"),
        ExchangeRate(id="x", day=date(2025, 1, 1), base="USD", quote="EUR", rate=D("0.5")),
    ]
    cap = '[cap.top]\nsays = "Top"\nof = ["bonus"]\nat_most = { amount = 60, by_currency = { USD = 40 } }\n'
    assert amounts(worked(rule("", pay="amount = 100") + cap, rows, AS_OF)) == {"bonus:u": D(60)}


def test_on_one_day_the_earnings_to_cut_come_last() -> None:
    two = rule("") + rule("").replace("earning.bonus", "earning.extra").replace("BONUS", "EXTRA")
    cap = '[cap.top]\nof = ["bonus", "extra"]\nat_most = 150\ncut = ["bonus"]\n'
    found = worked(two + cap, ROWS[:1], AS_OF)
    assert amounts(found) == {"bonus:a": D(50), "extra:a": D(100)}


def test_a_credit_note_gives_back_what_the_cap_had_cut_first() -> None:
    rows = [
        paid("i", date(2026, 1, 1), 2000, kind="invoice"),
        paid("j", date(2026, 1, 2), -500, kind="credit-note"),
        paid("k", date(2026, 1, 3), -900, kind="credit-note"),
    ]
    text = rule("", on='"invoice issued"') + '[cap.top]\nof = ["bonus"]\nat_most = 120\n'
    # 200 cut to 120; 50 of the 80 that were cut come off first; then 90 - 30.
    assert [line.amount for line in worked(text, rows, AS_OF).lines] == [D(120), D(0), D(-60)]


NET = '[safety_net.floor]\nsays = "Floor"\nof = ["bonus"]\nevery = "quarter"\nat_least = {}\n'


@pytest.mark.parametrize(
    ("at_least", "top_ups"),
    [
        ("120", {"2026Q2": 20, "2026Q3": 120, "2026Q4": 120}),
        ("[{ amount = 120 }, { from = 2026-07-01, amount = 'none' }]", {"2026Q2": 20}),
        ("[{ amount = 0 }, { from = 2026-06-30, amount = 110 }]", {"2026Q2": 10, "2026Q3": 110, "2026Q4": 110}),
        ("{ metric = 'sales', times = 0.15 }", {"2026Q1": 100, "2026Q2": 50}),  # 15 % of 2000 and of 1000
    ],
)
def test_a_safety_net_with_dates_or_of_a_metric(at_least: str, top_ups: dict[str, int]) -> None:
    text = SALES + rule("") + NET.replace("{}", at_least.replace("'", '"'))
    found = worked(text, ROWS[:3], AS_OF)
    tops = {line.id.rpartition(":")[2]: line.amount for line in found.lines if line.type == "TOPUP"}
    assert tops == {label: D(x) for label, x in top_ups.items()}


@pytest.mark.parametrize(
    ("per", "top_ups"),
    [
        ("customer", {"2026Q1:C1": (50, "C1", None), "2026Q1:C2": (50, "C2", None), "2026Q2:C1": (50, "C1", None)}),
        ("deal", {"2026Q1:a": (50, "C1", "a"), "2026Q1:b": (50, "C2", "b"), "2026Q2:c": (50, "C1", "c")}),
        ("product", {"2026Q2:Q": (50, None, None)}),  # P has 200 in the first quarter
        ("contract", {}),  # no line has one
    ],
)
def test_a_safety_net_of_each_customer_deal_or_product(per: str, top_ups: dict[str, object]) -> None:
    text = rule("") + NET.replace("{}", f'150\nper = "{per}"')
    found = [line for line in worked(text, ROWS[:3], AS_OF).lines if line.type == "TOPUP"]
    assert {line.id.split(":", 1)[1]: (line.amount, line.customer, line.deal) for line in found} == top_ups


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[safety_net.n]\nof = ["other"]\nat_least = 9\nper = "deal"', "they are not topped up"),
        ('[cap.top]\nof = ["bonus"]\nat_most = [{ amount = 1 }, { amount = 2 }]', "days must rise"),
        ('[cap.top]\nof = ["bonus"]\nat_most = { metric = "nope" }', "nope is not defined"),
        (
            '[cap.top]\nof = ["bonus"]\nat_most = { amount = 5, times = 2 }',
            "only a metric or an attribute is multiplied",
        ),
        ('[cap.top]\nof = ["bonus"]\nat_most = -5', "zero or more"),
        ('[cap.top]\nof = ["bonus"]\nat_most = 5\ncut = ["other"]', "does not cover other"),
        ('[cap.top]\nof = ["other"]\nat_most = 5\nper = "deal"', "they are not limited"),
        ('[cap.top]\nof = ["bonus"]\nat_most = 5\nwhen = { metric = "nope", above = 0 }', "nope is not defined"),
        ('[cap.top]\nof = ["bonus"]\nat_most = 5\n[safety_net.n]\nof = ["bonus"]\nat_least = 9', "promises more"),
        ('[safety_net.n]\nof = ["bonus"]\nat_least = { amount = 9, by_currency = { USD = 1 } }', "Drop by_currency"),
        ('[cap.top]\nof = ["least"]\nat_most = 5', "more than the cap allows"),
    ],
)
def test_limits_that_cannot_be_meant(text: str, said: str) -> None:
    others = '[earning.other]\nsays = "Other"\ntype = "O"\non = "period end"\namount = 1\n'
    others += rule("least = 9").replace("earning.bonus", "earning.least")
    found = problems(rule("") + others + text + "\n")
    assert any(said in str(p) for p in found), found


@pytest.mark.parametrize(
    ("at_most", "left"),
    [
        ('{ attribute = "amount", times = 0.05 }', 50),
        ('{ attribute = "attributes.mrc", times = 6 }', 60),
        ('{ attribute = "attributes.mrc" }', 10),
        ('{ attribute = "recurring" }', 100),  # not known: no limit
        ('[{ attribute = "attributes.mrc" }, { from = 2026-01-05, amount = 30 }]', 30),
    ],
)
def test_a_cap_by_a_number_of_what_it_is_kept_apart_for(at_most: str, left: int) -> None:
    text = rule("") + f'[cap.top]\nof = ["bonus"]\nevery = "ever"\nper = "deal"\nat_most = {at_most}\n'
    row = deal("a", date(2026, 1, 5), 1000, attributes={"mrc": "10"})
    plain, traced = both(text, [row], AS_OF)
    assert [line.amount for line in plain.lines] == [D(left)] == [line.amount.value for line in traced.lines]


def test_an_amount_of_the_deal_is_exchanged_on_the_line_s_day() -> None:
    cap = '[cap.top]\nof = ["bonus"]\nevery = "ever"\nper = "deal"\nat_most = { attribute = "amount", times = 0.05 }\n'
    row = deal("a", date(2026, 1, 5), 1000, currency="USD")
    rate = ExchangeRate(id="x", table="program", day=date(2026, 1, 1), base="USD", quote="EUR", rate=D("0.5"))
    assert [line.amount for line in worked(rule("") + cap, [row, rate], AS_OF).lines] == [D(25)]


@pytest.mark.parametrize(
    ("cap", "told"),
    [
        ('at_most = { attribute = "amount" }', 'Add per = "deal"'),
        ('per = "deal"\nat_most = { attribute = "amont" }', "amont"),
        ('per = "deal"\nat_most = { attribute = "status" }', "is no number"),
        ('per = "contract"\nat_most = { attribute = "deal.amount" }', "is an amount of something else"),
        ('per = "deal"\nat_most = { attribute = "amount", amount = 5 }', "an amount, a metric or an attribute"),
        ('per = "deal"\nat_most = { attribute = "amount", by_currency = { USD = 5 } }', "a currency of its own"),
    ],
)
def test_what_is_no_number_of_it_is_refused(cap: str, told: str) -> None:
    found = [str(p) for p in problems(rule("") + f'[cap.top]\nof = ["bonus"]\nevery = "ever"\n{cap}\n')]
    assert any(told in one for one in found), found


def test_a_safety_net_promises_no_attribute() -> None:
    net = '[safety_net.low]\nof = ["bonus"]\nper = "deal"\nat_least = { attribute = "amount" }\n'
    assert any("Drop attribute" in str(p) for p in problems(rule("") + net))
