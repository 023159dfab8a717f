"""The parts of a score as rows: weight, measured value, bullet with the plan target, score, points, gap to target."""

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from partnerdesk.engine.trace import name
from partnerdesk.reports.marks.bullets import bullet, tier_ranges
from partnerdesk.ui.screens.partner.progress.standing import shown_value
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.marks import paint_shapes
from partnerdesk.ui.widgets.number import Number
from partnerdesk.ui.widgets.section import Hairline
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.engine.outcome import Component
    from partnerdesk.queries.partners.card import Progress
    from partnerdesk.reports.format import Formats

HEADS = ("Component", "Weight", "Measured", "On the scale (mark: plan target)", "Score", "Points", "To target")
RIGHT_HEADS = (1, 2, 4, 5)
ROW = 31
NAMES = 150  # px that names keep where the bullets beside them must shrink


class ComponentBullet(QWidget):
    """One measure on its scale of 0 to 100 points, its target as a mark."""

    def __init__(self, says: str, value: Decimal | None, target: Decimal | None, floors: list[float]) -> None:
        super().__init__()
        self._value, self._target, self._floors = value, target, floors
        self.setAccessibleName(says)
        self.setFixedHeight(theme().px(16))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(230), self.height())

    def paintEvent(self, event: object) -> None:
        shapes = bullet(
            self.width() / theme().scale,
            16,
            value=None if self._value is None else float(self._value),
            ranges=tier_ranges(self._floors),
            target=None if self._target is None else float(self._target),
        )
        paint_shapes(QPainter(self), shapes)


class ComponentTable(QWidget):
    """Made anew for every score."""

    def __init__(self, found: "Progress", formats: "Formats") -> None:
        super().__init__()
        assert found.score is not None
        self._found, self._formats = found, formats
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(16))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(3, 3)
        for at, head in enumerate(HEADS):
            align = brush.RIGHT if at in RIGHT_HEADS else brush.LEFT
            self._grid.addWidget(LineLabel(head, "header", "muted", align), 0, at)
        self._grid.setRowMinimumHeight(0, theme().px(28))
        for n, component in enumerate(found.score.components):
            self._row(1 + 2 * n, component)
        self._sum(1 + 2 * len(found.score.components))

    def _row(self, line: int, part: "Component[Decimal]") -> None:
        formats, grid, label = self._formats, self._grid, self._found.period.label
        grid.addWidget(Hairline("line2"), line, 0, 1, len(HEADS))
        line += 1
        grid.setRowMinimumHeight(line, theme().px(ROW))
        title = LineLabel(part.label, "name")
        title.setMinimumWidth(min(title.sizeHint().width(), theme().px(NAMES)))
        grid.addWidget(title, line, 0)
        grid.addWidget(LineLabel(formats.percent(part.weight / 100, 0), "body", "text", brush.RIGHT), line, 1)
        is_known = part.measured is not None
        measured = shown_value(part.measured, part.unit, formats) if is_known else "\N{EN DASH}"
        figure = name("measured", part.metric, label) if is_known else ""
        grid.addWidget(self._number(measured, figure, f"{part.label}, measured"), line, 2)
        grid.addWidget(self._bullet(part), line, 3)
        score, points = formats.number(part.points, 1), formats.number(part.adds, 2)
        grid.addWidget(self._number(score, name("points", part.metric, label), f"{part.label}, score"), line, 4)
        added = self._number(points, name("adds", part.metric, label), f"{part.label}, points", "strong")
        grid.addWidget(added, line, 5)
        grid.addWidget(self._to_target(part), line, 6)

    def _sum(self, line: int) -> None:
        score, formats, grid = self._found.score, self._formats, self._grid
        assert score is not None
        grid.addWidget(Hairline("border"), line, 0, 1, len(HEADS))
        line += 1
        grid.setRowMinimumHeight(line, theme().px(ROW))
        grid.addWidget(Label("Sum of points", "strong"), line, 0)
        weight = sum((c.weight for c in score.components), Decimal(0))
        grid.addWidget(LineLabel(formats.percent(weight / 100, 0), "strong", "text", brush.RIGHT), line, 1)
        figure = name("score", self._found.period.label)
        total = self._number(formats.number(self._found.points, 2), figure, "Sum of points", "strong")
        grid.addWidget(total, line, 5)
        rounded = f"rounded to {formats.number(score.total, 1)}"
        grid.addWidget(Label("" if self._found.points == score.total else rounded, "small", "muted"), line, 6)

    def _number(self, text: str, figure: str, label: str, role: str = "body") -> Number:
        return Number(text, figure, label=label, role=role, align=brush.RIGHT)

    def _bullet(self, part: "Component[Decimal]") -> QWidget:
        floors = [float(t.score_floor) for t in self._found.standing.tiers if t.score_floor is not None]
        target = self._found.targets.get(part.metric)
        says = f"{part.label}: {self._formats.number(part.points, 1)} of 100"
        if target is not None:
            says += f", target at {self._formats.number(target, 1)}"
        return ComponentBullet(says, part.points if part.measured is not None else None, target, floors)

    def _to_target(self, part: "Component[Decimal]") -> QWidget:
        formats = self._formats
        if part.measured is None:
            return Status("late", part.missing or "not evaluated", "small")
        if not part.met_minimum:
            return Status("bad", f"below its minimum of {shown_value(part.minimum, part.unit, formats)}", "small")
        if part.target is None:
            return Label("", "small")
        gap = part.measured - part.target
        is_share = part.unit == "%"
        size = f"{formats.number(abs(gap) * 100, 1)} points" if is_share else shown_value(abs(gap), part.unit, formats)
        return Status("good", f"{size} over", "small") if gap >= 0 else Status("warn", f"{size} short", "small")
