"""Today as a user meets it: who comes first, what one key does, what stands at the next start."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.ops.settings import set_book_setting
from partnerdesk.queries.today import ranked as today_query
from partnerdesk.reports.format import Formats
from partnerdesk.ui.desk import Desk
from partnerdesk.ui.first_steps import CoachMark
from partnerdesk.ui.quick_add import QuickAdd
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.period_words import period_words
from tests.conftest import ROOT
from tests.ui.conftest import WindowMaker
from tests.ui.screens.conftest import Stage

Key = Qt.Key


@pytest.fixture
def page(stage: Stage) -> Any:
    return stage.go("today")


def lines(page: Any) -> list[str]:
    """The rows as a screen reader says them."""
    model = page.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def choose(page: Any, event: str, kind: str = "") -> Any:
    """Select the first row of an event (of a kind), after opening the whole list."""
    if not page._all:
        page.more.click()
    needs = [page.list.need(n) for n in range(page.list.model().rowCount())]
    row = next(n for n, need in enumerate(needs) if need.event == event and kind in ("", need.kind))
    page.list.setCurrentIndex(page.list.model().index(row, 0))
    return page.list.need(row)


def press(stage: Stage, key: Qt.Key) -> None:
    stage.window.page.list.setFocus()
    stage.qtbot.keyClick(stage.window.page.list, key)
    stage.quiet()


def test_the_highest_value_comes_first_and_what_has_none_follows_by_its_day(page: Any) -> None:
    needs = [need for need in page.view.needs if need.kind != "escalation"]  # these stand above everything
    assert page.view.needs[len(page.view.needs) - len(needs) :] == tuple(needs)
    values = [need.value for need in needs if need.value is not None]
    assert len(values) > 20
    assert values == sorted(values, reverse=True)
    rest = needs[len(values) :]
    assert all(need.value is None for need in rest)
    days = [need.due or date.max for need in rest]
    assert days == sorted(days)


def test_rows_are_sentences_with_the_partner(page: Any) -> None:
    assert lines(page)[0].endswith("level 1 with Tobias Rendlow, 5 days over its time, Maison Orvelle")
    assert "Statement, October 2026 is ready to close for 24 partners" in lines(page)[:3]
    page.more.click()
    said = "\n".join(lines(page))
    assert "Tier, 1.4 points short of Gold, quarter ends in 42 days, Tesserin Cloud" in said
    assert "Tier, The figures of Q3 2026 propose Silver, now Gold, Grauwald IT" in said
    assert "Tier, 0.2 points above the Gold floor, Maison Orvelle" in said
    assert "days late" in said


def test_the_list_is_short_until_it_is_asked_for(page: Any, stage: Stage) -> None:
    count = len(page.view.needs)
    assert page.list.model().rowCount() == 12
    assert page.title.note.text() == f"{count}, by value at stake"
    assert page.more.words() == f"Show all {count}"
    page.more.click()
    assert page.list.model().rowCount() == count
    assert page.more.words() == "Show fewer"


def test_four_figures_of_the_book_stand_above(page: Any) -> None:
    assert [tile.label.text() for tile in page.tiles] == [
        "Joint revenue, quarter to date",
        "Renewal rate, 12 months",
        "Earned by partners, QTD",
        "Renewals due, 90 days",
    ]
    formats = Formats()
    for tile, row in zip(page.tiles, page.view.tiles, strict=True):
        wanted = formats.percent(row.value) if row.unit == "%" else formats.compact(row.value)
        assert tile.number.words() == wanted
        assert tile.note.accessibleName()


def test_d_marks_an_action_as_done_and_undo_brings_it_back(page: Any, stage: Stage) -> None:
    before = len(page.view.needs)
    need = choose(page, "late", "action")
    press(stage, Key.Key_D)
    assert stage.toast() == "Marked as done"
    assert need.key not in [n.key for n in page.view.needs]
    assert len(page.view.needs) == before - 1
    assert page.list.current() is not None, "the next row is selected"
    stage.act("edit.undo")
    assert need.key in [n.key for n in page.view.needs]


def test_d_on_something_else_says_what_to_do_instead(page: Any, stage: Stage) -> None:
    choose(page, "renews")
    press(stage, Key.Key_D)
    assert "Only an action can be marked as done." in stage.says()
    assert not stage.desk.undo_label


def test_s_snoozes_until_monday_and_says_how_many_wait(page: Any, stage: Stage) -> None:
    before = len(page.view.needs)
    need = choose(page, "renews")
    press(stage, Key.Key_S)
    assert stage.toast() == "Snoozed until 23 Nov"
    assert need.key not in [n.key for n in page.view.needs]
    assert page.rest.text().startswith("1 snoozed")
    stage.act("edit.undo")
    assert len(page.view.needs) == before
    assert "snoozed" not in page.rest.text()


def test_enter_opens_what_a_row_is_about(page: Any, stage: Stage) -> None:
    need = choose(page, "near")
    press(stage, Key.Key_Return)
    assert stage.window.page is not None
    assert stage.window.page.place() == Place("partners", need.partner, "progress", "score")
    stage.act("view.back")
    assert stage.window.page is page


def test_the_verb_of_a_row_is_a_button(page: Any, stage: Stage) -> None:
    need = choose(page, "renews")
    index = page.list.currentIndex()
    page.list.scrollTo(index)
    box = page.list.verb_box(page.list.whole(QRectF(page.list.visualRect(index))), need)
    stage.qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    stage.quiet()
    assert stage.window.page is not None
    assert stage.window.page.place() == Place("deals", "", "renewals")
    renewal: Any = stage.window.page
    assert f"renewal|{renewal.segment.table.current_row().id}" == need.key


def test_a_quick_action_is_about_the_selected_rows_partner(page: Any, stage: Stage) -> None:
    need = choose(page, "near")
    stage.act("partner.note")
    quick = stage.window.findChild(QuickAdd)
    assert quick is not None
    stage.qtbot.keyClicks(quick.field, "Send the price model mon")
    assert need.partner_name in quick.says.text()
    stage.qtbot.keyClick(quick.field, Key.Key_Return)
    stage.quiet()
    assert stage.toast() == f"Action with {need.partner_name} added"
    assert any(day.title == "Send the price model" for day in page.view.days)


def test_without_a_partner_the_quick_action_asks_for_one(page: Any, stage: Stage) -> None:
    stage.window.set_partner("", "")
    page.quick.click()
    stage.quiet()
    quick = stage.window.findChild(QuickAdd)
    assert quick is not None and "which partner?" in quick.says.text()
    quick.close()


def test_the_next_days_open_what_they_name(page: Any, stage: Stage) -> None:
    from partnerdesk.ui.screens.today_aside import _Entry

    entries = page._aside.findChildren(_Entry)
    assert len(entries) == len(page.view.days) + len(page.view.promised) + len(page.view.risers)
    review = next(entry for entry in entries if entry.text().startswith("QBR Q3 2026, "))
    review.setFocus()
    stage.qtbot.keyClick(review, Key.Key_Return)
    stage.quiet()
    assert stage.window.page is not None
    assert stage.window.page.ID == "reviews"


def test_someone_new_is_led_to_the_partner_closest_to_its_next_tier(page: Any, stage: Stage) -> None:
    mark = stage.window.findChild(CoachMark)
    assert mark is not None
    assert mark.accessibleName() == "Tesserin Cloud is 1.4 points from Gold"
    stage.qtbot.mouseClick(mark, Qt.MouseButton.LeftButton)
    stage.quiet()
    assert stage.window.page is not None
    assert stage.window.page.place() == Place("partners", "P-01", "progress", "score")
    again = stage.go("today")
    assert not [m for m in again.window().findChildren(CoachMark) if m.isVisible()]


def on_window(widget: QWidget) -> QRect:
    """Where a widget's words stand in the window; a label may be wider than they are."""
    words = min(widget.width(), widget.sizeHint().width())
    return QRect(widget.mapTo(widget.window(), QPoint()), QSize(words, widget.height()))


