"""What is taken back, when and how much: each cause, each shape, each window, and never more than is left."""

from dataclasses import fields
from datetime import date, timedelta
from decimal import ROUND_HALF_UP

import pytest

from partnerdesk.engine.evaluate import evaluate, explain
from partnerdesk.engine.facts import Contract
from partnerdesk.engine.rules import Clawback
from partnerdesk.engine.semantics import COUNTS_BEGUN_WINDOW
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.program.words import rule_words
from tests.engine.cases import facts, problems, program, worked
from tests.engine.taken_back import (
    LATER,
    PARTS,
    SHARE,
    WON,
    D,
    back,
    billed,
    churned,
    sold,
    taken,
    upfront,
)


def test_a_cancellation_takes_all_of_it() -> None:
    assert taken('{ if = "churned" }', churned(date(2025, 6, 1)), rate="0.05") == D(2_500)  # claw-01


def test_inside_a_window_of_twelve_months_all_of_it() -> None:
    rows = churned(date(2025, 4, 15), "40_000")
    outcome = worked(upfront('{ if = "churned", within_months = 12 }'), rows, LATER)
    assert back(outcome) == [(date(2025, 4, 15), D(4_000))]  # claw-08
    assert outcome.statements["2025-04"].row("clawback").total == D(-4_000)


@pytest.mark.parametrize(
    ("window", "day", "is_in"),
    [
        ("within_months = 1", date(2025, 2, 28), True),  # a month after 31 January
        ("within_months = 1", date(2025, 3, 1), False),
        ("within_days = 90", date(2025, 5, 1), True),
        ("within_days = 90", date(2025, 5, 2), False),
    ],
)
def test_the_last_day_of_the_window_is_included(window: str, day: date, is_in: bool) -> None:
    assert taken(f'{{ if = "churned", {window} }}', churned(day)) == (D(5_000) if is_in else D(0))


@pytest.mark.parametrize(
    ("days", "expected"),
    [(15, "5000"), (30, "5000"), (31, "4916.67"), (60, "2500"), (89, "83.33"), (90, "0"), (100, "0")],
)
def test_in_full_for_thirty_days_then_falling_to_nothing_on_day_ninety(days: int, expected: str) -> None:
    # claw-04, claw-05, claw-06: 5,000 x (90 - day) / 60 from day 30 on.
    rule = '{ if = "churned", within_days = 90, full_days = 30, shape = "linear" }'
    assert taken(rule, churned(WON + timedelta(days=days))) == D(expected)


def test_the_months_of_an_advance_that_were_not_earned() -> None:
    # claw-07: 612 for nine months, lapsed after four: 612 x 5 / 9 = 340.
    rows = churned(date(2025, 5, 31), "612")
    assert taken('{ if = "churned", within_months = 9, shape = "linear" }', rows, rate="1") == D(340)


def test_a_share_in_thirds_is_exact_to_the_cent() -> None:
    rows = churned(date(2025, 12, 31), "450.06")
    # 450.06 x 1 / 12 = 37.505: half a cent goes up, whatever the digits of a twelfth.
    assert taken('{ if = "churned", within_months = 12, shape = "linear" }', rows, rate="1") == D("37.51")


def test_a_begun_month_is_among_those_that_are_left() -> None:
    rule = '{ if = "churned", within_months = 12, shape = "linear" }'
    for day, left in ((date(2025, 5, 14), 11), (date(2025, 5, 15), 10), (date(2025, 6, 14), 10)):
        rows = sold("1200", date(2025, 3, 15), outcome="churned", outcome_on=day)
        assert taken(rule, rows, rate="1") == left * D(100)
    told = next(f.metadata["says"] for f in fields(Clawback) if f.name == "shape")
    assert "a begun one among those that are left" in told


