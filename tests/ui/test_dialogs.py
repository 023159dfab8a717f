"""What every dialog keeps to: its buttons on the screen, its fields beside one another, whatever the size of text."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.engine.fiscal import FiscalYear
from partnerdesk.intake.official.reading import Official
from partnerdesk.queries.statements.openings import OpeningForm
from partnerdesk.reports.format import Formats
from partnerdesk.ui import theme
from partnerdesk.ui.dialogs.adjust import AdjustDialog
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.dialogs.new_partner import NewPartnerDialog
from partnerdesk.ui.dialogs.opening import MOST, OpeningDialog
from partnerdesk.ui.dialogs.packs import PacksDialog
from partnerdesk.ui.dialogs.payout_columns import PayoutColumnsDialog
from partnerdesk.ui.widgets.text import Label, LineLabel
from tests.intake.test_settlements import WEEKS, paid

NAME = "Vereinigte Norddeutsche Systemhaus- und Beratungsgesellschaft für Hafenwirtschaft mbH"


class _Wide(QWidget):
    """A window on a screen as wide as itself, which that of the tests is not."""

    def screen(self) -> Any:
        return SimpleNamespace(availableGeometry=lambda: QRect(0, 0, 1366, 768))


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """A small screen's window, with the largest text."""
    theme.start(theme.LIGHT, zoom=1.6)
    made = _Wide()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    yield made


def is_on_screen(dialog: BaseDialog) -> bool:
    screen = dialog.screen().availableGeometry()
    return dialog.height() <= screen.height() and dialog.rect().contains(dialog.verb.geometry())  # type: ignore[attr-defined]


def test_a_dialog_that_the_screen_has_no_room_for_scrolls_above_its_buttons(window: QWidget) -> None:
    dialog = BaseDialog(window, NAME)
    for _ in range(40):
        dialog.body.addWidget(Label("What is closed never changes. " * 4, "body", wrap=True))
    last = Label("What is wrong", "small", "bad", wrap=True)
    dialog.body.addWidget(last)
    dialog.verb = dialog.offer("Close")  # type: ignore[attr-defined]
    dialog.open()
    assert is_on_screen(dialog)
    assert last.visibleRegion().isEmpty()
    dialog.reveal(last)
    QApplication.processEvents()
    assert not last.visibleRegion().isEmpty(), "what was said is in view"
    dialog.reject()


def test_the_fields_of_an_opening_stand_beside_one_another(window: QWidget) -> None:
    form = OpeningForm("P", NAME, "KWD", date(2026, 6, 30), "", (), (("Upfront", "up"),), "month", FiscalYear())
    dialog = OpeningDialog(window, form, Formats("en_GB"), lambda *_: None)
    while len(dialog.rows) < MOST:
        dialog._add()
    dialog.open()
    QApplication.processEvents()
    assert is_on_screen(dialog)
    for row in dialog.rows:
        places = [field.geometry() for field in row.fields()]
        assert all(a.right() < b.left() for a, b in pairwise(places))
        assert dialog.rect().width() > places[-1].right()
    dialog.reject()


def test_what_is_said_later_finds_its_room(window: QWidget) -> None:
    theme.start(theme.LIGHT)
    packs = PacksDialog(window, ["2026Q3"], lambda _wanted: None)
    packs.open()
    QApplication.processEvents()
    low = packs.height()
    packs.says.setText("21 partners are due. 11 of them have no review yet. " * 3)
    QApplication.processEvents()
    QApplication.processEvents()
    assert packs.height() > low
    bottom = packs.mails.mapTo(packs, packs.mails.rect().bottomLeft()).y()
    assert bottom < packs.verb.geometry().top() and packs.mails.visibleRegion().boundingRect().height() > 20
    packs.reject()


def test_a_long_heading_of_a_payout_leaves_room_for_its_choice(window: QWidget) -> None:
    heading = "A column with a very long heading that finance made in its own incentive system " * 2
    parts, first = {heading: "", "Amount": "amount"}, {heading: "a first cell that is long as well"}
    found = Official("paid.csv", "", "", parts, first, (), (), ())
    dialog = PayoutColumnsDialog(window, found, lambda _choices: None)
    dialog.open()
    QApplication.processEvents()
    field = dialog.choices[heading]
    right = field.mapTo(dialog, field.rect().topRight()).x()
    assert right < dialog.width() and field.visibleRegion().boundingRect().width() == field.width()
    (label,) = [one for one in dialog.findChildren(LineLabel) if one.text().startswith(heading)]
    label.grab()
    assert heading in label.toolTip()
    dialog.reject()


def test_an_adjustment_without_an_amount_says_so(window: QWidget) -> None:
    dialog = AdjustDialog(window, "EUR", date(2026, 6, 30), Formats("en_GB"), lambda _fields: None)
    dialog.open()
    dialog.accept()
    assert dialog.problem.text() == "An adjustment needs an amount."
    dialog.reject()


def test_what_is_wrong_with_an_adjustment_is_in_view_where_the_dialog_scrolls(
    window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BaseDialog, "_most", lambda _dialog: 160)
    dialog = AdjustDialog(window, "EUR", date(2026, 6, 30), Formats("en_GB"), lambda _fields: None)
    dialog.open()
    dialog.accept()
    for _ in range(3):
        QApplication.processEvents()
    assert not dialog.problem.visibleRegion().isEmpty()
    dialog.reject()


def test_no_field_is_cut_at_the_side(window: QWidget) -> None:
    theme.start(theme.LIGHT)
    dialog = NewPartnerDialog(window, lambda *_: None)
    wide = BaseDialog(window, "Wide")
    field = QLineEdit()
    field.setFixedWidth(700)
    wide.body.addWidget(field)
    for shown, inner in ((dialog, dialog.name), (dialog, dialog.type), (wide, field)):
        shown.open()
        QApplication.processEvents()
        assert inner.visibleRegion().boundingRect().width() == inner.width(), shown.windowTitle()
    assert dialog.name.height() == dialog.type.height()
    for shown in (dialog, wide):
        shown.reject()


def test_the_column_of_a_month_is_named_in_the_place_of_an_amount(window: QWidget, tmp_path: Path) -> None:
    """Months side by side that are named as the calendar is, under a year of weeks: the answer says what is paid."""
    found = paid(tmp_path, "Partner;Deal;Sep-25;Oct-25\nP1;D1;1.00;2.00\n", {}, "FY2026M03", WEEKS)
    named: list[dict[str, str]] = []
    dialog = PayoutColumnsDialog(window, found, named.append)
    dialog.open()
    assert any("Which column is FY2026M03?" in label.text() for label in dialog.findChildren(Label))
    dialog.accept()
    assert dialog.isVisible() and dialog.problem.text(), "nothing is compared before it is said"
    (answer,) = dialog.answers.values()
    assert [answer.itemText(n) for n in range(answer.count())] == ["Choose one", "Sep-25", "Oct-25"]
    answer.show_value("Oct-25")
    dialog.accept()
    assert named[0]["month:FY2026M03"] == "Oct-25" and not dialog.isVisible()
    again = paid(tmp_path, "Partner;Deal;Sep-25;Oct-25\nP1;D1;1.00;2.00\n", named[0], "FY2026M03", WEEKS)
    assert again.is_clear and again.rows[0].amount == 2


def test_no_dialog_is_wider_than_the_screen(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(9000, 600)
    dialog = BaseDialog(parent, "Wide", 8000)
    assert dialog.width() < parent.screen().availableGeometry().width()
