"""Since when there is a tier: where nothing is paid, from the first fact that counts; never before the program."""

from datetime import date
from decimal import Decimal

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Activity, Deal, Partner
from partnerdesk.engine.semantics import REVIEWS_FROM_FIRST_DAY, SETTLES_MOVEMENTS
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


def test_before_the_programs_first_day_the_first_tier_is_held_under_any_policy() -> None:
    """The month of the deal begins before the program does: it is paid as Base, however tiers move later."""
    paying = """
program = "p"
version = "1"
effective_from = 2026-01-15
statements = "month"
[[tier]]
name = "Base"
[[tier]]
name = "Gold"
requires = { partner = { type = "reseller" } }
[tiers]
every = "month"
in_force = "same period"
[earning.share]
says = "Share"
type = "UPFRONT"
on = "deal won"
base = "amount"
rate = { by_tier = { Base = 0.1, Gold = 0.2 } }
tier_as_of = "period start"
"""
    deal = Deal(id="D", partner="A", status="won", closed=date(2026, 1, 20), amount=Decimal(100))
    rows = facts([Partner(id="A", name="A", type="reseller", joined=date(2025, 6, 1)), deal])
    for policy in ("", "up = { step = 1 }\n"):
        text = program(paying.replace("[tiers]\n", f"[tiers]\n{policy}"))
        (line,) = evaluate([text], rows, date(2026, 1, 31)).partners["A"].lines
        assert line.amount == 10, policy
    (line,) = evaluate([text], rows, date(2026, 1, 31), semantics=REVIEWS_FROM_FIRST_DAY - 1).partners["A"].lines
    assert line.amount == 20, "as it was computed for statements that are closed"


def test_a_move_that_was_to_take_effect_under_a_version_without_its_tier_falls_away() -> None:
    """Gold is reached in January and counts two months later; from March on no tier has that name."""
    older = POINTS.replace('down.moves = "never"', "up.lag_months = 2").replace('"same period"', '"next period"')
    newer = older.replace('"Gold"', '"Silver"')
    days = [date(2026, month, 10) for month in (1, 2, 3)]
    rows = facts(
        [Activity(id=f"T{d.month}", partner="A", kind="training", day=d, attributes={"points": "10"}) for d in days]
    )
    versions = [program(dated(older, "2026-01-01")), program(dated(newer, "2026-03-01").replace('"1"', '"2"'))]
    found = evaluate(versions, rows, date(2026, 4, 30)).partners["A"]
    assert {label: standing.tier for label, standing in found.standings.items()} == dict.fromkeys(
        ("2026-01", "2026-02", "2026-03", "2026-04"), "Base"
    )
    alone = evaluate(versions[:1], rows, date(2026, 5, 15)).partners["A"]
    assert alone.tier_on(date(2026, 4, 1)) == "Gold", "it does take effect where nothing comes between"


def dated(text: str, day: str) -> str:
    return f'program = "p"\nversion = "1"\neffective_from = {day}\n{text}'