def test_linear_months_after_days_in_full() -> None:
    rule = '{ if = "churned", within_months = 12, full_days = 28, shape = "linear" }'
    # 28 February to 31 January is 11 months and a begun one; on 30 June 4 are over: 5,000 x 8 / 12.
    assert taken(rule, churned(date(2025, 2, 28))) == D(5_000)
    assert taken(rule, churned(date(2025, 6, 30))) == D("3333.33")
    assert taken(rule, churned(date(2026, 1, 30))) == D("416.67"), "something is left on every day of the window"
    found = evaluate(
        [program(upfront(rule))], facts(churned(date(2025, 6, 30))), LATER, semantics=COUNTS_BEGUN_WINDOW - 1
    )
    assert sum(e.amount for e in found.partners["A"].entries if e.kind == "clawback") == D("-3181.82"), (
        "as it was closed"
    )


@pytest.mark.parametrize(("days", "share"), [(0, "1"), (30, "1"), (31, "0.5"), (180, "0.5"), (181, "0"), (400, "0")])
def test_steps_by_the_days_since(days: int, share: str) -> None:
    steps = "[{ share = 1 }, { from_days = 31, share = 0.5 }, { from_days = 181, share = 0 }]"
    rule = f'{{ if = "churned", shape = "steps", steps = {steps} }}'
    assert taken(rule, churned(WON + timedelta(days=days))) == D(5_000) * D(share)


def test_by_what_is_left_of_the_contract() -> None:
    # 365 days from 31 January 2025; on 11 April 2025 71 are over, 294 are left: 5,000 x 294 / 365.
    rows = churned(date(2025, 4, 11), end=date(2026, 1, 30))
    assert taken('{ if = "churned", shape = "contract" }', rows) == D("4027.40")
    assert taken('{ if = "churned", shape = "contract" }', churned(date(2026, 2, 1), end=date(2026, 1, 30))) == 0


@pytest.mark.parametrize(
    ("day", "months"),
    [(date(2025, 3, 29), 11), (date(2025, 3, 30), 10), (date(2025, 1, 31), 12), (date(2026, 3, 1), 0)],
)
def test_by_the_months_that_are_left_of_the_contract(day: date, months: int) -> None:
    # Twelve months from 31 January 2025; the second is over with 30 March, a begun one is left.
    found = taken('{ if = "churned", shape = "contract months" }', churned(day, end=date(2026, 1, 30)))
    assert found == (D(5_000) * months / 12).quantize(D("0.01"), ROUND_HALF_UP)


def test_a_term_below_a_month_is_taken_in_full() -> None:
    assert taken('{ if = "churned", shape = "contract months" }', churned(WON, end=WON + timedelta(days=9))) == D(5_000)


def test_only_a_share_of_it() -> None:
    rule = '{ if = "churned", within_months = 12, shape = "linear", share = 0.5 }'
    assert taken(rule, churned(date(2025, 7, 31))) == D(1_250)  # 5,000 x 6/12 x 50 %


def test_renewed_for_less_takes_the_share_that_is_lost() -> None:
    terms = {"recurring": D(1_200), "outcome_on": date(2026, 1, 20)}
    less = sold(outcome="contracted", outcome_amount=D(900), **terms)
    assert taken('{ if = "contracted", within_months = 12 }', less) == D(1_250)  # a quarter of 5,000
    assert taken('{ if = "contracted", within_months = 12 }', sold(outcome="expanded", outcome_amount=D(1_500))) == 0
    assert taken('{ if = "churned", within_months = 12 }', less) == 0


def test_what_is_multiplied_before_it_is_divided_is_told_as_no_amount() -> None:
    rows = sold(outcome="contracted", outcome_amount=D(900), recurring=D(1_200), outcome_on=date(2026, 1, 20))
    outcome = explain([program(upfront('{ if = "contracted" }'))], facts(rows), LATER).partners["A"]
    (entry,) = (e for e in outcome.entries if e.kind == "clawback")
    steps, told = [entry.amount], dict[str, str]()
    while steps:
        step = steps.pop()
        told[step.label] = step.unit
        steps += step.parts
    assert told["earned, times what is gone, before it is divided"] == "1" and told["lost"] == "EUR"


