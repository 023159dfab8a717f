"""The page of a reconciliation: a file against the period's statements, each row with its class and its difference."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk import paths
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.raising import said_now
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ops.reconcile.matching import Reconciliation
    from partnerdesk.ops.reconcile.row import ReconRow
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.screens.base import Screen

LOOKS = {
    "match": "good",
    "not in this file": "info",
    "rounding": "info",
    "timing": "late",
    "rate": "warn",
    "amount": "warn",
}
NO_STATEMENT = "No period has a statement yet"
TOLERANCES = ("0", "0.01", "0.05", "1")


class ReconcilePage(QWidget):
    """Shown in the place of a period's run, whose name `label` says; its buttons stand in the screen's header."""

    def __init__(self, host: "Screen", label: Callable[[], str]) -> None:
        super().__init__()
        self.host, self.desk, self.label = host, host.desk, label
        self.found: Reconciliation | None = None
        self.path: Path | None = None
        self.choices: dict[str, str] = {}
        self.tolerance = Decimal(0)
        self._asked = False
        self.read = Button("Read payout…", self._choose, icon="file-down")
        self.columns = Button("Columns…", self._ask_columns, icon="columns-3")
        self.sheet = Button("Write sheet", self._write, icon="download")
        self.dispute = Button("Dispute", self._ask_dispute, icon="scale", kind=PRIMARY)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._summary())
        self.table = DataTable(
            "reconcile",
            recon_columns(self.desk.formats, self._open),
            key=lambda row: (row.partner, row.line, row.reference, row.place),
            state=host.shell.state,
            says="Lines and what was paid for them",
        )
        self.table.set_empty(self._nothing)
        self.table.offer_menu(self._menu)
        host.show_sums(self.table)
        column.addWidget(self.table, 1)
        self._show(None)

    def controls(self) -> tuple[Button, ...]:
        """The buttons of the header."""
        return self.read, self.columns, self.sheet, self.dispute

    def _summary(self) -> QWidget:
        bar, px = QWidget(), theme().px
        column = QVBoxLayout(bar)
        column.setContentsMargins(px(24), px(8), px(24), px(8))
        row = QHBoxLayout()
        self.count = Label("", "strong")
        self.limit = Chip("No tolerance", "scale", says="Tolerance", then=lambda: None)
        self.limit.offer([(_tolerance_words(text), text) for text in TOLERANCES], self._set_tolerance)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.limit)
        column.addLayout(row)
        self.meanings = Label("", "small", "muted", wrap=True)
        column.addWidget(self.meanings)
        return bar

    def _nothing(self) -> Empty:
        if not self.label():
            says = "A payout is compared with the statements of a period, and this book has none yet."
            to_run = ("Open Run", lambda: self.host.shell.go(Place("statements", "", "run")))
            return Empty(NO_STATEMENT, says, to_run, icon="file-down")
        says = "A file of any layout: what finance or an incentive system paid, line by line."
        return Empty("No official payout read", says, ("Read payout…", self._choose), icon="file-down")

    # Reading

    def offer(self) -> None:
        """Call once it is known which periods there are: without one nothing can be compared."""
        self.read.allow("" if self.label() else NO_STATEMENT)
        self.limit.setVisible(bool(self.label()))
        self.table.set_empty(self._nothing)

    def _choose(self) -> None:
        kinds_ = "Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)"
        name, _ = QFileDialog.getOpenFileName(self.window(), "Read an official payout", "", kinds_)
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Hold a file against the period."""
        self.path, self.choices, self._asked = path, {}, False
        self.reload()

    def reload(self) -> None:
        """Compare again: another period, tolerance or column, or something in the book changed."""
        from partnerdesk.ops.reconcile.matching import reconcile

        if self.path is not None and self.label():
            said: dict[str, Any] = {"choices": self.choices, "tolerance": self.tolerance}
            args = (self.path, self.label(), self.desk.today())
            self.host.read(reconcile, *args, done=self._show, slot="reconcile", **said)

    def _set_tolerance(self, text: object) -> None:
        self.tolerance = Decimal(str(text))
        self.limit.set_text(_tolerance_words(str(text)))
        self.reload()

    def _show(self, found: "Reconciliation | None") -> None:
        self.found = found
        rows = found.rows if found else ()
        absent = sum(row.kind == "not in this file" for row in rows)
        wrong = sum(row.kind != "match" for row in rows) - absent
        open_ = len(found.disputable()) if found else 0
        beside = f", {absent} {'is' if absent == 1 else 'are'} not in this file" if absent else ""
        said = _differ(wrong, len(rows)) + beside if found and found.official.is_clear else "not compared yet"
        self.count.setText(f"{found.official.file}: {said}" if found else "")
        self.meanings.setText(_meanings(found) if found else "")
        self.columns.allow("" if found else "Read a payout first")
        self.sheet.allow("" if rows else "Read a payout first")
        self.dispute.set_text(f"Dispute {open_} line{'s' if open_ != 1 else ''}…" if open_ else "Dispute")
        self.dispute.allow("" if open_ else "No line of a closed statement differs")
        self.table.set_rows(rows)
        formats, zero = self.desk.formats, Decimal(0)
        names = ("ours", "paid", "difference") if found else ()
        sums = {name: formats.accounting(sum((getattr(r, name) for r in rows), zero)) for name in names}
        self.table.set_totals({"kind": plural(len(rows), "row")} | sums if found else {})
        self._say_problems(found)
        if found is not None and not found.official.is_clear and not self._asked:
            self._asked = True  # once a file: who closes the dialog comes back by its button
            self._ask_columns()

    def _say_problems(self, found: "Reconciliation | None") -> None:
        if found is not None and not found.official.is_clear:
            open_ = next((q.asks for q in found.official.questions), "No column is known as the amount paid.")
            self.host.messages.say("warn", open_, "Nothing is compared before that is said, under Columns.", keep=True)
        elif found is not None and found.problems:
            more = f", and {len(found.problems) - 1} more" if len(found.problems) > 1 else ""
            self.host.messages.say("warn", str(found.problems[0]), f"This row is left out{more}.", keep=True)
        elif found is not None:
            self.host.messages.clear()

    # Acting

    def _open(self, row: Any) -> None:
        if row.partner:
            self.host.shell.go(Place("partners", row.partner, "earnings", self.label()))

    def _ask_columns(self) -> None:
        from partnerdesk.ui.dialogs.payout_columns import PayoutColumnsDialog

        if self.found is not None:
            PayoutColumnsDialog(self.window(), self.found.official, self._name_columns).open()

    def _name_columns(self, choices: dict[str, str]) -> None:
        """Compare with other columns; what was named is kept for the next file of this layout."""
        from partnerdesk.ops.reconcile.disputing import remember_columns

        self.choices = choices
        self.reload()
        if self.found is not None and self.desk.book is not None and self.desk.book.is_writable:
            self.host.run("Remember the columns of a payout", remember_columns, self.found.official, choices)

    def _menu(self, row: Any) -> list[QAction]:
        """What a row offers: the sheet of its partner alone, which may leave; to dispute what the file leaves out."""
        name = row.partner_name or row.partner
        action = QAction(f"Write the sheet of {name}", self)
        action.setEnabled(bool(row.partner))
        action.triggered.connect(lambda _checked=False: self._write(row.partner))
        if self.found is None or row.partner not in self.found.unnamed or not self.found.disputable(row.partner):
            return [action]
        dispute = QAction(f"Dispute the lines of {name}, who is not in this file…", self)
        dispute.triggered.connect(lambda _checked=False: self._ask_dispute(row.partner))
        return [action, dispute]

    def _write(self, partner: str = "") -> None:
        from partnerdesk.ops.reconcile.documents import write_reconciliation

        folder = paths.folder("exports") / "reconciliations"
        args, said = (self.found, folder, self.desk.today()), {"partner": partner}
        done = lambda path: self._written(path, partner)  # noqa: E731
        self.host.read(write_reconciliation, *args, done=done, slot="reconcile.file", **said)

    def _written(self, path: Path, partner: str) -> None:
        from partnerdesk.reports.release.outgoing import Outgoing, digest_of
        from partnerdesk.ui.outgoing import note_left
        from partnerdesk.ui.screens.files import open_folder

        if self.found is not None:
            note_left(self.host, Outgoing("reconciliation", partner, self.found.period, path.name, digest_of(path)))
        self.host.shell.toast(f"{path.name} written", "Open folder", lambda: open_folder(path.parent))

    def _ask_dispute(self, partner: str = "") -> None:
        """Ask who raises the disputes: of all whom the file names, or of one partner whom it does not name."""
        from partnerdesk.ui.dialogs.dispute import RaiseManyDialog

        if self.found is not None:
            rows, left = self.found.disputable(partner), [] if partner else [*self.found.unnamed.values()]
            raise_ = partial(self._raise, rows)
            RaiseManyDialog(self.window(), len(rows), left, self.desk.formats, self.desk.user, raise_).open()

    def _raise(self, rows: "Sequence[ReconRow]", raised_by: str, late_because: str) -> None:
        from partnerdesk.ops.reconcile.disputing import raise_differences

        assert self.found is not None
        said = {"raised_by": raised_by, "late_because": late_because} | said_now(self.desk)
        toast = "Differences are disputed"
        self.host.run("Dispute what was paid", raise_differences, self.found, rows, toast=toast, **said)


