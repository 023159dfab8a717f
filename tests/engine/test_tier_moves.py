"""How a tier moves: cadence, confirmation, lag, step, grace, notice and keeping, up and down apart.

Bronze asks for nothing, Silver for 100 of revenue in the period, Gold for 200, Platinum for 300. A partner's life is
told by its revenue quarter by quarter from 2026Q1 on; a tier that a quarter reaches counts from the next one on.
"""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Partner
from partnerdesk.engine.semantics import KEEPS_COUNTED
from tests.engine.cases import facts, problems, program, worked
from tests.engine.moving import (
    EARNING,
    PROGRAM,
    SECOND,
    deal,
    decision,
    path,
    quarters,
    standings,
    versions,
)


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


def test_a_tier_that_a_running_year_counts_is_kept_by_a_version_that_counts_the_period_before() -> None:
    """The partner comes under the new version, in a year that the old one counts from its first day on."""
    old = PROGRAM + '[tiers]\nevery = "year"\nin_force = "same period"\n'
    new = PROGRAM.replace('"1"', '"2"').replace("2026-01-01", "2026-07-01")
    rows = [Partner(id="A", name="Alder"), deal(date(2026, 9, 1), 250)]
    found = worked([old, new], rows, date(2026, 12, 31))
    assert {label: s.tier for label, s in found.standings.items()} == {"2026Q3": "Gold", "2026Q4": "Gold"}
    before = evaluate([program(old), program(new)], facts(rows), date(2026, 12, 31), semantics=KEEPS_COUNTED - 1)
    assert before.partners["A"].standings["2026Q3"].tier == "Bronze"
