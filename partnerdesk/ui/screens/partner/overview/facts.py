"""Facts, a sub-page of Overview: what is known of a partner, kind by kind; rows are added, changed and removed here.

Rows that a file brought stand beside those that somebody typed, and say which they are.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.engine.facts import plural
from partnerdesk.ops.rows.typed import TYPED
from partnerdesk.ui.dialogs.confirm import ConfirmDialog
from partnerdesk.ui.dialogs.fact import FactDialog, says_of
from partnerdesk.ui.screens.partner.overview.facts_columns import fact_columns, source_words
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.typed_day import day_reader
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.entries import Entry, EntryList
from partnerdesk.ui.widgets.section import Hairline, SectionTitle
from partnerdesk.ui.widgets.text import literal

if TYPE_CHECKING:
    from partnerdesk.engine.facts import Fact
    from partnerdesk.queries.partners.typed import PartnerFacts
    from partnerdesk.ui.screens.partner.tab import PartnerTab

SIDE, NARROW = 216, 168


class FactsPage(QWidget):
    """Made once; `show_facts` fills it, `open_row` shows one row."""

    def __init__(self, tab: "PartnerTab") -> None:
        super().__init__()
        self.tab = tab
        self.found: PartnerFacts | None = None
        self.kind = TYPED[0]
        self._wanted = ""
        self.list = EntryList("Kinds of facts", margin=16, title_role="body")
        self.list.picked.connect(self._choose)
        self.title = SectionTitle("")
        self.new = Button("Add", self.add, icon="plus", keys="Ctrl+N", inner=True)
        self.stack = QStackedWidget()
        self._tables: dict[str, DataTable] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(Hairline(upright=True))
        row.addLayout(self._right(), 1)

    def _right(self) -> QVBoxLayout:
        px = theme().px
        bar = QHBoxLayout()
        bar.setContentsMargins(px(20), px(10), px(24), px(8))
        bar.setSpacing(px(12))
        bar.addWidget(self.title, 1)
        bar.addWidget(self.new)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.stack, 1)
        return column

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.setFixedWidth(theme().px(SIDE if self.width() >= theme().px(900) else NARROW))

    # What is shown

    def open_row(self, kind: str, id: str = "") -> None:
        """Show a kind, and one of its rows, once they are read."""
        if kind in TYPED:
            self.kind, self._wanted = kind, id

    def show_facts(self, found: "PartnerFacts") -> None:
        """The rows of a partner; the kind that was shown stays."""
        self.found = found
        self.list.set_entries(Entry(kind, _title(kind), word=_count(len(found.rows[kind]))) for kind in TYPED)
        self.list.show_key(self.kind)
        self._fill()

    def _fill(self) -> None:
        if self.found is None:
            return
        rows = self.found.rows[self.kind]
        self.title.set(_title(self.kind), says_of(self.kind))
        self.new.set_text(f"Add {_one(self.kind)}…")
        table = self._table(self.kind)
        table.set_rows(rows)
        self.stack.setCurrentWidget(table)
        if self._wanted and table.select(self._wanted):
            self._wanted = ""
            table.setFocus()

    def _table(self, kind: str) -> DataTable:
        if kind not in self._tables:
            columns = fact_columns(kind, self._facts, self.tab.formats)
            state = self.tab.shell.state
            table = DataTable(
                f"partner.facts.{kind}", columns, key=lambda r: r.id, state=state, says=_title(kind), margin=20
            )
            table.set_empty(partial(self._nothing, kind))
            table.offer_menu(self._menu)
            table.opened.connect(lambda _row: self.edit())
            table.installEventFilter(self)
            self._tables[kind] = table
            self.stack.addWidget(table)
        return self._tables[kind]

    def _facts(self) -> "PartnerFacts":
        assert self.found is not None
        return self.found

    def _nothing(self, kind: str) -> Empty:
        words = f"{says_of(kind)} They come with files as well."
        return Empty(f"No {_one(kind)} yet", words, (f"Add {_one(kind)}…", self.add))

    def _choose(self, kind: str) -> None:
        if kind and kind != self.kind:
            self.kind = kind
            self._fill()

    # Verbs

    def add(self) -> None:
        """Ask for a new row of the kind that is shown."""
        from partnerdesk.ops.rows.typed import add_fact

        kind, partner = self.kind, self.tab.partner
        on, by = self.tab.desk.today(), self.tab.desk.user

        def then(values: dict[str, Any], free: dict[str, str]) -> None:
            self._run(f"Add {_one(kind)}", add_fact, kind, partner, values, free, on=on, by=by, done=self._added)

        self._ask(f"Add {_article(kind)}", then)

    def _added(self, id: str) -> None:
        self._wanted = id

    def edit(self) -> None:
        """Ask for another content of the current row."""
        from partnerdesk.ops.rows.typed import edit_fact

        row, kind, by = self.current(), self.kind, self.tab.desk.user
        if row is None:
            return

        def then(values: dict[str, Any], free: dict[str, str]) -> None:
            said = partial(self._edited, kind, row.id)
            self._run(f"Edit {_one(kind)}", edit_fact, kind, row.id, row, values, free, by=by, done=said)

        self._ask(f"Edit {_article(kind)}", then, row)

    def _edited(self, kind: str, id: str, _changed: object) -> None:
        """Say that closed statements rest on the row, where they do."""
        from partnerdesk.queries.statements.resting import corrected_later, resting_period

        def told(period: str) -> None:
            if period:
                self.tab.shell.toast(corrected_later(period), "Undo", self.tab.desk.undo)

        self.tab.read(resting_period, kind, id, done=told, slot="facts.rest")

    def remove(self) -> None:
        """Take the current row away; Undo brings it back. It asks where closed statements rest on the row."""
        from partnerdesk.queries.statements.resting import rested_on

        row, kind = self.current(), self.kind
        if row is not None:
            done = partial(self._asked_remove, kind, row)
            self.tab.read(rested_on, {kind: [row.id]}, done=done, slot="facts.rest")

    def _asked_remove(self, kind: str, row: "Fact", rests: object) -> None:
        if not rests:
            self._remove(kind, row, accepted=False)
            return
        words = (
            "Closed statements rest on this row. They stay as they were sent; what would have been another figure "
            "without it follows as a true-up in the next open period, with its cause."
        )
        title = f"Remove this {_one(kind)}?"
        ConfirmDialog(self.window(), title, words, "Remove", lambda: self._remove(kind, row, accepted=True)).open()

    def _remove(self, kind: str, row: "Fact", *, accepted: bool) -> None:
        from partnerdesk.ops.rows.typed import remove_fact

        toast = f"{_one(kind).capitalize()} removed"
        said = {"accepted": accepted, "by": self.tab.desk.user, "toast": toast}
        self._run(f"Remove {_one(kind)}", remove_fact, kind, row.id, row, **said)

    def current(self) -> "Fact | None":
        """The current row."""
        row: Fact | None = self._table(self.kind).current_row()
        return row

    def _ask(
        self, title: str, then: Callable[[dict[str, Any], dict[str, str]], object], row: "Fact | None" = None
    ) -> None:
        if self.found is not None:
            day = day_reader(self.tab.desk.today, self.tab.formats)
            FactDialog(self.window(), title, self.kind, self.found, self.tab.formats, day, then, row).open()

    def _run(self, label: str, op: Callable[..., Any], *args: Any, **kw: Any) -> None:
        self.tab.host.run(label, op, *args, **kw)

    def _menu(self, row: "Fact") -> list[QAction | None]:
        source = QAction(literal(source_words(row, self.tab.formats)), self)
        source.setEnabled(False)
        return [self._act("Edit\tF2", self.edit), self._act("Remove\tDel", self.remove), None, source]

    def _act(self, words: str, then: Callable[[], object]) -> QAction:
        made = QAction(words, self)
        made.triggered.connect(lambda _on=False: then())
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            then = {Qt.Key.Key_Delete: self.remove, Qt.Key.Key_F2: self.edit}.get(Qt.Key(event.key()))
            if then is not None:
                then()
                return True
        return super().eventFilter(watched, event)


def _one(kind: str) -> str:
    return kind.replace("_", " ")


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {_one(kind)}"


def _title(kind: str) -> str:
    words = plural(kind)
    return f"{words[:1].upper()}{words[1:]}"


def _count(count: int) -> str:
    return str(count) if count else ""
