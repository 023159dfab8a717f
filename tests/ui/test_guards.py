"""The binding itself: a PySide that loses references to None or True kills the program after some thousand calls."""

import sys

import PySide6
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from partnerdesk.ui.widgets.text import Label


class Bell(QObject):
    rung = Signal(object)
    silent = Signal()


def test_three_thousand_signals_are_heard(qapp: object) -> None:
    heard: list[object] = []
    bell = Bell()
    bell.rung.connect(heard.append)
    for number in range(3000):
        bell.rung.emit(number)
        bell.silent.emit()
    assert heard == list(range(3000))


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
@pytest.mark.parametrize("constant", [None, True])
def test_calls_that_return_nothing_give_no_reference_away(qapp: object, constant: object) -> None:
    label, widget, bell = Label("x"), QWidget(), Bell()
    before = sys.getrefcount(constant)
    for number in range(1000):
        label.setText(str(number))
        widget.setEnabled(bool(number % 2))
        bell.silent.emit()
    assert sys.getrefcount(constant) > before - 100


def test_the_binding_is_one_that_was_measured() -> None:
    version = tuple(int(part) for part in PySide6.__version__.split(".")[:2])
    assert (6, 10) <= version < (6, 12)
