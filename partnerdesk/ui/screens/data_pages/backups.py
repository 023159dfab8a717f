"""Backups: verified copies of the book, the age of the last one, and the way back to one of them."""

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.screens.data_pages.moments import moment
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.status import Status

if TYPE_CHECKING:
    from partnerdesk.ui.screens.base import Screen


class BackupsPage(QWidget):
    def __init__(self, host: "Screen") -> None:
        super().__init__()
        self._host = host
        formats = host.desk.formats
        px = theme().px
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(24), px(10), px(24), px(10))
        row.setSpacing(px(12))
        self.age = Status()
        row.addWidget(self.age)
        row.addStretch(1)
        self.restore = Button("Restore…", self._ask_restore, icon="history", inner=True)
        row.addWidget(self.restore)
        row.addWidget(Button("Back up now", self.back_up, icon="database", inner=True))
        columns = [
            Column("at", "Made", lambda b: b.at, lambda at: moment(at, formats), kinds.NAME, 176),
            Column("reason", "Because of", lambda b: b.reason, width=300),
            Column("op", "Step", lambda b: b.op, lambda v: formats.number(v, 0), kinds.NUMBER, 80),
            Column("size", "Size", lambda b: b.size, lambda v: f"{v / 1_000_000:.1f} MB", kinds.NUMBER, 90),
            Column("sha", "SHA-256", lambda b: b.sha256[:16], kind=kinds.MUTED, width=160),
            Column("path", "File", lambda b: b.path.name, kind=kinds.MUTED, width=280),
        ]
        self.table = DataTable("backups", columns, key=lambda b: str(b.path), state=host.shell.state, says="Backups")
        self.table.set_empty(
            lambda: Empty(
                "No backup yet",
                "A verified backup is made before every import, and whenever you ask for one.",
                ("Back up now", self.back_up),
                icon="database",
            )
        )
        self.table.offer_menu(self._menu)
        self.table.picked.connect(lambda row: self.restore.allow("" if row is not None else "Select a backup first"))
        self.restore.allow("Select a backup first")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.table, 1)

    def reload(self) -> None:
        self._host.desk.with_store(
            "Reading backups", _backups, done=self._show, failed=self._host.show_error, slot="backups"
        )

    def _show(self, found: tuple[list[Any], str]) -> None:
        backups, words = found
        self.age.set_status("good" if backups else "warn", words)
        self.table.set_rows(backups)

    def back_up(self) -> None:
        """Make a verified backup now."""
        self._host.desk.with_store("Backing up", _back_up, done=lambda _b: self._made(), failed=self._host.show_error)

    def _made(self) -> None:
        self._host.messages.say(
            "good", "A verified backup was made.", "It lies in the backups folder of this computer."
        )
        self.reload()

    def _menu(self, row: Any) -> list[QAction]:
        restore = QAction("Restore this backup…", self)
        restore.triggered.connect(self._ask_restore)
        return [restore]

    def _ask_restore(self) -> None:
        chosen = self.table.current_row()
        if chosen is None:
            return
        text = (
            f"The book goes back to {moment(chosen.at, self._host.desk.formats)}. It is backed up as it is now first, "
            "so that you can return. The undo history ends there."
        )
        self._host.shell.ask("Restore this backup?", text, "Restore", lambda: self._restore(chosen))

    def _restore(self, chosen: Any) -> None:
        self._host.desk.restore(chosen, done=lambda _value: self._restored(), failed=self._host.show_error)

    def _restored(self) -> None:
        self._host.messages.say("good", "The backup was restored.", "Every page reads the book again.")


def _backups(store: Any) -> tuple[list[Any], str]:
    age = store.backup_age
    if age is None:
        return store.backups(), "There is no backup of this book yet"
    minutes = int(age.total_seconds() // 60)
    sizes = ((120, minutes, "minute"), (2880, minutes // 60, "hour"))
    words = next((plural(count, unit) for most, count, unit in sizes if minutes < most), plural(age.days, "day"))
    return store.backups(), f"Last verified backup {words} ago"


def _back_up(store: Any) -> Any:
    return store.backup("asked for")
