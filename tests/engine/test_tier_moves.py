"""How a tier moves: cadence, confirmation, lag, step, grace, notice and keeping, up and down apart.

Bronze asks for nothing, Silver for 100 of revenue in the period, Gold for 200, Platinum for 300. A partner's life is
told by its revenue quarter by quarter from 2026Q1 on; a tier that a quarter reaches counts from the next one on.
"""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Deal, Partner, Survey, TierDecision
from partnerdesk.engine.outcome import Standing
from partnerdesk.engine.period import add_months
from partnerdesk.engine.semantics import KEEPS_COUNTED
from partnerdesk.engine.terms.tiers import anniversary
from tests.engine.cases import facts, problems, program, worked

PROGRAM = """
program = "p"
version = "1"
effective_from = 2026-01-01

[metric.revenue]
says = "Revenue"
of = "deal"
where = { status = "won" }

[[tier]]
name = "Bronze"
[[tier]]
name = "Silver"
requires = { metric = "revenue", at_least = 100 }
[[tier]]
name = "Gold"
requires = { metric = "revenue", at_least = 200 }
[[tier]]
name = "Platinum"
requires = { metric = "revenue", at_least = 300 }
"""
AS_OF = date(2028, 1, 31)
JOINED = date(2026, 1, 1)


def deal(day: date, amount: int) -> Deal:
    return Deal(id=f"D{day}", partner="A", status="won", closed=day, amount=Decimal(amount))


def quarters(*revenue: int) -> list[Deal]:
    """One deal in the second month of each quarter from 2026Q1 on."""
    return [deal(add_months(date(2026, 2, 1), 3 * n), amount) for n, amount in enumerate(revenue)]


def standings(
    tiers: str, rows: list[Deal], *more: object, joined: date | None = JOINED, as_of: date = AS_OF
) -> dict[str, Standing[Decimal]]:
    partner = Partner(id="A", name="Alder", joined=joined)
    return dict(worked(f"{PROGRAM}\n[tiers]\n{tiers}\n", [partner, *rows, *more], as_of).standings)


def path(tiers: str, *revenue: int, joined: date | None = JOINED) -> str:
    """The first letters of the tiers in force at the ends of the quarters, one more than there is revenue for."""
    found = standings(tiers, quarters(*revenue), joined=joined)
    return "".join(s.tier[0] for s in list(found.values())[: len(revenue) + 1])


def decision(day: date, tier: str) -> TierDecision:
    return TierDecision(id=f"T{day}", partner="A", day=day, tier=tier, reason="r")


@pytest.mark.parametrize(
    ("tiers", "revenue", "expected"),
    [
        # by default what a quarter reaches counts in the next one, up and down
        ("", (100, 300, 200, 0, 0), "BSPGBB"),
        ("up = {}\ndown = {}", (100, 300, 200, 0, 0), "BSPGBB"),
        ('in_force = "same period"', (100, 300, 200, 0, 0), "SPGBBB"),
        ('in_force = "same period"\ndown.step = 4', (100, 300, 200, 0, 0), "SPGBBB"),
        # never down, never up
        ('down.moves = "never"', (100, 300, 0, 0), "BSPPP"),
        ('up.moves = "never"\nstart = "Gold"', (300, 300, 100, 300), "GGGSS"),
        # one tier at a time, down only or both
        ("down.step = 1", (300, 0, 0, 0, 0), "BPGSBB"),
        ("up.step = 1\ndown.step = 2", (300, 300, 300, 0, 0), "BSGPSB"),
        # only a second review in a row moves the tier, and only to what both reach
        ("down.notice_periods = 2", (300, 0, 300, 100, 0, 0), "BPPPPSS"),
        ("up.notice_periods = 2", (200, 300, 300, 0), "BBGGB"),
        ("up.notice_periods = 2", (300, 0, 300, 100, 100), "BBBBSS"),
        # qualified once is enough for so many quarters
        ("qualifies_for = 3", (300, 0, 100, 0, 0, 0), "BPPPSSB"),
        ('qualifies_for = 3\nin_force = "same period"', (300, 0, 100, 0, 0, 0), "PPPSSBB"),
        # a tier before the first review; the first review is that of the first quarter
        ('start = "Gold"', (0, 300), "GBP"),
        ('start = "Gold"\nin_force = "same period"', (0, 300), "BPB"),
    ],
)
def test_from_quarter_to_quarter(tiers: str, revenue: tuple[int, ...], expected: str) -> None:
    assert path(tiers, *revenue) == expected


@pytest.mark.parametrize("tiers", ["", 'in_force = "same period"'])
def test_a_policy_that_changes_nothing_gives_the_plain_path(tiers: str) -> None:
    revenue = (0, 100, 300, 250, 250, 0, 120)
    assert path(f"{tiers}\nup.step = 3\ndown.step = 3", *revenue) == path(tiers, *revenue)


