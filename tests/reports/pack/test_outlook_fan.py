"""Page 7 as a range: quarters behind and ahead, choices side by side, and words that claim no more than the futures."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from partnerdesk.reports.format import Formats
from partnerdesk.reports.pack import compose, titles
from partnerdesk.reports.pack.data import Fan, ScenarioLine
from tests.reports.pack.ahead_world import band, fan
from tests.reports.pack.world import FORMATS, outlook, pack
from tests.reports.page.reading import squeezed, texts


def said(view: Fan) -> str:
    return titles.draft("outlook", pack(outlook=replace(outlook(), fan=view)), FORMATS).replace("\u00a0", " ")


def page(view: Fan, locale: str = "en_GB") -> str:
    made = compose(pack(outlook=replace(outlook(), fan=view)), Formats(locale))
    assert made.faults == ()
    return texts(made.content)[made.pages.index("outlook")].replace("\u00a0", " ")


def test_the_page_names_both_bands_the_choices_and_what_it_rests_on() -> None:
    text = page(fan())
    for words in ("5 in 10 outcomes", "8 in 10", "113  P90", "80.0  P50", "50.0  P10", "90.4"):
        assert words in text, words
    for amount in ("64,000", "88,000", "115,000", "80,000", "96,000", "97,000"):
        assert amount in text, amount
    assert "Plan and Gold" in text and "Gold in force from 01 Jan 2027" in squeezed_words(text)
    assert "60 futures drawn, seed 1; an estimate, not a promise" in squeezed_words(text)
    assert "Skills still missing" in text and "Co-marketing fund 2026" in text


def test_what_is_scheduled_and_what_is_possible_stand_beside_the_range() -> None:
    """The sums of the two runs over the months ahead, and nothing of closed ones."""
    ahead = [m for m in outlook().months if not m.closed]
    text = squeezed_words(page(fan()))
    for earned, payable in (("earned", "payable"), ("earned_if_all", "payable_if_all")):
        sums = [sum((getattr(m, name) for m in ahead), D(0)) for name in (earned, payable)]
        assert f"{FORMATS.number(sums[0])} earned, {FORMATS.number(sums[1])} payable" in text
    assert "Scheduled and possible, 20 Nov to May 2027, EUR" in text
    closed = replace(outlook(), fan=fan(), months=tuple(replace(m, closed=True) for m in outlook().months))
    made = compose(pack(outlook=closed), FORMATS)
    assert made.faults == () and "Scheduled and possible" not in texts(made.content)[made.pages.index("outlook")]


def squeezed_words(text: str) -> str:
    return " ".join(text.split())


def test_the_title_says_the_range_and_what_the_next_tier_adds() -> None:
    assert (
        said(fan()) == "Fourth quarter: median 88k, 8 in 10 outcomes between 64k and 115k; "
        "Gold would add 9k in the quarter from January"
    )


def test_a_tier_that_adds_nothing_is_not_praised() -> None:
    plan = fan().scenarios[1]
    same = replace(fan(), scenarios=(*fan().scenarios[:2], replace(fan().scenarios[2], bands=plan.bands)))
    assert "Gold" not in said(same)


def test_a_certain_quarter_claims_no_range() -> None:
    sure = band("48 48 48 48 48")
    view = replace(
        fan(), ahead=tuple(replace(q, band=sure) for q in fan().ahead), scenarios=(ScenarioLine((sure, sure)),)
    )
    assert said(view) == "Fourth quarter: 48k as things stand"
    assert "No objective of the joint plan works on" in squeezed_words(page(view))


HARD = {
    "nothing earned yet": {"behind": tuple(replace(q, earned=D(0)) for q in fan().behind)},
    "taken back": {"behind": tuple(replace(q, earned=-q.earned) for q in fan().behind)},
    "billions": {"behind": tuple(replace(q, earned=q.earned * 123456) for q in fan().behind)},
    "much to hold": {"holds": ("Each of them has a chance of its own, as long as the sentence runs on",) * 14},
    "wide apart": {"ahead": tuple(replace(q, band=band("0 1 5 400 900")) for q in fan().ahead)},
}


@pytest.mark.parametrize("case", HARD)
@pytest.mark.parametrize("locale", ["en_GB", "de_DE"])
def test_nothing_is_clipped_and_nothing_overlaps(case: str, locale: str) -> None:
    assert squeezed("What changes the outcome") in squeezed(page(replace(fan(), **HARD[case]), locale))
