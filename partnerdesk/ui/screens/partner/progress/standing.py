"""Where a partner stands, as pieces of a page: the score with its bullet, gates with what is missing, tier words."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
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
    from partnerdesk.queries.partners.card import Progress
    from partnerdesk.reports.format import Formats


def short_words(
    standing: "Standing[Decimal]", score: "Score[Decimal] | None", formats: "Formats", brief: bool = False
) -> str:
    """How far the next tier is, in a sentence that claims only what is true."""
    if score is None:
        return "No score yet"
    if standing.next_tier is None:
        return "The highest tier"
    if standing.points_short is None:
        return f"{standing.next_tier} needs no score"
    if standing.points_short > 0:
        points = formats.number(standing.points_short, 1)
        return f"{points}{'' if brief else ' points'} short of {standing.next_tier}"
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
        """Thresholds by value and name; by value alone where names would touch, the ends only where there is room."""
        floors = [(float(t.score_floor), t.name) for t in self._tiers if t.score_floor is not None]
        boxes = self._boxes([(value, f"{value:g} {name}") for value, name in floors], width)
        if any(b.left() - a.right() < theme().px(6) for (a, _), (b, _) in pairwise(boxes)):
            boxes = self._boxes([(value, f"{value:g}") for value, _name in floors], width)
        for box, words in boxes:
            brush.text(painter, box, words, theme().font("chart"), "muted", elide=False)
        for box, words in self._boxes([(0.0, "0"), (100.0, "100")], width):
            if not any(box.adjusted(-6, 0, 6, 0).intersects(other) for other, _ in boxes):
                brush.text(painter, box, words, theme().font("chart"), "muted", elide=False)

    def _boxes(self, named: list[tuple[float, str]], width: float) -> list[tuple[QRectF, str]]:
        px = theme().px
        boxes = []
        for value, words in named:
            room = brush.width_of(words, "chart")
            left = min(max(0.0, px(width * value / 100) - room / 2), self.width() - room)
            boxes.append((QRectF(left, px(self._height) + 2, room + 1, px(16)), words))
        return boxes


def score_line(
    standing: "Standing[Decimal]", score: "Score[Decimal] | None", figure: str, formats: "Formats"
) -> QWidget:
    """Score, words, tier dots and bullet in two lines."""
    widget, column = _stack(6)
    row = QHBoxLayout()
    row.setSpacing(theme().px(14))
    text = formats.number(score.total, 1) if score else "\N{EN DASH}"
    row.addWidget(Number(text, figure, label="Score", role="score"))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(LineLabel(short_words(standing, score, formats), "section"))
    words.addWidget(tier_words(standing, formats))
    row.addLayout(words, 1)
    column.addLayout(row)
    column.addWidget(_bullet(standing, score, text, formats, 26))
    return widget


def score_brief(
    standing: "Standing[Decimal]", score: "Score[Decimal] | None", figure: str, formats: "Formats"
) -> QWidget:
    """The same for a narrow panel: score at the left, what is short at the right, a thin bullet."""
    widget, column = _stack(4)
    row = QHBoxLayout()
    row.setSpacing(theme().px(8))
    text = formats.number(score.total, 1) if score else "\N{EN DASH}"
    row.addWidget(Number(text, figure, label="Score", role="tile"))
    row.addWidget(LineLabel(short_words(standing, score, formats, brief=True), "small", "text", brush.RIGHT), 1)
    column.addLayout(row)
    column.addWidget(_bullet(standing, score, text, formats, 16))
    return widget


def _stack(spacing: int) -> tuple[QWidget, QVBoxLayout]:
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme().px(spacing))
    return widget, column


def _bullet(
    standing: "Standing[Decimal]", score: "Score[Decimal] | None", text: str, formats: "Formats", height: int
) -> ScoreBullet:
    graph = ScoreBullet(height)
    graph.set_score(standing, score, f"Score {text}. {short_words(standing, score, formats)}")
    return graph


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


def gate_rows(standing: "Standing[Decimal]", formats: "Formats", brief: bool = False) -> QWidget | None:
    """A checklist of the next tier's gates; None where it has none. `brief` is for a narrow panel."""
    rows = list(gates(standing))
    if not rows and not standing.held_back:
        return None
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme().px(12))
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(0, 1)
    for at, (need, depth) in enumerate(rows):
        grid.setRowMinimumHeight(at * 2, theme().px(23 if brief else 28))
        grid.addWidget(_gate(need, depth, formats, "small" if brief else "body"), at * 2, 0)
        grid.addWidget(_gate_value(need, standing, formats, brief), at * 2, 1)
        if not brief:
            grid.addWidget(Hairline("line2"), at * 2 + 1, 0, 1, 2)
    for at, reason in enumerate(standing.held_back, len(rows)):
        grid.addWidget(_held_back(standing, reason, "small" if brief else "body"), at * 2, 0, 1, 2)
    return widget


def _held_back(standing: "Standing[Decimal]", reason: str, role: str) -> QWidget:
    """Why no tier above the lowest is reached, whatever the gates say."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, theme().px(4), 0, theme().px(4))
    line.setSpacing(theme().px(2))
    glyph = Status("bad", "")
    glyph.setAccessibleName("held back")
    line.addWidget(glyph)
    line.addWidget(Label(f"No tier above {standing.tiers[0].name}: {reason}", role, wrap=True), 1)
    return holder


_SIGNS = {"at least": "≥", "more than": ">", "at most": "≤", "less than": "<"}


def _gate(need: "Requirement[Decimal]", depth: int, formats: "Formats", role: str) -> QWidget:
    """What is required, with a glyph for whether it is met; a long text ends in an ellipsis."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(theme().px(18 * depth), 0, 0, 0)
    line.setSpacing(theme().px(2))
    glyph = Status("good" if need.met else "warn", "")
    glyph.setAccessibleName("met" if need.met else "not met")
    line.addWidget(glyph)
    line.addWidget(LineLabel(required(need, formats), role), 1)
    return holder


def required(need: "Requirement[Decimal]", formats: "Formats") -> str:
    """What is required, with every bound in its direction: Open cases ≤ 5."""
    asked = (f"{_SIGNS[word]} {shown_value(bound, need.unit, formats)}" for word, bound in need.bounds)
    return " ".join(filter(None, (need.text, " and ".join(asked))))


def _gate_value(
    need: "Requirement[Decimal]", standing: "Standing[Decimal]", formats: "Formats", brief: bool
) -> QWidget:
    said = "met" if need.met else "not met"
    if need.value is None:
        return LineLabel(need.missing or said, "small", "muted", brush.RIGHT)
    figure = name("need", need.metric, standing.period.label) if need.metric else ""
    is_money = len(need.unit) == 3 and need.unit.isupper() and need.needed is not None  # named with what is needed
    value = formats.number(need.value, 0) if is_money else shown_value(need.value, need.unit, formats)
    text = value if brief else f"{said} · {value}"
    return Number(text, figure, label=need.text, role="small", align=brush.RIGHT)


def holds_for(found: "Progress") -> str:
    """For whom a decision holds, where partners are tiered as a group."""
    group = found.group
    if group is None:
        return ""
    if group.is_top:
        others = "the other partner" if group.others == 1 else f"{group.others} other partners"
        return f"It holds for the whole group: for {others}, too."
    return f"It holds for {found.partner.name} alone; one for {group.top} holds for the whole group."
