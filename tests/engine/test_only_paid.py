"""Programs that do no more with a line than pay it are posted the short way, which posts what the general way does."""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Deal, Opening
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.engine.whole import Outcome
from tests.engine.cases import facts, program

AS_OF = date(2026, 8, 20)
PLAN = """
[metric.revenue]
says = "Revenue"
of = "deal"
where = { status = "won" }
take = "sum"
value = "amount"
day = "closed"
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
every = "quarter"
base = { metric = "revenue" }
rate = 0.01
[[safety_net]]
says = "Safety net"
of = ["upfront", "bonus"]
every = "quarter"
at_least = 90
[[holdback]]
says = "Holdback"
of = ["upfront", "bonus"]
share = 0.10
every = "quarter"
release_after = 2
release_unit = "quarter"
when = { metric = "revenue", above = 0 }
otherwise = "forfeit"
"""
LATER = """
[earning.later]
says = "Later"
type = "LATER"
on = "deal won"
base = "amount"
rate = 0.01
vests = [{ share = 1, after_months = 3 }]
"""
ROWS = [
    Deal(id=f"D{i}", partner="A", status="won", closed=day, amount=Decimal(400 + 137 * i))
    for i, day in enumerate(date(2025, month, 11) for month in (1, 2, 5, 5, 8, 12))
]


def _told(outcome: Outcome) -> str:
    held = {label: statement.held for label, statement in outcome.statements.items()}
    return repr((outcome.lines, outcome.entries, held, dict(outcome.payouts)))


def test_both_ways_post_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Terms([program(PLAN)], AS_OF).only_pays
    short = evaluate([program(PLAN)], facts(ROWS), AS_OF).partners["A"]
    assert {entry.kind for entry in short.entries} == {"accrual", "topup", "holdback", "release", "forfeiture"}
    monkeypatch.setattr(Terms, "only_pays", False)
    assert _told(evaluate([program(PLAN)], facts(ROWS), AS_OF).partners["A"]) == _told(short)


@pytest.mark.parametrize(
    "more",
    [
        LATER,
        '[[holdback]]\nsays = "Of each"\nof = ["upfront"]\nshare = 0.1\nrelease_after = 1\nrelease_unit = "month"',
        '[eligibility.earn]\nwhen = { metric = "revenue", above = 0 }\notherwise = "suspend"',
    ],
)
def test_a_program_that_does_more_goes_the_general_way(more: str) -> None:
    assert not Terms([program(PLAN + more)], AS_OF).only_pays


def test_a_holdback_on_a_sum_takes_the_lines_after_an_opening() -> None:
    opened = Opening(
        id="O", partner="A", day=date(2025, 3, 31), kind="receivable", amount=Decimal(50), evidence="x.xlsx"
    )
    outcome = evaluate([program(PLAN)], facts([*ROWS, opened]), AS_OF).partners["A"]
    held = {e.day: e.amount for e in outcome.entries if e.kind == "holdback" and e.bucket == "held"}
    assert min(line.event for line in outcome.lines) > opened.day
    for day in (date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)):
        start = date(day.year, day.month - 2, 1)
        earned = [line.amount for line in outcome.lines if start <= line.event <= day and line.type != "TOPUP"]
        assert earned and held[day] == round(sum(earned, Decimal(0)) * Decimal("0.10"), 2)
