"""Data: files in, batches that can be taken back, backups, the partner program, and the check of the book."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.data_pages.backups import BackupsPage
from partnerdesk.ui.screens.data_pages.batches import BatchesPage
from partnerdesk.ui.screens.data_pages.checking import CheckPage
from partnerdesk.ui.screens.data_pages.gone import GonePage
from partnerdesk.ui.screens.data_pages.preview import PreviewPage
from partnerdesk.ui.screens.partner.plan.returning import is_returned_plan
from partnerdesk.ui.screens.returning import is_returned
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.tabs import TabStrip

TABS = (("Imports", "imports"), ("Gone rows", "gone"), ("Backups", "backups"), ("Check", "check"))
TABLES = ("csv", "tsv", "txt", "xlsx", "xlsm")


class DataScreen(Screen):
    ID: ClassVar[str] = "data"
    TITLE: ClassVar[str] = "Data"
    READS = frozenset({"*"})

    def build(self) -> None:
        self.tab = "imports"
        self.import_ = Button("Import…", self._choose, icon="file-down", keys="Ctrl+I", kind=PRIMARY)
        self.preview = PreviewPage(self, self.show_lists)
        self.header.add(self.import_, *self.preview.controls)
        self.pages: dict[str, Any] = {
            "imports": BatchesPage(self, self._choose),
            "gone": GonePage(self),
            "backups": BackupsPage(self),
            "check": CheckPage(self),
        }
        lists = QWidget()
        column = QVBoxLayout(lists)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tabs = TabStrip("Data", TABS, self._chosen)
        self.inner = QStackedWidget()
        for page in self.pages.values():
            self.inner.addWidget(page)
        column.addWidget(self.tabs)
        column.addWidget(self.inner, 1)
        self.lists = lists
        self.stack = QStackedWidget()
        self.stack.addWidget(lists)
        self.stack.addWidget(self.preview)
        self.body.addWidget(self.stack)
        self.show_lists()

    # Places

    def show_place(self, place: Place) -> None:
        if place.item == "import":
            self._choose()
        elif place.item in self.pages:
            self.show_lists()
            self.tabs.show_tab(place.item)

    def place(self) -> Place:
        return Place(self.ID, self.tab)

    def commands(self) -> dict[str, Callable[[], object]]:
        return {
            "data.import": self._choose,
            "page.new": self._choose,
            "data.backup": self.pages["backups"].back_up,
            "tools.check": lambda: self.tabs.show_tab("check"),
        }

    def first_focus(self) -> QWidget | None:
        return self.import_

    def accept_files(self, paths: Sequence[Path]) -> bool:
        tables = [p for p in paths if p.suffix.lower().lstrip(".") in TABLES]
        programs = [p for p in paths if p.suffix.lower() == ".toml"]
        if programs:
            return False  # the window hands them to the program's page
        if len(paths) == 1 and (is_returned(paths[0]) or is_returned_plan(paths[0])):
            return False  # what came back belongs to Statements, or to a partner's Plan
        if paths:
            self.open_file((tables or list(paths))[0])
        return bool(paths)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves a preview, Ctrl+Enter applies it."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.stack.currentWidget() is not self.preview:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.preview.leave()
        elif is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.preview.apply.click()
        else:
            super().keyPressEvent(event)

    # Showing

    def reload(self) -> None:
        self.pages[self.tab].reload()

    def show_lists(self) -> None:
        """The lists instead of a preview."""
        self.stack.setCurrentWidget(self.lists)
        self.header.set("Data")
        self.import_.setVisible(True)
        for widget in self.preview.controls:
            widget.setVisible(False)

    def open_file(self, path: Path) -> None:
        """Preview a file."""
        self.stack.setCurrentWidget(self.preview)
        self.import_.setVisible(False)
        self.preview.open(path)

    def _chosen(self, key: str) -> None:
        self.tab = key
        self.inner.setCurrentWidget(self.pages[key])
        self.pages[key].reload()
        self.shell.moved()

    def _choose(self) -> None:
        patterns = " ".join(f"*.{suffix}" for suffix in TABLES)
        name, _ = QFileDialog.getOpenFileName(self.window(), "Import a file", "", f"Tables ({patterns});;All files (*)")
        if name:
            self.open_file(Path(name))
