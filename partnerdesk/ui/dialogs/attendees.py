"""Several attendees at once: a list, pasted or from a file, is shown as it was understood before it is added."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from partnerdesk.errors import PartnerDeskError
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ops.joint.attending import Attending
    from partnerdesk.ui.state import State

WIDTH, LINES, ROWS, PAUSE = 760, 110, 210, 250  # PAUSE is in ms, after the last letter
HINT = "Ann Silva <ann@example.com>; Reuter, Tobias\nor a table with a column of names"
FILES = "Lists (*.csv *.tsv *.txt *.xlsx);;All files (*)"


class AttendeesDialog(BaseDialog):
    """Emits `wanted(text, file)` when it has to know who that is; calls `then(people)`."""

    wanted = Signal(str, str)

    def __init__(self, parent: QWidget, text: str, state: "State", then: Callable[..., object]) -> None:
        super().__init__(parent, "Add several attendees", WIDTH)
        self._then = then
        self._is_over = False  # what was asked for may be answered after the dialog has gone
        self._rows: list[Attending] = []
        self.body.addWidget(Label("Paste names, addresses or a table, or read a file.", "body", wrap=True))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("List of people")
        self.text.setPlaceholderText(HINT)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme().px(LINES))
        self.body.addWidget(self.text)
        self.file = Button("From a file…", self._choose, kind="link")
        self.body.addWidget(self.file)
        self.table = DataTable("attendees", self._columns(), key=lambda r: r.name, state=state, says="Attendees")
        self.table.setMinimumHeight(min(theme().px(ROWS), parent.window().height() // 3))
        self.body.addWidget(self.table)
        self.problem = Label("", "small", "bad", wrap=True)
        self.body.addWidget(self.problem)
        self.verb = self.offer("Add attendees")
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._ask)
        self.text.textChanged.connect(self._pause.start)
        self.show_people(())
        self.text.setPlainText(text)
        self.text.setFocus()

    def _columns(self) -> list[Column]:
        return [
            Column("name", "Name", lambda r: r.name, kind=kinds.NAME, width=210),
            Column("side", "Side", _side, kind=kinds.LINK, width=86, open_it=self._turn, search=False),
            Column("role", "Role", lambda r: r.role, width=190),
            Column("why", "Side by", lambda r: r.why, kind=kinds.MUTED, width=200),
        ]

    def _ask(self) -> None:
        self.wanted.emit(self.text.toPlainText(), "")

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Read a list of people", "", FILES)
        if name:
            self.wanted.emit("", name)

    def show_people(self, found: "Sequence[Attending]") -> None:
        """Who would be added."""
        if self._is_over:
            return
        self._rows = list(found)
        self.problem.setText("")
        self._show()

    def refuse(self, error: Exception) -> None:
        """Say why a list cannot be read."""
        if self._is_over:
            return
        self.show_people(())
        said = error.sentence if isinstance(error, PartnerDeskError) else str(error)
        remedy = error.remedy if isinstance(error, PartnerDeskError) else ""
        self.problem.setText(f"{said} {remedy}".strip())

    def _show(self) -> None:
        self.table.set_rows(self._rows)
        new = sum(not row.is_there for row in self._rows)
        self.verb.set_text(f"Add {new} attendee{'' if new == 1 else 's'}" if new else "Add attendees")
        nobody = "Everybody of this list attends already" if self._rows else "Paste a list, or choose a file"
        self.verb.allow("" if new else nobody)

    def _turn(self, row: "Attending") -> None:
        """The other side."""
        side = "partner" if row.side == "vendor" else "vendor"
        self._rows = [replace(one, side=side, why="chosen here") if one is row else one for one in self._rows]
        self._show()

    def done(self, result: int) -> None:
        """The dialog has ended, either way."""
        self._is_over = True
        self._pause.stop()
        super().done(result)

    def accept(self) -> None:
        """Hand over whom the list names."""
        if any(not row.is_there for row in self._rows):
            super().accept()
            self._then(tuple(self._rows))


def _side(row: "Attending") -> str:
    return "ours" if row.side == "vendor" else "theirs"
