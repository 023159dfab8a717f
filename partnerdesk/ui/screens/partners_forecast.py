"""What the whole book may bring: one range, its months, the partners that move it, and how right it has been.

It stands beside the list of partners. Its futures are drawn in the window's processes, because there are many; once
drawn they stand until somebody asks again, and say so where the book has changed since.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.errors import Cancelled, Refused
from partnerdesk.ui.forecasting_away import joined, share_from
from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.partner.forecast.rows import fan_data, headline, record_lines, stretch_words
from partnerdesk.ui.screens.partners_forecast_columns import month_columns, mover_columns
from partnerdesk.ui.sharing_out import share_out
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.chart import Chart
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.scrolled import scrolling
from partnerdesk.ui.widgets.section import Column as Side
from partnerdesk.ui.widgets.section import Hairline, SectionTitle, Tile
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.text import Label
from partnerdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from partnerdesk.engine.period import Period
    from partnerdesk.forecast.together import BookForecast, Whole
    from partnerdesk.queries.book_forecasts import BesideBook

FUTURES, SEED, MONTHS = 120, 1, 6  # those of a partner's own page, so that both say the same
MOVERS, BY_MONTH = "movers", "months"
VIEWS = (("Partners that move it", MOVERS), ("By month", BY_MONTH))
TILES = (
    ("median", "Earned, median"),
    ("committed", "Committed"),
    ("possible", "Possible"),
    ("pipeline", "Weighted pipelines"),
    ("clawback", "Clawed back"),
    ("spread", "Spread"),
)
NOTES = {
    "median": "with new business",
    "committed": "if nothing open closes",
    "possible": "all open closes, nothing new",
    "pipeline": "without tiers or new business",
    "clawback": "on average",
    "spread": "either way in 2 of 3 futures",
}
MIDDLE = (
    "Committed is earned if nothing open closes; possible if every deal is won and every contract kept, each the "
    "likeliest way. The middle may be above: it holds new business, and contracts expand as well."
)
SPREAD = (
    "Two of three futures lie within the spread around their mean. What a partner moves is its part of it, and all the "
    "parts add up to it; somebody whose luck is the others' bad luck takes away from it."
)


@dataclass(frozen=True, slots=True)
class _Shown:
    """One currency of the book, as the fan and its headline take a forecast."""

    forecast: "Whole"
    behind: "tuple[tuple[Period, Decimal], ...]"


class BookForecastPage(QWidget):
    """The page; `host` is the screen of partners."""

    def __init__(self, host: Screen) -> None:
        super().__init__()
        self.host = host
        self.found: BookForecast | None = None
        self.beside: BesideBook | None = None
        self.at = 0  # which currency is shown
        self.is_drawing = False
        px = theme().px
        self.again = Button("Draw again", self.draw, kind="flat")
        self.currency = Button("", self._next_currency, kind="flat")
        self.tiles = {key: Tile(label, small=True) for key, label in TILES}
        self.chart = Chart(host.desk.jobs, height=212)
        self.side = Side(margin=0, spacing=4)
        self.side.setMinimumHeight(px(200))
        self.views = Segmented("Shown below", VIEWS, self._viewed, MOVERS)
        self.note = SectionTitle("", "")
        self.below = QStackedWidget()
        self._lay()

    def _lay(self) -> None:
        px = theme().px
        top, content, whole = QWidget(), QWidget(), QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(content))
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(top)
        column.setContentsMargins(px(24), px(10), px(24), 0)
        column.setSpacing(px(8))
        column.addWidget(Wrap(tuple(self.tiles.values()), least=140, gap=24))
        column.addWidget(Hairline())
        column.addWidget(Wrap((self.chart, self.side), least=300, shares=(8, 5)))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.views)
        row.addWidget(self.note, 1)
        row.addWidget(self.currency)
        row.addWidget(self.again)
        column.addLayout(row)
        outer.addWidget(top)
        self._lay_tables()
        self.below.setMinimumHeight(px(200))
        outer.addWidget(self.below, 1)

    def _lay_tables(self) -> None:
        formats, state = self.host.desk.formats, self.host.shell.state
        self.movers = DataTable(
            "partners.forecast.movers",
            mover_columns(formats, self._name),
            key=lambda m: m.partner,
            state=state,
            says="Partners that move the forecast",
            measure="figures_row",
        )
        self.movers.opened.connect(lambda m: self.host.shell.go(Place("partners", m.partner, "forecast")))
        self.months = DataTable(
            "partners.forecast.months",
            month_columns(formats),
            key=lambda r: r.period.label,
            state=state,
            says="The book's forecast by month",
            measure="figures_row",
        )
        for table in (self.movers, self.months):
            table.set_empty(lambda: Empty("Nothing is drawn yet", "It comes with the futures of the book."))
            table.summed.connect(self.host.shell.status)
            self.below.addWidget(table)

    # Reading

    def reload(self) -> None:
        """Draw when first shown; afterwards say that the book has changed."""
        if self.found is None:
            self.draw()
        else:
            self._tell("the book has changed since")

    def draw(self) -> None:
        """Draw all futures anew, in the background."""
        if self.is_drawing:
            return
        self.is_drawing = True
        self.again.setEnabled(False)
        if self.found is None:
            self.currency.hide()
            self.chart.clear(f"Drawing {FUTURES} futures of every partner with the program's own rules")
        from partnerdesk.queries.book_forecasts import beside_book

        self.host.desk.read(
            beside_book, self.host.desk.today(), done=self._share, failed=self._failed, slot="partners.ahead"
        )

    def _share(self, beside: "BesideBook") -> None:
        self.beside = beside
        self.host.desk.with_store("Forecast of the book", _place, done=self._start, failed=self._failed)

    def _start(self, book: Path) -> None:
        from partnerdesk.queries.book_forecasts import in_shares

        assert self.beside is not None
        desk = self.host.desk
        common = (book, desk.user, desk.today(), (FUTURES, SEED), MONTHS)
        done = partial(self._arrived, desk.today())
        portions = in_shares(self.beside.partners)
        job = share_out(
            desk,
            share_from,
            common,
            portions,
            joined,
            label="Drawing the book's futures",
            done=done,
            failed=self._failed,
            slot="partners.futures",
        )
        job.moved = lambda n, of, _label: self._tell(f"{n} of {of} shares are drawn")

    def _failed(self, error: Exception) -> None:
        self.is_drawing = False
        self.again.setEnabled(True)
        if isinstance(error, Refused):
            self._refused(error)
            return
        if self.found is None:
            self.chart.clear("No futures are drawn")
        if not isinstance(error, Cancelled):
            self.host.show_error(error)

    def _refused(self, error: Refused) -> None:
        """Without a program or a partner there is no forecast; the page says so in its place."""
        self.found = None
        self.chart.clear(error.sentence)
        self.side.clear()
        self.side.add(Label(error.remedy, "small", "muted", wrap=True))
        for tile in self.tiles.values():
            tile.show_figure("")
        for table in (self.movers, self.months):
            table.set_rows(())

    def _arrived(self, _day: date, found: "BookForecast") -> None:
        self.is_drawing, self.found = False, found
        self.again.setEnabled(True)
        desk = self.host.desk
        if desk.book is not None and desk.book.is_writable:
            desk.with_store("Keeping the forecast", _kept, found, slot="partners.forecast.kept")
        self._show()

    # Showing

    def _name(self, partner: str) -> str:
        return self.beside.names.get(partner, partner) if self.beside is not None else partner

    def _show(self) -> None:
        assert self.found is not None and self.beside is not None
        self.at %= len(self.found.wholes)
        whole, formats = self.found.wholes[self.at], self.host.desk.formats
        amounts = {
            "median": whole.whole.earned.p50,
            "committed": whole.committed,
            "possible": whole.possible,
            "pipeline": whole.pipeline.earned,
            "clawback": whole.clawback,
            "spread": whole.spread,
        }
        for key, amount in amounts.items():
            self.tiles[key].show_figure(formats.number(amount), whole.currency, note=NOTES[key])
        shown: Any = _Shown(whole, self.beside.behind.get(whole.currency, ()))
        self.chart.show_chart(headline(shown, formats), stretch_words(shown, formats), fan_data(shown, formats))
        self._tell_beside(whole)
        self.movers.set_rows(whole.movers)
        self.months.set_rows(whole.months)
        self.currency.setVisible(len(self.found.wholes) > 1)
        self.currency.setText(f"{whole.currency}: show the next currency")
        self._tell("")

    def _tell_beside(self, whole: "Whole") -> None:
        """The record first, then tiers, what is left out and how it was added up."""
        assert self.found is not None and self.beside is not None
        formats, side = self.host.desk.formats, self.side
        own = list(record_lines(self.beside.record, "The book", formats))
        tiers = [f"{tier}: {formats.number(count, 1)}" for tier, count in whole.tiers]
        parts = (
            ("Its own record", own or ["This is the first forecast of the book that is kept."]),
            ("Partners by tier at the end, on average", tiers or ["Tiers are not projected."]),
            ("Committed, possible and the spread", [MIDDLE, SPREAD]),
            (
                "How it is added up",
                ["Each future adds up all partners, the lucky and the unlucky; their ranges are never added."],
            ),
            ("Not included", self.found.not_included),
        )
        side.clear()
        for n, (title, lines) in enumerate(parts):
            side.add(SectionTitle(title), gap=10 if n else 0)
            for line in lines:
                side.add(Label(line, "small", "muted", wrap=True))

    def _tell(self, more: str) -> None:
        if self.found is None:
            self.note.set("", more)
            return
        currency, found = self.found.wholes[self.at].currency, self.found
        how = f"{currency}; {found.scenarios} futures, seed {found.seed}; an estimate, not a promise"
        self.note.set("", f"{how}; {more}" if more else how)

    def _viewed(self, view: object) -> None:
        self.below.setCurrentIndex(int(view == BY_MONTH))

    def _next_currency(self) -> None:
        self.at += 1
        self._show()


def _place(store: Any) -> Path:
    return Path(store.path)


def _kept(store: Any, found: Any) -> None:
    from partnerdesk.ops.keeping import WINDOW, keep_book_forecast

    store.keep(keep_book_forecast, found, WINDOW, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
