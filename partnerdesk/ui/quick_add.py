"""Ctrl+Shift+A: an action or a note in one typed line, from every page, without a dialog.

The partner at hand is taken unless the line names one with `>`; what was understood stands under the line while one
types. How a line is read is in `ops.joint.capture`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from partnerdesk.ui.overlay import Overlay
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.text import LineLabel
from partnerdesk.ui.window.frame import Frame

if TYPE_CHECKING:
    from partnerdesk.ops.joint.capture import Captured
    from partnerdesk.queries.partners.people import Names

ACTION, NOTE = "action", "note"
FOOT = 52
HINT = "Send the price model >partner @owner fri !internal"
SLOT = "quick.names"


@dataclass(frozen=True, slots=True)
class Source:
    """What an action is written down for: its partner, words to begin with, and fields as `add_action` takes them."""

    partner: str
    partner_name: str
    says: str = ""
    words: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


def open_capture(widget: QWidget, source: Source) -> None:
    """Open the line over the window of a widget, for an action that comes from somewhere."""
    window = widget.window()
    if isinstance(window, Frame) and not window.commands.why_not("partner.note"):
        QuickAdd(window, source)


class QuickAdd(Overlay):
    """One line; Enter writes it down."""

    def __init__(self, window: Frame, source: Source | None = None) -> None:
        super().__init__(window, "Action or note", "square-plus", HINT)
        self._source = source or Source(*window.partner)
        self._names: Names | None = None
        self._kind = ACTION
        px = theme().px
        head = QHBoxLayout()
        head.setContentsMargins(px(46), 0, px(10), 0)
        head.addWidget(self.field, 1)
        choices = [("Action", ACTION), ("Note", NOTE)]
        self.kind = Segmented("Action or note", choices, self._choose, ACTION)
        self.kind.setVisible(not self._source.fields)
        head.addWidget(self.kind)
        self.column.addLayout(head)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(16), px(9), px(10), px(9))
        self.says = LineLabel("", "small", "muted")
        self.add_button = Button("Add", self.add, keys="Enter", kind=PRIMARY)
        foot.addWidget(self.says, 1)
        foot.addWidget(self.add_button)
        self.column.addLayout(foot)
        self.field.setText(self._source.words)
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
        from partnerdesk.queries.partners.people import names

        self._window.desk.read(names, done=self._know, slot=SLOT)

    def _know(self, names: "Names") -> None:
        self._names = names
        self._typed()

    def _choose(self, kind: object) -> None:
        self._kind = str(kind)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._typed()

    def _typed(self) -> None:
        found = self._found()
        self.says.set_text(self._words(found))
        problem = "" if found.text else "Type what is to be done or remembered"
        self.add_button.allow(problem or ("" if found.partner else "Name the partner: > and the beginning of its name"))
        if found.kind != self.kind.value():
            self.kind.set_value(found.kind)

    def _found(self) -> "Captured":
        """What the line means now; until the names are read, only the partner at hand is known."""
        from partnerdesk.ops.joint.capture import captured
        from partnerdesk.queries.partners.people import Names, PartnerName

        at_hand = (PartnerName(self._source.partner, self._source.partner_name),) if self._source.partner else ()
        names = self._names or Names(at_hand)
        return captured(self.field.text(), self._window.desk.today(), names, self._source.partner, self._kind)

    def _words(self, found: "Captured") -> str:
        """The parts that were understood, and those that are still missing."""
        from partnerdesk.ops.joint.quick import stranger

        formats = self._window.desk.formats
        name = found.partner_name or "which partner? > names one"
        asked = [f"{_quoted(found.asked)} fits no one partner"] if found.asked else []
        if found.kind == NOTE:
            who = "Internal note" if found.internal else "Note, shared,"
            return " \N{MIDDLE DOT} ".join([f"{who} on {name}, {formats.day(self._window.desk.today())}", *asked])
        owner = f"owner {found.owner}" if found.owner else "no owner yet, @ names one"
        due = f"due {formats.day(found.due)}" if found.due else "no day yet"
        if nobody := stranger(found.text):
            asked.append(f"{_quoted(nobody)} fits no one person")
        whose = "Our" if found.side == "vendor" else "Their"
        more = [*(["internal"] if found.internal else []), *([self._source.says] if self._source.says else []), *asked]
        return " \N{MIDDLE DOT} ".join([f"{whose} action with {name}", owner, due, *more])

    def add(self) -> None:
        """Write it down; without words or a partner the line stays."""
        from partnerdesk.ops.joint.capture import capture

        found, desk = self._found(), self._window.desk
        if not (found.text and found.partner):
            return
        is_note = found.kind == NOTE
        given: dict[str, Any] = {
            "partner": self._source.partner,
            "kind": self._kind,
            "on": desk.today(),
            "author": desk.user,
        }
        said = f"Note on {found.partner_name} kept" if is_note else f"Action with {found.partner_name} added"
        line, source = self.field.text().strip(), {} if is_note else self._source.fields
        label = "Add note" if is_note else "Add action"
        desk.run(label, capture, line, done=lambda _id: self._said(said), failed=self._refused, **given, **source)
        self.close()

    def _said(self, words: str) -> None:
        self._window.toast(words, "Undo", self._window.desk.undo)

    def _refused(self, error: Exception) -> None:
        if self._window.page is not None:
            self._window.page.show_error(error)

    def closeEvent(self, event: object) -> None:
        self._window.desk.jobs.drop(SLOT)
        super().closeEvent(event)


def _quoted(words: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"
