"""Drafting a mail: who of the partner's own people gets it; those whose role it is about are chosen already."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.scrolled import scrolling
from partnerdesk.ui.widgets.text import Label
from partnerdesk.ui.widgets.tick import Tick

if TYPE_CHECKING:
    from partnerdesk.ops.mail.recipients import Addressee

SHOWN = 8  # people without scrolling
ROW = 44  # px of one
WORDS = "The draft is a file for your mail program, with this partner's documents. Nothing is sent."


class DraftMailDialog(BaseDialog):
    """Calls `then(addresses)`; there is at least one."""

    def __init__(
        self, parent: QWidget, name: str, people: Sequence["Addressee"], then: Callable[[list[str]], object]
    ) -> None:
        super().__init__(parent, f"Draft a mail to {name}")
        self._then, self.people = then, list[tuple[Tick, str]]()
        self.body.addWidget(Label(WORDS, "body", wrap=True))
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for person in people:
            rows.addWidget(self._row(person))
        if len(people) > SHOWN:
            area = scrolling(holder)
            area.setFixedHeight(theme().px(SHOWN * ROW))
            self.body.addWidget(area)
        else:
            self.body.addWidget(holder)
        self.verb = self.offer("Write draft")
        self._count()
        self.verb.setFocus()

    def _row(self, person: "Addressee") -> QWidget:
        row, px = QWidget(), theme().px
        row.setFixedHeight(px(ROW))
        column = QVBoxLayout(row)
        column.setContentsMargins(0, px(2), 0, px(2))
        column.setSpacing(0)
        box = Tick(f"{person.name}, {person.role}" if person.role else person.name, person.usual)
        box.toggled.connect(lambda _on: self._count())
        column.addWidget(box)
        column.addWidget(address := Label(person.email, "small", "muted"))
        address.setIndent(px(24))
        self.people.append((box, person.email))
        return row

    def chosen(self) -> list[str]:
        """The addresses that are ticked."""
        return [email for box, email in self.people if box.isChecked()]

    def _count(self) -> None:
        self.verb.allow("" if self.chosen() else "Choose who gets it")

    def accept(self) -> None:
        """Hand over who gets it."""
        addresses = self.chosen()
        if addresses:
            super().accept()
            self._then(addresses)
