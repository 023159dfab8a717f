"""History: what happened with a partner in the order of its days, and its agreement with every version of it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.queries.statements.approvals import ALONE, same_person
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.partner.agreement.controls import AgreementControls
from partnerdesk.ui.screens.partner.history.acts import HistoryActs
from partnerdesk.ui.screens.partner.tab import PartnerTab
from partnerdesk.ui.screens.period_words import period_words
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.filter_row import FilterRow
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from partnerdesk.queries.outgoing import OutgoingRow
    from partnerdesk.queries.partners.history import Happening
    from partnerdesk.ui.screens.partner.agreement.page import AgreementPage

EVENTS, AGREEMENT = "events", "agreement"
SUBS = (("Events", EVENTS), ("Agreement", AGREEMENT))
TYPES = (
    ("All", ""),
    ("Notes", "note"),
    ("Reviews", "review"),
    ("Statements", "statement"),
    ("Actions", "action"),
    ("Plans", "plan"),
    ("Disputes", "dispute"),
    ("Decisions", "decision"),
    ("Agreements", "agreement"),
    ("Documents", "document"),
)
OPENS = {"plan": "plan", "dispute": "earnings"}
WORDS = {
    "note": "Note",
    "review": "Review",
    "statement": "Statement",
    "decision": "Decision",
    "agreement": "Agreement",
    "action": "Action",
    "plan": "Plan",
    "dispute": "Dispute",
    "document": "Document left",
}


class HistoryTab(PartnerTab):
    KEY: ClassVar[str] = "history"
    TITLE: ClassVar[str] = "History"

    def build(self) -> None:
        self.sub = EVENTS
        self._agreement: AgreementPage | None = None
        self.controls = AgreementControls(self._act)
        self.stack = QStackedWidget()
        self.events = self._events()
        self.stack.addWidget(self.events)
        self.body.addWidget(self.stack, 1)

    @property
    def agreement(self) -> "AgreementPage":
        """The page of the agreement, made when it is first shown."""
        if self._agreement is None:
            from partnerdesk.ui.screens.partner.agreement.page import AgreementPage

            self._agreement = AgreementPage(self, self.controls)
            self.stack.addWidget(self._agreement)
        return self._agreement

    def _act(self, verb: str) -> None:
        """A verb of the agreement's page, which is there by then."""
        getattr(self.agreement.acts, verb)()

    def header_controls(self) -> list[QWidget]:
        return self.controls.all

    def subs(self) -> tuple[tuple[str, str], ...]:
        """The sub-pages, for the tab strip."""
        return SUBS

    def show_sub(self, key: str) -> None:
        """Show the events, or the agreement."""
        if key != self.sub:
            self.sub = key if key in (EVENTS, AGREEMENT) else EVENTS
            self.reload()
            self.shell.moved()

    def commands(self) -> dict[str, Callable[[], object]]:
        if self.sub == AGREEMENT:
            acts = self.agreement.acts
            return {"page.export": acts.export, "page.preview": partial(acts.export, opens=True)}
        return {"page.find": self.filter.focus_field, "page.new": self.note.setFocus}

    def _events(self) -> QWidget:
        """What kind, what words, and the line that adds a note, over the table."""
        page, px = QWidget(), theme().px
        self._kind = ""
        self.acts = HistoryActs(self, self.open_row)
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(24), px(8), px(24), px(2))
        bar.setMinimumWidth(1)  # with large text the types move together and hold no page open
        self.types = Segmented("Type", TYPES, self._filter, "")
        row.addWidget(self.types)
        row.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        table = self._table()
        column.addWidget(self._find_and_add(table))
        column.addWidget(table, 1)
        return page

    def _find_and_add(self, table: DataTable) -> QWidget:
        line, px = QWidget(), theme().px
        row = QHBoxLayout(line)
        row.setContentsMargins(px(24), 0, px(24), px(4))
        row.setSpacing(px(8))
        self.filter = FilterRow(table, "events")
        self.note = QLineEdit()
        self.note.setAccessibleName("New note")
        self.note.setPlaceholderText("New note, Enter keeps it")
        self.note.setMinimumWidth(px(180))
        self.note.setMinimumHeight(theme().measure("inner_control"))
        self.note.returnPressed.connect(self._add_note)
        row.addWidget(self.note, 1)
        row.addWidget(Button("Add note", self._add_note, inner=True))
        row.addWidget(Button("Attach…", self.acts.attach, inner=True))
        return Wrap((self.filter, line), least=340, gap=0)

    def _table(self) -> DataTable:
        formats = self.formats
        columns = [
            Column("day", "Date", lambda r: r.day, formats.day, kinds.DATE, 94),
            Column("kind", "Type", lambda r: WORDS[r.kind], kind=kinds.MUTED, width=100),
            Column("title", "What", self._title, kind=kinds.NAME, width=430),
            Column("detail", "Detail", self._detail, kind=kinds.MUTED, width=362),
            Column("by", "By", lambda r: r.by, kind=kinds.MUTED, width=140),
        ]
        self.table = DataTable("partner.history", columns, key=lambda r: r.key, state=self.shell.state, says="History")
        says = "Notes, reviews, statements, actions, plans, disputes, decisions and documents that left appear here."
        self.table.set_empty(lambda: Empty("Nothing logged yet", says, icon="history"))
        self.table.opened.connect(self.open_row)
        self.table.offer_menu(self.acts.menu)
        self.table.summed.connect(self.shell.status)
        return self.table

    def _title(self, row: "Happening") -> str:
        if row.kind == "review":
            return f"Review of {period_words(row.period, self.formats)}"
        if row.kind == "agreement":
            return f"{row.title} {'signed' if row.detail else 'issued'}"
        if row.closed is not None:
            return f"{row.title} restated as v{row.closed.revision}" if row.detail else f"{row.title} closed"
        return f"Tier {row.title}" if row.kind == "decision" else row.title

    def _detail(self, row: "Happening") -> str:
        if row.kind == "note":
            parts = (row.detail, "internal" if row.internal else "shared", row.place)
            return ", ".join(part for part in parts if part)
        if row.kind == "agreement" and row.detail:
            return f"by {row.detail}"
        if row.document is not None:
            return self._left(row.document)
        if row.closed is None or row.detail:
            return row.detail
        money, closed = self.formats.money, row.closed
        moved = f"earned {money(closed.earned)}, paid {money(-closed.paid)}, held {money(closed.held)}"
        alone = f", {ALONE}" if same_person(closed.maker, closed.checker) else ""
        return f"at its close {moved} {closed.currency}{alone}"  # what was paid later stands on the next statement

    def _left(self, row: "OutgoingRow") -> str:
        """What left, for whom, its total and the beginning of its digest; the whole one is copied from the menu."""
        total = f"closing {self.formats.money(row.total, currency=row.currency)}" if row.total is not None else ""
        to = f"to {row.recipients}" if row.recipients else ""
        parts = (" ".join(p for p in (row.kind, row.about) if p), to, total, f"sha256 {row.sha256[:12]}…")
        return ", ".join(part for part in parts if part)

    def reload(self) -> None:
        from partnerdesk.queries.partners.history import happenings

        is_agreement = self.sub == AGREEMENT
        for widget in self.header_controls():
            widget.setVisible(is_agreement and self.isVisible())
        self.stack.setCurrentWidget(self.agreement if is_agreement else self.events)
        if is_agreement:
            self.agreement.load()
        else:
            self.read(happenings, self.partner, self.desk.today(), done=self.table.set_rows, slot="history")

    def _filter(self, kind: object) -> None:
        wanted = str(kind)
        keep = (lambda row: row.kind == wanted) if wanted else None
        self.table.rearrange(lambda: self.table.table_model.set_filter("type", keep))

    def open_row(self, row: "Happening") -> None:
        """Open what a row is about."""
        if row.kind == "review":
            self.shell.go(Place("reviews", row.target))
        elif row.kind == "statement":
            self.shell.go(Place("partners", self.partner, "earnings", row.target))
        elif row.kind in OPENS:
            self.shell.go(Place("partners", self.partner, OPENS[row.kind]))
        elif row.kind == "action":
            self.shell.go(Place("actions", "", "actions", f"#{row.target}"))
        elif row.kind == "agreement":
            self.agreement.chosen = row.target
            self.shell.go(Place("partners", self.partner, "history", AGREEMENT))

    def _add_note(self) -> None:
        text = self.note.text().strip()
        if not text:
            self.note.setFocus()
            return
        self.note.clear()
        self.acts.add(text)
