"""Funds: what is put in, asked, approved, claimed, paid and lost; every amount is always in exactly one place."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Activity, ExchangeRate, FundEntry, Partner, Transaction
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.naming import answer
from partnerdesk.engine.outcome import FundAccount, FundRequest
from partnerdesk.engine.semantics import HOLDS_NONE_BEFORE
from partnerdesk.engine.trace import find
from partnerdesk.program.words import rule_words
from tests.engine.cases import HEAD, both, facts, problems, program, worked

D = Decimal
END = date(2025, 12, 31)
SALES = """
[metric.sales]
says = "Purchases"
of = "transaction"
where = { kind = "invoice" }
"""
FUND = """
[fund.mdf]
says = "Co-marketing fund"
"""


def plan(keys: str = "", more: str = "") -> str:
    return f"{SALES}{more}{FUND}{keys}\n"


def invoice(n: int, amount: int | str, day: date) -> Transaction:
    return Transaction(id=f"I{n}", partner="A", kind="invoice", day=day, amount=D(amount))


def entry(id: str, kind: str, day: date, amount: int | str | None = None, **more: Any) -> FundEntry:
    money = None if amount is None else D(amount)
    return FundEntry(id=id, partner="A", fund=more.pop("fund", "mdf"), kind=kind, day=day, amount=money, **more)


def fund(keys: str, rows: list[Any], as_of: date = END, more: str = "") -> FundAccount[Decimal]:
    found = worked(plan(keys, more), rows, as_of).funds["mdf"]
    balances(found)
    return found


@pytest.mark.parametrize(
    ("bands", "sold", "issued"),
    [
        ('how = "whole amount"', "7499.99", "225"),
        ('how = "whole amount"', "7500", "300"),
        ('how = "whole amount", edge = "above"', "7500", "225"),
        ('how = "marginal"', "25000", "925"),  # 7,500 x 3 % + 17,500 x 4 %
        ('how = "marginal"', "26000", "975"),
        ('how = "whole amount", by = "count"', "25000", "0"),  # one invoice lies below the first floor
    ],
)
def test_a_fund_accrues_by_the_size_of_what_it_accrues_on(bands: str, sold: str, issued: str) -> None:
    first = 2 if "by" in bands else 0
    steps = (
        f"steps = [{{ from = {first}, rate = 0.03 }}, {{ from = 7500, rate = 0.04 }}, {{ from = 25_000, rate = 0.05 }}]"
    )
    keys = f'every = "year"\naccrues_on = "sales"\nbands = {{ {bands}, {steps} }}\n'
    count = '[metric.count]\nsays = "Invoices"\nof = "transaction"\ntake = "count"\n'
    text, rows = plan(keys, count), [invoice(1, sold, date(2025, 5, 5))]
    _, traced = both(text, rows, END)
    found = answer(traced, "fund.mdf.issued")
    assert isinstance(found, Figure) and found.value == D(issued)


def test_a_tier_s_own_rate_comes_before_bands() -> None:
    keys = 'accrues_on = "sales"\nrate_by_tier = { Base = 0.1 }\n'
    keys += 'bands = { how = "marginal", steps = [{ from = 0, rate = 0.03 }] }\n'
    assert fund(keys, [invoice(1, 100, date(2025, 5, 5))], more='[[tier]]\nname = "Base"\n').issued == 10


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (
            'rate = 0.1\nbands = { how = "marginal", steps = [{ from = 0, rate = 0.1 }] }',
            "it has one rate, and rates by size.",
        ),
        (
            'bands = { how = "step on excess", steps = [{ from = 0, rate = 0.1 }] }',
            "does not accrue by “step on excess”",
        ),
        ('bands = { how = "marginal", by = "sales", steps = [{ from = 0, rate = 0.1 }] }', "slices are those of what"),
        ('bands = { how = "marginal", over = "year", steps = [{ from = 0, rate = 0.1 }] }', "of one period's metric"),
        ('bands = { how = "marginal", steps = [{ from = 0, amount = 5 }] }', "a band puts in a rate alone"),
        ('bands = { how = "marginal", steps = [{ from = 0, rate = -0.1 }] }', "the rate is below zero"),
        (
            'bands = { how = "marginal", steps = [{ from = 5, rate = 0.1 }, { from = 0, rate = 0.2 }] }',
            "floors must rise",
        ),
        ('bands = { how = "whole amount", by = "sold", steps = [{ from = 0, rate = 0.1 }] }', "sold"),
    ],
)
def test_bands_that_cannot_be_those_of_a_fund_are_refused(keys: str, told: str) -> None:
    found = [str(p) for p in problems(plan(f'accrues_on = "sales"\n{keys}'))]
    assert any(told in one for one in found), found


def balances(account: FundAccount[Decimal]) -> None:
    """What was issued is somewhere, once, and so is the money of every request."""
    assert account.issued == sum(getattr(account, p) for p in ("available", "approved", "claimed", "paid", "expired"))
    for name in ("approved", "claimed", "paid"):
        assert getattr(account, name) == sum((getattr(r, name) for r in account.requests), D(0)), name
    assert all(getattr(account, name) >= 0 for name in ("approved", "claimed", "paid", "expired"))
    if not account.problems:
        assert account.available >= 0


def request(account: FundAccount[Decimal]) -> FundRequest[Decimal]:
    (found,) = account.requests
    return found


def test_a_rate_of_a_metric_is_put_in_at_each_periods_end() -> None:
    rows = [invoice(1, 10_000, date(2025, 2, 3)), invoice(2, "333.33", date(2025, 5, 3))]
    found = fund('accrues_on = "sales"\nrate = 0.03', rows, date(2025, 7, 1))
    assert [(m.kind, m.day, m.amount) for m in found.moves] == [
        ("accrual", date(2025, 3, 31), D(300)),
        ("accrual", date(2025, 6, 30), D(10)),
    ]
    assert found.available == 310


def test_an_accrual_has_a_floor_and_a_ceiling() -> None:
    rows = [invoice(1, 10_000, date(2025, 2, 3)), invoice(2, 900, date(2025, 5, 3))]
    found = fund('accrues_on = "sales"\nrate = 0.03\nminimum = 30\nat_most = 250', rows)
    assert [m.amount for m in found.moves] == [250]


def test_the_rate_is_that_of_the_tier_and_a_benefit_may_set_it() -> None:
    tiers = """
