"""A name that is read from right to left leaves the amounts beside it as they are."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout, QTextOption
from pytestqt.qtbot import QtBot

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.bidi import apart
from partnerdesk.ui.widgets.text import Label

HEBREW = "\u05e9\u05dc\u05d5\u05dd \u05d1\u05e2\u05f4\u05de"
ARABIC = "\u0634\u0631\u0643\u0629"


def places(words: str, *of: str) -> list[float]:
    """Where each of these begins on a line, from the left."""
    layout = QTextLayout(words, theme().font("body"))
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    found = [line.cursorToX(words.index(one)) for one in of]
    return [x[0] if isinstance(x, tuple) else x for x in found]


@pytest.mark.parametrize("name", [HEBREW, ARABIC])
def test_signs_and_amounts_after_a_name_stay_in_their_order(qtbot: QtBot, name: str) -> None:
    said = f"Debt of {name} \N{MINUS SIGN}1,200.00 then 35 paid"
    parts = ("Debt", "\N{MINUS SIGN}", "1,200", "35", "paid")
    assert places(said, *parts) != sorted(places(said, *parts)), "which is why they are set apart"
    assert places(apart(said), *parts) == sorted(places(apart(said), *parts))


def test_only_such_names_are_set_apart_and_nobody_reads_the_marks(qtbot: QtBot) -> None:
    for words in ("R&D <Labs>", "Ångström 12", HEBREW, ""):
        assert apart(words) == words
    said = f"{HEBREW} owes 5.00 to {ARABIC}"
    assert apart(said) == f"\u2068{HEBREW}\u2069 owes 5.00 to \u2068{ARABIC}\u2069"
    label = Label(said)
    qtbot.addWidget(label)
    assert label.text() == said
