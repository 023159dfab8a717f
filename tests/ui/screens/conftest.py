"""The real sample book in the real window, copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.ui import messages
from partnerdesk.ui.desk import Desk
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.window.window import MainWindow
from tests.ui.conftest import WindowMaker


@dataclass
class Stage:
    """A window on a book, and what a user does with it."""

    window: MainWindow
    desk: Desk
    qtbot: QtBot

    def quiet(self) -> None:
        """Wait until everything that was asked for is shown."""
        self.qtbot.waitUntil(lambda: not self.desk.jobs.is_busy, timeout=90_000)
        QApplication.processEvents()
        if self.desk.jobs.is_busy:  # what came asked for more
            self.quiet()

    def go(self, page: str, item: str = "", tab: str = "", sub: str = "") -> Any:
        """Open a place and wait for it; returns the screen."""
        self.window.go(Place(page, item, tab, sub))
        self.quiet()
        return self.window.page

    def act(self, command: str) -> None:
        """Run a command of `ui.actions`, which must be allowed, and wait for what it brings."""
        assert not self.window.commands.why_not(command), self.window.commands.why_not(command)
        self.window.commands[command].trigger()
        self.quiet()

    def dialog(self, kind: type[QWidget]) -> Any:
        """The dialog of a kind that is open."""
        found = [w for w in self.window.findChildren(kind) if w.isVisible()]
        assert len(found) == 1, f"{len(found)} dialogs of {kind.__name__}"
        return found[0]

    def says(self) -> str:
        """The message bar of the page."""
        return self.window.page.messages.text() if self.window.page is not None else ""

    def toast(self) -> str:
        """The toast."""
        return self.window.message.text()


@pytest.fixture(autouse=True)
def patient_toasts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a toast says is read when everything is shown, however slow the machine."""
    monkeypatch.setattr(messages, "SECONDS", 600)


@pytest.fixture
def stage(
    empty_desk: Desk, sample_file: Path, tmp_path: Path, make_window: WindowMaker, qtbot: QtBot
) -> Iterator[Stage]:
    """The window on a copy of the sample book."""
    book = tmp_path / sample_file.name
    shutil.copy(sample_file, book)
    yield _opened(empty_desk, book, make_window, qtbot)


@pytest.fixture
def bare_stage(empty_desk: Desk, book: Path, make_window: WindowMaker, qtbot: QtBot) -> Iterator[Stage]:
    """The window on an empty book."""
    yield _opened(empty_desk, book, make_window, qtbot)


def _opened(desk: Desk, book: Path, make_window: Callable[..., MainWindow], qtbot: QtBot) -> Stage:
    with qtbot.waitSignal(desk.opened, timeout=10_000):
        desk.open(book)
    return Stage(make_window(desk), desk, qtbot)


def cells(table: Any, key: str) -> list[str]:
    """A column as the user reads it, from top to bottom."""
    column = next(c for c in table.table_model.columns if c.key == key)
    return [column.words(row) for row in table.table_model.rows]
