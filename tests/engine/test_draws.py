"""Draws: what is advanced, until when, and how it is recovered."""

from datetime import date

import pytest

from partnerdesk.engine.facts import Partner
from partnerdesk.program.words import rule_words
from tests.engine.cases import problems, program
from tests.engine.payouts import SHARE, D, earned, plan, settled


def test_a_recoverable_draw_pays_at_least_its_amount_and_is_repaid_from_the_excess() -> None:
    # draw-01, draw-03: a draw of 2,000 against 2,750, 3,000, 1,500 and 2,375.
    found = settled("draw = { amount = 2000 }", earned(2_750, 3_000, 1_500, 2_375), date(2025, 4, 30))
    assert [(p.paid, p.owed) for p in found] == [(2_750, 0), (3_000, 0), (2_000, 500), (2_000, 125)]
    assert [(p.advanced, p.recovered) for p in found] == [(0, 0), (0, 0), (500, 0), (0, 375)]


def test_a_draw_is_recovered_only_from_what_exceeds_it() -> None:
    # draw-05, and draw-06 as recomputed: the third period exceeds the draw by 200.
    found = settled("draw = { amount = 1000 }", earned(400, 600, 1_200), date(2025, 3, 31))
    assert [(p.paid, p.owed) for p in found] == [(1_000, 600), (1_000, 1_000), (1_000, 800)]


def test_a_draw_that_is_recovered_in_part_or_not_at_all() -> None:
    half = settled("draw = { amount = 1000, recover_share = 0.5 }", earned(400, 1_501), date(2025, 2, 28))
    assert [(p.paid, p.owed) for p in half] == [(1_000, 600), (D("1250.50"), D("349.50"))]
    never = settled("draw = { amount = 1000, recoverable = false }", earned(400, 1_500), date(2025, 2, 28))
    assert [(p.paid, p.owed) for p in never] == [(1_000, 0), (1_500, 0)]


def test_a_draw_is_kept_at_first_and_recovered_from_some_month_on() -> None:
    rows = [Partner(id="A", name="Alder", joined=date(2025, 1, 1)), *earned(400, 600, 1_900)]
    found = settled("draw = { amount = 1000, recoverable_from_months = 1 }", rows, date(2025, 3, 31))
    assert [(p.paid, p.advanced, p.owed) for p in found] == [(1_000, 600, 0), (1_000, 400, 400), (1_500, 0, 0)]


@pytest.mark.parametrize(
    ("earns", "recovered"),
    [(3_000, 1_500), (1_300, 300), (2_000, 1_000)],  # half of what is earned; no more than the excess
)
def test_a_share_of_all_that_is_earned_bounds_what_is_recovered(earns: int, recovered: int) -> None:
    terms = 'draw = { amount = 1000, recover_share = 0.5, recover_of = "earned" }'
    rows = [Partner(id="A", name="Alder", joined=date(2025, 1, 1)), *earned(0, 0, earns)]
    *_, last = settled(terms, rows, date(2025, 3, 31))
    assert (last.recovered, last.owed, last.paid) == (recovered, 2_000 - recovered, earns - recovered)


def test_a_draw_runs_for_some_months_from_joining_even_without_earnings() -> None:
    rows = [Partner(id="A", name="Alder", joined=date(2024, 12, 10)), *earned(0, 0, 1_500)]
    found = settled("draw = { amount = 1000, months = 2 }", rows, date(2025, 3, 31))
    assert [(p.key, p.paid, p.owed) for p in found] == [
        ("2024-12", 1_000, 1_000),
        ("2025-01", 1_000, 2_000),
        ("2025-02", 1_000, 3_000),  # it begins within two months after joining
        ("2025-03", 0, 1_500),
    ]


def test_a_draw_declines_by_schedule_and_ends() -> None:
    rows = [Partner(id="A", name="Alder", joined=date(2025, 1, 1)), *earned(200, 200, 200, 200, 200)]
    steps = "steps = [{ from_months = 2, amount = 600 }, { from_months = 4, amount = 0 }]"
    found = settled(f"draw = {{ amount = 1000, {steps} }}", rows, date(2025, 5, 31))
    assert [(p.paid, p.advanced, p.recovered) for p in found] == [
        (1_000, 800, 0),
        (1_000, 800, 0),
        (600, 400, 0),
        (600, 400, 0),
        (0, 0, 200),
    ]


QUOTA = 'draw = { amount = 1000, when = { metric = "sold", at_least = 300 }, every = "quarter" }'
SOLD = '[metric.sold]\nsays = "Sold"\nof = "transaction"\nwhere = { kind = "invoice" }\n'


def test_a_draw_is_paid_only_while_its_quota_is_met() -> None:
    found = settled(QUOTA, earned(100, 100, 100, 100), date(2025, 4, 30), SOLD + SHARE)
    assert [(p.advanced, p.paid) for p in found] == [(900, 1_000), (900, 1_000), (900, 1_000), (0, 0)]
    assert found[-1].recovered == 100, "what was advanced is recovered all the same"
    assert ", without the draw: sold is not at least 300" in found[-1].because.replace(".00 EUR", "")


def test_the_condition_of_a_draw_is_said_and_checked() -> None:
    (said,) = [found for found in rule_words(program(plan(QUOTA, SOLD + SHARE))) if found.key == "settlement"]
    assert "each month, where this holds in the quarter: sold is at least 300" in said.sentence.replace(".00 EUR", "")
    wrong = plan('draw = { amount = 5, when = { metric = "nope", at_least = 1 } }', SOLD + SHARE)
    assert [p for p in problems(wrong) if "nope is not defined" in p.message]
    assert [p for p in problems(plan('draw = { amount = 5, every = "year" }')) if "no condition" in p.message]


def test_a_partner_that_has_left_draws_nothing() -> None:
    rows = [Partner(id="A", name="Alder", joined=date(2025, 1, 1), left=date(2025, 1, 31))]
    found = settled("draw = { amount = 1000 }", rows, date(2025, 3, 31))
    assert [(p.key, p.advanced, p.owed) for p in found] == [
        ("2025-01", 1_000, 1_000),
        ("2025-02", 0, 1_000),
        ("2025-03", 0, 1_000),
    ]


def test_a_debt_stays_while_the_draw_is_paid() -> None:
    found = settled("draw = { amount = 1000 }", earned(-300, 200), date(2025, 2, 28))
    assert [(p.paid, p.carried, p.owed) for p in found] == [(1_000, -300, 1_000), (1_000, -100, 2_000)]
