"""What the program stands on: versions below which something is known to be broken, and faults seen before."""

import sys
from importlib.metadata import version

import pytest
import sqlcipher3.dbapi2 as driver
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:3])


@pytest.mark.parametrize(("package", "least"), [("pillow", "12.3.0"), ("reportlab", "5.1.0"), ("openpyxl", "3.1.5")])
def test_libraries_are_new_enough_to_be_safe(package: str, least: str) -> None:
    assert numbers(version(package)) >= numbers(least)


def test_the_database_engine_cannot_lose_a_write_ahead_log() -> None:
    assert driver.sqlite_version_info >= (3, 51, 3)


def test_qt_is_one_that_does_not_abort_the_interpreter() -> None:
    assert (6, 10, 3) <= numbers(version("PySide6-Essentials")) < (6, 12)


class Sender(QObject):
    said = Signal(bool)


def test_three_thousand_signals_leave_true_alive(qtbot: QtBot) -> None:
    sender, heard = Sender(), []
    sender.said.connect(heard.append)
    before = sys.getrefcount(True)
    for _ in range(3_000):
        sender.said.emit(True)
    assert len(heard) == 3_000
    heard.clear()
    assert sys.getrefcount(True) >= before


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot be lost from Python 3.12 on")
def test_a_call_that_returns_nothing_keeps_none_alive(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(1_000):
        label.setText(str(number))
    assert sys.getrefcount(None) >= before - 10
