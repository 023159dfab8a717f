"""Forecast: what a partner may earn as a range, what moves it, and how right such forecasts have been."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.errors import Cancelled, Refused
from partnerdesk.ui.exporting import export_away
from partnerdesk.ui.forecasting_away import forecast_from
from partnerdesk.ui.screens.drafting_mail import draft_forecast
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.partner.forecast.rows import (
    fan_data,
    headline,
    pipeline_words,
    possible_words,
    record_lines,
    stretch_words,
    tier_words,
    tile_notes,
)
from partnerdesk.ui.screens.partner.forecast.tables import driver_columns, driver_worth, month_columns
from partnerdesk.ui.screens.partner.forecast.with_plan import PlanPart
from partnerdesk.ui.screens.partner.progress.path_section import PathSection
from partnerdesk.ui.screens.partner.tab import PartnerTab
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button, link
from partnerdesk.ui.widgets.chart import Chart
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.section import Column as Side
from partnerdesk.ui.widgets.section import Hairline, SectionTitle, Tile
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.text import Label
from partnerdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from partnerdesk.queries.forecast_view import ForecastView

FUTURES, SEED = 120, 1  # enough for the outer bands, and drawn within seconds
MONTHS = (("3 months", "3"), ("6 months", "6"), ("12 months", "12"))
DRIVERS, BY_MONTH, PLAN, PATH = "drivers", "months", "plan", "path"
VIEWS = (("What moves it", DRIVERS), ("By month", BY_MONTH), ("With the plan", PLAN), ("Path to a tier", PATH))
TILES = (
    ("median", "Earned, median"),
    ("committed", "Committed"),
    ("possible", "Possible"),
    ("pipeline", "Weighted pipeline"),
    ("clawback", "Clawed back"),
    ("tier", "Tier at the end"),
)


class ForecastTab(PartnerTab):
    KEY: ClassVar[str] = "forecast"
    TITLE: ClassVar[str] = "Forecast"

    def build(self) -> None:
        self.view: ForecastView | None = None
        self._asked: tuple[Any, ...] = ()
        self.reach = Chip("6 months", "calendar", says="How far ahead", then=lambda: None)
        self.rules = Chip("", "scale", says="Program version")
        self.mail = Button("Draft a mail", self.draft_mail, icon="file-text", kind="flat")
        self.mail.setEnabled(False)
        px = theme().px
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(px(24), px(10), px(24), px(8))
        column.setSpacing(px(8))
        self.tiles = {key: Tile(label, small=True) for key, label in TILES}
        column.addWidget(Wrap(tuple(self.tiles.values()), least=140, gap=24))
        column.addWidget(Hairline())
        self.chart = Chart(self.desk.jobs, height=212)
        self.beside = Side(margin=0, spacing=4)
        self.beside.setMinimumHeight(px(200))
        column.addWidget(Wrap((self.chart, self.beside), least=300, shares=(8, 5)))
        column.addLayout(self._switch())
        self.body.addWidget(top)
        self.below = QStackedWidget()
        self.drivers, self.months = self._drivers(), self._months()
        self.plan = PlanPart(self, lambda words: self.note.set("", words))
        for table in (self.drivers, self.months, self.plan):
            table.summed.connect(self.shell.status)
            self.below.addWidget(table)
        self.ways = Side(margin=0)
        self.below.addWidget(self.ways)
        self.path: PathSection | None = None
        self.body.addWidget(self.below, 1)

    def _switch(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(10))
        self.views = Segmented("Shown below", VIEWS, self._viewed, DRIVERS)
        self.note = SectionTitle("", "")
        self.paths = link("Sample paths", self._toggle_paths)
        self.has_paths = False
        row.addWidget(self.views)
        row.addWidget(self.note, 1)
        row.addWidget(self.paths)
        return row

    def _drivers(self) -> DataTable:
        table = self._table(
            "drivers", driver_columns(self.formats), lambda r: (r.kind, r.id), "What moves the forecast"
        )
        table.asked.connect(self.ask_why)
        table.opened.connect(lambda row: self.ask_why(driver_worth(row)) if driver_worth(row) else None)
        table.set_empty(self._no_drivers)
        return table

    def _no_drivers(self) -> Empty:
        if self.view is None:
            return Empty("Nothing is drawn yet", "What moves a forecast comes with its futures.")
        return Empty("Nothing open moves it", "What is scheduled comes in every future.")

    def _months(self) -> DataTable:
        return self._table("months", month_columns(self.formats), lambda r: r.period.label, "The forecast by month")

    def _table(self, name: str, columns: list[Column], key: Callable[[Any], Any], says: str) -> DataTable:
        named, state = f"partner.forecast.{name}", self.shell.state
        return DataTable(named, columns, key=key, state=state, says=says, measure="figures_row")

    def header_controls(self) -> list[QWidget]:
        return [self.reach, self.rules, self.mail]

    def commands(self) -> dict[str, Callable[[], object]]:
        return {"page.mail": self.draft_mail}

    def draft_mail(self) -> None:
        """The range as it stands here, for the partner's own people."""
        if self.view is not None:
            draft_forecast(self.host, self.view.forecast)

    # Reading

    def reload(self) -> None:
        months = int(self.sub or "6")
        asked = (self.partner, months)
        self.path = None
        self.plan.forget()
        if asked != self._asked:
            self._empty()
        self._asked = asked
        args = (self.partner, self.desk.today(), (FUTURES, SEED), months)
        label = f"Drawing {FUTURES} futures"
        told = {"done": partial(self._arrived, asked), "failed": partial(self._failed, asked)}
        export_away(self.host, label, forecast_from, *args, **told, slot="forecast")

    def _empty(self) -> None:
        """Nothing of another partner, or of another stretch, stands while futures are drawn."""
        self.view = None
        self.mail.setEnabled(False)
        self.chart.clear(f"Drawing {FUTURES} futures with the program's own rules")
        self.beside.clear()
        for tile in self.tiles.values():
            tile.show_figure("")
        for table in (self.drivers, self.months):
            table.set_rows(())
        self.note.set("", "")

    def _failed(self, asked: tuple[Any, ...], error: Exception) -> None:
        """Without a program there is no forecast, and a page that nothing is drawn on says why."""
        if asked != self._asked:
            return
        if isinstance(error, Refused):
            self._say(error)
            return
        if self.view is None:
            self.chart.clear("No futures are drawn; F5 draws them")
        if not isinstance(error, Cancelled):
            self.host.show_error(error)

    def _arrived(self, asked: tuple[Any, ...], found: "ForecastView") -> None:
        if asked != self._asked:
            return
        self._say(None)
        self._show(found)
        self._keep(found)

    def _keep(self, found: "ForecastView") -> None:
        """What was shown is kept, so that it is scored one day; a book that is only read keeps nothing."""
        if self.desk.book is not None and self.desk.book.is_writable:
            self.desk.with_store("Keeping the forecast", _kept, found.forecast, slot="forecast.kept")

    def _show(self, view: "ForecastView") -> None:
        self.view = view
        self.mail.setEnabled(True)
        found = view.forecast
        self.rules.set_text(f"Rules v{found.version}")
        self.reach.set_text(plural(len(found.months), "month"))
        self.reach.offer(MONTHS, self._reach)
        self._figures(view)
        self._draw()
        self._beside(view)
        self.drivers.set_rows(found.drivers)
        self.months.set_rows(found.months)
        self._viewed(self.views.value())

    def _draw(self) -> None:
        """The fan, with or without single futures."""
        view, formats = self.view, self.formats
        if view is not None:
            self.paths.set_text("Hide the paths" if self.has_paths else f"{len(view.paths)} sample paths")
            shown = fan_data(view, formats, with_paths=self.has_paths)
            self.chart.show_chart(headline(view, formats), stretch_words(view, formats), shown)

    def _toggle_paths(self) -> None:
        self.has_paths = not self.has_paths
        self._draw()

    def _figures(self, view: "ForecastView") -> None:
        found, number = view.forecast, self.formats.number
        amounts = {
            "median": found.whole.earned.p50,
            "committed": found.committed,
            "possible": found.possible,
            "pipeline": found.pipeline.earned,
            "clawback": found.clawback,
        }
        notes = tile_notes(view, self.formats)
        for key, amount in amounts.items():
            self.tiles[key].show_figure(number(amount), found.currency, note=notes[key])
        tier, note = tier_words(view, self.formats)
        self.tiles["tier"].show_figure(tier, note=note)

    def _beside(self, view: "ForecastView") -> None:
        """The record first, then what a plain pipeline says, what is taken for granted and what is left out."""
        formats, found, side = self.formats, view.forecast, self.beside
        side.clear()
        own = list(record_lines(view.own, "This partner", formats))
        whole = list(record_lines(view.book, "Whole book", formats))
        parts = (
            ("Its own record", [*own, *whole] or ["This is the first forecast that is kept; its months come first."]),
            ("Committed and possible", [possible_words(view, formats)]),
            ("Beside a weighted pipeline", [pipeline_words(view, formats)]),
            ("It takes for granted", found.assumes),
            ("Not included", found.not_included),
        )
        for n, (title, lines) in enumerate(parts):
            side.add(SectionTitle(title), gap=10 if n else 0)
            for line in lines:
                side.add(Label(line, "small", "muted", wrap=True))

    def _viewed(self, view: object) -> None:
        self.below.setCurrentIndex([key for _, key in VIEWS].index(str(view)))
        if view == PATH:
            self.note.set("", "by the program's own rules, at the end of a review")
            self._find_path()
            return
        if self.view is None:
            return
        found = self.view.forecast
        if view == PLAN:
            self.plan.look(len(found.months), (found.scenarios, found.seed))
        how = "Enter: what it is worth and why; " if view == DRIVERS else ""
        how += f"{found.scenarios} futures, seed {found.seed}; an estimate, not a promise"
        self.note.set("", how)

    def _find_path(self) -> None:
        """Look for the way to the next tier, once for a partner and what is known of it."""
        if self.path is None and self.partner:
            self.ways.clear()
            px = theme().px
            self.ways.column.setContentsMargins(px(24), px(10), px(24), px(10))
            self.path = PathSection(self)
            self.ways.add(self.path)
            self.path.look()

    def _reach(self, months: object) -> None:
        self.sub = str(months)
        self.shell.moved()
        self.reload()


def _kept(store: Any, found: Any) -> None:
    from partnerdesk.ops.keeping import WINDOW, keep_forecast

    store.keep(keep_forecast, found, WINDOW, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
