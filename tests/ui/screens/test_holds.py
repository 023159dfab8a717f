"""Holds as a user meets them: placed from a line, a run and the menu, seen on Earnings and Today, released."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.queries.statements.holds import Choice, Holdable, HoldRow, holds
from partnerdesk.queries.today.ranked import today
from partnerdesk.reports.format import Formats
from partnerdesk.ui.dialogs.hold import HoldDialog, ReleaseDialog
from partnerdesk.ui.screens.need_words import need_words
from tests.ui.screens.conftest import Stage
from tests.ui.screens.test_disputes import photograph

PARTNER, PERIOD = "P-04", "2026-10"


def rows(stage: Stage, later: int = 0) -> tuple[HoldRow, ...]:
    return stage.desk._open_store().read(holds, stage.desk.today() + timedelta(days=later))


def on_earnings(stage: Stage) -> Any:
    return stage.go("partners", PARTNER, "earnings", PERIOD).detail.page


def test_a_deal_is_put_on_hold_from_its_line_and_released(stage: Stage) -> None:
    tab = on_earnings(stage)
    line = next(r for r in tab.view.ledger if r.figure.startswith("line|") and r.payable > 0)
    hold = next(a for a in tab._menu(line) if a.text() == "Put on hold…")
    assert hold.isEnabled()
    hold.trigger()
    stage.quiet()
    dialog = stage.dialog(HoldDialog)
    assert dialog.chosen().scope in ("deal", "customer"), "the line's own business is offered first"
    dialog.accept()
    assert "is needed" in dialog.problem.text(), "a hold says why"
    dialog.reason.setText("The order is under inquiry & <b>checked</b>")
    photograph(dialog, "hold")
    dialog.accept()
    stage.quiet()
    (found,) = rows(stage)
    assert found.partner == PARTNER and found.kept > 0, stage.says()
    tab = on_earnings(stage)
    stage.quiet()
    assert tab.holds.isVisible() and len(tab.holds.lines) == 1
    photograph(stage.window, "held")
    late = stage.desk._open_store().read(today, stage.desk.today() + timedelta(days=40))
    assert any("on hold for 40 days" in need_words(n, stage.desk.formats) for n in late.needs if n.kind == "hold")
    tab.holds.lines[0].layout().itemAt(1).widget().click()
    stage.quiet()
    release = stage.dialog(ReleaseDialog)
    release.reason.setText("The order is confirmed")
    photograph(release, "release")
    release.accept()
    stage.quiet()
    assert not rows(stage)[0].stands
    on_earnings(stage)
    stage.quiet()
    assert not tab.holds.isVisible()


def test_a_partner_is_put_on_hold_from_the_run_and_from_the_menu(stage: Stage) -> None:
    page: Any = stage.go("statements", PERIOD)
    row = next(r for r in page.run_.rows if r.partner == PARTNER)
    next(a for a in page._menu(row) if a.text() == "Put on hold…").trigger()
    stage.quiet()
    dialog = stage.dialog(HoldDialog)
    assert [c.scope for c in dialog._found.choices] == ["partner"]
    dialog.reject()
    on_earnings(stage)
    stage.act("partner.hold")
    stage.quiet()
    dialog = stage.dialog(HoldDialog)
    dialog.reason.setText("Its bank account is being checked")
    dialog.accept()
    stage.quiet()
    assert [(r.scope, r.name) for r in rows(stage)] == [("partner", rows(stage)[0].partner_name)]


def test_the_dialog_says_what_is_with_finance_of_the_choice(qtbot: QtBot) -> None:
    kept, issued = Decimal(300), Decimal(600)
    choices = (Choice("partner", "P", "P Ltd", kept, issued=issued), Choice("deal", "D", "Rollout", kept))
    found = Holdable("P", "P Ltd", "EUR", date(2026, 11, 1), choices, ("PR-0001-001",))
    window = QWidget()
    qtbot.addWidget(window)
    dialog = HoldDialog(window, found, Formats("en_GB"), lambda *_: None)
    assert "with finance" not in dialog.note.text(), "nothing of the deal is"
    dialog._chose(dialog.what.setCurrentIndex(0))
    assert "600.00 EUR of it are with finance already: withdraw PR-0001-001" in dialog.note.text()


def test_a_long_reason_gives_way_to_the_page_beside_a_why(stage: Stage) -> None:
    reason = "The customer disputes the go-live, and nobody has answered for three weeks although we asked twice. " * 2
    tab = on_earnings(stage)
    hold = next(a for a in tab._menu(tab.view.ledger[0]) if a.text() == "Put on hold…")
    hold.trigger()
    stage.quiet()
    dialog = stage.dialog(HoldDialog)
    dialog.reason.setText(reason)
    dialog.accept()
    stage.quiet()
    tab = on_earnings(stage)
    tab.ask_why(next(r for r in tab.view.ledger if r.figure.startswith("line|")).figure)
    stage.quiet()
    status, release = (tab.holds.lines[0].layout().itemAt(at).widget() for at in (0, 1))
    assert reason.strip() in status.toolTip() and reason.strip() in status.accessibleName()
    right = release.mapTo(stage.window, release.rect().topRight()).x()
    assert (
        right < tab.mapTo(stage.window, tab.rect().topRight()).x()
        and tab.releases.visibleRegion().boundingRect().width()
    )
    shown = tab.releases.mapTo(stage.window, tab.releases.rect().topRight()).x()
    assert shown <= stage.window.side.mapTo(stage.window, stage.window.side.rect().topLeft()).x()
