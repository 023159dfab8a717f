"""What-if: a partner's figures as they would be, live beside those as they are; kept as scenarios, never as facts."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui.screens.partner.tab import PartnerTab
from partnerdesk.ui.screens.partner.whatif import rows as whatif_rows
from partnerdesk.ui.screens.partner.whatif.acts import Acts
from partnerdesk.ui.screens.partner.whatif.inputs import InputRow
from partnerdesk.ui.screens.partner.whatif.sides import BesideSide, InputSide
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.badge import Badge
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.section import Hairline, Tile
from partnerdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from partnerdesk.ops.whatif.beside import Beside, FigureRow
    from partnerdesk.ops.whatif.inputs import Input
    from partnerdesk.ops.whatif.trying import Case
    from partnerdesk.queries.scenarios import Change, ScenarioRow
    from partnerdesk.queries.why import Why

PAUSE_MS = 120  # until what was typed last is tried
BADGE = "These figures are a what-if: nothing of the book is changed, and nothing of them goes to the partner."


@dataclass(frozen=True, slots=True)
class Working:
    """What is being tried for a partner: changes, day, the scenario it began with, what it is held against."""

    changes: "tuple[Change, ...]" = ()
    day: date | None = None
    scenario: "ScenarioRow | None" = None
    against: "ScenarioRow | None" = None

    @property
    def is_modified(self) -> bool:
        """Whether it is another than the scenario says."""
        kept = (self.scenario.changes, self.scenario.day) if self.scenario else ((), None)
        return (self.changes, self.day) != kept


class WhatIfTab(PartnerTab):
    KEY: ClassVar[str] = "whatif"
    TITLE: ClassVar[str] = "What-if"

    def build(self) -> None:
        self.view: Beside | None = None
        self.kept: tuple[ScenarioRow, ...] = ()
        self._given: tuple[Input, ...] = ()
        self._working: dict[str, Working] = {}
        self.acts = Acts(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._try)
        self._head()
        px = theme().px
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(px(24), px(10), px(24), 0)
        column.setSpacing(px(8))
        self.tiles = {key: Tile(label) for key, label in whatif_rows.TILES}
        column.addWidget(Wrap(tuple(self.tiles.values()), least=130, gap=24))
        column.addWidget(Hairline())
        self.body.addWidget(top)
        self.inputs = InputSide(self, self._typed)
        self.sides = BesideSide(self)
        self.body.addWidget(Wrap((self.inputs, self.sides), least=420), 1)

    def _head(self) -> None:
        self.badge = Badge("WHAT-IF", "flask-conical", BADGE)
        self.scenario = Chip("", "flask-conical", says="Scenario", then=lambda: None)
        self.against = Chip("", "scale", says="Against", then=lambda: None)
        self.day = Chip("", "calendar", says="Looked at on", then=lambda: None)
        self.save = Button("Save scenario", self.acts.save)

    def header_controls(self) -> list[QWidget]:
        return [self.badge, self.scenario, self.against, self.day, self.save]

    # What is tried

    @property
    def working(self) -> Working:
        """What is being tried for the partner that is shown."""
        return self._working.get(self.partner, Working())

    def work(self, **changes: Any) -> None:
        """Try something else, after a short pause; what goes on changing is tried meanwhile."""
        self._working[self.partner] = replace(self.working, **changes)
        if not self._pause.isActive():
            self._pause.start()

    def case(self) -> "Case":
        """The what-if."""
        from partnerdesk.ops.whatif.trying import Case

        name = self.working.scenario.name if self.working.scenario else "What-if"
        return Case(name, self.working.changes, self.working.day)

    def other(self) -> "Case":
        """What it is held against."""
        from partnerdesk.ops.whatif.trying import Case

        other = self.working.against
        return Case(other.name, other.changes, other.day) if other else Case(day=self.working.day)

    def _typed(self, row: InputRow, value: Any) -> None:
        from partnerdesk.ops.whatif.entering import with_input

        assert row.given is not None
        try:
            self.work(changes=with_input(self.working.changes, row.given, value, self.desk.today()))
        except Refused as refused:
            self.host.show_error(refused)

    # Reading

    def reload(self) -> None:
        from partnerdesk.ops.whatif.inputs import inputs
        from partnerdesk.queries.scenarios import scenarios

        def listed(found: "tuple[ScenarioRow, ...]") -> None:
            self.kept = found
            self.acts.follow(found)
            self.read(inputs, self.partner, self.desk.today(), done=self._offered, slot="inputs")

        self.read(scenarios, self.partner, done=listed, slot="scenarios")

    def _offered(self, given: "tuple[Input, ...]") -> None:
        self._given = given
        self._try()

    def _try(self) -> None:
        from partnerdesk.ops.whatif.beside import beside

        self.acts.show_head()
        self.read(beside, self.partner, self.other(), self.case(), self.desk.today(), done=self._show, slot="beside")

    def _show(self, found: "Beside") -> None:
        from partnerdesk.ops.whatif.because import because

        self.view = found
        self.sides.show_both(found)
        for key, _label in whatif_rows.TILES:
            self._tile(key, found.figure(key))
        self.inputs.show_inputs(self._given, self.working.changes, found.left)
        words = whatif_rows.headline(found, self.formats)
        self.shell.status(f"What-if: {words}" if words else "")
        both = self.other(), self.case()
        self.read(because, self.partner, *both, self.desk.today(), done=self.sides.show_causes, slot="because")

    def _tile(self, key: str, row: "FigureRow | None") -> None:
        if row is None:
            self.tiles[key].show_figure("\N{EN DASH}")
            return
        words = whatif_rows.value_words(row, row.after, self.formats)
        note = whatif_rows.tile_note(row, self.formats)
        way = "" if not row.change else "up" if row.change > 0 else "down"
        figure = f"{whatif_rows.AFTER}{whatif_rows.SIDE}{row.figure}" if row.figure else ""
        self.tiles[key].label.set_text(whatif_rows.figure_words(row, self.formats))
        self.tiles[key].show_figure(words, row.unit if whatif_rows.is_money(row) else "", figure, note, way)

    # Choosing

    def letters(self) -> dict[str, Any]:
        return {"R": self.acts.take_back}

    def commands(self) -> dict[str, Any]:
        return {"page.new": self.acts.any_change, "page.find": self.inputs.find_one, "page.export": self.acts.export}

    # Explaining

    def ask_why(self, figure: str) -> None:
        """A figure of either side is computed again with every step kept."""
        from partnerdesk.ops.whatif.because import why_in
        from partnerdesk.ui.screens.whys import show_case

        side, _, named = figure.partition(whatif_rows.SIDE)
        if not named:
            return
        case = self.other() if side == whatif_rows.BEFORE else self.case()
        about = case.name if case.is_as_is else f"WHAT-IF {case.name}".replace("WHAT-IF What-if", "WHAT-IF")

        def explain(found: "Why") -> None:
            show_case(self.host, found, about)

        self.read(why_in, self.partner, case, named, self.desk.today(), done=explain, slot="why")
