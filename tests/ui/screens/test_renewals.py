"""Renewals as a user meets them: circles, columns and an agenda that follow one view, and what becomes of a renewal."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from partnerdesk.ui.dialogs.renewal_outcome import ChurnedDialog, RenewedDialog
from partnerdesk.ui.quick_add import QuickAdd
from partnerdesk.ui.screens.deal_pages import worth_part
from partnerdesk.ui.screens.deal_pages.renewal_charts import AHEAD, NOTICE, OWNER, PASSED, bands_of, by_month
from partnerdesk.ui.widgets.status import Status
from tests.ui.screens.cell_typing import type_into
from tests.ui.screens.conftest import Stage, cells

Key = Qt.Key


@pytest.fixture(autouse=True)
def no_worth(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a renewal is worth takes a process of its own; the test of deals waits for one."""
    monkeypatch.setattr(worth_part, "PAUSE_MS", 3_600_000)


@pytest.fixture
def page(stage: Stage) -> Any:
    return stage.go("deals", "", "renewals").segment


def pick(page: Any, index: int = 0) -> Any:
    """Select a row of the agenda and give it the keyboard."""
    row = page.table.table_model.rows[index]
    page.table.setFocus()
    page.table.select(row.id)
    return row


def shown(page: Any) -> list[str]:
    return [row.id for row in page.table.table_model.rows]


def ready(stage: Stage, page: Any) -> list[Any]:
    """Wait until the timeline is drawn; its marks from left to right."""
    stage.qtbot.waitUntil(lambda: page.timeline.canvas.is_ready, timeout=20_000)
    return list(page.timeline.canvas._marks())


def test_the_agenda_says_when_by_when_and_why_and_nothing_is_cut_off(stage: Stage, page: Any) -> None:
    rows = page.table.table_model.rows
    assert rows and all(row.is_open for row in rows) and page.table.horizontalScrollBar().maximum() == 0
    risk = dict(zip(shown(page), cells(page.table, "risk"), strict=True))
    for row in rows:
        assert risk[row.id].startswith(row.band.capitalize())
        if row.is_notice_past:
            assert "notice passed" in risk[row.id]
    high = [row for row in rows if row.band == "high"]
    assert page.timeline.head.title.text() == f"{len(high)} renewals of {len(rows)} at high risk"
    signs = {s.accessibleName() for s in page.aside().findChildren(Status)}
    assert len(signs) == len(page.table.current_row().signs)


def test_a_click_on_a_circle_selects_its_renewal_and_arrow_keys_go_on(stage: Stage, page: Any) -> None:
    marks, canvas = ready(stage, page), page.timeline.canvas
    assert {mark.key for mark in marks} == set(shown(page))
    small = min(marks, key=lambda mark: mark.width)
    at = QPoint(
        round((small.x + small.width / 2) * canvas.width()), round((small.y + small.height / 2) * canvas.height())
    )
    stage.qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert page.table.current_row().id == small.key and small.key in [row.id for row in page.chosen()]
    stage.qtbot.keyClick(canvas, Key.Key_Right)
    after = marks[[mark.key for mark in marks].index(small.key) + 1]
    assert page.table.current_row().id == after.key
    boxes = [(m.x * canvas.width(), m.y * canvas.height(), m.width * canvas.width()) for m in marks]
    middles = {(round(x + w / 2), round(y)) for x, y, w in boxes}
    assert len(middles) == len(marks)  # circles of one day stand beside each other


def test_views_narrow_charts_and_sums_with_the_agenda(stage: Stage, page: Any) -> None:
    whole = page.stake.text()
    page.views.choose("At high risk")
    rows = page.table.table_model.rows
    assert rows and {row.band for row in rows} == {"high"} and page.stake.text() != whole
    assert {mark.key for mark in ready(stage, page)} <= {row.id for row in page.found.rows}
    assert len(page.timeline._shown.rows) == len(rows)
    partner = rows[0].contract.partner
    page._choose_partner(partner)
    assert {row.contract.partner for row in page.table.table_model.rows} == {partner}
    page._choose_partner("")
    page._choose_reach(90)
    stage.quiet()
    last = stage.desk.today() + timedelta(days=90)
    assert all(row.contract.end <= last for row in page.found.rows if row.is_open)
    page.views.choose("Decided in 90 days")
    assert page.timeline.head.title.text() == "No open renewal is shown"
    assert {words.partition(":")[0] for words in cells(page.table, "risk")} <= {
        "Renewed",
        "Expanded",
        "Contracted",
        "Churned",
    }


