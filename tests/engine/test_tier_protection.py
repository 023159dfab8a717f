"""What keeps a tier or puts a move off: lag, grace, months for which it is kept, and what is said of it."""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.facts import Partner, Survey
from tests.engine.cases import problems, worked
from tests.engine.moving import (
    JOINED,
    PROGRAM,
    decision,
    path,
    quarters,
    standings,
)


def test_a_lag_puts_a_move_off() -> None:
    found = standings("up.lag_months = 1", quarters(300, 300), as_of=date(2026, 4, 15))
    assert [s.tier for s in found.values()] == ["Bronze", "Bronze"]
    coming = found["2026Q1"].coming
    assert coming is not None
    assert (coming.to_tier, coming.effective, coming.up) == ("Platinum", date(2026, 5, 1), True)
    later = standings("up.lag_months = 1", quarters(300, 300), as_of=date(2026, 5, 1))
    assert later["2026Q2"].tier == "Platinum"
    assert later["2026Q2"].coming is None
    assert later["2026Q2"].since == date(2026, 5, 1)


def test_a_status_of_a_half_year_holds_through_the_next() -> None:
    """What a half reaches counts in it and in the whole next one."""
    tiers = 'every = "half"\nin_force = "same period"\ndown.lag_months = 6'
    rows = quarters(200, 0, 0, 0, 0, 0)
    assert [s.tier for s in standings(tiers, rows).values()][:3] == ["Gold", "Gold", "Bronze"]


def test_a_move_that_is_still_to_come_falls_away_when_figures_recover() -> None:
    tiers = "down.lag_months = 6"
    assert path(tiers, 200, 0, 200, 200, 200) == "BGGGGG"
    assert path(tiers, 200, 0, 0, 0, 0) == "BGGGBB"


def test_a_move_up_overtakes_one_that_is_still_to_come() -> None:
    assert path("down.lag_months = 9", 200, 0, 300, 300, 300, 300) == "BGGPPPP"


def test_grace_protects_a_new_partner() -> None:
    tiers = 'start = "Silver"\ndown.grace_months = 9'
    assert path(tiers, 0, 0, 0, 0) == "SSSBB"
    assert path(tiers, 0, 0, 0, 0, joined=date(2026, 2, 15)) == "SSSSB"
    # without a known day nobody is new
    assert path(tiers, 0, 0, 0, 0, joined=None) == "SBBBB"


def test_grace_under_new_rules_ends_on_a_day() -> None:
    assert path("down.not_before = 2027-01-01", 200, 0, 0, 0, 0) == "BGGGBB"


def test_a_tier_is_kept_for_a_time() -> None:
    assert path("down.kept_months = 12", 200, 0, 0, 0, 0, 0) == "BGGGGBB"
    # one who climbs within it keeps the new tier for its own time
    assert path("down.kept_months = 6", 100, 200, 0, 0, 0, 0) == "BSGGBBB"
    assert path("up.kept_months = 6", 0, 100, 300, 300, 300) == "BBSSP" + "P"
    # the first tier is kept from the day of joining
    assert path("up.kept_months = 6", 100, 300) == "BBP"
    assert path('start = "Gold"\ndown.kept_months = 6', 0, 0, 0) == "GGBB"


def test_a_tier_is_kept_again_each_time_its_months_end() -> None:
    once, again = "down.kept_months = 12", "down.kept_months = 12\ndown.kept_again = true"
    # silver from 2026Q2 on: 2027Q1 alone decides on the year after, in which no other quarter matters
    renewed = (100, 0, 0, 0, 100, 0, 0)
    assert (path(once, *renewed), path(again, *renewed)) == ("BSSSSSBB", "BSSSSSSS")
    assert path(again, 100, 0, 0, 100, 0, 0, 0) == "BSSSSBBB"
    # a move up begins its own months
    assert path(again, 100, 0, 200, 0, 0, 0, 0) == "BSSGGGGB"


