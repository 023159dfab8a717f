"""The page of payments: what is due above, items of the runs below; released, written, matched and withdrawn here."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.payments import acts
from partnerdesk.ui.screens.payments.columns import due_columns, item_columns
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.section import SectionTitle
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.queries.payments.due import DueRow
    from partnerdesk.queries.payments.runs import RunRow
    from partnerdesk.ui.screens.base import Screen

NOTHING_DUE, NOTHING_OPEN = "Nothing is due", "No released item is open"


class PaymentsPage(QWidget):
    """Shown in the place of a period's run; its buttons stand in the screen's header."""

    def __init__(self, host: "Screen") -> None:
        super().__init__()
        self.host, self.desk = host, host.desk
        self.due: tuple[DueRow, ...] = ()
        self.runs: tuple[RunRow, ...] = ()
        self.release = Button("Release", lambda: acts.ask_release(self), icon="lock", kind=PRIMARY)
        self.read = Button("Read remittances…", self._read, icon="file-down")
        self.match = Button("Match", lambda: acts.match(self), icon="circle-check")
        self.release.allow(NOTHING_DUE)  # until it is read, which a book without a program refuses
        self.match.allow(NOTHING_OPEN)
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._summary())
        column.addWidget(self._due(), 1)
        self._column = column
        title = QWidget()
        row = QHBoxLayout(title)
        row.setContentsMargins(px(24), px(10), px(24), px(4))
        self.title = SectionTitle("Released items")
        row.addWidget(self.title)
        column.addWidget(title)
        column.addWidget(self._items(), 1)

    def controls(self) -> tuple[Button, ...]:
        """The buttons of the header."""
        return self.read, self.match, self.release

    def _summary(self) -> QWidget:
        bar, px = QWidget(), theme().px
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(24), px(8), px(24), px(8))
        row.setSpacing(px(20))
        self.count, self.waiting = Label("", "strong"), Status()
        row.addWidget(self.count)
        row.addWidget(self.waiting)
        row.addStretch(1)
        self.hint = Label("", "small", "muted")
        row.addWidget(self.hint)
        return bar

    def _due(self) -> DataTable:
        self.due_table = DataTable(
            "payments.due",
            due_columns(self.desk.formats, self._open, self._open_close),
            key=lambda row: (row.partner, row.kind, row.status),
            state=self.host.shell.state,
            says="Payments that are due",
        )
        says = "What closed statements make payable is due by the program's calendar."
        self.due_table.set_empty(lambda: Empty("Nothing is due", says, icon="circle-check"))
        self.due_table.offer_menu(self._due_menu)
        self.host.show_sums(self.due_table)
        return self.due_table

    def _items(self) -> DataTable:
        self.items_table = DataTable(
            "payments.items",
            item_columns(self.desk.formats, self._open),
            key=lambda row: row.reference,
            state=self.host.shell.state,
            says="Items of payment runs",
        )
        says = "Release what is due; finance gets a file, and what it pays settles the items."
        self.items_table.set_empty(lambda: Empty("No payment run yet", says, icon="lock"))
        self.items_table.offer_menu(self._menu)
        self.host.show_sums(self.items_table)
        return self.items_table

    def _menu(self, row: Any) -> list[Any]:
        file, back = QAction(f"Write {row.run} as files", self), QAction("Withdraw this item…", self)
        file.triggered.connect(lambda: acts.write(self, row.run))
        back.triggered.connect(lambda: acts.ask_withdraw(self, row))
        return [file, back] if row.state == "open" else [file]

    def _due_menu(self, row: Any) -> list[Any]:
        if not row.waits_for:
            return []
        go = QAction(f"Go to {self.desk.formats.label(row.waits_for)}, to close it", self)
        go.triggered.connect(lambda: self._open_close(row))
        return [go]

    def _open_close(self, row: Any) -> None:
        """The run of the period that a payment waits for; nothing of one that is due."""
        if row.waits_for:
            self.host.shell.go(Place("statements", row.waits_for, "run"))

    def _open(self, row: Any) -> None:
        self.host.shell.go(Place("partners", row.partner, "earnings"))

    def _read(self) -> None:
        self.host.shell.commands.trigger("data.import")

    # Reading

    def reload(self) -> None:
        """Read what is due and what was released."""
        from partnerdesk.queries.payments.due import due
        from partnerdesk.queries.payments.runs import runs

        today = self.desk.today()
        self.host.read(due, today, today, done=self._show_due, slot="payments.due")
        self.host.read(runs, done=self._show_runs, slot="payments.runs")

    def _show_due(self, rows: "tuple[DueRow, ...]") -> None:
        self.due = rows
        formats, ready = self.desk.formats, self.ready()
        total = sum((r.net for r in ready if r.kind == "pay"), Decimal(0))
        waiting = len(rows) - len(ready)
        paid = sum(r.kind == "pay" for r in ready)
        self.count.setText(f"{paid} partner{'s' if paid != 1 else ''} to be paid by {formats.day(self.desk.today())}")
        waits = f"{waiting} wait{'s' if waiting == 1 else ''} until statements are closed"
        self.waiting.set_status("late", waits)
        self.waiting.setVisible(bool(waiting))
        currency = f", all amounts in {rows[0].currency}" if rows else ""
        self.hint.setText(f"{formats.accounting(total)} to be paid out{currency}" if rows else "")
        self.release.set_text(f"Release {len(ready)} payment{'s' if len(ready) > 1 else ''}…" if ready else "Release")
        self.release.allow("" if ready else NOTHING_DUE)
        self.due_table.set_rows(rows)
        sums = {k: formats.accounting(sum((getattr(r, k) for r in ready), Decimal(0))) for k in ("gross", "tax", "net")}
        self.due_table.set_totals({"name": f"{len(ready)} due"} | sums if rows else {})

    def ready(self) -> "tuple[DueRow, ...]":
        """The rows that can be released."""
        return tuple(r for r in self.due if r.status == "due")

    def _show_runs(self, found: "tuple[RunRow, ...]") -> None:
        self.runs = found
        open_ = sum(run.open for run in found)
        note = f"{len(found)} run{'s' if len(found) != 1 else ''}, {open_} item{'s' if open_ != 1 else ''} open"
        self.title.set("Released items", note if found else "")
        self.match.allow("" if open_ else NOTHING_OPEN)
        self._column.setStretchFactor(self.due_table, 1 if found else 2)  # what is due has room until one is released
        self.items_table.set_rows([item for run in found for item in run.items])
