"""The paths to a tier side by side: what each takes, how likely it is, and what it earns; the current one is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.forecast.path_words import caveats
from partnerdesk.ui.screens.partner.plan.stack import fit
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.forecast.path import Path
    from partnerdesk.forecast.path_money import Brings
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.state import State


@dataclass(frozen=True, slots=True)
class WayRow:
    """A path with what it earns."""

    path: "Path"
    brings: "Brings"

    @property
    def name(self) -> str:
        """What it is called, as the beginning of a sentence."""
        return self.path.name[:1].upper() + self.path.name[1:]


class PathWays(QWidget):
    """Tells `chosen` the path of the row one goes to."""

    def __init__(self, formats: "Formats", state: "State", chosen: "Callable[[Path], object]") -> None:
        super().__init__()
        self._formats = formats
        self.table = DataTable(
            "partner.path.ways",
            _columns(formats),
            key=lambda row: row.path.name,
            state=state,
            says="Paths side by side",
            measure="figures_row",
            margin=8,
            lined=False,
        )
        self.table.picked.connect(lambda row: chosen(row.path) if row is not None else None)
        self.note = Label("", "small", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme().px(8))
        column.setSpacing(theme().px(4))
        column.addWidget(self.table)
        column.addWidget(self.note)

    def show_ways(self, rows: Sequence[WayRow]) -> None:
        """Show the paths, the first of them chosen."""
        self.table.set_rows(rows)
        fit(self.table)
        self.table.select(rows[0].path.name)
        one, day = rows[0].brings, self._formats.day
        told = (
            f"Amounts in {one.currency}: at once is payable by {day(one.at_once)}, later by {day(one.horizon)}. "
            "What is in no path goes its likeliest way, and new business comes as usual; an estimate, not a promise."
        )
        self.note.setText(" ".join([told, *caveats([row.path for row in rows])]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit(self.table)


def _columns(formats: "Formats") -> list[Column]:
    """Effort, chance and score, then the money in its parts."""

    def count(value: Decimal) -> str:
        return formats.number(value, 0 if value == int(value) else 1)

    def share(value: Decimal) -> str:
        return formats.percent(value, 0)

    def score(value: Decimal | None) -> str:
        return formats.number(value, 1) if value is not None else "\N{EN DASH}"

    def money(key: str, title: str, get: Callable[[WayRow], Decimal], strong: bool = False) -> Column:
        return Column(key, title, get, formats.accounting, kinds.ACCOUNTING, 112, strong=strong)

    return [
        Column("name", "Path", lambda r: r.name, kind=kinds.NAME, width=170),
        Column("steps", "Actions", lambda r: Decimal(len(r.path.steps)), count, kinds.NUMBER, 72),
        Column("effort", "Effort", lambda r: r.path.effort, count, kinds.NUMBER, 64),
        Column("chance", "Chance", lambda r: r.path.chance, share, kinds.NUMBER, 70),
        Column("score", "Score then", lambda r: r.path.score, score, kinds.NUMBER, 86),
        money("now", "At once", lambda r: r.brings.now),
        money("later", "Later", lambda r: r.brings.later),
        money("tier", "Through the tier", lambda r: r.brings.tier),
        money("total", "Brings in all", lambda r: r.brings.total, strong=True),
    ]
