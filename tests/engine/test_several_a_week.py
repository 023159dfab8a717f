"""Weeks that are settled up to several weekdays, so that partners are paid several times a week."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import Transaction
from partnerdesk.program.words import rule_words
from tests.engine.cases import problems, program
from tests.engine.payouts import plan, settled

D = Decimal
TWICE = 'every = "week"\nweek_ends = ["Monday", "Thursday"]\npays_after_days = 1'


def invoices(*days: int) -> list[Any]:
    return [Transaction(id=f"I{d}", partner="A", kind="invoice", day=date(2025, 2, d), amount=D(d)) for d in days]


def test_twice_a_week_what_came_up_to_each_weekday_is_paid() -> None:
    found = settled(TWICE, invoices(3, 4, 6, 7, 10, 11), date(2025, 2, 20))  # 3 February 2025 is a Monday
    assert [(p.key, p.period.end.day, p.paid, p.day.day) for p in found if p.paid] == [
        ("2025-01-31", 3, 3, 4),
        ("2025-02-04", 6, 10, 7),
        ("2025-02-07", 10, 17, 11),
        ("2025-02-11", 13, 11, 14),
    ]


def test_it_is_said() -> None:
    (said,) = (w.sentence for w in rule_words(program(plan(TWICE))) if w.title == "Settlement")
    assert said.startswith("Each time a Monday or Thursday ends the payable balance is paid 1 day after its end.")


@pytest.mark.parametrize(
    ("settlement", "says"),
    [
        (TWICE.replace("Thursday", "Thorsday"), "weekday Thorsday is not defined"),
        (TWICE.replace("Thursday", "Monday"), "a weekday stands there twice"),
        (TWICE.replace('"week"', '"two weeks"'), "it divides weeks, and this is settled by “two weeks”"),
        (f"{TWICE}\nweek_starts = 2025-01-06", "begin on the days after"),
        (f"{TWICE}\ncut_days = 3", "the cut lies before the period"),
    ],
)
def test_what_it_cannot_mean_is_refused(settlement: str, says: str) -> None:
    assert any(says in str(problem) for problem in problems(plan(settlement)))
