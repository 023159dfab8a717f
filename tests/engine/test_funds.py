"""Funds: what is put in, asked, approved, claimed, paid and lost; every amount is always in exactly one place."""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Partner
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.naming import answer
from partnerdesk.engine.semantics import HOLDS_NONE_BEFORE
from partnerdesk.engine.trace import find
from tests.engine.cases import HEAD, both, facts, problems, program, worked
from tests.engine.funding import (
    AGREED,
    ALLOTTED,
    ASKED,
    END,
    EVENT,
    D,
    balances,
    entry,
    fund,
    invoice,
    plan,
)


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
