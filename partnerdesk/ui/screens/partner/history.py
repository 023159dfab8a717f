"""History: notes, reviews, statements and decisions of a partner in the order of their days."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from partnerdesk.ui import table as kinds
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.partner.tab import PartnerTab
from partnerdesk.ui.screens.period_words import period_words
from partnerdesk.ui.table import Column
from partnerdesk.ui.table_view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from partnerdesk.queries.history import Happening

TYPES = (("All", ""), ("Notes", "note"), ("Reviews", "review"), ("Statements", "statement"), ("Decisions", "decision"))
WORDS = {"note": "Note", "review": "Review", "statement": "Statement", "decision": "Decision", "change": "Change"}


class HistoryTab(PartnerTab):
    KEY: ClassVar[str] = "history"
    TITLE: ClassVar[str] = "History"

    def build(self) -> None:
        px = theme().px
        self._kind = ""
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(24), px(8), px(24), px(8))
        row.setSpacing(px(12))
        self.types = Segmented("Type", TYPES, self._filter, "")
        row.addWidget(self.types)
        row.addStretch(1)
        self.note = QLineEdit()
        self.note.setAccessibleName("New note")
        self.note.setPlaceholderText("New note, Enter keeps it")
        self.note.setMinimumWidth(px(320))
        self.note.setMinimumHeight(theme().measure("inner_control"))
        self.note.returnPressed.connect(self._add_note)
        row.addWidget(self.note)
        row.addWidget(Button("Add note", self._add_note, inner=True))
        self.body.addWidget(bar)
        formats = self.formats
        columns = [
            Column("day", "Date", lambda r: r.day, formats.day, kinds.DATE, 94),
            Column("kind", "Type", lambda r: WORDS[r.kind], kind=kinds.MUTED, width=100),
            Column("title", "What", self._title, kind=kinds.NAME, width=430),
            Column("detail", "Detail", self._detail, kind=kinds.MUTED, width=362),
            Column("by", "By", lambda r: r.by, kind=kinds.MUTED, width=140),
        ]
        self.table = DataTable("partner.history", columns, key=lambda r: r.key, state=self.shell.state, says="History")
        self.table.set_empty(
            lambda: Empty("Nothing logged yet", "Notes, reviews, statements and decisions appear here.", icon="history")
        )
        self.table.opened.connect(self._open)
        self.table.summed.connect(self.shell.status)
        self.body.addWidget(self.table, 1)

    def _title(self, row: "Happening") -> str:
        if row.kind == "review":
            return f"Review of {period_words(row.period, self.formats)}"
        return {"statement": f"{row.title} closed", "decision": f"Tier {row.title}"}.get(row.kind, row.title)

    def _detail(self, row: "Happening") -> str:
        if row.kind == "note":
            return f"{row.detail}, {'internal' if row.internal else 'shared'}"
        if row.closed is None:
            return row.detail
        money, closed = self.formats.money, row.closed
        return f"earned {money(closed.earned)}, paid {money(-closed.paid)}, held {money(closed.held)} {closed.currency}"

    def reload(self) -> None:
        from partnerdesk.queries.history import happenings

        self.read(happenings, self.partner, self.desk.today(), done=self.table.set_rows, slot="history")

    def _filter(self, kind: object) -> None:
        wanted = str(kind)
        keep = (lambda row: row.kind == wanted) if wanted else None
        self.table.rearrange(lambda: self.table.table_model.set_filter("type", keep))

    def _open(self, row: "Happening") -> None:
        if row.kind == "review":
            self.shell.go(Place("reviews", row.target))
        elif row.kind == "statement":
            self.shell.go(Place("partners", self.partner, "earnings", row.target))

    def _add_note(self) -> None:
        from partnerdesk.ops.notes import add_note

        text = self.note.text().strip()
        if not text:
            self.note.setFocus()
            return
        self.note.clear()
        day: date = self.desk.today()
        self.host.run(
            "Add note",
            add_note,
            self.partner,
            day=day,
            text=text,
            author=self.desk.user,
            toast="Note kept",
        )
