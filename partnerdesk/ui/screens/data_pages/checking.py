"""Check book: what is wrong with the file, by category, each with its remedy; nothing is changed."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.status import Status

if TYPE_CHECKING:
    from partnerdesk.ui.screens.base import Screen


class CheckPage(QWidget):
    def __init__(self, host: "Screen") -> None:
        super().__init__()
        self._host = host
        px = theme().px
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(24), px(10), px(24), px(10))
        self.state = Status()
        row.addWidget(self.state)
        row.addStretch(1)
        row.addWidget(Button("Check again", self.reload, icon="circle-check", inner=True))
        columns = [
            Column("category", "About", lambda f: f.category.capitalize(), kind=kinds.NAME, width=140),
            Column("sentence", "Finding", lambda f: f.sentence, width=560),
            Column("remedy", "What to do", lambda f: f.remedy, kind=kinds.MUTED, width=380),
        ]
        self.table = DataTable("check", columns, key=lambda f: (f.category, f.sentence), says="Findings")
        self.table.set_empty(
            lambda: Empty("The book is sound", "File, history, triggers and references agree.", icon="circle-check")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.table, 1)

    def reload(self) -> None:
        self.state.set_status("info", "Checking the book")
        self._host.desk.with_store(
            "Checking the book", _check, done=self._show, failed=self._host.show_error, slot="check"
        )

    def _show(self, found: list[Any]) -> None:
        count = len(found)
        words = f"{count} finding{'s' if count > 1 else ''}" if count else "Nothing is wrong"
        self.state.set_status("warn" if count else "good", words)
        self.table.set_rows(found)


def _check(store: Any) -> list[Any]:
    found: list[Any] = store.check()
    return found
