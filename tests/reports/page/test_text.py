"""Words into lines: nothing is wider than its column, nothing is lost, and a title has lines of even length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.reports import fonts
from partnerdesk.reports.look import CELL, CELL_BOLD, TITLE
from partnerdesk.reports.page import Span, balanced, plain_text, wrapped
from partnerdesk.reports.page.text import fitted, line_width
from tests.reports.page.reading import squeezed

TEXT = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"], max_codepoint=0x24F), max_size=120)


def shown(lines: object) -> list[str]:
    return [plain_text(line) for line in lines]  # type: ignore[attr-defined]


def test_a_line_breaks_at_a_space() -> None:
    assert shown(wrapped("Solution engineer on site", CELL, 60)) == ["Solution", "engineer on", "site"]


def test_words_that_fit_stay_on_one_line() -> None:
    assert shown(wrapped("Six days", CELL, 500)) == ["Six days"]
    assert wrapped("", CELL, 500) == ()


def test_a_hard_space_holds() -> None:
    assert shown(wrapped("on 14\u00a0Dec\u00a02026", CELL, 58)) == ["on", "14\u00a0Dec\u00a02026"]


def test_a_word_without_spaces_is_cut_where_it_must() -> None:
    lines = wrapped("Donaudampfschifffahrtsgesellschaft", CELL, 50)
    assert len(lines) > 2
    assert "".join(shown(lines)) == "Donaudampfschifffahrtsgesellschaft"


def test_chinese_may_break_between_characters() -> None:
    parts = [
        word
        for word, _ in __import__("partnerdesk.reports.page.text", fromlist=["_pieces"])._pieces("北京有限公司 Ltd")
    ]
    assert parts == ["北", "京", "有", "限", "公", "司", "Ltd"]


def test_roles_survive_a_break() -> None:
    lines = wrapped((Span("Marlow Energy signed", CELL_BOLD), Span(": the largest deal", CELL)), CELL, 80)
    assert shown(lines) == ["Marlow Energy", "signed: the largest", "deal"]
    assert [[s.role for s in line] for line in lines] == [[CELL_BOLD], [CELL_BOLD, CELL], [CELL]]


@given(TEXT, st.floats(min_value=8, max_value=300))
def test_no_line_is_wider_than_its_column_and_no_letter_is_lost(text: str, width: float) -> None:
    lines = wrapped(text, CELL, width)
    widest_letter = max((fonts.width(c, CELL) for c in fonts.plain(text)), default=0)
    assert all(line_width(line) <= max(width, widest_letter) + 0.02 for line in lines)
    assert squeezed("".join(shown(lines))) == squeezed(fonts.plain(text))


@given(TEXT, st.floats(min_value=60, max_value=600))
def test_balancing_takes_no_more_lines_and_no_more_width(text: str, width: float) -> None:
    loose, even = wrapped(text, TITLE, width), balanced(text, TITLE, width)
    assert len(even) <= max(1, len(loose))
    assert squeezed("".join(shown(even))) == squeezed("".join(shown(loose)))
    assert max(map(line_width, even), default=0) <= max(map(line_width, loose), default=0) + 0.02


def test_a_title_leaves_no_word_alone() -> None:
    lines = balanced("Q3: joint revenue up 12%, Gold within four points and one renewal open", TITLE, 680)
    assert len(lines) == 2
    first, second = map(line_width, lines)
    assert abs(first - second) < 0.35 * max(first, second)


def test_a_slot_that_repeats_a_text_shows_what_fits() -> None:
    name = "The Very Long and Rather Unwieldy Partner Company Name of Hamburg"
    line = fitted(name, CELL, 150)
    assert line_width(line) <= 150
    assert plain_text(line).endswith("…")
    assert line[0].role.size >= 7
    assert fitted("Halvorsen", CELL, 150) == (Span("Halvorsen", CELL),)


def test_a_slot_first_sets_smaller_then_cuts() -> None:
    text = "just a little too long"
    wide = fonts.width(text, CELL)
    assert plain_text(fitted(text, CELL, wide * 0.9)) == text


@pytest.mark.parametrize("text", ["a\u202eb\x00c", "x\ny"])
def test_measured_and_drawn_text_are_the_same(text: str) -> None:
    assert fonts.width(text, CELL) == fonts.width(fonts.plain(text), CELL)
