"""Ctrl+Shift+A: an action or a note for the partner at hand in one typed line, without a dialog.

`@name` is the owner, a day at the end is the due day; what was understood stands under the line while one types.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from partnerdesk.ui.overlay import Overlay
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.text import LineLabel

if TYPE_CHECKING:
    from partnerdesk.queries.partners.people import PersonRow
    from partnerdesk.ui.main_window import MainWindow

ACTION, NOTE = "action", "note"
FOOT = 52


class QuickAdd(Overlay):
    """One line; Enter writes it down."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window, "Action or note", "square-plus", "Send the price model @tobias fri")
        self._partner, self._name = window.partner
        self._people: Sequence[PersonRow] = ()
        self._kind = ACTION
        px = theme().px
        head = QHBoxLayout()
        head.setContentsMargins(px(46), 0, px(10), 0)
        head.addWidget(self.field, 1)
        choices = [("Action", ACTION), ("Note", NOTE)]
        self.kind = Segmented("Action or note", choices, self._choose, ACTION)
        head.addWidget(self.kind)
        self.column.addLayout(head)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(16), px(9), px(10), px(9))
        self.says = LineLabel("", "small", "muted")
        self.add_button = Button("Add", self.add, keys="Enter", kind=PRIMARY)
        foot.addWidget(self.says, 1)
        foot.addWidget(self.add_button)
        self.column.addLayout(foot)
        self.field.textChanged.connect(self._typed)
        self.appear()
        self._read()
        self._typed()

    def height_below(self, room: int) -> int:
        return theme().px(FOOT)

    def key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.add()
            return True
        return False

    def _read(self) -> None:
        from partnerdesk.queries.partners.people import people

        read = self._window.desk.read
        read(people, self._partner, done=self._know, slot="quick.theirs")
        read(people, None, done=self._know, slot="quick.ours")

    def _know(self, people: "Sequence[PersonRow]") -> None:
        self._people = (*self._people, *people)
        self._typed()

    def _choose(self, kind: object) -> None:
        self._kind = str(kind)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._typed()

    def _typed(self) -> None:
        self.says.set_text(self._understood())
        self.add_button.allow("" if self.field.text().strip() else "Type what is to be done or remembered")

    def _understood(self) -> str:
        if self._kind == NOTE:
            return f"Internal note on {self._name}, {self._window.desk.formats.day(self._window.desk.today())}"
        from partnerdesk.ops.joint.quick import quick_action

        desk = self._window.desk
        found = quick_action(self.field.text(), desk.today(), self._people)
        owner = f"owner {found.owner}" if found.owner else "no owner yet, @ names one"
        due = f"due {desk.formats.day(found.due)}" if found.due else "no day yet"
        whose = "Our" if found.side == "vendor" else "Their"
        return f"{whose} action with {self._name} · {owner} · {due}"

    def add(self) -> None:
        """Write it down."""
        line = self.field.text().strip()
        if not line:
            return
        if self._kind == NOTE:
            self._add_note(line)
        else:
            self._add_action(line)
        self.close()

    def _add_note(self, text: str) -> None:
        from partnerdesk.ops.joint.notes import add_note

        desk, say = self._window.desk, partial(self._said, f"Note on {self._name} kept")
        given: dict[str, Any] = {"day": desk.today(), "text": text, "author": desk.user}
        desk.run("Add note", add_note, self._partner, done=say, failed=self._refused, **given)

    def _add_action(self, line: str) -> None:
        from partnerdesk.ops.joint.quick import add_quick_action

        desk, say = self._window.desk, partial(self._said, f"Action with {self._name} added")
        today = desk.today()
        desk.run("Add action", add_quick_action, self._partner, line, done=say, failed=self._refused, on=today)

    def _said(self, words: str, _id: object) -> None:
        self._window.toast(words, "Undo", self._window.desk.undo)

    def _refused(self, error: Exception) -> None:
        if self._window.page is not None:
            self._window.page.show_error(error)

    def closeEvent(self, event: object) -> None:
        for slot in ("quick.theirs", "quick.ours"):
            self._window.desk.jobs.drop(slot)
        super().closeEvent(event)
