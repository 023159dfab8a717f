"""Where a partner stands, as pieces of a page: the score with its bullet, gates with what is missing, tier words."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from partnerdesk.engine.trace import name
from partnerdesk.reports.marks.bullets import bullet, tier_ranges
from partnerdesk.reports.marks.glyphs import tier_pips
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.marks import Marks, paint_shapes
from partnerdesk.ui.widgets.number import Number
from partnerdesk.ui.widgets.section import Hairline
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.engine.outcome import Requirement, Score, Standing, TierView
    from partnerdesk.reports.format import Formats


def short_words(standing: "Standing[Decimal]", score: "Score[Decimal] | None", formats: "Formats") -> str:
    """How far the next tier is, in a sentence that claims only what is true."""
    if score is None:
        return "No score yet"
    if standing.next_tier is None:
        return "The highest tier"
    if standing.points_short is None:
        return f"{standing.next_tier} needs no score"
    if standing.points_short > 0:
        return f"{formats.number(standing.points_short, 1)} points short of {standing.next_tier}"
    following = next(t for t in standing.tiers if t.name == standing.next_tier)
    return f"{standing.next_tier} reached" if following.requirement.met else f"Score for {standing.next_tier} reached"


def shown_value(value: Decimal | None, unit: str, formats: "Formats") -> str:
    """A measured value in its unit."""
    if value is None:
        return "not evaluated"
    if unit == "%":
        return formats.percent(value)
    if len(unit) == 3 and unit.isupper():
        return f"{formats.number(value, 0)} {unit}"
    return formats.number(value, 1 if unit == "points" else 0)


class ScoreBullet(QWidget):
    """The composite over the ranges of the tiers, thresholds named below."""

    def __init__(self, height: int = 26) -> None:
        super().__init__()
        self._height = height
        self._tiers: tuple[TierView[Decimal], ...] = ()
        self._value: Decimal | None = None
        self._next: Decimal | None = None
        self._is_named = True
        self.setFixedHeight(theme().px(height + 22))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_score(self, standing: "Standing[Decimal]", score: "Score[Decimal] | None", says: str) -> None:
        self._tiers = standing.tiers
        self._value = score.total if score else None
        following = next((t for t in standing.tiers if t.name == standing.next_tier), None)
        self._next = following.score_floor if following else None
        self.setAccessibleName(says)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(300), self.height())

    def paintEvent(self, event: object) -> None:
        painter, scale = QPainter(self), theme().scale
        width = self.width() / scale
        floors = [float(t.score_floor) for t in self._tiers if t.score_floor is not None]
        shapes = bullet(
            width,
            self._height,
            value=None if self._value is None else float(self._value),
            ranges=tier_ranges(floors),
            target=None if self._next is None else float(self._next),
        )
        paint_shapes(painter, shapes)
        self._names(painter, width)

    def _names(self, painter: QPainter, width: float) -> None:
        px = theme().px
        font = theme().font("chart")
        named = [(0.0, "0")] + [
            (float(t.score_floor), f"{t.score_floor:f} {t.name}") for t in self._tiers if t.score_floor is not None
        ]
        for value, words in [*named, (100.0, "100")]:
            room = brush.width_of(words, "chart")
            x = min(max(0.0, px(width * value / 100) - (0 if value == 0 else room / 2)), self.width() - room)
            box = QRectF(x, px(self._height) + 2, room + 2, px(16))
            brush.text(painter, box, words, font, "muted", elide=False)


def score_line(
    standing: "Standing[Decimal]", score: "Score[Decimal] | None", figure: str, formats: "Formats", width: int = 0
) -> QWidget:
    """Score, words, tier dots and bullet in two lines."""
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme().px(6))
    row = QHBoxLayout()
    row.setSpacing(theme().px(14))
    text = formats.number(score.total, 1) if score else "\N{EN DASH}"
    row.addWidget(Number(text, figure, label="Score", role="score"))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(short_words(standing, score, formats), "section"))
    words.addWidget(tier_words(standing, formats))
    row.addLayout(words)
    row.addStretch(1)
    column.addLayout(row)
    graph = ScoreBullet()
    graph.set_score(standing, score, f"Score {text}. {short_words(standing, score, formats)}")
    column.addWidget(graph)
    return widget


def tier_words(standing: "Standing[Decimal]", formats: "Formats") -> QWidget:
    """The dots of the tier in force, its name and since when."""
    widget = QWidget()
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme().px(6))
    row.addWidget(Marks(tier_pips(standing.rank + 1, len(standing.tiers)), f"Tier {standing.tier}"))
    since = f" since {formats.day(standing.since)}" if standing.since else ""
    row.addWidget(Label(f"{standing.tier}{since}", "small", "muted"))
    row.addStretch(1)
    return widget


def gates(standing: "Standing[Decimal]") -> "Iterator[tuple[Requirement[Decimal], int]]":
    """The requirements of the next tier besides its score, with their depth."""
    following = next((t for t in standing.tiers if t.name == standing.next_tier), None)
    if following is not None:
        yield from _flat(following.requirement, 0)


def _flat(need: "Requirement[Decimal]", depth: int) -> "Iterator[tuple[Requirement[Decimal], int]]":
    if need.kind == "score":
        return
    if need.parts:
        if need.kind != "all" or depth:
            yield need, depth
            depth += 1
        for part in need.parts:
            yield from _flat(part, depth)
        return
    yield need, depth


def gate_rows(standing: "Standing[Decimal]", formats: "Formats") -> QWidget | None:
    """A checklist of the next tier's gates; None where it has none."""
    rows = list(gates(standing))
    if not rows:
        return None
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme().px(12))
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(0, 1)
    for at, (need, depth) in enumerate(rows):
        grid.setRowMinimumHeight(at * 2, theme().px(30))
        words = need.text
        if need.needed is not None:
            words = f"{need.text} ≥ {shown_value(need.needed, need.unit, formats)}"
        line = QHBoxLayout()
        line.setContentsMargins(theme().px(18 * depth), 0, 0, 0)
        status = Status("good" if need.met else "warn", words)
        line.addWidget(status)
        line.addStretch(1)
        holder = QWidget()
        holder.setLayout(line)
        grid.addWidget(holder, at * 2, 0)
        said = "met" if need.met else "not met"
        if need.value is not None:
            figure = name("need", need.metric, standing.period.label) if need.metric else ""
            text = f"{said} · {shown_value(need.value, need.unit, formats)}"
            grid.addWidget(Number(text, figure, label=need.text, role="small", align=brush.RIGHT), at * 2, 1)
        else:
            grid.addWidget(LineLabel(need.missing or said, "small", "muted", brush.RIGHT), at * 2, 1)
        grid.addWidget(Hairline("line2"), at * 2 + 1, 0, 1, 2)
    return widget
