"""When money becomes payable: a few deals, invoices and payments, and on which day each share is released."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import Contract, Customer, Deal, DealLine, Deployment, Transaction
from partnerdesk.engine.whole import Outcome
from partnerdesk.program.words import rule_words
from tests.engine.cases import problems, program, worked

D = Decimal
WON = date(2025, 3, 10)
LATER = date(2027, 6, 30)


def upfront(vests: str, more: str = "") -> str:
    """Ten percent of a won deal, in vesting shares."""
    return f"""
    {more}
    [earning.upfront]
    says = "Upfront"
    type = "UPFRONT"
    on = "deal won"
    base = "amount"
    rate = 0.10
    vests = [{vests}]
    """


def deal(**more: Any) -> Deal:
    return Deal(
        **{"id": "D1", "partner": "A", "customer": "C1", "status": "won", "closed": WON, "amount": D(10_000)} | more
    )


def contract(**more: Any) -> Contract:
    terms = {"start": date(2025, 4, 1), "end": date(2026, 3, 31), "recurring": D(10_000)}
    return Contract(**{"id": "K1", "partner": "A", "customer": "C1", "deal": "D1"} | terms | more)


def payment(id: str, day: date, amount: int, **more: Any) -> Transaction:
    return Transaction(id=id, partner="A", customer="C1", kind="payment", day=day, amount=D(amount), **more)


def moved(outcome: Outcome, *kinds: str) -> list[tuple[date, Decimal]]:
    """What left the held bucket: the day and the amount."""
    return [(e.day, -e.amount) for e in outcome.entries if e.kind in (kinds or ("release",)) and e.bucket == "held"]


def released(vests: str, rows: list[Any], more: str = "", as_of: date = LATER) -> list[tuple[date, Decimal]]:
    return moved(worked(upfront(vests, more), rows, as_of))


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("month end", date(2025, 3, 31)),
        ("quarter end", date(2025, 4, 30)),  # the fiscal year begins in February
        ("year end", date(2026, 1, 31)),
        ("contract start", date(2025, 4, 1)),
        ("payment received", date(2025, 5, 2)),
        ("customer live", date(2025, 6, 3)),
        ("first value", date(2025, 7, 4)),
    ],
)
def test_a_share_waits_for_what_the_rule_names(at: str, day: date) -> None:
    rows = [
        deal(),
        contract(),
        payment("T1", date(2025, 5, 2), 10_000, deal="D1"),
        Deployment(id="L1", partner="A", deal="D1", live=date(2025, 6, 3), first_value=date(2025, 7, 4)),
    ]
    text = 'fiscal_year_starts = "02-01"'
    assert released(f'{{ share = 1, at = "{at}" }}', rows, text) == [(day, D(1_000))]


def test_a_share_at_the_event_is_payable_at_once() -> None:
    assert released('{ share = 1, at = "event" }', [deal()]) == []
    outcome = worked(upfront('{ share = 1, at = "event" }'), [deal()], LATER)
    assert [e.bucket for e in outcome.entries] == ["payable"]


def test_a_guarantee_of_30_days_lets_go_on_day_31() -> None:
    ((day, amount),) = released("{ share = 1, after_days = 30 }", [deal()])  # date-02: the sale is day 1
    assert (day, amount) == (date(2025, 4, 9), D(1_000))
    assert (day - WON).days + 1 == 31


def test_months_and_days_add_up() -> None:
    vests = '{ share = 1, at = "month end", after_months = 1, after_days = 15 }'
    assert released(vests, [deal()]) == [(date(2025, 5, 15), D(1_000))]  # 31 March, 30 April, 15 days


@pytest.mark.parametrize(
    ("waits", "day"),
    [
        ('at = "month end", on_day = 15', date(2025, 4, 15)),
        ('at = "month end", on_day = 31', date(2025, 3, 31)),  # the day itself counts
        ("on_day = 31, after_months = 1", date(2025, 4, 30)),
        ("on_day = 1", date(2025, 4, 1)),
        ("on_day = 20, after_days = 11", date(2025, 4, 20)),
    ],
)
def test_a_share_is_released_on_a_day_of_the_month(waits: str, day: date) -> None:
    assert released(f"{{ share = 1, {waits} }}", [deal()]) == [(day, D(1_000))]  # won on 10 March


def test_nothing_is_released_before_its_day() -> None:
    outcome = worked(upfront('{ share = 1, at = "month end" }'), [deal()], date(2025, 3, 30))
    (held,) = outcome.statements["2025-03"].held
    assert (held.remaining, held.next_release, held.condition) == (D(1_000), date(2025, 3, 31), "the end of the month")


def test_an_advance_and_the_balance_in_three_months() -> None:
    # adv-01: 100 a month for a year at 110 % is 1,320; 75 % at once, the rest in months 10 to 12.
    text = upfront("{ share = 0.75 }, { share = 0.25, after_months = 10, parts = 3 }").replace("0.10", "1.10")
    outcome = worked(text, [deal(amount=D(1_200))], LATER)
    assert outcome.lines[0].amount == D("1320.00")
    assert moved(outcome) == [(date(2026, n, 10), D("110.00")) for n in (1, 2, 3)]
    assert outcome.statements["2025-03"].row("closing").payable == D("990.00")


def test_a_third_is_paid_each_year() -> None:
    found = released(
        "{ share = 1, after_months = 12, parts = 3, apart_months = 12 }", [deal()], as_of=date(2028, 12, 31)
    )
    years = [(2026, "333.34"), (2027, "333.33"), (2028, "333.33")]
    assert found == [(date(year, 3, 10), D(part)) for year, part in years]


def test_parts_sum_to_the_whole_to_the_cent() -> None:
    found = released("{ share = 1, after_months = 1, parts = 3 }", [deal(amount=D("1000.10"))])  # 100.01
    assert [amount for _, amount in found] == [D("33.34"), D("33.34"), D("33.33")]


def test_customers_pay_in_part_and_shares_are_released_in_part() -> None:
    rows = [
        deal(),
        payment("T1", date(2025, 4, 1), 2_500, deal="D1"),
        payment("T2", date(2025, 5, 1), 7_500, deal="D1"),
    ]
    vests = '{ share = 0.6 }, { share = 0.4, at = "payment received" }'
    # tp-1.1b in our amounts: 600 at booking, 400 at collection, a quarter of it with a quarter of the money.
    assert released(vests, rows) == [(date(2025, 4, 1), D(100)), (date(2025, 5, 1), D(300))]


def test_a_deposit_releases_a_share_in_full() -> None:
    paid = [payment("T1", date(2025, 3, 12), 1_000, deal="D1"), payment("T2", date(2025, 5, 2), 9_000, deal="D1")]
    shares = '{ share = 0.5, at = "first payment" }, { share = 0.5, at = "payment received" }'
    found = released(shares, [deal(), *paid])
    assert found == [(date(2025, 3, 12), D(500)), (date(2025, 3, 12), D(50)), (date(2025, 5, 2), D(450))]
    assert released('{ share = 1, at = "first payment" }', [deal(), *paid], as_of=date(2025, 3, 11)) == []


@pytest.mark.parametrize(("day", "kind"), [(date(2025, 6, 8), "release"), (date(2025, 6, 9), "forfeiture")])
def test_a_payment_counts_within_so_many_days(day: date, kind: str) -> None:
    shares = '{ share = 1, at = "payment received", within_days = 90 }'  # 10 March and 90 days are 8 June
    outcome = worked(upfront(shares), [deal(), payment("T1", day, 10_000, deal="D1")], LATER)
    assert moved(outcome, kind) == [(date(2025, 6, 8), D(1_000))]
    words = next(w for w in rule_words(program(upfront(shares))) if w.key == "earning.upfront").sentence
    assert "on the customer's payment within 90 days; otherwise it is forfeited" in words


def test_a_wait_is_in_months_or_in_days() -> None:
    (told,) = problems(upfront('{ share = 1, at = "customer live", within_days = 9, within_months = 1 }'))
    assert told.message == "the wait is given in months and in days." and "Keep one" in told.remedy
    (told,) = problems(upfront("{ share = 1, within_days = 9 }"))
    assert told.place.endswith("within_days") and told.message == "the event always comes in time."


def test_sixty_percent_at_booking_and_forty_at_collection() -> None:
    rows = [deal(amount=D(160_000)), payment("T1", date(2025, 5, 1), 160_000, deal="D1")]
    outcome = worked(upfront('{ share = 0.6 }, { share = 0.4, at = "payment received" }'), rows, LATER)
    assert outcome.statements["2025-03"].row("closing").payable == D("9600.00")  # tp-1.1b
    assert moved(outcome) == [(date(2025, 5, 1), D("6400.00"))]


def test_a_payment_before_the_event_counts_from_the_event_and_one_to_come_does_not_count() -> None:
    vests = '{ share = 1, at = "payment received", after_days = 5 }'
    early = payment("T1", date(2025, 3, 1), 10_000, deal="D1")
    assert released(vests, [deal(), early]) == [(date(2025, 3, 15), D(1_000))]
    assert released(vests, [deal(), early], as_of=date(2025, 3, 14)) == []


@pytest.mark.parametrize(
    "named", [{"deal": "D1"}, {"contract": "K1"}, {}], ids=["the deal", "its contract", "only the customer"]
)
def test_a_payment_belongs_to_the_deal_its_contract_or_the_customer(named: dict[str, str]) -> None:
    rows = [deal(), contract(), payment("T1", date(2025, 5, 2), 10_000, **named)]
    assert released('{ share = 1, at = "payment received" }', rows) == [(date(2025, 5, 2), D(1_000))]


INVOICED = """
[earning.revenue]
says = "Revenue share"
type = "SHARE"
on = "invoice issued"
where = { kind = "invoice" }
base = "amount"
rate = 0.10
vests = [{ share = 1, at = "payment received", within_months = 6 }]
"""


def test_payments_fill_the_oldest_invoice_first_and_what_is_not_paid_in_time_is_forfeited() -> None:
    rows = [
        Transaction(id="I1", partner="A", customer="C1", kind="invoice", day=date(2025, 1, 1), amount=D(300)),
        Transaction(id="I2", partner="A", customer="C1", kind="invoice", day=date(2025, 2, 1), amount=D(300)),
        payment("P1", date(2025, 3, 1), 400),
        payment("P2", date(2025, 9, 1), 200),  # too late for the second invoice
    ]
    outcome = worked(INVOICED, rows, LATER)
    assert moved(outcome) == [(date(2025, 3, 1), D(30)), (date(2025, 3, 1), D(10))]
    assert moved(outcome, "forfeiture") == [(date(2025, 8, 1), D(20))]


def test_a_payment_fills_what_it_names_and_one_that_names_nothing_the_oldest() -> None:
    rows = [
        contract(id="K1", deal=None),
        contract(id="K2", deal=None),
        Transaction(id="I1", partner="A", contract="K1", kind="invoice", day=date(2025, 1, 1), amount=D(300)),
        Transaction(id="I2", partner="A", contract="K2", kind="invoice", day=date(2025, 1, 2), amount=D(300)),
        payment("P0", date(2024, 12, 1), 100, contract="K2"),  # before its invoice
        payment("P1", date(2025, 2, 1), 200, contract="K2"),
        payment("P2", date(2025, 3, 1), 300),
    ]
    found = [(e.line, e.day, e.amount) for e in worked(INVOICED, rows, LATER).entries if e.kind == "release"]
    assert [(line, day, n) for line, day, n in found if n > 0] == [
        ("revenue:I2", date(2025, 1, 2), D(10)),
        ("revenue:I2", date(2025, 2, 1), D(20)),
        ("revenue:I1", date(2025, 3, 1), D(30)),
    ]


def test_each_month_of_usage_waits_for_its_own_payment() -> None:
    text = INVOICED.replace("invoice issued", "usage reported").replace('where = { kind = "invoice" }', "")
    rows = [
        Transaction(id="U1", partner="A", customer="C1", kind="usage", day=date(2025, 1, 31), amount=D(100)),
        Transaction(id="U2", partner="A", customer="C1", kind="usage", day=date(2025, 2, 28), amount=D(100)),
        payment("P1", date(2025, 3, 5), 100),
        payment("P2", date(2025, 4, 5), 100),
    ]
    assert moved(worked(text, rows, LATER)) == [(date(2025, 3, 5), D(10)), (date(2025, 4, 5), D(10))]


def test_a_credited_invoice_is_paid_with_what_is_left() -> None:
    rows = [
        Transaction(id="I1", partner="A", customer="C1", kind="invoice", day=date(2025, 1, 1), amount=D(300)),
        Transaction(id="N1", partner="A", customer="C1", kind="credit-note", day=date(2025, 1, 9), amount=D(-100)),
        payment("P1", date(2025, 3, 1), 200),
    ]
    text = INVOICED + 'clawback = [{ if = "refunded" }]'
    outcome = worked(text, rows, LATER)
    assert moved(outcome, "clawback") == [(date(2025, 1, 9), D(10))]
    assert moved(outcome) == [(date(2025, 3, 1), D(20))]


def test_a_line_of_a_payment_is_paid_with_it() -> None:
    text = INVOICED.replace("invoice issued", "payment received").replace('where = { kind = "invoice" }', "")
    assert moved(worked(text, [payment("P1", date(2025, 3, 1), 400)], LATER)) == [(date(2025, 3, 1), D(40))]


def test_what_does_not_happen_in_time_is_forfeited_or_released() -> None:
    waits = '{ share = 0.5 }, { share = 0.5, at = "customer live", within_months = 9 %s }'
    forfeited = worked(upfront(waits % ""), [deal()], LATER)
    assert moved(forfeited, "forfeiture") == [(date(2025, 12, 10), D(500))]
    freed = worked(upfront(waits % ', otherwise = "release"'), [deal()], LATER)
    assert moved(freed) == [(date(2025, 12, 10), D(500))]
    live = Deployment(id="L1", partner="A", deal="D1", live=date(2025, 12, 10))
    assert moved(worked(upfront(waits % ""), [deal(), live], LATER)) == [(date(2025, 12, 10), D(500))]


ACTIVE = "{ share = 0.75 }, { share = 0.25, after_days = 90, if_active = true }"


def test_a_holdback_is_released_after_90_days_if_the_customer_is_active() -> None:
    # hold-02, hold-03: of 7,500 a quarter is held; 5,625 at close, 1,875 after 90 days.
    outcome = worked(upfront(ACTIVE), [deal(amount=D(75_000)), contract()], LATER)
    assert outcome.statements["2025-03"].row("closing").payable == D(5_625)
    assert moved(outcome) == [(date(2025, 6, 8), D(1_875))]


@pytest.mark.parametrize(
    ("contracts", "is_active"),
    [
        ([], True),
        ([contract(outcome="churned", outcome_on=date(2025, 6, 8))], False),
        ([contract(outcome="churned", outcome_on=date(2025, 6, 9))], True),
        ([contract(end=date(2025, 6, 7))], False),
        ([contract(end=date(2025, 6, 8))], True),
        ([contract(end=date(2025, 6, 1), outcome="renewed", outcome_on=date(2025, 5, 1))], True),
        (
            [
                contract(end=date(2025, 6, 1), outcome="renewed", outcome_on=date(2025, 5, 1)),
                contract(id="K2", deal=None, renewal_of="K1", outcome="churned", outcome_on=date(2025, 6, 5)),
            ],
            False,
        ),
        ([contract(id="K3", deal=None, outcome="churned", outcome_on=date(2025, 6, 1))], False),
    ],
)
def test_a_contract_that_ended_by_the_day_forfeits_the_share(contracts: list[Contract], is_active: bool) -> None:
    outcome = worked(upfront(ACTIVE), [deal(), *contracts], LATER)
    kind = "release" if is_active else "forfeiture"
    assert moved(outcome, kind) == [(date(2025, 6, 8), D(250))]


REVENUE = """
[metric.revenue]
says = "Revenue"
of = "deal"
where = { status = "won" }
"""


REASONS = [
    ('at = "customer live", within_months = 9', [], "the customer's go-live had not come by 10 Dec 2025"),
    ("after_days = 90, if_active = true", [contract(end=date(2025, 6, 1))], "the customer's contract had ended"),
    ('after_months = 1, when = { metric = "revenue", at_least = 5 }', [], "revenue is not at least 5 in 2025-04"),
    (
        'after_months = 1, when = { metric = "revenue", at_least = 5 }, within_months = 3',
        [],
        "revenue is not at least 5 up to then",
    ),
]


@pytest.mark.parametrize(("wait", "rows", "why"), REASONS)
def test_a_forfeiture_says_what_did_not_come_or_hold(wait: str, rows: list[Contract], why: str) -> None:
    outcome = worked(upfront(f"{{ share = 1, {wait} }}", REVENUE), [deal(), *rows], LATER)
    assert [e.note for e in outcome.entries if e.kind == "forfeiture"] == [why]


def test_a_condition_is_looked_at_in_the_statement_period_of_the_day() -> None:
    vests = '{ share = 1, after_months = 1, when = { metric = "revenue", at_least = 500 } }'
    small = deal(id="D2", closed=date(2025, 4, 30), amount=D(500))
    assert moved(worked(upfront(vests, REVENUE), [deal()], LATER), "forfeiture") == [(date(2025, 4, 10), D(1_000))]
    assert moved(worked(upfront(vests, REVENUE), [deal(), small], LATER))[0] == (date(2025, 4, 10), D(1_000))


def test_a_condition_may_come_true_later_within_its_time() -> None:
    vests = '{ share = 1, within_months = 3, when = { metric = "revenue", at_least = 20_000 }, otherwise = "release" }'
    met = deal(id="D2", closed=date(2025, 5, 2), amount=D(20_000))
    # Payable at the end of May, when the condition holds; without it after three months at the latest.
    assert (date(2025, 5, 31), D(1_000)) in moved(worked(upfront(vests, REVENUE), [deal(), met], LATER))
    assert released(vests, [deal()], REVENUE) == [(date(2025, 6, 10), D(1_000))]
    assert released(vests, [deal()], REVENUE, as_of=date(2025, 6, 10)) == []


def test_every_condition_is_spoken() -> None:
    vests = (
        '{ share = 0.5, after_days = 90, if_active = true }, { share = 0.5, at = "customer live", within_months = 9, '
        'parts = 2, apart_months = 3, when = { metric = "revenue", above = 1 }, otherwise = "release" }'
    )
    (said,) = [r for r in rule_words(program(upfront(vests, REVENUE))) if r.key == "earning.upfront"]
    assert said.sentence.replace("\N{NO-BREAK SPACE}", " ").endswith(
        "50 % becomes payable 90 days after the event, if the customer's contract has not ended by then; "
        "otherwise it is forfeited and 50 % becomes payable on the customer's go-live within 9 months, "
        "in 2 equal parts 3 months apart, if revenue is more than 1 then or at the end of a later period within 9 "
        "months; otherwise it is released all the same."
    )


def test_customers_are_not_needed() -> None:
    rows = [deal(customer=None), Customer(id="C9", name="Other"), payment("T1", date(2025, 5, 2), 10, deal="D9")]
    assert released('{ share = 1, at = "payment received" }', rows) == []


def test_higher_tiers_are_paid_sooner() -> None:
    tiers = """
    [tiers]
    every = "month"
    in_force = "same period"
    [[tier]]
    name = "Registered"
    [[tier]]
    name = "Gold"
    requires = { metric = "revenue", at_least = 50_000 }
    """
    vests = '{ share = 1, when = { tier = "Gold" }, within_months = 3, otherwise = "release" }'
    gold = worked(upfront(vests, REVENUE + tiers), [deal(amount=D(50_000))], LATER)
    assert moved(gold) == [(WON, D(5_000))]
    assert released(vests, [deal()], REVENUE + tiers) == [(date(2025, 6, 10), D(1_000))]


def test_lines_of_a_deal_are_paid_as_the_deal_is() -> None:
    """A quarter of the deal is paid, so that a quarter of each line's commission is released."""
    text = upfront('{ share = 1, at = "payment received" }')
    text = text.replace('on = "deal won"', 'on = { fact = "deal_line", day = "day" }')
    lines = [DealLine(id=f"L{n}", deal="D1", partner="A", day=WON, amount=D(n * 1_000)) for n in (4, 6)]
    rows = [deal(), *lines, payment("P1", date(2025, 5, 2), 2_500, deal="D1")]
    assert moved(worked(text, rows, LATER)) == [(date(2025, 5, 2), D(100)), (date(2025, 5, 2), D(150))]