def test_what_is_lost_beyond_all_of_it_takes_no_more_than_was_earned() -> None:
    rows = sold(outcome="contracted", outcome_amount=D(-600), outcome_on=date(2026, 1, 20))
    assert taken('{ if = "contracted" }', rows) == D(5_000)


def test_one_of_two_contracts_that_shrinks_takes_its_own_part() -> None:
    rows = sold(recurring=D(1_200), outcome="contracted", outcome_amount=D(600), outcome_on=date(2026, 1, 20))
    rows.append(Contract(id="K2", partner="A", customer="C1", deal="D1", start=WON, recurring=D(1_200)))
    assert taken('{ if = "contracted" }', rows) == D(1_250)  # 600 of 2,400


def test_several_causes_take_never_more_than_is_left() -> None:
    rule = '{ if = "refunded" }, { if = "churned" }, { if = "unpaid" }'
    rows = [
        *churned(date(2025, 6, 1)),
        billed("refund", "R1", date(2025, 3, 1), -30_000, deal="D1"),
        billed("write-off", "W1", date(2025, 7, 1), -50_000, deal="D1"),
    ]
    assert back(worked(upfront(rule), rows, LATER)) == [(date(2025, 3, 1), D(3_000)), (date(2025, 6, 1), D(2_000))]


def test_every_earning_of_a_deal_is_taken_back() -> None:
    second = upfront('{ if = "churned" }').replace("upfront", "bonus").replace("0.10", "0.02")
    outcome = worked(upfront('{ if = "churned" }') + second, churned(date(2025, 6, 1)), LATER)
    assert back(outcome) == [(date(2025, 6, 1), D(1_000)), (date(2025, 6, 1), D(5_000))]
    last = outcome.statements["2025-06"].row("closing")
    assert (last.held, last.payable) == (0, 0)


def test_taking_the_fact_back_restores_every_number() -> None:
    rule = upfront(
        '{ if = "churned", within_months = 12, shape = "linear" }', more="vests = [{ share = 1, after_months = 6 }]"
    )
    before = worked(rule, sold(), LATER)
    assert worked(rule, churned(date(2025, 6, 1)), LATER).entries != before.entries
    assert worked(rule, sold(outcome="open"), LATER).entries == before.entries


def test_a_deal_that_is_no_longer_there_is_a_correction_with_its_cause_never_a_clawback() -> None:
    rule = program(upfront('{ if = "churned" }'))
    before = worked(upfront('{ if = "churned" }'), sold(), date(2025, 1, 31))
    posted = {"A": Posted(date(2025, 1, 31), before.entries)}
    later = evaluate([rule], facts([]), date(2025, 2, 28), posted=posted).partners["A"]
    assert [(e.kind, e.amount) for e in later.entries] == [("accrual", 5_000), ("trueup", -5_000)]
    assert later.entries[1].note.startswith("no longer earned on today's facts")


def test_a_fact_that_moved_to_a_later_period_leaves_its_posted_balance_to_be_corrected() -> None:
    """The months between have no fact, and yet their statements stand: the correction is in the first of them."""
    rule = upfront('{ if = "churned" }')
    before = worked(rule, sold(), date(2025, 1, 31))
    posted = {"A": Posted(date(2025, 1, 31), before.entries)}
    moved = facts(sold(day=date(2025, 5, 31)))
    later = evaluate([program(rule)], moved, date(2025, 5, 31), posted=posted).partners["A"]
    totals = {label: statement.row("closing").payable for label, statement in later.statements.items()}
    assert totals == {"2025-01": 5_000, "2025-02": 0, "2025-03": 0, "2025-04": 0, "2025-05": 5_000}
    assert all(check.is_ok for statement in later.statements.values() for check in statement.checks)


