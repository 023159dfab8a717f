"""What a what-if may earn as a range, beside what is: drawn when somebody looks at it, for what is tried then."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.errors import Cancelled, Refused
from partnerdesk.ui.exporting import export_away
from partnerdesk.ui.forecasting_away import ranged_from
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ops.whatif.ranging import Ranged, RangeRow
    from partnerdesk.ops.whatif.trying import Case
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.jobs import Job
    from partnerdesk.ui.screens.partner.whatif.page import WhatIfTab

FUTURES, SEED = 120, 1  # those of the forecast, so that both say the same of what is


class RangePart(QWidget):
    """The months to come of both sides; drawn anew when it is looked at and something else is tried."""

    def __init__(self, tab: "WhatIfTab") -> None:
        super().__init__()
        self._tab, self._formats = tab, tab.formats
        self.found: Ranged | None = None
        self._asked: tuple[Any, ...] = ()
        self._job: Job | None = None  # whose futures nobody asks for any more once something else is tried
        columns = range_columns(tab.formats)
        says, state = "What-if, range", tab.shell.state
        self.table = DataTable(
            "partner.whatif.range", columns, key=_label, state=state, says=says, measure="figures_row"
        )
        self.table.summed.connect(tab.shell.status)
        self.table.set_empty(self._nothing)
        self.says = Label("", "small", "muted", wrap=True)
        px = theme().px
        self.says.setContentsMargins(px(24), px(4), px(24), 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.says)

    def look(self) -> None:
        """Draw what is tried now, unless that is what stands here."""
        tab = self._tab
        asked = (tab.partner, tab.other(), tab.case())
        if not tab.partner or asked == self._asked:
            return
        if self._job is not None and not self._job.is_over:
            self._job.cancel()
        self._asked, self.found = asked, None
        self.table.set_rows(())
        self.says.setText("")
        export_away(
            tab.host,
            f"Drawing {FUTURES} futures of both sides",
            ranged_from,
            *asked,
            tab.desk.today(),
            (FUTURES, SEED),
            done=partial(self._arrived, asked),
            failed=partial(self._failed, asked),
            started=self._began,
            slot="whatif.range",
        )

    def _began(self, job: "Job") -> None:
        self._job = job

    def _arrived(self, asked: tuple[Any, ...], found: "Ranged") -> None:
        if asked == self._asked:
            self.found = found
            self.table.set_rows((*found.months, found.whole))
            self.says.setText(range_words(found, asked[2], self._formats))

    def _failed(self, asked: tuple[Any, ...], error: Exception) -> None:
        if asked != self._asked:
            return
        self._asked = ()
        if isinstance(error, Refused):
            self.says.setText(f"{error.sentence} {error.remedy}".strip())
        elif not isinstance(error, Cancelled):
            self._tab.host.show_error(error)

    def _nothing(self) -> Empty:
        if self._asked:
            return Empty("Drawing the futures of both sides", "Both have the same luck, so they differ by the what-if.")
        return Empty("No futures are drawn", "F5 draws them.")


def range_columns(formats: "Formats") -> list[Column]:
    """A month of both sides: eight of ten futures and the middle, and what the second side has more in the middle."""

    def amount(key: str, title: str, side: str, share: str, *, strong: bool = False, says: str = "") -> Column:
        def get(row: "RangeRow") -> Any:
            return getattr(getattr(row, side), share)

        def words(value: Any) -> str:
            return formats.signed(value, 0) if side == "more" else formats.number(value, 0)

        return Column(key, title, get, words, kinds.NUMBER, 64, strong=strong, says=says)

    return [
        Column("month", "Earned", lambda r: month_words(r, formats), kind=kinds.NAME, width=96),
        amount("b10", "P10", "before", "p10", says="As is, one of ten futures stays below"),
        amount("b50", "As is", "before", "p50", strong=True, says="As is, in the middle"),
        amount("b90", "P90", "before", "p90", says="As is, nine of ten futures stay below"),
        amount("a10", "P10", "after", "p10", says="What-if, one of ten futures stays below"),
        amount("a50", "What-if", "after", "p50", strong=True, says="What-if, in the middle"),
        amount("a90", "P90", "after", "p90", says="What-if, nine of ten futures stay below"),
        amount("more", "More", "more", "p50", says="What the what-if has more, in the middle of the same futures"),
    ]


def month_words(row: "RangeRow", formats: "Formats") -> str:
    """A month in short; all of them as such."""
    first, _, last = row.period.label.partition(" to ")
    return formats.short_period(replace(row.period, label=first)) if last in ("", first) else "In all"


def range_words(found: "Ranged", case: "Case", formats: "Formats") -> str:
    """What the difference comes to, future by future, and what is left out."""
    more, currency = found.whole.more, found.currency
    low, middle, high = (formats.signed(amount, 0) for amount in (more.p10, more.p50, more.p90))
    share = formats.percent(found.better, 0)
    told = (
        f"{case.name}: {middle} {currency} in the middle of the same {found.scenarios} futures, in 8 of 10 between "
        f"{low} and {high}, more in {share} of them. Seed {found.seed}; an estimate, not a promise."
    )
    return " ".join([told, *(f"Left out: {one.why}" for one in found.left)])


def _label(row: "RangeRow") -> str:
    return row.period.label