def test_a_tier_decided_within_a_quarter_is_looked_at_with_the_first_review_after_its_months() -> None:
    tiers = 'up.moves = "confirmed"\ndown.kept_months = 12\ndown.kept_again = true'
    silver = decision(date(2026, 5, 10), "Silver")
    found = standings(tiers, quarters(0, 0, 0, 0, 0, 0), silver, as_of=date(2027, 9, 30))
    assert [s.tier for s in found.values()][:6] == ["Bronze"] + ["Silver"] * 5
    assert found["2027Q3"].tier == "Bronze"
    renewed = standings(tiers, quarters(0, 0, 0, 0, 0, 100, 0), silver, as_of=date(2027, 9, 30))
    assert renewed["2027Q3"].tier == "Silver"
    down = next(review for review in renewed["2027Q3"].reviews if not review.up)
    assert down.protected_until == date(2028, 5, 10)
    assert down.protection == "no move down before 10 May 2028: a tier is kept 12 months and as many again"


def test_keeping_again_needs_months() -> None:
    (found,) = problems(f"{PROGRAM}\n[tiers]\ndown.kept_again = true\n")
    assert (found.message, found.remedy) == ("it does not say for how many months.", "Add kept_months.")


def test_standing_says_what_protects_the_tier_and_until_when() -> None:
    found = standings('start = "Silver"\ndown.grace_months = 9', quarters(0, 0), as_of=date(2026, 5, 10))
    now = found["2026Q2"]
    down, up = now.reviews
    assert (down.up, down.period.label, down.effective) == (False, "2026Q2", date(2026, 7, 1))
    assert down.protected_until == date(2026, 10, 1)
    assert down.protection == "no move down before 1 Oct 2026: grace of 9 months after joining"
    assert (up.up, up.period.label, up.protected_until) == (True, "2026Q2", None)
    assert found["2026Q1"].stays == down.protection


@pytest.mark.parametrize(
    ("tiers", "words"),
    [
        ("", "what 2026Q2 reaches counts from 1 Jul 2026 on"),
        ("down.notice_periods = 3", "1 of 3 reviews in a row called for it"),
        ('down.moves = "never"', "figures alone never move a tier down"),
        ("down.kept_months = 12", "no move down before 1 Apr 2027: a tier is kept 12 months"),
        ("down.not_before = 2027-01-01", "no move down before 1 Jan 2027: grace under these rules"),
        ('moves = "confirmed"', "a person decides on each move"),
    ],
)
def test_standing_says_why_the_tier_stays(tiers: str, words: str) -> None:
    decided = [decision(date(2026, 4, 1), "Gold")] if "confirmed" in tiers else []
    found = standings(tiers, quarters(200, 0), *decided, as_of=date(2026, 6, 30))
    assert (found["2026Q2"].tier, found["2026Q2"].reached) == ("Gold", "Bronze")
    assert found["2026Q2"].stays == words


MUST_BE_KNOWN = """
[metric.csat]
says = "Satisfaction"
of = "survey"
take = "mean"
value = "share"
missing = "blocks"
"""


def test_standing_says_what_holds_a_partner_back() -> None:
    text = f'{PROGRAM}{MUST_BE_KNOWN}\n[tiers]\nin_force = "same period"\n'
    partner = Partner(id="A", name="Alder", joined=JOINED)
    found = worked(text, [partner, *quarters(200, 200)], date(2026, 6, 30)).standings["2026Q2"]
    assert (found.tier, found.reached) == ("Bronze", "Bronze")
    assert len(found.held_back) == 1 and found.held_back[0].startswith("Satisfaction is not known (")
    answer = Survey(
        id="S", partner="A", day=date(2026, 5, 1), score=Decimal(5), scale_min=Decimal(1), scale_max=Decimal(5)
    )
    found = worked(text, [partner, answer, *quarters(200, 200)], date(2026, 6, 30)).standings["2026Q2"]
    assert (found.tier, found.held_back) == ("Gold", ())


def test_standing_says_which_minimum_is_missed() -> None:
    line = "scale = [{ at = 0, points = 0 }, { at = 400, points = 100 }]"
    score = f'[score]\n[[score.parts]]\nmetric = "revenue"\nweight = 100\n{line}\nminimum = 60\n'
    partner = Partner(id="A", name="Alder", joined=JOINED)
    found = worked(f"{PROGRAM}{score}", [partner, *quarters(200)], date(2026, 3, 31)).standings["2026Q1"]
    assert found.held_back == ("Revenue misses its minimum of at least 60 points",)
