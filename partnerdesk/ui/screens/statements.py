"""Statements: a period's run over all partners, what blocks it, its close, and the files that partners receive."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk import paths
from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.drafting_mail import draft_statement
from partnerdesk.ui.screens.payments.page import PaymentsPage
from partnerdesk.ui.screens.reconcile.page import ReconcilePage
from partnerdesk.ui.screens.restated import ask_restate
from partnerdesk.ui.screens.returning import take_returned
from partnerdesk.ui.screens.statements_columns import MONEY, STATUSES, columns
from partnerdesk.ui.screens.whys import explain_figure
from partnerdesk.ui.table_view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.engine.period import Period
    from partnerdesk.queries.statements.closing import Run, RunRow


RUN, PAYMENTS, RECONCILE = VIEW_KEYS = ("run", "payments", "reconcile")
VIEWS = (("Run", RUN), ("Payments", PAYMENTS), ("Reconcile", RECONCILE))


class StatementsScreen(Screen):
    ID: ClassVar[str] = "statements"
    TITLE: ClassVar[str] = "Statements"
    READS = frozenset({"*"})

    def build(self) -> None:
        self.label = self._newest = self.shown = ""
        self.run_: Run | None = None
        self.period = Chip("", "calendar", says="Period", then=lambda: None)
        self.rules = Chip("", "scale", says="Program version", then=lambda: self.shell.go(Place("program")))
        self.views = Segmented("View", VIEWS, lambda view: self._view(str(view)), RUN)
        self.header.add_left(self.views, self.period, self.rules)
        self.export = Button("Export drafts", self.export_partners, icon="download", keys="Ctrl+E")
        self.rules.hide()
        self.close_ = Button("Close", self._ask_close, icon="lock", kind=PRIMARY)
        self.replay = Button("Replay", self._replay, icon="history")
        self.replay.hide()
        self.payments, self.reconcile = PaymentsPage(self), ReconcilePage(self)
        further = (*self.payments.controls(), *self.reconcile.controls())
        self.header.add(self.replay, self.export, self.close_, *further)
        self.stack, page = QStackedWidget(), QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._summary())
        self.table = DataTable(
            "statements",
            columns(self.desk.formats, self._open_partner, lambda: self.label),
            key=lambda row: row.partner,
            state=self.shell.state,
            says="Statements of the period",
            measure="figures_row",
        )
        self.table.sort_by("name")
        self.table.set_empty(self._nothing)
        self.table.offer_menu(self._menu)
        self.show_sums(self.table)
        column.addWidget(self.table, 1)
        self.stack.addWidget(page)
        self.stack.addWidget(self.payments)
        self.stack.addWidget(self.reconcile)
        self.body.addWidget(self.stack, 1)
        self._view(RUN)

    def _view(self, view: str) -> None:
        """Show the run of a period, the payments, or a reconciliation."""
        self.shown = view if view in VIEW_KEYS else RUN
        is_run = self.shown == RUN
        self.stack.setCurrentIndex(VIEW_KEYS.index(self.shown))
        self.period.setVisible(self.shown != PAYMENTS)
        for widget in (self.export, self.close_):
            widget.setVisible(is_run)
        self.rules.setVisible(is_run and bool(self.rules.words()))
        self.replay.setVisible(is_run and self.run_ is not None and _has_closed(self.run_))
        for key, page in ((PAYMENTS, self.payments), (RECONCILE, self.reconcile)):
            for button in page.controls():
                button.setVisible(self.shown == key)
        self.messages.clear()
        if is_run and self.run_ is not None:
            self._show_blocked(self.run_)
        elif not is_run:
            self._further().reload()
        self.shell.moved()

    def _summary(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        px = theme().px
        row.setContentsMargins(px(24), px(8), px(24), px(8))
        row.setSpacing(px(20))
        self.count = Label("", "strong")
        self.ready, self.blocked, self.final = Status(), Status(), Status()
        for widget in (self.count, self.ready, self.blocked, self.final):
            row.addWidget(widget)
        row.addStretch(1)
        self.hint = Label("", "small", "muted")
        row.addWidget(self.hint)
        return bar

    # Place

    def show_place(self, place: Place) -> None:
        """A period's run or the payments; a partner instead of a period means that partner's own statement."""
        if place.tab in VIEW_KEYS and place.tab != self.shown:
            self.views.set_value(place.tab)
            self._view(place.tab)
        if place.item and not place.item[:4].isdigit():
            self.shell.go(Place("partners", place.item, "earnings"))
            return
        if place.item and place.item != self.label:
            self.label = place.item
            if self.run_ is not None:
                self.reload()

    def place(self) -> Place:
        return Place(self.ID, self.label, "" if self.shown == RUN else self.shown)

    def commands(self) -> dict[str, Callable[[], object]]:
        return {"page.export": self.export_partners, "tools.recompute": self.reload, "tools.replay": self._replay}

    def explain(self, figure: str) -> None:
        partner, _, named = figure.rpartition("#")
        explain_figure(self, partner, named)

    def accept_files(self, paths: Sequence[Path]) -> bool:
        return take_returned(self, paths)

    # Reading

    def reload(self) -> None:
        from partnerdesk.queries.statements.closing import statement_periods

        self.read(statement_periods, self.desk.today(), done=self._periods, slot="periods")
        if self.shown != RUN:
            self._further().reload()

    def _further(self) -> "PaymentsPage | ReconcilePage":
        """The page that is shown beside the run."""
        return self.payments if self.shown == PAYMENTS else self.reconcile

    def _periods(self, periods: "tuple[Period, ...]") -> None:
        formats = self.desk.formats
        ended = [p.label for p in periods if p.end <= self.desk.today()]
        self._newest = ended[0] if ended else ""
        self.period.setVisible(bool(periods) and self.shown != PAYMENTS)
        if not periods:
            self._show_none()
            return
        self.period.offer([(formats.period(p), p.label) for p in periods], self._choose)
        if self.label not in {p.label for p in periods}:
            self.label = self._newest or periods[0].label
        self._read_run()

    def _show_none(self) -> None:
        self.label, self.run_ = "", None
        for widget in (self.rules, self.ready, self.blocked, self.final, self.replay):
            widget.hide()
        self.count.setText("No statement")
        self.hint.setText("")
        self.export.allow("No partner has a statement")
        self.close_.allow("No partner has a statement")
        self.table.set_rows(())
        self.table.set_totals({})

    def _choose(self, label: object) -> None:
        self.label = str(label)
        self.shell.moved()
        self._read_run()
        if self.shown == RECONCILE:
            self.reconcile.reload()

    def _read_run(self) -> None:
        from partnerdesk.queries.statements.closing import run

        self.read(run, self.label, self.desk.today(), done=self._show, slot="run")

    def _show(self, found: "Run") -> None:
        self.run_ = found
        formats = self.desk.formats
        month = formats.month(found.start) if found.start.month == found.end.month else found.period
        self.period.set_text(month)
        self.rules.set_text(f"Rules v{found.version}")
        self.rules.setVisible(self.shown == RUN)
        self.count.setText(f"{len(found.rows)} partners")
        counted = [(s, sum(r.status == s for r in found.rows)) for s in ("ready", "blocked", "closed")]
        for widget, (status, number) in zip((self.ready, self.blocked, self.final), counted, strict=True):
            word = {"ready": "ready", "blocked": "blocked", "closed": "final"}[status]
            widget.set_status(STATUSES[status][0], f"{number} {word}")
            widget.setVisible(bool(number))
        self._show_actions(found)
        self._show_blocked(found)
        self.table.set_rows(found.rows)
        self.table.set_totals({"name": f"{len(found.rows)} statements"} | self._totals(found))
        if found.period == self._newest:
            self.shell.badge(self.ID, len(found.ready))

    def _totals(self, found: "Run") -> dict[str, str]:
        formats = self.desk.formats
        return {k: formats.accounting(sum((getattr(r, k) for r in found.rows), Decimal(0))) for k, _ in MONEY}

    def _show_actions(self, found: "Run") -> None:
        ready = len(found.ready)
        self.close_.set_text(f"Close {ready} statement{'s' if ready > 1 else ''}…" if ready else "Close")
        reason = "" if ready else "Nothing is ready to close"
        if found.is_closed:
            reason = "This period is closed"
        elif any(r.status == "running" for r in found.rows):
            reason = f"The period ends on {self.desk.formats.day(found.end)}"
        self.close_.allow(reason)
        self.hint.setText(", ".join(part for part in (reason, f"all amounts in {found.currency}") if part))
        self.export.set_text("Export statements" if found.is_closed else "Export drafts")
        self.export.allow("" if found.rows else "No partner has a statement")
        self.replay.setVisible(self.shown == RUN and _has_closed(found))

    def _show_blocked(self, found: "Run") -> None:
        if self.shown != RUN:
            return
        self.messages.clear()
        blocked = [r for r in found.rows if r.status == "blocked"]
        if blocked:
            first, more = blocked[0], len(blocked) - 1
            who = f"{first.name} and {more} more are blocked." if more else f"{first.name} is blocked."
            act = ("Open partner", lambda: self.shell.go(Place("partners", first.partner, "earnings")))
            self.messages.say("bad", who, f"{first.why[:1].upper()}{first.why[1:]}.", [act], keep=True)

    def _nothing(self) -> Empty:
        return Empty(
            "No statement yet",
            "A statement begins with a partner's first deal, contract or payment under a program.",
            ("Open Data", lambda: self.shell.go(Place("data"))),
            icon="file-spreadsheet",
        )

    # Acting

    def _menu(self, row: Any) -> list[Any]:
        open_, export = QAction("Open partner", self), QAction("Export this statement", self)
        open_.triggered.connect(lambda: self._open_partner(row))
        pages = QAction("Export it with pages to print", self)
        export.triggered.connect(lambda: self.export_partners([row.partner]))
        pages.triggered.connect(lambda: self.export_partners([row.partner], pages=True))
        mail = QAction("Draft a mail with this statement", self)
        mail.triggered.connect(lambda: draft_statement(self, row.partner, self.label))
        if row.status != "closed":
            return [open_, export, pages, mail]
        again, anew = QAction("Replay this statement", self), QAction("Restate this statement…", self)
        again.triggered.connect(lambda: self._replay(row.partner))
        anew.triggered.connect(lambda: ask_restate(self, self.label, row))
        return [open_, export, pages, mail, again, anew]

    def _open_partner(self, row: "RunRow") -> None:
        self.shell.go(Place("partners", row.partner, "earnings"))

    def _replay(self, partner: str | None = None) -> None:
        from partnerdesk.ui.screens.replayed import replay_period

        if self.label:
            replay_period(self, self.label, partner)

    def _ask_close(self) -> None:
        from partnerdesk.ui.dialogs.close_period import CloseDialog

        if self.run_ is not None and self.run_.ready:
            CloseDialog(self.window(), self.run_, self.desk.formats, self.desk.user, self._close)

    def _close(self, maker: str, checker: str, total: Decimal) -> None:
        from datetime import UTC, datetime

        from partnerdesk.ops.statements.closing import close_period

        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        label, today = self.label, self.desk.today()
        said: dict[str, Any] = {"maker": maker, "checker": checker, "total": total, "at": at}
        self.run(f"Close {label}", close_period, label, today, done=self._closed, **said)

    def _closed(self, run: "Run") -> None:
        count = len(run.ready)
        words = f"{run.period} is closed, {count} statement{'s are' if count > 1 else ' is'} final"
        self.shell.toast(words, "Export", self.export_partners)

    def export_partners(self, partners: "list[str] | None" = None, *, pages: bool = False) -> None:
        """Write the period's statements as files, of some partners or of all."""
        from partnerdesk.ui.exporting import export_away, statements_from

        if self.run_ is None:
            return
        folder = paths.folder("exports") / f"statements-{self.label}"
        export_away(
            self,
            f"Exporting {'statements' if self.run_.is_closed else 'drafts'}",
            statements_from,
            self.label,
            self.desk.today(),
            folder,
            partners,
            pages,
            done=lambda written: self._exported(folder, len(written), pages=pages, is_run=partners is None),
        )

    def _exported(self, folder: Path, count: int, *, pages: bool, is_run: bool) -> None:
        from partnerdesk.ui.screens.files import open_folder

        beside = "its CSV and PDF" if pages else "its CSV"
        words = f"{count} statement{'s' if count != 1 else ''} written, each with {beside}"
        words += "; a manifest holds their digests" if is_run else ""
        self.shell.toast(words, "Open folder", lambda: open_folder(folder))


def _has_closed(run: "Run") -> bool:
    return any(r.status == "closed" for r in run.rows)
