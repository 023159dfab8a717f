"""Where nothing is paid, tiers that people or points reach have a history from the first fact that counts."""

from datetime import date

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Activity
from partnerdesk.engine.semantics import SETTLES_MOVEMENTS
from tests.engine.cases import both, facts, program

POINTS = """
[metric.points]
says = "Points"
of = "activity"
value = "attributes.points"
[[tier]]
name = "Base"
[[tier]]
name = "Gold"
requires = { metric = "points", at_least = 10 }
[tiers]
every = "month"
in_force = "same period"
down.moves = "never"
"""


def test_tiers_of_a_program_that_pays_nothing_have_a_history() -> None:
    rows = [Activity(id="T", partner="A", kind="training", day=date(2026, 1, 10), attributes={"points": "10"})]
    plain, _ = both(POINTS, rows, date(2026, 3, 31))
    assert list(plain.standings) == ["2026-01", "2026-02", "2026-03"]
    assert plain.tier_on(date(2026, 3, 31)) == "Gold", "figures never move it down"


def test_a_closed_statement_of_before_has_no_such_history() -> None:
    rows = [Activity(id="T", partner="A", kind="training", day=date(2026, 1, 10), attributes={"points": "10"})]
    found = evaluate([program(POINTS)], facts(rows), date(2026, 3, 31), semantics=SETTLES_MOVEMENTS).partners["A"]
    assert list(found.standings) == ["2026-03"]
