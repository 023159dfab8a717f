"""Colours and type of documents and screens: complete, legible, and what the design names."""

import re

import pytest

from partnerdesk.reports import look
from partnerdesk.reports.look import DARK, DOCUMENT, LIGHT, TOKENS, Look, Role

LOOKS = [DOCUMENT, LIGHT, DARK]


def luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[n : n + 2], 16)) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("chosen", LOOKS, ids=lambda found: found.name)
def test_every_token_is_a_colour(chosen: Look) -> None:
    assert len(TOKENS) > 40
    assert all(re.fullmatch("#[0-9A-F]{6}", chosen.colour(token)) for token in TOKENS)


def test_a_word_that_is_no_token_is_refused() -> None:
    with pytest.raises(KeyError, match="hatch_gap_mm"):
        DOCUMENT.colour("hatch_gap_mm")


@pytest.mark.parametrize("chosen", LOOKS, ids=lambda found: found.name)
@pytest.mark.parametrize("token", ["text", "muted", "accent", "good", "warn", "bad", "info"])
def test_words_can_be_read_on_the_ground(chosen: Look, token: str) -> None:
    assert contrast(chosen.colour(token), chosen.bg) >= 4.5


@pytest.mark.parametrize("chosen", LOOKS, ids=lambda found: found.name)
@pytest.mark.parametrize("token", ["up", "down", "held_line", "total", "accent"])
def test_marks_stand_out_from_the_ground(chosen: Look, token: str) -> None:
    assert contrast(chosen.colour(token), chosen.bg) >= 3


def test_nothing_on_a_page_is_smaller_than_seven_points() -> None:
    roles = [value for value in vars(look).values() if isinstance(value, Role)]
    assert len(roles) > 15
    assert min(role.size for role in roles) >= 7
    assert all(role.leading > role.size for role in roles)
    assert all(role.colour in TOKENS for role in roles)