@pytest.mark.parametrize(
    ("clawback", "said"),
    [
        ('{ if = "churned", shape = "linear" }', "needs a window"),
        ('{ if = "churned", within_days = 9, within_months = 1 }', "in months and in days"),
        ('{ if = "churned", within_months = 0 }', "no days"),
        ('{ if = "churned", within_days = 9, full_days = 10, shape = "linear" }', "outside the window"),
        ('{ if = "churned", full_days = 10 }', "taken back anyway"),
        ('{ if = "churned", shape = "steps" }', "must rise"),
        ('{ if = "churned", shape = "steps", steps = [{ share = 2 }] }', "between 0 and 1"),
        ('{ if = "churned", within_days = 9, shape = "steps", steps = [{ from_days = 10, share = 1 }] }', "after the"),
        ('{ if = "churned", steps = [{ share = 1 }] }', "not steps"),
        ('{ if = "churned", share = 0 }', "between 0 and 1"),
    ],
)
def test_what_cannot_mean_anything_is_refused(clawback: str, said: str) -> None:
    found = problems(upfront(clawback))
    assert [p for p in found if said in p.message], found
    assert all(p.remedy for p in found)


def test_a_cause_that_cannot_happen_is_a_warning() -> None:
    text = SHARE.format(on="payment received", where="", clawback='{ if = "unpaid" }')
    assert [p.warning for p in problems(text)] == [True]


@pytest.mark.parametrize(
    ("clawback", "sentence", "parameters"),
    [
        (
            '{ if = "churned", within_months = 12, shape = "linear" }',
            (
                "If the customer leaves within 12 months, what was earned as upfront is clawed back in proportion to "
                "what is left of the 12 months, a begun month among it: first"
            ),
            "12 months",
        ),
        (
            '{ if = "contracted", shape = "contract", share = 0.5 }',
            (
                "If the customer renews for less, 50 % of the share that is lost of what was earned as upfront is "
                "clawed back in proportion to what is left of the contract's term: first"
            ),
            "without limit of time",
        ),
        (
            '{ if = "churned", shape = "contract months" }',
            (
                "If the customer leaves, what was earned as upfront is clawed back in proportion to the months that "
                "are left of the contract's term: first"
            ),
            "without limit of time",
        ),
        (
            '{ if = "unpaid", within_days = 60, full_days = 5, shape = "steps", steps = [{ share = 0.8 }] }',
            (
                "If an invoice is written off within 60 days, the share that is written off of what was earned as "
                "upfront is clawed back by the time since the event (from day 0 80 %) (all of that up to 5 days after "
                "the event): first"
            ),
            "60 days; from day 0 80 %",
        ),
        (
            '{ if = "refunded" }',
            "If a payment is refunded, the refunded share of what was earned",
            "without limit of time",
        ),
    ],
)
def test_the_words_say_every_key(clawback: str, sentence: str, parameters: str) -> None:
    (said,) = [r for r in rule_words(program(upfront(clawback))) if ".clawback" in r.key]
    assert said.sentence.replace("\N{NO-BREAK SPACE}", " ").startswith(sentence)
    assert said.parameters.replace("\N{NO-BREAK SPACE}", " ") == parameters


def test_a_period_s_bonus_cannot_be_churned() -> None:
    text = upfront('{ if = "churned" }').replace("deal won", "period end").replace('"amount"', '{ metric = "m" }')
    metric = '[metric.m]\nsays = "M"\nof = "deal"\n'
    assert ["can never be churned" in p.message for p in problems(metric + text)] == [True]


def test_nothing_that_could_be_taken_is_warned_of() -> None:
    found = [p for p in problems(upfront('{ if = "churned", takes = "held" }')) if "ever held" in p.message]
    assert [p.warning for p in found] == [True]
    assert not [
        p for p in problems(upfront('{ if = "churned", takes = "held" }', more=PARTS)) if "ever held" in p.message
    ]
