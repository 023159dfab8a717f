"""Ctrl+K finds partners by three letters, pages, commands and deals; Ctrl+Shift+A writes down what one types."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Customer, Deal, Partner, Person
from partnerdesk.ops.joint.notes import add_note
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.joint.actions import actions
from partnerdesk.queries.joint.notes import notes
from partnerdesk.queries.search import Hit
from partnerdesk.ui.desk import Desk
from partnerdesk.ui.palette.matching import looseness, places_of
from partnerdesk.ui.palette.palette import Palette
from partnerdesk.ui.palette.places import place_of
from partnerdesk.ui.quick_add import QuickAdd
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.window.window import MainWindow
from tests.ui.conftest import DAY, WindowMaker
from tests.ui.pages import TEST_PAGES

Settled = Callable[[Desk], None]


def fill(session: Session) -> None:
    add_rows(
        session,
        [
            Partner(id="P-1", name="Northwind Systems", type="integrator", country="NL", city="Haarlem"),
            Partner(id="P-2", name="Łużyca <b>Systemy</b>", type="reseller", country="PL"),
            Partner(id="P-3", name="Sierra Norte TI", type="referral", country="ES"),
            Person(id="H-1", name="Tobias Reuter", side="partner", partner="P-1"),
            Person(id="H-2", name="Ann Silva", side="vendor"),
            Customer(id="C-1", name="Norrtälje Hamn"),
            Deal(
                id="D-1131",
                partner="P-2",
                customer="C-1",
                name="Norrtälje Hamn",
                amount=Decimal(48000),
                expected_close=date(2026, 12, 18),
            ),
        ],
        by="Ann",
    )


@pytest.fixture
def window(desk: Desk, make_window: WindowMaker, settled: Settled) -> MainWindow:
    desk.run("Fill", fill)
    settled(desk)
    made = make_window(desk, TEST_PAGES)
    made.go(Place("list"))
    settled(desk)
    return made


def palette_of(window: MainWindow) -> Palette:
    return next(p for p in window.findChildren(Palette) if p.isVisible())


def typed(window: MainWindow, text: str, qtbot: QtBot, settled: Settled) -> list[str]:
    if not [p for p in window.findChildren(Palette) if p.isVisible()]:
        window.commands.trigger("app.find")
    palette = palette_of(window)
    palette.field.setText(text)
    qtbot.waitUntil(lambda: not palette._pause.isActive())
    settled(window.desk)
    return [entry.title for entry in palette.list.entries()]


def test_three_letters_and_enter_open_a_partner(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    gone: list[Place] = []
    window.go = gone.append  # type: ignore[method-assign]
    assert typed(window, "nor", qtbot, settled)[0] == "Northwind Systems"
    qtbot.keyClick(palette_of(window).field, Qt.Key.Key_Return)
    assert gone == [Place("partners", "P-1")]
    assert not [p for p in window.findChildren(Palette) if p.isVisible()]


def test_letters_without_accents_find_names_with_them(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    assert "Łużyca <b>Systemy</b>" in typed(window, "luz", qtbot, settled)
    entry = palette_of(window).list.current()
    assert entry is not None
    assert entry.places == (0, 1, 2)
    palette_of(window).close()


def test_arrows_choose_and_pass_over_headings(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    titles = typed(window, "nor", qtbot, settled)
    palette = palette_of(window)
    seen = []
    for _ in titles:
        current = palette.list.current()
        assert current is not None
        seen.append(current.title)
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert seen == titles
    palette.close()


def test_below_the_partner_stands_what_can_be_done_with_it(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    titles = typed(window, "northwind", qtbot, settled)
    assert titles[:2] == ["Northwind Systems", "Add note or action"]  # this window has no page of reviews
    palette = palette_of(window)
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    (line,) = [quick for quick in window.findChildren(QuickAdd) if quick.isVisible()]
    assert line._source.partner_name == "Northwind Systems"
    assert window.partner == ("", "")  # the page that stands is about no partner
    line.close()


def test_prefixes_narrow_what_is_found(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    assert typed(window, "#norr", qtbot, settled) == ["Norrtälje Hamn"]
    assert typed(window, "@nor", qtbot, settled) == ["Northwind Systems", "Sierra Norte TI"]
    assert "Sidebar" in typed(window, ">side", qtbot, settled)
    assert typed(window, "@sidebar", qtbot, settled) == []
    palette_of(window).close()


def test_a_command_shows_its_keys_and_runs(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    typed(window, ">sideb", qtbot, settled)
    entry = palette_of(window).list.current()
    assert entry is not None
    assert entry.keys == ("Ctrl", "B")
    qtbot.keyClick(palette_of(window).field, Qt.Key.Key_Return)
    assert window.sidebar.is_narrow


def test_a_command_that_cannot_run_is_not_offered(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    assert "Export dates for the partner" not in typed(window, ">export dates", qtbot, settled)
    palette_of(window).close()
    window.set_partner("P-1", "Northwind Systems")
    assert "Export dates for the partner" in typed(window, ">export dates", qtbot, settled)
    palette_of(window).close()


@pytest.mark.parametrize(
    ("kind", "id", "place"),
    [
        ("run", "12", "running#12"),
        ("pathway", "3", "pathways#3"),
        ("playbook", "4", "offered#own-4"),
        ("playbook", "renewal-rescue", "offered#renewal-rescue"),
    ],
)
def test_what_playbooks_hold_opens_in_its_part(kind: str, id: str, place: str) -> None:
    hit = Hit(kind, id, None, "", "Launch", "", None)
    assert place_of(hit) == Place("actions", "", "playbooks", place)


def test_escape_gives_the_keyboard_back(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    before = QApplication.focusWidget()
    window.commands.trigger("app.find")
    assert QApplication.focusWidget() is palette_of(window).field
    qtbot.keyClick(palette_of(window).field, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before


def test_what_was_opened_is_offered_first_next_time(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    typed(window, "nor", qtbot, settled)
    qtbot.keyClick(palette_of(window).field, Qt.Key.Key_Return)
    assert typed(window, "", qtbot, settled)[0] == "Northwind Systems"
    palette_of(window).close()


def test_without_a_book_pages_and_commands_are_still_found(
    empty_desk: Desk, make_window: WindowMaker, qtbot: QtBot, settled: Settled
) -> None:
    window = make_window(empty_desk, TEST_PAGES)
    titles = typed(window, "about", qtbot, settled)
    assert titles == ["About PartnerDesk"]
    palette_of(window).close()


@pytest.mark.parametrize(
    ("letters", "text", "places"),
    [
        ("nor", "Northwind", (0, 1, 2)),
        ("nor", "Sierra Norte", (7, 8, 9)),
        ("LUZ", "Łużyca", (0, 1, 2)),
        ("stras", "Straße", (0, 1, 2, 3, 4)),
        ("ne", "New here", (0, 1)),
        ("nh", "New here", (0, 4)),
        ("wh", "New here", None),
        ("xyz", "Northwind", None),
        ("", "Northwind", ()),
    ],
)
def test_matched_letters_are_where_they_stand(letters: str, text: str, places: tuple[int, ...] | None) -> None:
    assert places_of(letters, text) == places


def test_whole_matches_come_before_scattered_ones() -> None:
    found = sorted(["New here", "Nothing", "Now he"], key=lambda t: looseness(places_of("n", t) or ()))
    assert found == ["New here", "Nothing", "Now he"]
    assert looseness((0, 1, 2)) < looseness((3, 4, 5)) < looseness((0, 4))


def quick_of(window: MainWindow) -> QuickAdd:
    return next(q for q in window.findChildren(QuickAdd) if q.isVisible())


def read(desk: Desk, settled: Settled, query: Callable[..., Any], *args: Any) -> Any:
    found: list[Any] = []
    desk.read(query, *args, done=found.append)
    settled(desk)
    return found[0]


def test_an_action_is_one_line_with_owner_and_day(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    window.set_partner("P-1", "Northwind Systems")
    window.commands.trigger("partner.note")
    quick = quick_of(window)
    settled(window.desk)
    qtbot.keyClicks(quick.field, "Send the price model @tob fri")
    assert quick.says.text() == "Their action with Northwind Systems · owner Tobias Reuter · due 20 Nov 2026"
    quick.field.setText("Send it @nobody fri")
    assert quick.says.text().startswith("Our action with Northwind Systems · no owner yet")
    assert quick.says.text().endswith("· “@nobody” fits no one person")
    quick.field.setText("Send the price model @tob fri")
    qtbot.keyClick(quick.field, Qt.Key.Key_Return)
    settled(window.desk)
    (row,) = read(window.desk, settled, actions, date(2026, 11, 19), "P-1")
    assert (row.text, row.owner, row.due) == ("Send the price model", "Tobias Reuter", date(2026, 11, 20))
    assert window.message.text() == "Action with Northwind Systems added"
    window.message._act.click()
    settled(window.desk)
    assert read(window.desk, settled, actions, date(2026, 11, 19), "P-1") == ()


def test_a_note_keeps_every_letter(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    window.set_partner("P-2", "Łużyca <b>Systemy</b>")
    window.commands.trigger("partner.note")
    quick = quick_of(window)
    quick.kind.set_value("note")
    quick._choose("note")
    qtbot.keyClicks(quick.field, "R&D <moves> to @fri")
    qtbot.keyClick(quick.field, Qt.Key.Key_Return)
    settled(window.desk)
    (row,) = read(window.desk, settled, notes, "P-2")
    assert (row.text, row.author, row.internal) == ("R&D <moves> to @fri", "Ann", True)


def test_an_empty_line_adds_nothing(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    window.set_partner("P-1", "Northwind Systems")
    window.commands.trigger("partner.note")
    quick = quick_of(window)
    qtbot.keyClick(quick.field, Qt.Key.Key_Return)
    assert quick.isVisible()
    assert not quick.add_button.isEnabled()
    qtbot.keyClick(quick.field, Qt.Key.Key_Escape)


def test_a_note_shows_the_stretch_that_was_looked_for(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    text = "They spoke at length about other things before. " * 2 + "Then <i>Kraken</i> Shipping was named."
    window.desk.run("Add note", add_note, "P-1", day=DAY, text=text)
    settled(window.desk)
    typed(window, "krak", qtbot, settled)
    entry = palette_of(window).list.current()
    assert entry is not None and "<i>Kraken</i> Shipping" in entry.note
    assert [entry.note[start : start + length] for start, length in entry.marks] == ["Krak"]
    assert palette_of(window).list.grab().width() > 0  # painted as it stands
    palette_of(window).close()


def test_without_a_partner_at_hand_the_line_names_one(window: MainWindow, qtbot: QtBot, settled: Settled) -> None:
    window.set_partner("", "")
    window.commands.trigger("partner.note")
    quick = quick_of(window)
    settled(window.desk)
    qtbot.keyClicks(quick.field, "Send the price model")
    assert "which partner?" in quick.says.text() and not quick.add_button.isEnabled()
    qtbot.keyClick(quick.field, Qt.Key.Key_Return)
    assert quick.isVisible()
    qtbot.keyClicks(quick.field, " >northwind @tob +2w !internal")
    said = "Their action with Northwind Systems · owner Tobias Reuter · due 03 Dec 2026 · internal"
    assert quick.says.text() == said
    qtbot.keyClick(quick.field, Qt.Key.Key_Return)
    settled(window.desk)
    (row,) = read(window.desk, settled, actions, date(2026, 11, 19), "P-1")
    assert (row.text, row.internal, row.due) == ("Send the price model", True, date(2026, 12, 3))