[[tier]]
name = "Base"
[[tier]]
name = "Gold"
requires = { metric = "sales", at_least = 5000 }
benefits = ["mdf-3"]
[tiers]
in_force = "same period"
[benefit.mdf-3]
says = "Three percent"
fund = "mdf"
fund_rate = 0.03
"""
    rows = [invoice(1, 10_000, date(2025, 2, 3)), invoice(2, 1_000, date(2025, 5, 3))]
    assert fund('accrues_on = "sales"\nrate = 0.01', rows, more=tiers).issued == 310
    assert fund('accrues_on = "sales"\nrate_by_tier = { Base = 0.02 }', rows, more=tiers).issued == 320
    assert fund('accrues_on = "sales"\nrate_by_tier = { Gold = 0.05 }', rows, more=tiers).issued == 500


def test_a_grant_is_given_at_the_periods_start_and_expires_with_the_last_it_may_be_used_in() -> None:
    rows = [invoice(1, 1, date(2025, 1, 1))]
    found = fund("grant = 1000\nuse_periods = 2", rows, date(2025, 7, 1))
    assert [(m.kind, m.day) for m in found.moves] == [
        ("grant", date(2025, 1, 1)),
        ("grant", date(2025, 4, 1)),
        ("expiry", date(2025, 6, 30)),
        ("grant", date(2025, 7, 1)),
    ]
    assert (found.available, found.expired) == (2000, 1000)
    assert found.expiring == ((date(2025, 9, 30), D(1000)), (date(2025, 12, 31), D(1000)))


def test_earn_a_half_year_then_use_a_half_year() -> None:
    keys = 'every = "half"\naccrues_on = "sales"\nrate = 0.1\nuse_periods = 1'
    rows = [invoice(1, 1000, date(2025, 3, 1)), invoice(2, 500, date(2025, 8, 1))]
    found = fund(keys, rows, date(2026, 1, 1))
    assert [(m.kind, m.day, m.amount) for m in found.moves] == [
        ("accrual", date(2025, 6, 30), 100),
        ("accrual", date(2025, 12, 31), 50),
        ("expiry", date(2025, 12, 31), 100),
    ]


def test_what_is_not_used_in_the_fiscal_year_expires_with_it() -> None:
    keys = 'every = "month"\naccrues_on = "sales"\nrate = 0.03\ngrant = 5\nuse_within = "quarter"'
    rows = [invoice(1, 1000, date(2025, 2, 3)), invoice(2, 500, date(2025, 3, 5))]
    found = fund(keys, rows, date(2025, 4, 1))
    assert [(m.kind, m.day, m.amount) for m in found.moves if m.kind != "grant"] == [
        ("accrual", date(2025, 2, 28), 30),
        ("accrual", date(2025, 3, 31), 15),
        *[("expiry", date(2025, 3, 31), amount) for amount in (30, 15, 5, 5)],
    ]
    assert (found.issued, found.expired, found.available) == (60, 55, 5)


def test_nothing_is_put_in_while_the_condition_does_not_hold() -> None:
    keys = 'accrues_on = "sales"\nrate = 0.1\ngrant = 7\nwhen = { metric = "sales", at_least = 500 }'
    rows = [invoice(1, 400, date(2025, 3, 1)), invoice(2, 500, date(2025, 5, 1))]
    found = fund(keys, rows, date(2025, 9, 30))
    assert [(m.kind, m.day) for m in found.moves] == [("accrual", date(2025, 6, 30)), ("grant", date(2025, 7, 1))]


ALLOTTED = entry("F1", "allocation", date(2025, 1, 5), 1000)
ASKED = entry("F2", "request", date(2025, 2, 1), 400, project="Roundtable", activity="Y1")
EVENT = Activity(id="Y1", partner="A", kind="co-marketing", title="Roundtable", day=date(2025, 3, 10))
AGREED = entry("F3", "approval", date(2025, 2, 5), request="F2", approver="Vera")


def test_a_request_is_decided_claimed_proven_and_paid() -> None:
    keys = "cost_share = 0.5\ndecide_days = 10\nclaim_days = 30\nproof_days = 20\npay_days = 14"
    rows: list[Any] = [ALLOTTED, ASKED, EVENT]
    asked = request(fund(keys, rows))
    assert (asked.state, asked.requested, asked.due, asked.due_for) == (
        "requested",
        400,
        date(2025, 2, 11),
        "decision",
    )
    rows.append(AGREED)
    agreed = request(fund(keys, rows, date(2025, 4, 1)))
    assert (agreed.state, agreed.approved, agreed.due, agreed.due_for) == ("approved", 400, date(2025, 4, 9), "claim")
    rows.append(entry("F4", "claim", date(2025, 4, 2), request="F2", cost=D("700.01")))
    claimed = request(fund(keys, rows, date(2025, 4, 5)))
    assert (claimed.state, claimed.claimed, claimed.due, claimed.due_for, claimed.proof) == (
        "claimed",
        D("350.01"),
        date(2025, 4, 22),
        "proof",
        "due",
    )
    assert claimed.approved == D("49.99")
    rows.append(entry("F5", "proof", date(2025, 4, 20), request="F2", evidence="photos.zip"))
    proven = request(fund(keys, rows, date(2025, 5, 1)))
    assert (proven.state, proven.due, proven.due_for, proven.proof) == ("proven", date(2025, 5, 4), "payment", "given")
    assert proven.lapsed == D("49.99"), "what was approved and not claimed in time went back"
    rows.append(entry("F6", "reimbursement", date(2025, 5, 3), request="F2", result="14 leads"))
    found = fund(keys, rows)
    paid = request(found)
    assert (paid.state, paid.paid, paid.due, paid.result, paid.project) == (
        "paid",
        D("350.01"),
        None,
        "14 leads",
        "Roundtable",
    )
    assert (found.available, found.paid) == (D("649.99"), D("350.01"))


def test_entries_of_one_activity_belong_together_and_a_fund_is_named_by_its_words() -> None:
    rows: list[Any] = [ALLOTTED, EVENT, entry("F2", "request", date(2025, 2, 1), 400, activity="Y1")]
    rows += [entry("F3", "approval", date(2025, 2, 5), 300, activity="Y1", fund="Co-Marketing Fund")]
    rows += [entry("F4", "claim", date(2025, 4, 2), 300, activity="Y1", fund="", evidence="invoice 7")]
    found = request(fund("", rows))
    assert (found.id, found.state, found.claimed, found.requested) == ("F2", "proven", 300, 400)


def test_an_approval_that_is_not_claimed_returns_or_is_forfeited() -> None:
    rows: list[Any] = [ALLOTTED, ASKED, EVENT, AGREED]
    back = fund("claim_days = 30", rows)
    assert (back.available, request(back).state, request(back).lapsed) == (1000, "lapsed", 400)
    gone = fund('claim_days = 30\nlapsed = "forfeited"', rows)
    assert (gone.available, gone.expired) == (600, 400)


def test_a_claim_is_due_so_many_months_after_the_activity() -> None:
    rows: list[Any] = [ALLOTTED, ASKED, EVENT, AGREED]
    assert request(fund("claim_months = 2", rows, date(2025, 4, 1))).due == date(2025, 5, 10)
    assert request(fund("claim_months = 2", rows, date(2025, 5, 9))).state == "approved"
    assert request(fund("claim_months = 2", rows, date(2025, 5, 10))).state == "lapsed"


@pytest.mark.parametrize(
    ("keys", "claimed"),
    [
        ("cost_share = 0.5\ncost_share_by = { co-marketing = 0.75, training = 1 }", 300),
        ("cost_share = 0.5\ncost_share_by = { training = 1 }", 200),
        ("cost_share_by = { co-marketing = 0 }", 0),
    ],
)
def test_the_share_of_the_cost_goes_by_the_kind_of_activity(keys: str, claimed: int) -> None:
    rows: list[Any] = [ALLOTTED, ASKED, EVENT, AGREED]
    rows.append(entry("F4", "claim", date(2025, 4, 2), request="F2", cost=D(400)))
    assert request(fund(keys, rows)).claimed == claimed


def test_a_claim_of_too_little_is_none_and_says_so() -> None:
    rows: list[Any] = [ALLOTTED, ASKED, EVENT, AGREED]
    rows.append(entry("F4", "claim", date(2025, 4, 2), 99, request="F2"))
    found = fund("claim_minimum = 100", rows)
    assert (request(found).state, found.claimed, found.approved) == ("approved", 0, 400)
    assert [p.message for p in found.problems] == ["it comes to 99.00 EUR, and less than 100.00 EUR is no claim."]
    rows.append(entry("F5", "claim", date(2025, 4, 3), 100, request="F2"))
    assert fund("claim_minimum = 100", rows).claimed == 100


def test_the_words_say_shares_by_kind_the_least_claim_and_months() -> None:
    keys = "cost_share = 0.5\ncost_share_by = { training = 1 }\nclaim_minimum = 100\nclaim_months = 3"
    (said,) = [found for found in rule_words(program(plan(keys))) if found.key == "fund.mdf"]
    words = said.sentence.replace("\N{NO-BREAK SPACE}", " ")
    assert "it pays at most 100 % of training, and 50 % of any other." in words
    assert "A claim that comes to less than 100.00 EUR is none." in words
    assert "is claimed within 3 months of the activity" in words


def test_a_claim_without_proof_in_time_lapses() -> None:
    rows: list[Any] = [ALLOTTED, ASKED, EVENT, AGREED, entry("F4", "claim", date(2025, 3, 12), 400, request="F2")]
    found = fund("proof_days = 20", rows, date(2025, 4, 1))
    assert (found.claimed, found.available, request(found).proof) == (0, 1000, "missed")
    assert fund("proof_days = 20", rows, date(2025, 3, 31)).claimed == 400, "its last day is still in time"


def test_an_approved_amount_survives_the_expiry_of_the_rest_and_is_lost_when_it_lapses_later() -> None:
    rows: list[Any] = [entry("F1", "allocation", date(2025, 1, 5), 1000, due=date(2025, 2, 28)), ASKED, EVENT, AGREED]
    kept = fund("claim_days = 30", rows, date(2025, 3, 1))
    assert (kept.approved, kept.available, kept.expired) == (400, 0, 600)
    assert fund("claim_days = 30", rows).expired == 1000


def test_what_expires_first_is_used_first() -> None:
    rows: list[Any] = [
        entry("F1", "allocation", date(2025, 1, 5), 1000),
        entry("F0", "allocation", date(2025, 1, 6), 300, due=date(2025, 3, 1)),
        ASKED,
        EVENT,
        AGREED,
    ]
    assert fund("", rows).expired == 0


def test_committing_more_than_there_is_is_said_and_later_money_covers_it() -> None:
    rows: list[Any] = [entry("F1", "allocation", date(2025, 1, 5), 100), ASKED, EVENT, AGREED]
    found = fund("", rows)
    assert found.available == -300
    assert "more than the fund has" in found.problems[0].message
    rows.append(entry("F9", "allocation", date(2025, 6, 1), 500, due=date(2025, 7, 1)))
    assert fund("", rows, date(2025, 6, 30)).available == 200
    assert fund("", rows).available == 0, "of the 500 only 200 were left to expire"


def test_a_payment_without_claim_and_approval_is_told_and_balances() -> None:
    rows: list[Any] = [ALLOTTED, entry("F6", "reimbursement", date(2025, 5, 3), 250)]
    found = fund("", rows)
    assert (found.paid, found.available, request(found).state) == (250, 750, "paid")
    assert "more was paid than is claimed" in found.problems[0].message


def test_what_is_not_needed_is_released_and_a_denied_request_takes_nothing() -> None:
    rows: list[Any] = [ALLOTTED, ASKED, EVENT, AGREED, entry("F7", "release", date(2025, 3, 1), 150, request="F2")]
    assert (fund("", rows).approved, fund("", rows).available) == (250, 750)
    denied = fund("", [ALLOTTED, ASKED, EVENT, entry("F3", "denial", date(2025, 2, 5), request="F2")])
    assert (request(denied).state, denied.available, denied.requested) == ("denied", 1000, 0)


def test_one_request_is_exchanged_at_one_rate() -> None:
    rates = [
        ExchangeRate(id=f"X{n}", table="program", day=day, base="USD", quote="EUR", rate=D(rate))
        for n, (day, rate) in enumerate(((date(2025, 1, 1), "0.9"), (date(2025, 4, 1), "0.8")))
    ]
    asked = entry("F2", "request", date(2025, 2, 1), 100, currency="USD")
    rows: list[Any] = [ALLOTTED, *rates, asked]
    rows += [entry("F3", "approval", date(2025, 2, 9), 100, request="F2", currency="USD")]
    rows += [entry("F4", "claim", date(2025, 5, 1), 100, request="F2", currency="USD", evidence="x")]
    rows += [entry("F5", "reimbursement", date(2025, 5, 2), 100, request="F2", currency="USD")]
    assert fund("", rows).paid == 90


def test_a_fund_that_the_program_does_not_know_lives_in_its_own_money() -> None:
    rows = [entry("F1", "allocation", date(2025, 1, 5), 1000, fund="Launch money", currency="CHF")]
    found = worked(SALES, rows, END).funds["Launch money"]
    assert (found.currency, found.available, found.rule) == ("CHF", 1000, None)


def test_an_entry_of_no_known_kind_is_a_problem() -> None:
    found = fund("", [ALLOTTED, entry("F2", "gift", date(2025, 2, 1), 5)])
    assert "“gift” is no kind of entry" in found.problems[0].message
    assert found.issued == 1000


def test_every_amount_has_its_why() -> None:
    rows: list[Any] = [invoice(1, 10_000, date(2025, 2, 3)), ASKED, EVENT, AGREED]
    plain, traced = both(plan('accrues_on = "sales"\nrate = 0.03'), rows, END)
    figure = find(traced, "fund|mdf|issued")
    assert figure is not None
    assert figure.value == plain.funds["mdf"].issued == 300
    assert "0.03" in str(figure)


@pytest.mark.parametrize("seed", range(12))
def test_the_ledger_balances_never_depends_on_order_and_is_a_part_of_every_later_one(seed: int) -> None:
    draw = random.Random(seed)
    rows = [*_random_rows(draw), Partner(id="A", name="Alder")]
    keys = f"""accrues_on = "sales"\nrate = 0.04\nuse_periods = {draw.randrange(1, 3)}\nclaim_days = 40
