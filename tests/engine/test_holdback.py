"""Money that is kept back of many lines: what share, how it is rounded, when it comes, and on what condition."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import Case, Deal, Transaction
from partnerdesk.engine.whole import Outcome
from partnerdesk.program.words import rule_words
from tests.engine.cases import problems, program, worked

D = Decimal
LATER = date(2026, 12, 31)

PLAN = """
[metric.escalations]
says = "Escalated cases"
of = "case"
take = "count"
[metric.revenue]
says = "Revenue"
of = "deal"
where = {{ status = "won" }}
[earning.upfront]
says = "Upfront"
type = "UPFRONT"
on = "deal won"
base = "amount"
rate = 0.10
[earning.bonus]
says = "Bonus"
type = "BONUS"
on = "period end"
base = {{ metric = "revenue" }}
rate = 0.01
[holdback.quality]
says = "Quality holdback"
of = [{of}]
share = {share}
release_after = {after}
release_unit = "{unit}"
{more}
"""


def plan(of: str = '"upfront"', share: str = "0.10", after: int = 1, unit: str = "quarter", more: str = "") -> str:
    return PLAN.format(of=of, share=share, after=after, unit=unit, more=more)


def deals(*amounts: str) -> list[Any]:
    return [
        Deal(id=f"D{n}", partner="A", status="won", closed=date(2025, 2, 10 + n), amount=D(a))
        for n, a in enumerate(amounts)
    ]


def held(outcome: Outcome, kind: str) -> list[tuple[date, Decimal]]:
    """What went into the held bucket (or, below zero, out of it) by entries of a kind."""
    return [(e.day, e.amount) for e in outcome.entries if e.kind == kind and e.bucket == "held"]


@pytest.mark.parametrize(
    ("after", "unit", "day"),
    [
        (0, "month", date(2025, 2, 28)),
        (1, "month", date(2025, 3, 31)),
        (1, "quarter", date(2025, 6, 30)),
        (2, "half", date(2026, 6, 30)),
        (0, "year", date(2025, 12, 31)),
    ],
)
def test_it_is_released_at_the_end_of_a_later_period(after: int, unit: str, day: date) -> None:
    outcome = worked(plan(after=after, unit=unit), deals("75_000"), LATER)
    assert held(outcome, "holdback") == [(date(2025, 2, 10), D(750))]
    assert held(outcome, "release") == [(day, D(-750))]


def test_per_line_each_share_is_rounded_and_on_a_sum_once() -> None:
    rows = deals("1.50", "1.50", "1.50")  # 0.15 each, of which 10 % is 0.015; of 0.45 it is 0.045
    assert [n for _, n in held(worked(plan(), rows, LATER), "holdback")] == [D("0.02")] * 3
    summed = worked(plan(more='every = "quarter"'), rows, LATER)
    assert held(summed, "holdback") == [(date(2025, 3, 31), D("0.05"))]
    assert held(summed, "release") == [(date(2025, 6, 30), D("-0.05"))]


def test_a_bonus_is_held_back_only_where_the_rule_names_it() -> None:
    both = worked(plan(of='"upfront", "bonus"'), deals("10_000"), LATER)
    assert held(both, "holdback") == [(date(2025, 2, 10), D(100)), (date(2025, 3, 31), D(10))]
    assert held(worked(plan(), deals("10_000"), LATER), "holdback") == [(date(2025, 2, 10), D(100))]


CALM = 'when = { metric = "escalations", at_most = 0 }\n'


@pytest.mark.parametrize(
    ("more", "day", "kind"),
    [
        (CALM, date(2025, 4, 1), "forfeiture"),
        (CALM, date(2025, 3, 31), "release"),  # not in the quarter of the release
        (CALM + 'otherwise = "release"', date(2025, 4, 1), "release"),
    ],
)
def test_the_condition_is_looked_at_in_the_period_of_the_release(more: str, day: date, kind: str) -> None:
    rows = [*deals("10_000"), Case(id="K", partner="A", opened=day)]
    outcome = worked(plan(more=more), rows, LATER)
    assert held(outcome, kind) == [(date(2025, 6, 30), D(-100))]


@pytest.mark.parametrize("every", ["", 'every = "quarter"\n'])
def test_a_forfeiture_says_what_did_not_hold(every: str) -> None:
    rows = [*deals("10_000"), Case(id="K", partner="A", opened=date(2025, 4, 1))]
    outcome = worked(plan(more=CALM + every), rows, LATER)
    (note,) = [e.note for e in outcome.entries if e.kind == "forfeiture"]
    assert note == "escalated cases are not at most 0 in 2025Q2"
    assert {e.note for e in outcome.entries if e.kind == "holdback"} != {note}


def test_held_and_payable_are_the_total_and_transfers_net_to_zero() -> None:
    outcome = worked(plan(), deals("75_000"), LATER)
    row = outcome.statements["2025-02"].row("closing")
    assert (row.held, row.payable, row.total) == (750, 6_750, 7_500)
    assert all(c.is_ok for s in outcome.statements.values() for c in s.checks)


def test_a_line_below_zero_gives_its_share_back() -> None:
    text = plan().replace('on = "deal won"', 'on = "invoice issued"')
    rows = [
        Transaction(id="I", partner="A", kind="invoice", day=date(2025, 2, 1), amount=D(1_000)),
        Transaction(id="N", partner="A", kind="credit-note", day=date(2025, 2, 2), amount=D(-1_000)),
    ]
    outcome = worked(text, rows, LATER)
    assert [line.amount for line in outcome.lines] == [100, -100]  # the net is over all lines, reversed ones included
    assert outcome.statements["2025-02"].row("closing").total == 0
    assert outcome.statements["2025-02"].row("closing").held == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"share": "1.5"}, "between 0 and 1"),
        ({"after": -1}, "before it is held"),
        ({"more": CALM + 'otherwise = "release"'}, "whether or not"),
        ({"of": '"upfrnt"'}, "not defined"),
    ],
)
def test_what_cannot_mean_anything_is_refused(changed: dict[str, Any], said: str) -> None:
    assert [p for p in problems(plan(**changed)) if said in p.message]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "10 % of upfront is held back and released at the end of the next quarter."),
        ({"after": 0}, "released at the end of the same quarter."),
        ({"after": 2}, "released at the end of the second quarter after it."),
        ({"more": 'every = "month"'}, "10 % of upfront, taken of the sum of each month, is held back"),
        ({"more": CALM}, "if escalated cases are at most 0; otherwise it is forfeited."),
    ],
)
def test_the_words_say_every_key(changed: dict[str, Any], said: str) -> None:
    (rule,) = [r for r in rule_words(program(plan(**changed))) if r.key == "holdback.quality"]
    assert said in rule.sentence.replace("\N{NO-BREAK SPACE}", " ")
