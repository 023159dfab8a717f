"""From a number down to the row it was read from, and to the rule in words."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.engine.figures.arithmetic import FIGURES
from partnerdesk.engine.figures.figure import Excluded, Figure, Origin
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.paths import resource
from partnerdesk.queries.origins import OriginRow
from partnerdesk.ui.desk import Desk
from partnerdesk.ui.explanation import Explanation, explained
from partnerdesk.ui.inspector import Inspector
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.why_links import place_of
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.window.window import MainWindow
from tests.ui.conftest import WindowMaker
from tests.ui.pages import TEST_PAGES

Settled = Callable[[Desk], None]
DEALS = [Deal(id=f"D-{n}", partner="P-1", amount=Decimal(n) * 100) for n in range(1, 4)]


def fill(session: Session) -> None:
    for file in sorted(resource("programs/fennmark").glob("*.toml")):
        add_version(session, file.read_text(encoding="utf-8"), file.name)
    add_rows(session, [Partner(id="P-1", name="Northwind"), *DEALS], by="Ann")


def revenue() -> Figure:
    leaves = [FIGURES.leaf(deal, "amount", deal.amount or Decimal(0), "EUR", deal.id) for deal in DEALS[:2]]
    total = FIGURES.sum(leaves, "EUR", "Revenue")
    return FIGURES.because(total, "", [Excluded(DEALS[2], "closed after 30 Sep", "RR-03")])


@pytest.fixture
def window(desk: Desk, make_window: WindowMaker, settled: Settled) -> MainWindow:
    desk.run("Fill", fill)
    settled(desk)
    made = make_window(desk, TEST_PAGES)
    made.go(Place("figures"))
    settled(desk)
    return made


def inspect(window: MainWindow, figure: Figure) -> Inspector:
    window.show_why(explained("x", figure, window.desk.formats, about="Revenue"))
    assert window.side.inspector is not None
    return window.side.inspector


def shown(inspector: Inspector) -> Explanation:
    assert inspector.shown is not None
    return inspector.shown


def press(inspector: Inspector, name: str, qtbot: QtBot) -> None:
    button = next(b for b in inspector.findChildren(Button) if b.accessibleName() == name and b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_input_opens_its_rows_with_their_places_and_back_returns(
    window: MainWindow, qtbot: QtBot, settled: Settled
) -> None:
    inspector = inspect(window, revenue())
    press(inspector, "Deals: 2 rows", qtbot)
    settled(window.desk)
    rows = [(row.name, row.words) for row in shown(inspector).inputs]
    assert rows == [("D-1, 100.00 EUR", "typed by Ann"), ("D-2, 200.00 EUR", "typed by Ann")]
    assert shown(inspector).title == "2 rows"
    press(inspector, "Back to the whole", qtbot)
    assert shown(inspector).title == "300.00"


def test_what_did_not_count_opens_too(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    inspector = inspect(window, revenue())
    press(inspector, "1 row: closed after 30 Sep: RR-03", qtbot)
    settled(window.desk)
    assert [(row.name, row.words) for row in shown(inspector).inputs] == [("D-3", "typed by Ann")]


def test_a_row_that_was_removed_since_says_so(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    gone = Deal(id="D-9", amount=Decimal(5))
    inspector = inspect(window, FIGURES.leaf(gone, "amount", Decimal(5), "EUR", "Gone"))
    press(inspector, "Deals: D-9", qtbot)
    settled(window.desk)
    assert [row.words for row in shown(inspector).inputs] == ["no longer in the book"]


def test_the_rule_opens_in_words(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    origin = Origin("rule", "score", version="2026.2")
    inspector = inspect(window, FIGURES.choice({"a": Decimal(1)}, "a", "1", "Weight", origin))
    press(inspector, "Rule sheet", qtbot)
    settled(window.desk)
    assert "version 2026.2" in shown(inspector).about
    assert "the score adds up to 100 points" in shown(inspector).sentence
    inspector.go_up()
    assert shown(inspector).rule == "score, 2026.2"


def test_the_same_number_closes_the_panel_whatever_is_open_in_it(
    window: MainWindow, qtbot: QtBot, settled: Settled
) -> None:
    inspector = inspect(window, revenue())
    press(inspector, "Deals: 2 rows", qtbot)
    settled(window.desk)
    inspect(window, revenue())
    assert not window.side.is_why


def test_a_typed_row_leads_to_the_facts_of_its_partner() -> None:
    typed = OriginRow("observation", "OB-1001", "typed by Ann", None, "P-1")
    assert place_of(typed) == ("partners", "P-1", "overview", "facts:observation:OB-1001")
    assert place_of(replace(typed, batch=3)) == ("data", "imports")
    assert place_of(replace(typed, kind="deal")) == ()
