"""Tiers, transitions and requirements in the sentences that a partner reads."""

import pytest

from partnerdesk.program.words import rule_words
from tests.engine.cases import program

PROGRAM = """
[metric.revenue]
says = "Revenue"
of = "deal"

[[tier]]
name = "Bronze"
[[tier]]
name = "Gold"
requires = { metric = "revenue", at_least = 200 }
reference = "T-2"
"""


def said(text: str, key: str = "tiers") -> str:
    return next(words.sentence for words in rule_words(program(text)) if words.key == key)


PLAIN = (
    "Tiers are reviewed each quarter. A partner has the highest tier whose requirements all hold, bounds included; it "
    "counts from the next period on. Moves take effect by themselves."
)


@pytest.mark.parametrize(
    ("tiers", "more"),
    [
        ("", ""),
        ("qualifies_for = 4", " A tier reached in any of 4 quarters, the last one included, counts as reached."),
        ('start = "Gold"', " A partner begins as Gold."),
        ('down.moves = "never"', " Figures alone never move a tier down."),
        ('up.every = "month"', " A move up is reviewed each month."),
        ('up.moves = "confirmed"', " A move up is confirmed by a person, with a reason."),
        ("up.lag_months = 1", " A move up takes effect 1 month later."),
        (
            'up.on_anniversary_of = "joined"',
            " A move up takes effect on the next anniversary of the day the partner joined.",
        ),
        (
            'down.on_anniversary_of = "agreement_signed"',
            " A move down takes effect on the next anniversary of the day the partner signed the agreement.",
        ),
        ("down.step = 1", " A move down goes at most 1 tier at once."),
        ("down.notice_periods = 2", " A move down needs 2 reviews in a row that call for it."),
        ("down.grace_months = 6", " A move down never takes effect in the first 6 months after joining."),
        ("down.not_before = 2026-07-01", " A move down never takes effect before 1 Jul 2026."),
        (
            'down.kept_months = 12\ndown.every = "year"\ndown.step = 2',
            (
                " A move down is reviewed each year, goes at most 2 tiers at once and never takes effect in the first "
                "12 months after the tier was entered."
            ),
        ),
        (
            "down.kept_months = 12\ndown.kept_again = true",
            (
                " A move down takes effect only where the tier was held 12 months, or as many again: with the first "
                "review that counts from that day on."
            ),
        ),
    ],
)
def test_each_key_of_the_policy_is_spoken(tiers: str, more: str) -> None:
    assert said(f"{PROGRAM}\n[tiers]\n{tiers}\n") == PLAIN + more


def test_the_words_of_confirmation_and_of_the_same_period() -> None:
    text = f'{PROGRAM}\n[tiers]\nmoves = "confirmed"\nin_force = "same period"\ndown.moves = "automatic"\n'
    assert said(text).endswith(
        "it counts from the same period on. A person confirms each move, with a reason. A move down takes effect by "
        "itself."
    )


@pytest.mark.parametrize(
    ("requires", "words"),
    [
        ('{ tier = "Bronze" }', "the tier held is Bronze or higher"),
        ('{ metric = "revenue", above = 5, for_periods = 4 }', "in each of 4 periods in a row revenue is more than 5"),
        ('{ none = [{ partner = { type = "msp" } }] }', "the partner is none whose type is msp"),
        (
            '{ any = [{ none = [{ tier = "Bronze" }] }, { metric = "revenue", at_most = 5 }] }',
            "the tier held is lower than Bronze or revenue is at most 5",
        ),
        ('{ metric = "revenue", at_least = 5, says = "you sell" }', "you sell"),
    ],
)
def test_requirements(requires: str, words: str) -> None:
    text = PROGRAM.replace('{ metric = "revenue", at_least = 200 }', requires)
    found = next(w for w in rule_words(program(text)) if w.key == "tiers")
    assert found.parameters == f"Bronze: open to every partner; Gold (T-2): {words}"


def test_what_a_tier_brings_is_called_by_its_name() -> None:
    gold = PROGRAM.replace('name = "Gold"', 'name = "Gold"\nbenefits = ["Partner directory", "launch_desk"]')
    text = gold + '\n[benefit.launch_desk]\nsays = "A desk for launches"\n'
    found = next(w for w in rule_words(program(text)) if w.key == "tiers")
    assert found.parameters.endswith(", brings Partner directory and A desk for launches")


@pytest.mark.parametrize(
    ("transition", "words"),
    [
        (
            'applies_to = "new streams"',
            (
                "This version applies to deals and contracts that begin on 1 Jan 2020 or later; what began before goes "
                "on under the version before."
            ),
        ),
        (
            'applies_to = "retroactive"\nsince = 2019-07-01',
            (
                "From 1 Jan 2020 on this version applies to every event since 1 Jul 2019: earlier events are run "
                "again, and what closed statements posted differently is corrected in the next one."
            ),
        ),
    ],
)
def test_transitions(transition: str, words: str) -> None:
    assert said(f"{PROGRAM}\n[transition]\n{transition}\n", "transition") == words


def test_the_plain_transition_needs_no_words() -> None:
    assert "transition" not in [w.key for w in rule_words(program(PROGRAM))]
