"""Funds: requests and what is due of each, balances, and the register of benefits, of all partners or of one."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.fund_pages.columns import benefit_columns, fund_columns, request_columns
from partnerdesk.ui.screens.fund_pages.steps import FOLLOWING, Steps
from partnerdesk.ui.screens.whys import explain_figure
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.filter_row import FilterRow
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.queries.funds.accounts import FundsView, RequestRow
    from partnerdesk.queries.funds.benefits import BenefitRow

REQUESTS, BALANCES, BENEFITS = "requests", "balances", "benefits"
VIEWS = (("Requests", REQUESTS), ("Balances", BALANCES), ("Benefits", BENEFITS))


class FundsScreen(Screen):
    ID: ClassVar[str] = "funds"
    TITLE: ClassVar[str] = "Funds"
    READS = frozenset({"*"})

    def build(self) -> None:
        self.view: FundsView | None = None
        self.partner, self.shown = "", REQUESTS
        self.steps = Steps(self)
        self.rules = Chip("", "scale", says="Program version", then=lambda: self.shell.go(Place("program")))
        self.rules.hide()
        self.header.add_left(self.rules)
        self.allocate = Button("Allocate…", self._allocate, icon="plus")
        self.new = Button("New request…", self._new, icon="plus", keys="Ctrl+N", kind=PRIMARY)
        self.header.add(self.allocate, self.new)
        formats, state = self.desk.formats, self.shell.state
        key = lambda r: r.id  # noqa: E731 -- three tables take it
        self.requests = DataTable("fund_requests", request_columns(formats, self._open), key, state, says="Requests")
        self.balances = DataTable("fund_balances", fund_columns(formats, self._open), key, state, says="Balances")
        self.benefits = DataTable(
            "benefits",
            benefit_columns(formats, self._open),
            lambda r: (r.partner, r.benefit.key),
            state,
            says="Benefits",
        )
        self.tables = {REQUESTS: self.requests, BALANCES: self.balances, BENEFITS: self.benefits}
        self.body.addWidget(self._bar())
        self.stack = QStackedWidget()
        self.filters = {name: self._page(table, noun) for (noun, name), table in zip(VIEWS, self._all(), strict=True)}
        self.body.addWidget(self.stack, 1)
        self._behave()

    def _all(self) -> tuple[DataTable, ...]:
        return self.requests, self.balances, self.benefits

    def _page(self, table: DataTable, noun: str) -> FilterRow:
        """A table under its filter."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = FilterRow(table, noun.lower())
        column.addWidget(row)
        column.addWidget(table, 1)
        self.stack.addWidget(page)
        return row

    def _bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        px = theme().px
        row.setContentsMargins(px(24), px(8), px(24), px(4))
        row.setSpacing(px(20))
        self.views = Segmented("View", VIEWS, self._choose, REQUESTS)
        self.count = Label("", "strong")
        self.hint = Label("A ledger of its own: no part of a payout", "small", "muted")
        row.addWidget(self.views)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.hint)
        return bar

    def _behave(self) -> None:
        self.requests.offer_menu(self._request_menu)
        self.requests.opened.connect(self._next_step)
        self.balances.offer_menu(self._fund_menu)
        self.benefits.offer_menu(self._benefit_menu)
        self.requests.set_empty(
            lambda: self._nothing("No request yet", "A request asks for money for a joint project.")
        )
        self.balances.set_empty(
            lambda: self._nothing("No fund issued this year", "A program's fund accrues by itself.")
        )
        self.benefits.set_empty(self._no_benefit)
        for table in self._all():
            self.show_sums(table)

    def _nothing(self, title: str, words: str) -> Empty:
        """What to do first: without a program or partners there is nobody to allocate to."""
        if self.view is not None and not self.view.version:
            words = f"{words} Whose money it is follows from a program, and this book has none yet."
            return Empty(title, words, self._to_page("Open Program", "program"), icon="wallet")
        if self.view is not None and not self.view.partners:
            words = f"{words} It is one partner's, and this book has no partner yet."
            return Empty(title, words, self._to_page("Open Partners", "partners"), icon="wallet")
        return Empty(title, f"{words} Money is also allocated by hand.", ("Allocate…", self._allocate), icon="wallet")

    def _no_benefit(self) -> Empty:
        says = "Benefits stand in the tiers of the program."
        return Empty("No benefit is promised", says, self._to_page("Open Program", "program"), icon="circle-check")

    def _to_page(self, words: str, page: str) -> tuple[str, Callable[[], object]]:
        return words, lambda: self.shell.go(Place(page))

    # Place

    def show_place(self, place: Place) -> None:
        """All partners, or one; the view is the tab."""
        if place.tab in self.tables and place.tab != self.shown:
            self.views.set_value(place.tab)
            self._choose(place.tab)
        if place.item != self.partner:
            self.partner = place.item
            self._narrow()

    def place(self) -> Place:
        return Place(self.ID, self.partner, self.shown)

    def commands(self) -> dict[str, Callable[[], object]]:
        return {"page.new": self._new, "tools.recompute": self.reload}

    def explain(self, figure: str) -> None:
        partner, _, named = figure.rpartition("#")
        explain_figure(self, partner, named)

    def _choose(self, view: object) -> None:
        self.shown = str(view)
        self.stack.setCurrentIndex(list(self.tables).index(self.shown))
        self._say()
        self.shell.moved()

    def _narrow(self) -> None:
        """Show one partner's rows only; the chip takes that away again."""
        names = {id: name for name, id in self.view.partners} if self.view else {}
        for row in self.filters.values():
            row.remove("partner")
            if self.partner in names:
                row.add("partner", names[str(self.partner)], lambda r: bool(r.partner == self.partner))  # type: ignore[attr-defined]

    # Reading

    def reload(self) -> None:
        from partnerdesk.queries.funds.accounts import funds
        from partnerdesk.queries.funds.benefits import benefits

        self.read(funds, self.desk.today(), done=self._show, slot="funds")
        self.read(benefits, self.desk.today(), done=self._show_benefits, slot="benefits")

    def _show(self, found: "FundsView") -> None:
        self.view = found
        self.rules.set_text(f"Rules v{found.version}")
        self.rules.setVisible(bool(found.version))
        reason = "" if found.partners else "Add a partner and a program first"
        self.new.allow(reason)
        self.allocate.allow(reason)
        self.requests.set_rows(found.requests)
        self.balances.set_rows(found.funds)
        self._narrow()
        self._say()
        self.shell.badge(self.ID, sum(r.is_open and r.due_for in ("decision", "payment") for r in found.requests))

    def _show_benefits(self, rows: "tuple[BenefitRow, ...]") -> None:
        self.benefits.set_rows(rows)
        self._say()

    def _say(self) -> None:
        """How many there are, and how many wait."""
        rows = self.tables[self.shown].table_model.rows
        waiting = sum(bool(getattr(row, "is_open", False)) for row in rows)
        words = f"{len(rows)} {self.shown}" + (f", {waiting} open" if waiting else "")
        self.count.setText(words)
        self.hint.setVisible(self.shown != BENEFITS)

    # Acting

    def _open(self, row: Any) -> None:
        self.shell.go(Place("partners", row.partner, "earnings" if self.shown != BENEFITS else "progress"))

    def _new(self) -> None:
        if self.view is not None and self.view.partners:
            self.steps.request(self.view, self.partner)

    def _allocate(self) -> None:
        if self.view is not None and self.view.partners:
            self.steps.allocate(self.view)

    def _next_step(self, row: "RequestRow") -> None:
        """Enter or a double click takes the step that usually follows."""
        if FOLLOWING[row.state]:
            self.steps.take(FOLLOWING[row.state][0][0], row)

    def _act(self, words: str, then: Callable[[], object]) -> QAction:
        made = QAction(words, self)
        made.triggered.connect(lambda _checked=False: then())
        return made

    def _request_menu(self, row: "RequestRow") -> list[QAction]:
        steps = [self._act(words, partial(self.steps.take, key, row)) for key, words in FOLLOWING[row.state]]
        return [*steps, self._act("Open partner", lambda: self._open(row))]

    def _fund_menu(self, row: Any) -> list[QAction]:
        view = self.view
        assert view is not None
        return [
            self._act("Allocate…", lambda: self.steps.allocate(view, row)),
            self._act("New request…", lambda: self.steps.request(view, row.partner)),
            self._act("Expire…", lambda: self.steps.expire(row)),
            self._act("Open partner", lambda: self._open(row)),
        ]

    def _benefit_menu(self, row: "BenefitRow") -> list[QAction]:
        acts = [self._act("Open partner", lambda: self._open(row))]
        if row.benefit.state != "standing":
            acts.insert(0, self._act("Record delivery…", lambda: self.steps.deliver(row)))
        return acts