def _tolerance_words(text: str) -> str:
    return "No tolerance" if text == "0" else f"Tolerance {text}"


def _meanings(found: "Reconciliation") -> str:
    """The classes that occur, each with its definition."""
    from partnerdesk.ops.reconcile.classes import DEFINITIONS

    told = [f"{found.count(k)} {k}: {says}" for k, says in DEFINITIONS.items() if found.count(k)]
    if count := len(found.official.sums):
        told.append(f"{count} row{'s' if count > 1 else ''} left out: only the sum of others")
    return " · ".join(told)


def recon_columns(formats: "Formats", open_partner: Any) -> list[Column]:
    """A row of a reconciliation."""

    def kind(row: "ReconRow") -> tuple[str, str]:
        return LOOKS.get(row.kind, "bad"), row.kind.capitalize()

    def money(key: str, title: str) -> Column:
        return Column(key, title, attrgetter(key), formats.accounting, kinds.ACCOUNTING, width=104, sums=True)

    return [
        Column("kind", "Class", kind, kind=kinds.STATUS, width=132),
        Column("partner", "Partner", lambda r: r.partner_name, kind=kinds.LINK, width=150, open_it=open_partner),
        Column("line", "Line", lambda r: r.line or r.reference, kind=kinds.NAME, width=150),
        money("ours", "Statement"),
        money("paid", "Paid"),
        money("difference", "Difference"),
        Column("because", "Why", lambda r: r.because, width=256),
        Column("dispute", "Dispute", lambda r: r.dispute, kind=kinds.MUTED, width=80),
        Column("place", "Where", lambda r: r.place, kind=kinds.MUTED, width=200, hidden=True),
    ]


def _differ(wrong: int, rows: int) -> str:
    """`1 of 12 rows differs`, `3 of 12 rows differ`."""
    return f"{wrong} of {plural(rows, 'row')} {'differs' if wrong == 1 else 'differ'}"