def test_the_mark_covers_no_words_of_the_heading(page: Any, stage: Stage) -> None:
    mark = stage.window.findChild(CoachMark)
    assert mark is not None
    for label in (page.title.title, page.title.note):
        assert label.text()
        assert not on_window(label).intersects(mark.geometry()), label.text()
    head = page.value_head
    assert mark.geometry().right() < head.mapTo(head.window(), QPoint()).x()
    mark.hide()
    stage.window.resize(1024, 680)
    page.reload()
    stage.quiet()
    assert not [m for m in stage.window.findChildren(CoachMark) if m.isVisible()], "no room for it here"


def test_a_mark_goes_with_its_page(page: Any, stage: Stage) -> None:
    mark = stage.window.findChild(CoachMark)
    assert mark is not None
    stage.go("settings")
    assert not mark.isVisible()
    stage.go("today")
    assert mark.isVisible()


def test_an_empty_book_says_how_to_begin(bare_stage: Stage) -> None:
    page = bare_stage.go("today")
    assert page.first.isVisible()
    assert not page.empty.isVisible()
    assert not page.list.isVisible()
    assert page.rules.words() == "No program yet"
    assert not any(tile.isVisible() for tile in page.tiles)


def test_the_view_of_the_last_time_is_shown_without_computing(
    page: Any,
    stage: Stage,
    make_window: WindowMaker,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    settled: Callable[[Desk], None],
) -> None:
    """And computed again after a write: a kept view is worth as much as the book's revision."""
    computed: list[date] = []
    usual = today_query.today

    def counted(session: Any, as_of: date) -> Any:
        computed.append(as_of)
        return usual(session, as_of)

    monkeypatch.setattr(today_query, "today", counted)
    first, shown = lines(page), [tile.number.words() for tile in page.tiles]
    again = tmp_path / "again.partnerdesk"
    shutil.copy(stage.desk.path or "", again)
    second = Desk("Ann", "en_GB", lambda: date(2026, 11, 19))
    with qtbot.waitSignal(second.opened, timeout=10_000):
        second.open(again)
    later = Stage(make_window(second), second, qtbot)
    view = later.go("today")
    assert (lines(view), [tile.number.words() for tile in view.tiles]) == (first, shown)
    assert not computed
    second.run("Change vendor", set_book_setting, "vendor", "Fennmark & Co")
    later.quiet()
    assert computed == [date(2026, 11, 19)]
    second.close()
    QApplication.processEvents()


def test_a_kept_view_needs_no_engine(stage: Stage, page: Any, tmp_path: Path) -> None:
    """What a start with a kept view imports: the heavy parts stay out."""
    book = tmp_path / "kept.partnerdesk"
    shutil.copy(stage.desk.path or "", book)
    argv = ["-X", "importtime", "-m", "partnerdesk", "--leave", "page", "--page", "today", "--book", str(book)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *argv], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "partnerdesk.queries.today.view" in imported
    heavy = {"partnerdesk.program.reader", "partnerdesk.models", "matplotlib", "numpy"}
    heavy |= {f"partnerdesk.engine.{name}" for name in ("evaluate", "facts", "outcome")}
    assert not heavy & imported


@pytest.mark.parametrize(
    ("label", "words"),
    [("2026-09", "September 2026"), ("2026Q3", "Q3 2026"), ("FY2027H1", "H1 FY2027"), ("2026", "2026")],
)
def test_labels_of_periods_in_words(label: str, words: str) -> None:
    assert period_words(label, Formats()) == words


def test_values_are_money_of_one_currency(page: Any) -> None:
    assert page.value_head.text() == "Value, EUR"
    assert all(need.value is None or need.value >= Decimal(0) for need in page.view.needs)