def test_directions_have_their_own_cadence() -> None:
    """Up each month, down each quarter; revenue is that of the month or quarter under review."""
    tiers = 'every = "month"\ndown.every = "quarter"'
    rows = [deal(date(2026, 1, 5), 100), deal(date(2026, 2, 5), 200), deal(date(2026, 4, 5), 150)]
    found = standings(tiers, rows, as_of=date(2026, 8, 31))
    # The first quarter adds up to 300, so that nothing calls for less than Gold before the second one is over.
    assert {k: s.tier for k, s in found.items()} == {
        "2026-01": "Bronze",
        "2026-02": "Silver",
        "2026-03": "Gold",
        "2026-04": "Gold",
        "2026-05": "Gold",
        "2026-06": "Gold",
        "2026-07": "Silver",
        "2026-08": "Silver",
    }


def test_up_at_once_down_with_the_year() -> None:
    """Kept to the year's end, promoted within it."""
    assert path('down.every = "year"', 100, 200, 0, 0, 0, 0, 0, 0) == "BSGGGGGGB"


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


def test_a_direction_that_never_moves_is_not_reviewed() -> None:
    found = standings('down.moves = "never"', quarters(200), as_of=date(2026, 3, 31))
    assert [r.up for r in found["2026Q1"].reviews] == [True]
    assert found["2026Q1"].reviews[0].period.label == "2026Q2"


def test_up_is_proposed_down_comes_by_itself() -> None:
    tiers = 'up.moves = "confirmed"'
    found = standings(tiers, quarters(200, 300), as_of=date(2026, 7, 10))
    assert [s.tier for s in found.values()] == ["Bronze"] * 3
    move = found["2026Q2"].proposal
    assert move is not None
    assert (move.from_tier, move.to_tier, move.effective) == ("Bronze", "Platinum", date(2026, 7, 1))
    decided = standings(tiers, quarters(200, 300, 100), decision(date(2026, 7, 1), "Platinum"), as_of=date(2026, 12, 1))
    assert [s.tier for s in decided.values()] == ["Bronze", "Bronze", "Platinum", "Silver"]
    assert decided["2026Q2"].proposal is None


def test_a_proposal_waits_for_notice_and_grace() -> None:
    tiers = 'moves = "confirmed"\ndown.notice_periods = 2'
    gold = decision(date(2026, 1, 1), "Gold")
    found = standings(tiers, quarters(0, 0), gold, as_of=date(2026, 7, 1))
    assert found["2026Q1"].proposal is None
    assert found["2026Q1"].stays == "1 of 2 reviews in a row called for it"
    move = found["2026Q2"].proposal
    assert move is not None
    assert (move.to_tier, move.up) == ("Bronze", False)


def test_a_person_may_move_what_figures_never_move() -> None:
    tiers = 'down.moves = "never"'
    found = standings(tiers, quarters(200, 0, 0), decision(date(2026, 8, 15), "Bronze"), as_of=date(2026, 9, 30))
    assert [s.tier for s in found.values()] == ["Bronze", "Gold", "Bronze"]
    assert found["2026Q3"].since == date(2026, 8, 15)


def test_a_history_from_before_the_program_counts_once() -> None:
    old = deal(date(2025, 11, 1), 200)
    assert standings("", [old, *quarters(0)])["2026Q1"].tier == "Gold"
    assert standings("down.step = 1", [old, *quarters(0)])["2026Q1"].tier == "Gold"
    assert standings('start = "Silver"\ndown.step = 1', [old, *quarters(0)])["2026Q1"].tier == "Silver"


SECOND = PROGRAM.replace('"1"', '"2"').replace("2026-01-01", "2026-07-01")


def versions(first: str, second: str, *revenue: int, text: str = SECOND) -> str:
    texts = [f"{PROGRAM}\n[tiers]\n{first}\n", f"{text}\n[tiers]\n{second}\n"]
    found = worked(texts, [Partner(id="A", name="A", joined=JOINED), *quarters(*revenue)], AS_OF).standings
    return "".join(s.tier[0] for s in list(found.values())[: len(revenue) + 1])


def test_a_new_version_brings_its_own_policy() -> None:
    assert versions("", 'down.moves = "never"', 200, 300, 0, 0) == "BGPPP"
    assert versions('down.moves = "never"', "down.step = 1", 300, 0, 0, 0) == "BPGSB"