proof_days = 15\ncost_share = 0.5\nlapsed = "{draw.choice(("returns", "forfeited"))}" """
    text = plan(keys)
    whole = worked(text, rows, END).funds["mdf"]
    balances(whole)
    draw.shuffle(rows)
    assert evaluate([program(text)], facts(rows), END).partners["A"].funds["mdf"] == whole
    for _ in range(4):
        day = date(2025, 1, 1) + timedelta(days=draw.randrange(360))
        outcome = evaluate([program(text)], facts(rows), END).partners["A"]
        earlier = outcome.funds_on(day).get("mdf")
        assert (earlier.moves if earlier else ()) == tuple(m for m in whole.moves if m.day <= day)


def _random_rows(draw: random.Random) -> list[Any]:
    rows: list[Any] = [invoice(n, draw.randrange(100, 90_000), _day(draw)) for n in range(6)]
    rows += [entry(f"A{n}", "allocation", _day(draw), draw.randrange(-50, 900)) for n in range(3)]
    for n in range(5):
        day = _day(draw)
        rows.append(entry(f"R{n}", "request", day, draw.randrange(50, 900)))
        for k, kind in enumerate(("approval", "claim", "proof", "reimbursement", "release", "denial")):
            if draw.random() < 0.6:
                amount = draw.choice((None, draw.randrange(1, 600)))
                cost = D(draw.randrange(10, 900)) if kind == "claim" and draw.random() < 0.5 else None
                later = day + timedelta(days=draw.randrange(1, 60))
                rows.append(entry(f"R{n}{k}", kind, later, amount, request=f"R{n}", cost=cost))
    return rows


def _day(draw: random.Random) -> date:
    return date(2025, 1, 1) + timedelta(days=draw.randrange(330))


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ('accrues_on = "turnover"\nrate = 0.1', "metric turnover is not defined"),
        ('accrues_on = "sales"', "no rate"),
        ("rate = 0.1", "rate of nothing"),
        ("cost_share = 1.5", "between 0 and 1"),
        ("use_periods = 0", "at least one"),
        ('accrues_on = "sales"\nrate = 0.1\nuse_within = "month"', "expires on that very day"),
        ("grant_by_tier = { Gold = 5 }", "tier Gold is not defined"),
        ("claim_days = -1", "before"),
        ("claim_months = -1", "before"),
        ("claim_months = 1\nclaim_days = 30", "in days and in months"),
        ("cost_share_by = { training = 2 }", "between 0 and 1"),
        ("claim_minimum = -1", "below zero"),
    ],
)
def test_what_makes_no_sense_is_said_with_its_place(keys: str, message: str) -> None:
    found = problems(plan(keys))
    assert any(message in p.message for p in found), found


def test_a_case_of_a_program_can_expect_what_a_fund_holds() -> None:
    _, traced = both(plan("", ""), [ALLOTTED, ASKED, EVENT, AGREED], END)
    told = {name: answer(traced, f"fund.mdf.{name}") for name in ("issued", "approved", "available")}
    assert {name: figure.value for name, figure in told.items() if isinstance(figure, Figure)} == {
        "issued": 1000,
        "approved": 400,
        "available": 600,
    }


def test_a_grant_asks_for_no_tier_of_the_time_before_the_program() -> None:
    """The first tier is held then, though reviews of those months say more: so it is in each way of moving tiers."""
    tiers = """
[[tier]]
name = "Base"
[[tier]]
name = "Gold"
requires = { partner = { type = "reseller" } }
[tiers]
every = "month"
in_force = "next period"
"""
    rows = [Partner(id="A", name="A", type="reseller", joined=date(2024, 10, 1)), invoice(1, 10, date(2025, 1, 5))]
    asked = HEAD.replace("2020", "2025") + plan('every = "quarter"\ngrant = 100\nwhen = { tier = "Gold" }', tiers)
    for moves in ("", "up = { step = 1 }\n"):
        text = asked.replace("[tiers]\n", f"[tiers]\n{moves}")
        found = worked(text, rows, date(2025, 4, 30))
        assert [m.id for m in found.funds["mdf"].moves if m.kind == "grant"] == ["grant:mdf:2025Q2"], moves
    before = evaluate([program(asked)], facts(rows), date(2025, 4, 30), semantics=HOLDS_NONE_BEFORE - 1)
    assert before.partners["A"].funds["mdf"].issued == 200, "as it was computed for statements that are closed"
