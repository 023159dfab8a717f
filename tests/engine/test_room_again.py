"""Caps and safety nets in which what a clawback takes back makes room again, and those in which it counts."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.facts import Transaction
from tests.engine.cases import both, problems, worked
from tests.engine.test_earning_triggers import amounts

AS_OF = date(2026, 6, 30)
SOLD = """
[earning.sold]
says = "Sold"
type = "SOLD"
on = "payment received"
base = "amount"
rate = 0.1
clawback = [{ if = "refunded", takes = "all" }]
"""


def paid(id: str, day: date, amount: int, customer: str) -> Transaction:
    kind = "payment" if amount > 0 else "refund"
    return Transaction(id=id, partner="A", customer=customer, kind=kind, day=day, amount=D(amount))


ROWS = [
    paid("p1", date(2026, 1, 10), 2000, "C1"),
    paid("p2", date(2026, 1, 20), 1500, "C2"),
    paid("r1", date(2026, 2, 1), -1000, "C1"),
    paid("p3", date(2026, 2, 1), 500, "C3"),
    paid("p4", date(2026, 2, 20), 2500, "C4"),
]


def cap(taken_back: str, more: str = 'every = "quarter"', at_most: int = 300) -> str:
    room = f'taken_back = "{taken_back}"\n' if taken_back else ""
    return f'{SOLD}\n[cap.top]\nof = ["sold"]\nat_most = {at_most}\n{more}\n{room}'


def lines(text: str, rows: list[Any] = ROWS) -> list[D]:
    found = amounts(worked(text, rows, AS_OF))
    return [found[id] for id in sorted(found)]


@pytest.mark.parametrize("taken_back", ["", "counts"])
def test_what_is_taken_back_counts_by_default(taken_back: str) -> None:
    assert lines(cap(taken_back)) == [200, 100, 0, 0]


def test_it_makes_room_for_lines_of_its_day_and_later_ones() -> None:
    assert lines(cap("makes room")) == [200, 100, 50, 50]


def test_room_is_regained_in_the_same_period_alone() -> None:
    late = [*ROWS[:2], paid("r1", date(2026, 4, 1), -2000, "C1"), paid("p5", date(2026, 4, 2), 5000, "C5")]
    assert lines(cap("makes room"), late) == [200, 100, 300]


def test_a_line_gives_back_no_more_room_than_the_cap_had_left_it() -> None:
    rows = [ROWS[0], ROWS[1], paid("r2", date(2026, 2, 1), -1500, "C2"), ROWS[4]]
    assert lines(cap("makes room"), rows) == [200, 100, 100]


def test_what_takes_held_money_alone_makes_no_room() -> None:
    assert lines(cap("makes room").replace('takes = "all"', 'takes = "held"')) == [200, 100, 0, 0]


def test_the_room_is_a_visible_step() -> None:
    _, traced = both(cap("makes room"), ROWS, AS_OF)
    line = next(line for line in traced.lines if line.fact_id == "p4")
    assert "taken back before" in str(line.amount)


def net(taken_back: str, per: str = "partner") -> str:
    room = f'taken_back = "{taken_back}"\n' if taken_back else ""
    return f'{SOLD}\n[safety_net.least]\nof = ["sold"]\nevery = "quarter"\nper = "{per}"\nat_least = 150\n{room}'


def topped(text: str, rows: list[Any]) -> list[D]:
    return [line.amount for line in worked(text, rows, AS_OF).lines if line.type == "TOPUP" and line.event.month == 3]


@pytest.mark.parametrize("per", ["partner", "customer"])
def test_a_safety_net_makes_up_for_what_was_taken_back_by_its_end(per: str) -> None:
    rows = [ROWS[0], ROWS[2], paid("r3", date(2026, 4, 1), -500, "C1")]
    assert topped(net("", per), rows) == []
    assert topped(net("makes room", per), rows) == [50]


def test_room_without_any_clawback_is_warned_of() -> None:
    text = cap("makes room").replace('clawback = [{ if = "refunded", takes = "all" }]', "")
    assert any("nothing that is paid is ever taken back" in str(problem) for problem in problems(text))