def test_renamed_tiers_are_filled_by_the_figures() -> None:
    renamed = SECOND
    for old, new in (("Bronze", "Base"), ("Silver", "Ridge"), ("Gold", "Crest"), ("Platinum", "Top")):
        renamed = renamed.replace(f'"{old}"', f'"{new}"')
    assert versions("down.step = 1", "down.step = 1", 300, 300, 0, 0, text=renamed) == "BPTCR"
    # in the middle of a quarter what the last one reached counts
    middle = renamed.replace("2026-07-01", "2026-08-15")
    assert versions("down.step = 1", "down.step = 1", 300, 200, 300, text=middle) == "BPCT"


EARNING = """
[earning.share]
says = "Share"
type = "SHARE"
on = "deal won"
base = "amount"
rate = { by_tier = { Bronze = 0.01, Silver = 0.02, Gold = 0.03, Platinum = 0.04 } }
"""


def test_lines_take_the_tier_of_their_day() -> None:
    text = f"{PROGRAM}{EARNING}\n[tiers]\nup.lag_months = 1\ndown.step = 1\n"
    rows = [*quarters(300), deal(date(2026, 4, 30), 1000), deal(date(2026, 5, 1), 1000), deal(date(2026, 11, 5), 1000)]
    found = worked(text, rows, date(2026, 12, 31))
    assert [(line.tier, line.amount) for line in found.lines] == [
        ("Bronze", Decimal("3.00")),
        ("Bronze", Decimal("10.00")),
        ("Platinum", Decimal("40.00")),
        ("Gold", Decimal("30.00")),  # the third quarter reached Bronze, one step down
    ]


def test_a_decision_for_an_unknown_tier_is_a_problem() -> None:
    text = f"{PROGRAM}{EARNING}\n[tiers]\ndown.moves = 'never'\n"
    found = worked(text, [*quarters(5), decision(date(2026, 2, 1), "Iron")], date(2026, 3, 31))
    assert found.standings["2026Q1"].tier == "Bronze"
    assert [str(p) for p in found.problems] == [
        "tier decision T2026-02-01: version 1 has no tier Iron; Bronze is used. Decide on a tier of this version."
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('start = "Iron"', "tiers.start: tier Iron is not defined"),
        ("up.step = -1", "tiers.up.step: it is below zero"),
        ("down.notice_periods = 0", "tiers.down.notice_periods: it is below one"),
        ("qualifies_for = 0", "tiers.qualifies_for: it is below one"),
        ('up.moves = "never"\nup.step = 1', "tiers.up: nothing here matters where figures never move a tier"),
        (
            'up.on_anniversary_of = "joined"\nup.lag_months = 12',
            "tiers.up.lag_months: a move waits for an anniversary",
        ),
        ('up.on_anniversary_of = "left"', "Known: joined, agreement_signed"),
        ('up.moves = "sometimes"', "Known: automatic, confirmed, never"),
        ('up.every = "week"', "Known: month, quarter, half, year"),
        ('in_force = "at once"', "Did you mean same period"),
        ('moves = "never"', "Known: automatic, confirmed"),
    ],
)
def test_a_policy_that_means_nothing_is_refused(text: str, words: str) -> None:
    assert any(words in str(p) for p in problems(f"{PROGRAM}\n[tiers]\n{text}\n")), problems(
        f"{PROGRAM}\n[tiers]\n{text}\n"
    )


def test_a_direction_may_count_from_another_period_than_the_policy() -> None:
    """Up with the period that reaches it, down only with the next year."""
    found = standings(
        'every = "quarter"\nin_force = "same period"\ndown = { every = "year", in_force = "next period" }',
        quarters(100, 200, 0, 0, 0, 0, 0, 0),
    )
    tiers = {label: standing.tier for label, standing in found.items()}
    assert (tiers["2026Q1"], tiers["2026Q2"], tiers["2026Q4"]) == ("Silver", "Gold", "Gold")
    assert (tiers["2027Q1"], tiers["2027Q4"], tiers["2028Q1"]) == ("Gold", "Gold", "Bronze")


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


def test_a_tier_that_a_running_year_counts_is_kept_by_a_version_that_counts_the_period_before() -> None:
    """The partner comes under the new version, in a year that the old one counts from its first day on."""
    old = PROGRAM + '[tiers]\nevery = "year"\nin_force = "same period"\n'
    new = PROGRAM.replace('"1"', '"2"').replace("2026-01-01", "2026-07-01")
    rows = [Partner(id="A", name="Alder"), deal(date(2026, 9, 1), 250)]
    found = worked([old, new], rows, date(2026, 12, 31))
    assert {label: s.tier for label, s in found.standings.items()} == {"2026Q3": "Gold", "2026Q4": "Gold"}
    before = evaluate([program(old), program(new)], facts(rows), date(2026, 12, 31), semantics=KEEPS_COUNTED - 1)
    assert before.partners["A"].standings["2026Q3"].tier == "Bronze"