def test_lines_by_notice_and_owner_and_months_hold_every_renewal_once(page: Any) -> None:
    rows, today = page.table.table_model.rows, page.desk.today()
    for group in (NOTICE, OWNER):
        lines, line = bands_of(rows, group)
        assert {line(row) for row in rows} <= set(lines) and len(set(lines)) == len(lines)
    assert {PASSED, AHEAD} <= set(bands_of(rows, NOTICE)[0]) and bands_of(rows, OWNER)[0][0] == "Nobody"
    months = by_month(rows, today, 180)
    whole = sum(row.value for row in rows)
    assert abs(sum(risk + safe for _, risk, safe in months) - whole) < Decimal("0.01")


def test_the_amount_says_whether_it_was_renewed_expanded_or_contracted(stage: Stage, page: Any) -> None:
    row = pick(page)
    stage.qtbot.keyClick(page.table, Key.Key_R)
    dialog = stage.dialog(RenewedDialog)
    assert dialog.verb.words() == "Mark as renewed"
    dialog.yearly.setText("1")
    assert dialog.verb.words() == "Mark as contracted"
    dialog.yearly.setText("999,000")
    assert dialog.verb.words() == "Mark as expanded"
    dialog.accept()
    stage.quiet()
    assert row.id not in shown(page) and stage.toast().endswith("expanded")
    page.views.choose("Decided in 90 days")
    decided = next(r for r in page.table.table_model.rows if r.id == row.id)
    assert decided.contract.outcome == "expanded" and str(decided.contract.outcome_amount) == "999000.00"
    stage.act("edit.undo")
    page.views.choose("Open")
    assert row.id in shown(page)


def test_churn_needs_the_reason_and_several_are_renewed_as_they_are(stage: Stage, page: Any) -> None:
    row = pick(page)
    stage.qtbot.keyClick(page.table, Key.Key_C)
    dialog = stage.dialog(ChurnedDialog)
    dialog.accept()
    assert "needed" in dialog.problem.text()
    dialog.reason.setText("Went to a rival")
    dialog.accept()
    stage.quiet()
    assert row.id not in shown(page)
    pair = page.table.table_model.rows[:2]
    page.acts.renew(pair)
    stage.quiet()
    assert stage.toast() == "Marked 2 renewals as renewed" and not {r.id for r in pair} & set(shown(page))
    page.views.choose("Decided in 90 days")
    risk = dict(zip(shown(page), cells(page.table, "risk"), strict=True))
    assert risk[row.id] == "Churned: Went to a rival" and risk[pair[0].id] == "Renewed"


def test_an_action_takes_a_sign_away_and_leads_back(stage: Stage, page: Any) -> None:
    row = pick(page)
    assert "no action" in cells(page.table, "risk")[0] and cells(page.table, "action")[0] == "add action"
    stage.qtbot.keyClick(page.table, Key.Key_A)
    line = next(w for w in stage.window.findChildren(QuickAdd) if w.isVisible())
    line.field.setText("Executive call fri")
    line.add()
    stage.quiet()
    assert "no action" not in cells(page.table, "risk")[0] and cells(page.table, "action")[0] == "Executive call"
    assert "Executive call" in "\n".join(label.text() for label in page.aside().findChildren(QLabel))
    listed = stage.go("actions").segment
    listed.acts.open_source(next(r for r in listed.table.table_model.all_rows() if r.row.contract == row.id))
    stage.quiet()
    assert stage.window.page.segment.table.current_row().id == row.id


def test_a_chance_is_typed_over_the_books_record_and_given_back_to_it(stage: Stage, page: Any) -> None:
    row = pick(page)
    said = "\n".join(label.text() for label in page.aside().findChildren(QLabel))
    assert all(words.startswith("~") and words.endswith("%") for words in cells(page.table, "chance"))
    assert "The book's record says" in said and "Type your own" in said
    editor = type_into(stage, page, row, "chance", "140")
    assert "between 0 and 100" in editor.problem.words()
    stage.qtbot.keyClick(editor, Key.Key_Escape)
    type_into(stage, page, row, "chance", "35")
    said = "\n".join(label.text() for label in page.aside().findChildren(QLabel))
    assert cells(page.table, "chance")[0] == "35%" and "Set by a person" in said
    assert page.table.table_model.rows[0].contract.probability == Decimal("0.35")
    type_into(stage, page, row, "chance", " ")
    assert cells(page.table, "chance")[0].startswith("~")


def test_charts_of_nothing_offer_no_data(bare_stage: Stage) -> None:
    page = bare_stage.go("deals", "", "renewals").segment
    assert not page.timeline._toggle.isVisible() and not page.months._toggle.isVisible()
