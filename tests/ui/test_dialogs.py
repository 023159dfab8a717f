"""What every dialog keeps to: its buttons on the screen, its fields beside one another, whatever the size of text."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.engine.fiscal import FiscalYear
from partnerdesk.queries.statements.openings import OpeningForm
from partnerdesk.reports.format import Formats
from partnerdesk.ui import theme
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.dialogs.opening import MOST, OpeningDialog
from partnerdesk.ui.widgets.text import Label

NAME = "Vereinigte Norddeutsche Systemhaus- und Beratungsgesellschaft für Hafenwirtschaft mbH"


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """A small screen's window, with the largest text."""
    theme.start(theme.LIGHT, zoom=1.6)
    made = QWidget()
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
