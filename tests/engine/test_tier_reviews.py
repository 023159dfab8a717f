"""Which tier a partner has before its first review, and under a new version; which it holds when a tier asks for one.

Worked out by hand where the engine and the second evaluator (`tests/second`) disagreed and the engine was wrong.
"""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.facts import Deal, Partner, TierDecision
from tests.engine.cases import worked

IDLE = """
[metric.revenue]
says = "Revenue"
of = "deal"

[[tier]]
name = "Base"
[[tier]]
name = "Quiet"
requires = { metric = "revenue", below = 100 }
"""
STEPS = """
[[tier]]
name = "Base"
[[tier]]
name = "Silver"
requires = { partner = { country = "DE" } }
[[tier]]
name = "Gold"
requires = { tier = "Silver" }

[tiers]
moves = "confirmed"
in_force = "same period"
"""


def test_a_tier_that_asks_for_little_waits_for_the_first_review() -> None:
    # It joined in the second quarter; the first quarter, in which it had no revenue, is no review of it.
    partner = Partner(id="A", name="Alder", joined=date(2026, 5, 2))
    tier_on = worked(IDLE, [partner], date(2026, 9, 30)).tier_on
    assert tier_on(date(2026, 6, 30)) == "Base"
    assert tier_on(date(2026, 7, 1)) == "Quiet"


def test_where_a_tier_counts_at_once_there_is_none_before_the_partner() -> None:
    partner = Partner(id="A", name="Alder", joined=date(2026, 5, 2))
    text = IDLE + '[tiers]\nin_force = "same period"\n'
    tier_on = worked(text, [partner], date(2026, 9, 30)).tier_on
    assert [tier_on(date(2026, 3, 31)), tier_on(date(2026, 4, 1))] == ["Base", "Quiet"]


def test_what_is_still_to_come_puts_no_review_off() -> None:
    text = IDLE + '[tiers]\nin_force = "same period"\nup = { kept_months = 1 }\n'
    later = Deal(id="D", partner="A", status="won", closed=date(2026, 8, 1))
    for rows in ([], [later]):
        assert worked(text, rows, date(2026, 6, 30)).standings["2026Q2"].tier == "Quiet"


def test_a_move_that_a_person_confirms_rests_on_the_tier_at_the_end_of_the_period() -> None:
    # Nothing moves within the period, so that Silver, decided in May, counts for what the second quarter reaches.
    partner = Partner(id="A", name="Alder", country="DE", joined=date(2026, 1, 1))
    decided = TierDecision(id="T", partner="A", day=date(2026, 5, 1), tier="Silver", reason="r")
    bought = Deal(id="D", partner="A", closed=date(2026, 1, 5))
    found = worked(STEPS, [partner, decided, bought], date(2026, 6, 30)).standings
    assert found["2026Q1"].reached == "Silver"
    assert found["2026Q2"].reached == "Gold"


FIRST = """
program = "p"
version = "1"
effective_from = 2026-01-01
tiers = { every = "year" }

[metric.revenue]
says = "Revenue"
of = "deal"
where = { status = "won" }

[[tier]]
name = "Base"
[[tier]]
name = "Gold"
requires = { metric = "revenue", at_least = 100 }
"""
SECOND = FIRST.replace('"1"', '"2"').replace("2026-01-01", "2026-07-01")
SOLD = [
    Partner(id="A", name="Alder", joined=date(2025, 1, 1)),
    Deal(id="D", partner="A", status="won", closed=date(2025, 3, 1), amount=Decimal(150)),
]


@pytest.mark.parametrize("change", [('"year"', '"year", moves = "confirmed"'), ("at_least = 100", "at_least = 200")])
def test_a_version_that_begins_within_a_year_keeps_the_tier_until_its_own_review(change: tuple[str, str]) -> None:
    outcome = worked([FIRST, SECOND.replace(*change)], SOLD, date(2026, 12, 31))
    assert [outcome.tier_on(date(2026, month, 1)) for month in (6, 7, 12)] == ["Gold"] * 3


def test_a_version_that_begins_with_a_year_reviews_the_one_before_it_by_its_own_rules() -> None:
    second = SECOND.replace("2026-07-01", "2027-01-01").replace("at_least = 100", "at_most = 100")
    outcome = worked([FIRST, second], SOLD, date(2027, 1, 31))
    assert [outcome.tier_on(day) for day in (date(2026, 12, 31), date(2027, 1, 1))] == ["Gold", "Gold"]
