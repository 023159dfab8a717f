"""Earnings: a statement period as figures, waterfall and ledger; what is held and when it comes; the months ahead."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.engine.trace import name
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.partner.earnings.calendar import CalendarPane
from partnerdesk.ui.screens.partner.earnings.charts import (
    outlook_chart,
    releases_chart,
    statement_state,
    waterfall_chart,
)
from partnerdesk.ui.screens.partner.earnings.disputing import DisputeStrip
from partnerdesk.ui.screens.partner.earnings.holding import HoldStrip
from partnerdesk.ui.screens.partner.tab import PartnerTab
from partnerdesk.ui.screens.printing import print_shown
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button, link
from partnerdesk.ui.widgets.chart import Chart
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.section import Hairline, SectionTitle, Tile
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from partnerdesk.engine.forecast import Ahead
    from partnerdesk.ops.statements.written import ExportedStatement
    from partnerdesk.queries.partners.earned import Earned, LedgerRow

TILES = (
    ("earned", "Earned"),
    ("clawed_back", "Taken back"),
    ("adjusted", "Adjusted"),
    ("paid", "Paid"),
    ("held", "Held"),
)
_MOVED = ("clawed_back", "adjusted", "paid")  # those that are a sum of the roll-forward's rows

LEDGER, CALENDAR = "ledger", "calendar"
LEAST = 180  # px: head, total and a few rows
VIEWS = (("Ledger", LEDGER), ("Calendar", CALENDAR))


class EarningsTab(PartnerTab):
    KEY: ClassVar[str] = "earnings"
    TITLE: ClassVar[str] = "Earnings"

    def build(self) -> None:
        self.view: Earned | None = None
        self._ahead_of = ""  # the partner whose months ahead are drawn
        self.period = Chip("", "calendar", says="Statement period", then=lambda: None)
        self.rules = Chip("", "scale", says="Program version")
        self.export = Button("Export statement", self._export, icon="download")
        px = theme().px
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(px(24), px(10), px(24), 0)
        column.setSpacing(0)
        column.addLayout(self._figures())
        self.disputes = DisputeStrip(self)
        column.addWidget(self.disputes)
        self.holds = HoldStrip(self)
        column.addWidget(self.holds)
        column.addSpacing(px(10))
        column.addWidget(Hairline())
        column.addSpacing(px(10))
        column.addWidget(self._charts())
        column.addSpacing(px(8))
        self.compare = link("What changed since then", self._compare)
        self.ledger_title = SectionTitle("Ledger", "", self.compare)
        below = QHBoxLayout()
        self.views = Segmented("Shown below", VIEWS, lambda _view: self._viewed(), LEDGER)
        below.addWidget(self.views)
        below.addSpacing(px(10))
        below.addWidget(self.ledger_title, 1)
        below.setContentsMargins(0, 0, 0, px(4))
        column.addLayout(below)
        self.body.addWidget(top)
        self.below = QStackedWidget()
        self.below.addWidget(self._ledger())
        self.calendar = CalendarPane(self, self._say_calendar)
        self.below.addWidget(self.calendar.table)
        self.below.setMinimumHeight(px(LEAST))  # where what stands above leaves less, the page scrolls
        self.body.addWidget(self.below, 1)

    def _ledger(self) -> DataTable:
        self.table = DataTable(
            "ledger",
            self._columns(),
            key=lambda row: row.id,
            state=self.shell.state,
            says="Ledger",
            measure="figures_row",
        )
        self.table.set_empty(
            lambda: Empty(
                "Nothing moved in this period", "A deal, a contract, a release or a payment would stand here."
            )
        )
        self.table.summed.connect(self.shell.status)
        self.table.asked.connect(self.ask_why)
        self.table.offer_menu(self._menu)
        return self.table

    def _figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(36))
        self.tiles = {key: Tile(label, small=True) for key, label in TILES}
        row.addWidget(Wrap(tuple(self.tiles.values()), least=84, gap=24, whole=True), 1)
        self.state = Status()
        row.addWidget(self.state)
        return row

    def _charts(self) -> Wrap:
        self.waterfall, self.outlook, self.releases = (Chart(self.desk.jobs, height=176) for _ in range(3))
        return Wrap((self.waterfall, self.outlook, self.releases), least=230, shares=(5, 4, 3))

    def _columns(self) -> list[Column]:
        formats = self.formats

        def figure(row: "LedgerRow") -> str:
            return row.figure

        def rate(row: "LedgerRow") -> str | None:
            return None if row.rate is None else formats.rate(row.rate, row.pays_each)

        money = formats.accounting
        return [
            Column("day", "Date", lambda r: r.day, formats.short_day, kinds.DATE, 80),
            Column("kind", "Type", lambda r: r.kind, kind=kinds.NAME, width=152),
            Column("reference", "Reference", lambda r: r.reference, kind=kinds.MUTED, width=138),
            Column("words", "Customer or reason", lambda r: r.words, width=170),
            Column("base", "Base", lambda r: r.base, money, kinds.NUMBER, 92),
            Column("rate", "Rate", rate, kind=kinds.NUMBER, width=58, sort=lambda r: r.rate, fits=True),
            Column(
                "factor", "Factor", lambda r: r.factor, lambda v: formats.number(v, 2), kinds.NUMBER, 60, hidden=True
            ),
            Column(
                "amount",
                "Amount",
                lambda r: r.amount,
                money,
                kinds.ACCOUNTING,
                96,
                strong=True,
                sums=True,
                figure=figure,
            ),
            Column("held", "Held", lambda r: r.held, money, kinds.ACCOUNTING, 92, sums=True),
            Column("payable", "Payable", lambda r: r.payable, money, kinds.ACCOUNTING, 96, sums=True),
            Column("balance", "Balance", lambda r: r.balance, money, kinds.ACCOUNTING, 94),
            Column("rule", "Rule", lambda r: r.rule, kind=kinds.MUTED, width=78),
        ]

    def header_controls(self) -> list[QWidget]:
        self.adjust = Button("Adjust…", self._adjust, icon="pencil")
        return [self.period, self.rules, self.adjust, self.export]

    def _menu(self, row: "LedgerRow") -> list[Any]:
        closed = self.view.closed if self.view is not None else None
        total = self.disputes.total(closed.number if closed else "")
        return [*self.disputes.menu(row, closed is not None), total, self.holds.action(row)]

    def commands(self) -> dict[str, Callable[[], object]]:
        return {"page.export": self._export, "page.preview": self._print}

    def _print(self) -> None:
        label = self.view.period.label if self.view is not None else ""
        print_shown(self.disputes, self.host, self.partner, label)

    # Reading

    def reload(self) -> None:
        from partnerdesk.queries.partners.earned import earned

        self.read(earned, self.partner, self.sub, self.desk.today(), done=self._show, slot="earned")
        if self.views.value() == CALENDAR:
            self.calendar.reload()
        self.disputes.reload()
        self.holds.reload()
        if self._ahead_of != self.partner:
            self.outlook.clear("The months ahead")

    def _viewed(self) -> None:
        """The ledger of the period, or what is to come of it and may still be lost."""
        is_calendar = self.views.value() == CALENDAR
        self.below.setCurrentIndex(int(is_calendar))
        if is_calendar:
            self.calendar.reload()
        elif self.view is not None:
            self._say_ledger(self.view)

    def _say_calendar(self, note: str) -> None:
        if self.views.value() == CALENDAR:
            self.ledger_title.set("Vesting and clawback", note)
            self.compare.hide()

    def _look_ahead(self) -> None:
        """The two runs take longer than the rest of the page, so they are read after it stands."""
        from partnerdesk.queries.outlook import outlook

        self.read(outlook, self.partner, self.desk.today(), done=self._show_ahead, slot="ahead")

    def _show_ahead(self, found: "Ahead") -> None:
        self._ahead_of = self.partner
        outlook_chart(self.outlook, found, self.formats)

    def _choose(self, label: object) -> None:
        self.sub = str(label)
        self.shell.moved()
        self.reload()

    def _show(self, found: "Earned") -> None:
        self.view = found
        formats, label = self.formats, found.period.label
        self.period.offer([(formats.period(p), p.label) for p in found.periods], self._choose)
        self.period.set_text(formats.period(found.period))
        self.rules.set_text(f"Rules v{found.version}")
        state = found.state
        amounts = {key: getattr(state, key) for key, _ in TILES}
        for key, tile in self.tiles.items():
            figure = name("moved", key, label) if key in _MOVED else ""
            if key == "held":
                figure = name("row", "closing", "held", label)
            title = dict(TILES)[key]
            tile.label.set_text(f"{title}, {state.currency}" if key == "earned" else title)
            amount = -amounts[key] if key == "paid" else amounts[key]  # what left the balance is what was paid
            tile.show_figure(formats.accounting(amount), "", figure)
        self.state.set_status(*statement_state(found))
        waterfall_chart(self.waterfall, found, formats)
        self._look_ahead()
        releases_chart(self.releases, found, formats)
        if self.views.value() == LEDGER:
            self._say_ledger(found)
        self.table.set_rows(found.ledger)
        totals = {
            "day": formats.short_day(found.period.end),
            "kind": "Closing",
            "held": formats.accounting(state.held),
            "payable": formats.accounting(state.payable),
            "balance": formats.accounting(state.closing),
        }
        self.table.set_totals(totals)

    def _say_ledger(self, found: "Earned") -> None:
        opening = self.formats.accounting(found.statement.row("opening").total)
        count = len(found.ledger)
        note = f"{count} entr{'y' if count == 1 else 'ies'}, opening balance {opening} {found.state.currency}"
        self.ledger_title.set("Ledger", note)
        self.compare.setVisible(found.closed is not None)

    # Acting

    def _adjust(self) -> None:
        from partnerdesk.ui.dialogs.adjust import AdjustDialog

        if self.view is not None:
            currency, day = self.view.state.currency, self.desk.today()
            AdjustDialog(self.window(), currency, day, self.formats, self._add_adjustment).open()

    def _add_adjustment(self, fields: dict[str, Any]) -> None:
        from partnerdesk.ops.statements.adjustments import add_adjustment

        user = self.desk.user
        self.host.run("Add adjustment", add_adjustment, self.partner, by=user, toast="Adjustment added", **fields)

    def _export(self) -> None:
        from partnerdesk import paths
        from partnerdesk.ops.statements.exports import export_statements

        if self.view is None:
            return
        label = self.view.period.label
        args = label, self.desk.today(), paths.folder("exports") / f"statements-{label}"
        said: dict[str, Any] = {"partners": [self.partner], "failed": self.host.show_error}
        self.desk.read(export_statements, *args, done=self._exported, **said)

    def _exported(self, written: "tuple[ExportedStatement, ...]") -> None:
        from partnerdesk.ui.outgoing import left_words, note_left
        from partnerdesk.ui.screens.files import open_folder

        note_left(self.host, written)
        folder = written[0].workbook.parent
        self.shell.toast(left_words(written, self.formats), "Open folder", lambda: open_folder(folder))

    def _compare(self) -> None:
        """Why the balance is another one today than at this period's end."""
        if self.view is not None:
            self.shell.go(Place("partners", self.partner, "changes", f"{self.view.period.label}..today"))

    def open_statements(self) -> None:
        """The run of this period."""
        if self.view is not None:
            self.shell.go(Place("statements", self.view.period.label))
