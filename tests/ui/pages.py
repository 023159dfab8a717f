"""Two small pages for tests of the frame: a list with a panel, and one with figures that answer why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QWidget

from partnerdesk.engine.figures.figure import Figure, Origin
from partnerdesk.queries.settings import BookSettings, book_settings
from partnerdesk.ui.explanation import explained
from partnerdesk.ui.pages import PAGES, Page
from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.widgets.filter_row import FilterRow
from partnerdesk.ui.widgets.number import Number
from partnerdesk.ui.widgets.tabs import TabStrip
from partnerdesk.ui.widgets.text import Label


@dataclass(frozen=True)
class Row:
    id: str
    name: str
    earned: Decimal


class ListScreen(Screen):
    ID, TITLE = "list", "List"
    READS = frozenset({"setting"})

    def build(self) -> None:
        self.reads = 0
        self.done: list[str] = []
        self.files: list[Path] = []
        columns = [
            Column("name", "Partner", lambda r: r.name, kind=kinds.NAME),
            Column("earned", "Earned", lambda r: r.earned, str, kinds.NUMBER, sums=True),
        ]
        self.table = DataTable("list", columns, lambda r: r.id, self.shell.state, says="Partners")
        self.filters = FilterRow(self.table, "partners")
        self.show_sums(self.table)
        self.body.addWidget(self.filters)
        self.body.addWidget(self.table)
        self.table.set_rows([Row(str(n), f"Partner {n}", Decimal(n)) for n in range(1, 6)])
        self._panel = Label("Details of the row")

    def reload(self) -> None:
        self.reads += 1
        self.read(book_settings, done=self._show, slot="settings")

    def _show(self, chosen: BookSettings) -> None:
        self.header.set("List", chosen.currency)

    def aside(self) -> QWidget:
        return self._panel

    def commands(self) -> dict[str, Callable[[], object]]:
        return {"page.new": lambda: self.done.append("new"), "page.export": lambda: self.done.append("export")}

    def reasons(self) -> dict[str, Callable[[], str]]:
        return {"page.export": lambda: "Choose a period first"}

    def letters(self) -> dict[str, Callable[[], object]]:
        return {"D": lambda: self.done.append("done")}

    def accept_files(self, paths: Sequence[Path]) -> bool:
        self.files += paths
        return True

    def first_focus(self) -> QWidget:
        return self.table


class FigureScreen(Screen):
    ID, TITLE = "figures", "Figures"
    READS = frozenset({"deal"})

    def build(self) -> None:
        self.reads = 0
        self.item = ""
        self.tabs = TabStrip("Partner", [("Overview", "overview"), ("Progress", "progress")], self._tab)
        self.number = Number("71.4", "score", label="Score", unit="points", role="score")
        self.other = Number("29,225.00", "held", label="Held", unit="EUR")
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.number)
        self.body.addWidget(self.other)
        self.body.addStretch(1)

    def reload(self) -> None:
        self.reads += 1

    def _tab(self, _key: str) -> None:
        self.shell.moved()

    def show_place(self, place: Place) -> None:
        self.item = place.item
        if place.tab:
            self.tabs.show_tab(place.tab)

    def place(self) -> Place:
        return Place(self.ID, self.item, self.tabs.current())

    def explain(self, figure: str) -> None:
        self.shell.show_why(explained(figure, score(), self.desk.formats, about=figure))


def score() -> Figure:
    """0.40 x 94.0 + 0.60 x 56.3333 = 71.40, rounded to one decimal."""

    def part(label: str, weight: str, points: str) -> Figure:
        factor = Figure(Decimal(weight), "1", "Weight", "rule", origin=Origin("rule", "score.weights"))
        measured = Figure(Decimal(points), "points", label, "given", origin=Origin("contract", f"C-{weight}"))
        return Figure(Decimal(weight) * Decimal(points), "points", label, "product", (factor, measured))

    parts = (part("Renewal rate", "0.40", "94.0"), part("Quality", "0.60", "56.3"))
    total = Figure(sum((p.value for p in parts), Decimal(0)), "points", "Score", "sum", parts)
    return Figure(Decimal("71.4"), "points", "Score", "round", (total,), detail=(1, "half-up"))


class LocalPage(Page):
    """A page whose screen stands in this module."""

    __slots__ = ()

    def load(self) -> type[Screen]:
        return {"list": ListScreen, "figures": FigureScreen}[self.id]


TEST_PAGES: tuple[Page, ...] = (
    LocalPage("list", "List", "users-round", "Ctrl+1", "", answers=("data.import",)),
    LocalPage("figures", "Figures & facts", "scale", "Ctrl+2", ""),
    *(page for page in PAGES if page.id == "settings"),
)
