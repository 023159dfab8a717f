"""Statements: a period's run over all partners, what blocks it, its close, and the files that partners receive."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.payments.page import PaymentsPage
from partnerdesk.ui.screens.printing import print_statement
from partnerdesk.ui.screens.reconcile.page import ReconcilePage
from partnerdesk.ui.screens.returning import take_returned
from partnerdesk.ui.screens.statements_acts import ask_close, ask_export, export_statements, row_menu
from partnerdesk.ui.screens.statements_columns import CHANGE, MONEY, STATUSES, columns
from partnerdesk.ui.screens.whys import explain_figure
from partnerdesk.ui.table.view import DataTable
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
        self._told = 0
        self.period = Chip("", "calendar", says="Period", then=lambda: None)
        self.rules = Chip("", "scale", says="Program version", then=lambda: self.shell.go(Place("program")))
        self.views = Segmented("View", VIEWS, lambda view: self._view(str(view)), RUN)
        self.header.add_left(self.views, self.period, self.rules)
        self.export = Button("Export drafts", self.export_partners, icon="download", keys="Ctrl+E")
        self.rules.hide()
        self.close_ = Button("Close", lambda: ask_close(self), icon="lock", kind=PRIMARY)
        self.replay = Button("Replay", self.replay_run, icon="history")
        self.replay.hide()
        self.payments, self.reconcile = PaymentsPage(self), ReconcilePage(self, lambda: self.label)
        further = (*self.payments.controls(), *self.reconcile.controls())
        self.header.add(self.replay, self.export, self.close_, *further)
        self.stack, page = QStackedWidget(), QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._summary())
        self.table = DataTable(
            "statements",
            columns(self.desk.formats, self.open_partner, self.open_changes, lambda: self.label),
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
        self.period.setVisible(bool(self.label) and self.shown != PAYMENTS)
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
        found: dict[str, Callable[[], object]] = {"page.export": self.export_partners, "tools.recompute": self.reload}
        found["tools.replay"] = self.replay_run
        return found | ({"page.preview": self._print} if self.shown == RUN else {})

    def _print(self) -> None:
        """The pages of the statement that is selected."""
        row = self.table.current_row()
        if row is None:
            self.messages.say("info", "No statement is selected.", "Select the one whose pages you want to see.")
        else:
            print_statement(self, row.partner, self.label)

    def explain(self, figure: str) -> None:
        partner, _, named = figure.rpartition("#")
        explain_figure(self, partner, named)

    def accept_files(self, paths: Sequence[Path]) -> bool:
        return take_returned(self, paths)

    # Reading

    def reload(self) -> None:
        from partnerdesk.queries.statements.closing import statement_periods

        self._told = self.messages.told
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
            self.reconcile.offer()
            return
        self.period.offer([(formats.period(p), p.label) for p in periods], self._choose)
        if self.label not in {p.label for p in periods}:
            self.label = self._newest or periods[0].label
        self.reconcile.offer()
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
        self.label, self._told = str(label), self.messages.told
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
        self.period.set_text(formats.label(found.period))
        self.rules.set_text(f"Rules v{found.version}")
        self.rules.setVisible(self.shown == RUN)
        self.count.setText(plural(len(found.rows), "partner"))
        counted = [(s, sum(r.status == s for r in found.rows)) for s in ("ready", "blocked", "closed")]
        for widget, (status, number) in zip((self.ready, self.blocked, self.final), counted, strict=True):
            word = {"ready": "ready", "blocked": "blocked", "closed": "final"}[status]
            widget.set_status(STATUSES[status][0], f"{number} {word}")
            widget.setVisible(bool(number))
        self._show_actions(found)
        if self.messages.told == self._told:  # else something was said while this was read, such as of a dropped file
            self._show_blocked(found)
        self.table.set_rows(found.rows)
        self.table.set_totals({"name": plural(len(found.rows), "statement")} | self._totals(found))
        if found.period == self._newest:
            self.shell.badge(self.ID, len(found.ready))

    def _totals(self, found: "Run") -> dict[str, str]:
        formats = self.desk.formats
        sums = {k: formats.accounting(sum((getattr(r, k) for r in found.rows), Decimal(0))) for k, _ in MONEY}
        return sums | {CHANGE: formats.change(sum((r.change or Decimal(0) for r in found.rows), Decimal(0)))}

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

    def _menu(self, row: "RunRow") -> list[QAction]:
        return row_menu(self, row)

    def open_partner(self, row: "RunRow") -> None:
        """Its earnings."""
        self.shell.go(Place("partners", row.partner, "earnings"))

    def open_changes(self, row: "RunRow") -> None:
        """What makes the partner's balances of the period differ from those of the one before."""
        self.shell.go(Place("partners", row.partner, "changes"))

    def replay_run(self, partner: str | None = None) -> None:
        """Compute the period's closed statements again, or one partner's."""
        from partnerdesk.ui.screens.replayed import replay_period

        if self.label:
            replay_period(self, self.label, partner)

    def export_partners(self, partners: "list[str] | None" = None, *, pages: bool = False) -> None:
        """Write the period's statements as files: of some partners, or of all after asking as which."""
        if partners is None:
            ask_export(self)
        else:
            export_statements(self, partners, pages=pages)


def _has_closed(run: "Run") -> bool:
    return any(r.status == "closed" for r in run.rows)
