"""Tiers that move on the anniversary of a day of the partner."""

from datetime import date

import pytest

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.terms.tiers import anniversary
from tests.engine.cases import worked
from tests.engine.moving import (
    PROGRAM,
    deal,
    quarters,
    standings,
)

ANNIVERSARY = 'up.on_anniversary_of = "joined"\ndown.on_anniversary_of = "joined"'


def test_a_tier_moves_on_the_partners_own_anniversary() -> None:
    # Joined 15 May 2026. The first quarter's 200 call for Gold from 1 Jul 2026 on: the anniversary is 15 May 2027, and
    # what the quarter before it reached decides. 2027Q1 reaches Silver; then nothing more is sold until the next one.
    joined = date(2026, 5, 15)
    rows = [deal(date(2026, 5, 20), 200), deal(date(2027, 2, 1), 100), deal(date(2027, 8, 1), 50)]
    found = standings(ANNIVERSARY, rows, joined=joined, as_of=date(2028, 6, 30))
    assert [(label, s.tier) for label, s in found.items()] == [
        *((label, "Bronze") for label in ("2026Q2", "2026Q3", "2026Q4", "2027Q1")),
        *((label, "Silver") for label in ("2027Q2", "2027Q3", "2027Q4", "2028Q1")),
        ("2028Q2", "Bronze"),
    ]
    assert found["2027Q2"].since == date(2027, 5, 15)
    assert found["2026Q3"].coming is None, "the quarter without revenue took the move back"
    assert found["2027Q3"].stays == "what 2027Q3 reaches counts from 15 May 2028 on"
    up = next(review for review in found["2027Q4"].reviews if review.up)
    assert up.effective == date(2028, 5, 15)


def test_the_anniversary_of_the_last_day_of_february_and_of_an_unknown_day() -> None:
    leap = standings(ANNIVERSARY, [deal(date(2024, 11, 1), 100)], joined=date(2024, 2, 29), as_of=date(2026, 3, 31))
    assert leap["2026Q1"].tier == "Bronze", "the program begins in 2026: its first reviews see nothing"
    found = standings(ANNIVERSARY, quarters(100), joined=None, as_of=date(2026, 6, 30))
    assert found["2026Q2"].tier == "Silver", "without the day it moves with the period"


@pytest.mark.parametrize(
    ("since", "day", "wanted"),
    [
        (date(2024, 2, 29), date(2025, 1, 1), date(2025, 2, 28)),
        (date(2024, 2, 29), date(2027, 3, 1), date(2028, 2, 29)),
        (date(2024, 5, 15), date(2024, 5, 15), date(2025, 5, 15)),
        (date(2024, 5, 15), date(2026, 5, 15), date(2026, 5, 15)),
        (date(2024, 5, 15), date(2026, 5, 16), date(2027, 5, 15)),
        (date(2026, 5, 15), date(2024, 1, 1), date(2027, 5, 15)),
    ],
)
def test_anniversaries(since: date, day: date, wanted: date) -> None:
    assert anniversary(since, day) == wanted


def test_a_bonus_for_a_tier_entered_on_an_anniversary() -> None:
    text = f"""{PROGRAM}
    [tiers]
    up.on_anniversary_of = "agreement_signed"
    [earning.welcome]
    says = "Welcome"
    type = "BONUS"
    on = "tier reached"
    amount = 50
    """
    partner = Partner(id="A", name="Alder", agreement_signed=date(2026, 4, 10))
    rows = [
        partner,
        deal(date(2026, 5, 1), 100),
        *(deal(date(2026 + n // 12, n % 12 + 1, 2), 100) for n in range(6, 16)),
    ]
    found = worked(text, rows, date(2027, 5, 31))
    assert [(line.event, line.tier, line.amount) for line in found.lines] == [(date(2027, 4, 10), "Platinum", 50)]
