"""What a tier may ask for: groups, the opposite, a tier that is held, sustained attainment, and how each is shown."""

from datetime import date

import pytest

from partnerdesk.engine.facts import Partner
from tests.engine.cases import problems, worked
from tests.engine.moving import AS_OF, JOINED, PROGRAM, quarters


def needing(requires: str, tiers: str, *revenue: int) -> str:
    text = PROGRAM.replace('requires = { metric = "revenue", at_least = 300 }', f"requires = {requires}")
    rows = [Partner(id="A", name="A", joined=JOINED, type="msp"), *quarters(*revenue)]
    found = worked(f"{text}\n[tiers]\n{tiers}\n", rows, AS_OF).standings
    return "".join(s.tier[0] for s in list(found.values())[: len(revenue) + 1])


@pytest.mark.parametrize("tiers", ["", 'in_force = "same period"'])
def test_a_tier_may_ask_for_one_that_is_held(tiers: str) -> None:
    """Platinum: two quarters' ends on Gold or higher, and 200 again."""
    requires = '{ all = [{ tier = "Gold", for_periods = 2 }, { metric = "revenue", at_least = 200 }] }'
    expected = {"": "BGGPPSB", 'in_force = "same period"': "GGPPSBB"}[tiers]
    assert needing(requires, tiers, 200, 200, 200, 200, 100, 0) == expected


def test_sustained_attainment() -> None:
    requires = '{ metric = "revenue", at_least = 250, for_periods = 3 }'
    assert needing(requires, "", 250, 250, 250, 250, 200, 250) == "BGGPPGG"


@pytest.mark.parametrize(
    ("requires", "expected"),
    [
        ('{ none = [{ metric = "revenue", below = 300 }, { partner = { type = "reseller" } }] }', "BP"),
        ('{ none = [{ metric = "revenue", below = 300 }, { partner = { type = "msp" } }] }', "BG"),
        # a condition: MSPs need 500, others 300
        ('{ any = [{ none = [{ partner = { type = "msp" } }] }, { metric = "revenue", at_least = 500 }] }', "BG"),
        ('{ any = [{ none = [{ partner = { type = "var" } }] }, { metric = "revenue", at_least = 500 }] }', "BP"),
        ('{ at_least = 2, of = [{ tier = "Bronze" }, { metric = "revenue", above = 299 }, { tier = "Gold" }] }', "BP"),
        ('{ at_least = 3, of = [{ tier = "Bronze" }, { metric = "revenue", above = 299 }, { tier = "Gold" }] }', "BG"),
        ('{ metric = "revenue", above = 300 }', "BG"),
        ('{ metric = "revenue", at_least = 300, at_most = 300 }', "BP"),
        ('{ metric = "revenue", above = 100, below = 300 }', "BG"),
    ],
)
def test_what_a_tier_may_ask_for(requires: str, expected: str) -> None:
    assert needing(requires, "", 300) == expected


def test_requirements_are_shown_with_all_their_parts() -> None:
    requires = (
        '{ all = [{ none = [{ partner = { type = "var" } }] }, { tier = "Silver" }, '
        '{ metric = "revenue", at_least = 200, for_periods = 2 }] }'
    )
    text = PROGRAM.replace('requires = { metric = "revenue", at_least = 300 }', f"requires = {requires}")
    found = worked(text, quarters(200, 250), date(2026, 6, 30)).standings["2026Q2"]
    none, tier, both = found.tiers[3].requirement.parts
    assert (none.kind, none.text, none.met) == ("none", "None of", True)
    assert (tier.kind, tier.text, tier.met) == ("held_tier", "Silver or higher is held", True)
    assert (both.text, both.met) == ("In each of 2 periods", True)
    assert [(p.text, p.value) for p in both.parts] == [("2026Q1: Revenue", 200), ("2026Q2: Revenue", 250)]


@pytest.mark.parametrize(
    ("requires", "words"),
    [
        ('{ tier = "Iron" }', "tier Iron is not defined"),
        ('{ tier = "Platinum" }', "Platinum requires itself or a higher tier"),
        ('{ metric = "revenue", at_least = 5, at_most = 4 }', "no value lies within these bounds"),
        ('{ metric = "revenue", above = 5, below = 5 }', "no value lies within these bounds"),
        ('{ metric = "revenue", at_least = 5, for_periods = 0 }', "for_periods is below one"),
        ('{ none = [{ metric = "revenu", at_least = 5 }] }', "metric revenu is not defined"),
    ],
)
def test_a_requirement_that_cannot_hold_is_refused(requires: str, words: str) -> None:
    text = PROGRAM.replace('requires = { metric = "revenue", at_least = 300 }', f"requires = {requires}")
    assert any(words in str(p) for p in problems(text)), problems(text)
