"""The contacts of a partner, and our own people, as a table that is edited in place."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.clipboard import copy_table
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column, Edit
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.section import SectionTitle
from partnerdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from partnerdesk.queries.partners.record import ContactRow, PartnerRecord
    from partnerdesk.ui.screens.partner.tab import PartnerTab

THEIRS, OURS = "theirs", "ours"
SIDES = (("Contacts", THEIRS), ("Our people", OURS))
NEW = "New contact"
LEAST_ROWS = 9


class ContactsPart(QWidget):
    """Title, whose people, the button that adds one, and the table."""

    def __init__(self, tab: "PartnerTab", seen: Callable[[QWidget], object]) -> None:
        super().__init__()
        self._tab, self._seen = tab, seen  # which brings a widget into view
        self._fresh = ""  # who was added and is not shown yet
        self.record: PartnerRecord | None = None
        self.title = SectionTitle("Contacts")
        self.side = Segmented("Whose people", SIDES, lambda _value: self._fill(), THEIRS)
        self.new = Button("Add contact", self.add, icon="user-plus", keys="Ctrl+N", inner=True)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(self.title, 1)
        row.addWidget(self.side)
        row.addWidget(self.new)
        self.table = self._table()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(8))
        column.addLayout(row)
        column.addWidget(self.table, 1)

    def _table(self) -> DataTable:
        from partnerdesk.ops.rows.record_fields import email, line, person_name

        columns = [
            Column("name", "Name", lambda r: r.name, kind=kinds.NAME, width=152, edit=self._edit("name", person_name)),
            Column("role", "Role", lambda r: r.role, width=122, edit=self._edit("role", line)),
            Column("email", "E-mail", lambda r: r.email, width=172, edit=self._edit("email", email)),
            Column("phone", "Telephone", lambda r: r.phone, width=92, edit=self._edit("phone", line)),
            Column("main", "Main", _main, kind=kinds.STATUS, width=72, says="Main contact: M makes it one"),
        ]
        table = DataTable(
            "partner.contacts",
            columns,
            key=lambda r: r.id,
            state=self._tab.shell.state,
            says="Contacts",
            margin=10,
            padding=6,
        )
        table.set_empty(self._nothing)
        table.offer_menu(self._menu)
        table.installEventFilter(self)
        table.setMinimumHeight(theme().px(34) + LEAST_ROWS * table.row_height())
        return table

    @property
    def is_ours(self) -> bool:
        """Whether our own people are shown."""
        return self.side.value() == OURS

    def show_record(self, record: "PartnerRecord") -> None:
        """The people of this partner, or ours; who was just added is open for typing."""
        self.record = record
        self._fill()
        if self._fresh and self.table.select(self._fresh):
            self._fresh = ""
            self.table.setFocus()
            self.table.begin_edit(self.table.table_model.index(self.table.currentIndex().row(), 0))

    def _fill(self) -> None:
        if self.record is None:
            return
        rows = self.record.ours if self.is_ours else self.record.contacts
        self.title.set("Our people" if self.is_ours else "Contacts", f"{len(rows)}" if rows else "")
        self.table.setColumnHidden(self.table.table_model.column("main"), self.is_ours)
        self.table.set_rows(rows)

    def _nothing(self) -> Empty:
        if self.is_ours:
            text = "Account managers and whoever works with partners; drafts and actions name them."
            return Empty("Nobody of ours yet", text, ("Add a person", self.add), icon="users-round")
        text = "Mail drafts go to the contacts of this partner and to nobody else."
        return Empty("No contact yet", text, ("Add a contact", self.add), icon="users-round")

    def _edit(self, name: str, read: Callable[[str], Any]) -> Edit:
        def commit(row: "ContactRow", value: Any) -> None:
            from partnerdesk.ops.rows.partners import change_person

            before = {name: getattr(row, name)}
            self._run(f"Edit {row.name}", partial(change_person, **{name: value}), row.id, before)

        return Edit(lambda row: getattr(row, name), read, commit)

    def _run(self, label: str, op: Callable[..., Any], *args: Any, **kw: Any) -> None:
        tab = self._tab
        tab.host.run(label, op, *args, by=tab.desk.user, **kw)

    # Verbs

    def add(self) -> None:
        """A new row with a name to be written over."""
        from partnerdesk.ops.rows.partners import add_person

        if self.record is not None:
            self._seen(self)
            whose = None if self.is_ours else self.record.partner.id
            op = partial(add_person, name=NEW, partner=whose)
            self._run("Add contact", op, done=self._added)

    def _added(self, id: str) -> None:
        self._fresh = id

    def remove(self) -> None:
        """Takes the current contact away; Undo brings it back."""
        from partnerdesk.ops.rows.partners import remove_person

        row = self.table.current_row()
        if row is not None:
            host = self._tab.host
            toast = f"{row.name} removed"
            host.run(f"Remove {row.name}", remove_person, row.id, by=host.desk.user, toast=toast)

    def toggle_main(self) -> None:
        """The current contact is the main one, or no longer."""
        from partnerdesk.ops.rows.record import set_main_contact

        row = self.table.current_row()
        if row is not None and not self.is_ours:
            label = "Change main contact"
            self._run(label, set_main_contact, row.id, not row.main)

    def _menu(self, row: "ContactRow") -> list[QAction]:
        found = [self._act("Edit\tF2", self.table.begin_edit)]
        if not self.is_ours:
            words = "No longer the main contact" if row.main else "Make main contact"
            found.append(self._act(f"{words}\tM", self.toggle_main))
        if row.email:
            found.append(self._act("Copy mail address", lambda: copy_table([[row.email]], None)))
        return [*found, self._act("Remove\tDel", self.remove)]

    def _act(self, words: str, then: Callable[[], object]) -> QAction:
        made = QAction(words, self)
        made.triggered.connect(lambda _on=False: then())
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Delete:
            self.remove()
            return True
        return super().eventFilter(watched, event)


def _main(row: "ContactRow") -> tuple[str, str]:
    return ("good", "Main") if row.main else ("", "")
