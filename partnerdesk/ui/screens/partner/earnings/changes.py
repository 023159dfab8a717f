"""Changes: why an amount is another one than at an earlier point, as a waterfall by cause and line by line."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.screens.partner.earnings.changes_rows import (
    MovedRow,
    changes_chart,
    finding,
    moved_rows,
    point_words,
)
from partnerdesk.ui.screens.partner.tab import PartnerTab
from partnerdesk.ui.screens.period_words import period_words
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.chart import Chart
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.section import Hairline, SectionTitle
from partnerdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from partnerdesk.engine.difference import Difference
    from partnerdesk.engine.figures.figure import Figure
    from partnerdesk.ops.statements.differences import Compared

MEASURES = (("Balance", "balance"), ("Payable", "payable"), ("Held", "held"), ("Earned", "earned"))
ANY_DAY, TODAY = "a day", "today"
SPLIT = ".."  # between the two points in the name of a sub-page: 2026-08..today


class ChangesTab(PartnerTab):
    KEY: ClassVar[str] = "changes"
    TITLE: ClassVar[str] = "Changes"

    def build(self) -> None:
        self.view: Compared | None = None
        self.of = "balance"
        self.since = Chip("", "history", says="Since", then=lambda: None)
        self.until = Chip("", "calendar", says="Until", then=lambda: None)
        px = theme().px
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(px(24), px(8), px(24), 0)
        column.setSpacing(px(8))
        row = QHBoxLayout()
        self.measure = Segmented("Amount", MEASURES, self._measure, self.of)
        row.addWidget(self.measure)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(Hairline())
        self.chart = Chart(self.desk.jobs, height=190)
        column.addWidget(self.chart)
        self.title = SectionTitle("What moved")
        column.addWidget(self.title)
        self.body.addWidget(top)
        self.table = DataTable(
            "partner.changes",
            self._columns(),
            key=lambda r: (r.cause, r.because, r.id),
            state=self.shell.state,
            says="What moved",
            measure="figures_row",
        )
        self.table.set_empty(lambda: Empty("Nothing moved", "Both points have the same amount in every line."))
        self.table.summed.connect(self.shell.status)
        self.table.asked.connect(self.ask_why)
        self.body.addWidget(self.table, 1)

    def _columns(self) -> list[Column]:
        money = self.formats.accounting

        def figure(row: MovedRow) -> str:
            return row.figure

        return [
            Column("cause", "Cause", lambda r: r.cause, kind=kinds.NAME, width=132),
            Column("because", "Because of", lambda r: r.because, width=280),
            Column("line", "Line", lambda r: r.id, kind=kinds.MUTED, width=150),
            Column("says", "What", lambda r: r.says, width=156),
            Column("day", "Date", lambda r: r.day, self.formats.short_day, kinds.DATE, 76, hidden=True),
            Column("customer", "Customer", lambda r: r.customer, width=130),
            Column("tier", "Tier", lambda r: r.tier, kind=kinds.MUTED, width=110, hidden=True),
            Column("before", "Before", lambda r: r.before, money, kinds.ACCOUNTING, 92, sums=True),
            Column("after", "After", lambda r: r.after, money, kinds.ACCOUNTING, 92, sums=True),
            Column(
                "amount",
                "Change",
                lambda r: r.amount,
                money,
                kinds.ACCOUNTING,
                96,
                strong=True,
                sums=True,
                figure=figure,
            ),
        ]

    def header_controls(self) -> list[QWidget]:
        return [self.since, self.until]

    # Reading

    def _points(self) -> tuple[str, str]:
        before, _, after = self.sub.partition(SPLIT)
        return before, after

    def reload(self) -> None:
        from partnerdesk.ops.statements.differences import compared

        before, after = self._points()
        self.read(compared, self.partner, before, after, self.desk.today(), self.of, done=self._show, slot="changes")

    def _show(self, found: "Compared") -> None:
        self.view = found
        formats = self.formats
        closed = [(period_words(label, formats), label) for label in found.closed]
        self.since.offer([*closed, ("A day…", ANY_DAY)], self._choose_since)
        self.until.offer([("Today", TODAY), *closed, ("A day…", ANY_DAY)], self._choose_until)
        first, last = (point_words(point, formats) for point in (found.before, found.after))
        self.since.set_text(first)
        self.until.set_text(last[:1].upper() + last[1:])
        changes_chart(self.chart, found, formats)
        self.title.set("What moved", self._note(found))
        self.table.set_rows(tuple(moved_rows(found, formats)))
        self.table.set_totals({"cause": "Difference", "amount": formats.accounting(found.found.total)})

    def _note(self, found: "Compared") -> str:
        """What else is to be known: rows without effect, rules that changed, statements that say otherwise."""
        said = []
        if found.found.idle:
            said.append(f"{found.found.idle} more row{'s' * (found.found.idle > 1)} differ, without effect")
        if found.changes:
            said.append(f"rules changed: {', '.join(change.title for change in found.changes)}")
        for point, off in zip((found.before, found.after), found.off, strict=True):
            if off:
                amount = self.formats.accounting(off)
                said.append(f"the statement of {point_words(point, self.formats)} holds {amount} that is not here")
        return "; ".join(said)

    # Choosing

    def _measure(self, of: object) -> None:
        self.of = str(of)
        self.reload()

    def _choose_since(self, key: object) -> None:
        self._choose(str(key), "Since which day?", lambda point: f"{point}{SPLIT}{self._points()[1]}")

    def _choose_until(self, key: object) -> None:
        shown = self.view.before.key if self.view else ""
        self._choose(str(key), "Until which day?", lambda point: f"{self._points()[0] or shown}{SPLIT}{point}")

    def _choose(self, key: str, title: str, sub: Callable[[str], str]) -> None:
        def go(point: str) -> None:
            self.sub = sub(point)
            self.shell.moved()
            self.reload()

        if key != ANY_DAY:
            go(key)
            return
        from partnerdesk.ui.dialogs.choose_day import DayDialog

        text = "What was known of this partner at the end of that day is compared."

        def chosen(day: date) -> None:
            go(day.isoformat())

        DayDialog(self.window(), title, text, self.desk.today(), self.formats, chosen).open()

    # Explaining

    def ask_why(self, figure: str) -> None:
        """Both evaluations are run again with every step kept, and the line of this row is shown."""
        from partnerdesk.ops.statements.differences import compared_figures

        if self.view is None:
            return
        shown, row = self.view, next(r for r in self.table.table_model.rows if r.figure == figure)
        points = shown.before.key, shown.after.key
        self.read(
            compared_figures,
            self.partner,
            *points,
            self.desk.today(),
            shown.found.of,
            done=lambda found: self._explain(found, row),
            slot="why",
        )

    def _explain(self, found: "Difference[Figure]", row: MovedRow) -> None:
        from partnerdesk.ui.explanation import explained

        assert self.view is not None
        step, part, line = (int(n) for n in row.figure.split("|")[1:])
        amount = found.steps[step].parts[part].lines[line].amount
        about = " · ".join((row.says, self.view.partner.name, finding(self.view, self.formats).partition(";")[0]))
        self.shell.show_why(explained(row.figure, amount, self.formats, about=about, sentence=self._sentence(row)))

    def _sentence(self, row: MovedRow) -> str:
        """The cause of a row; of a rule that changed its words before and after."""
        said = [f"{row.cause}: {row.because}." if row.because else f"{row.cause}."]
        for change in self.view.changes if self.view else ():
            if row.rule and change.key == row.rule:
                sides = (("Before", change.before), ("Now", change.after))
                said += [f"{when}: {words}" for when, words in sides if words]
        return " ".join(said)
