"""Paints the cells of a table: names, figures, tiers, sparklines, statuses, links, and what is selected or focused.

One delegate for all kinds; text is drawn as plain text. Positives keep the width of a closing parenthesis free at
the right, so that digits line up with negatives.
"""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from partnerdesk.reports.marks import sparkline, tier_pips
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column, Index
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.cell_mark import paint_mark
from partnerdesk.ui.widgets.marks import paint_shapes
from partnerdesk.ui.widgets.status import STATUSES, paint_status

if TYPE_CHECKING:
    from partnerdesk.ui.table.cells import CellsView

State = QStyle.StateFlag
PADDING = 8


class CellPainter(QStyledItemDelegate):
    """The delegate of `DataTable` and of the twin that holds its first column."""

    def __init__(self, table: "CellsView") -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        column = self._table.table_model.columns[index.column()]
        words = column.words(self._table.table_model.rows[index.row()])
        width = brush.width_of(words, _role(column)) + 2 * theme().px(PADDING)
        extra = {kinds.TIER: 44, kinds.STATUS: 20, kinds.SPARK: 60}.get(column.kind, 0)
        return QSize(round(width) + theme().px(extra) + 1, self._table.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect = QRectF(option.rect)
        state = option.state
        is_selected = bool(state & State.State_Selected)
        self._ground(painter, rect, index, is_selected)
        column = self._table.table_model.columns[index.column()]
        inner = self._table.room.inner(rect, index.column())
        paint_value(painter, inner, column, self._table.table_model.row(index), self._table, index.column())
        if state & State.State_HasFocus and self._table.shows_focus():
            brush.box(painter, rect.adjusted(1, 1, -1, -2), "", "accent", 4, 2)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRectF, index: Index, is_selected: bool) -> None:
        if is_selected:
            painter.fillRect(rect, theme().colour("selected"))
        elif index.row() == self._table.hovered:
            painter.fillRect(rect, theme().colour("hover"))
        if is_selected and self._table.room.is_leftmost(index.column()):
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme().colour("accent"))
        brush.hairline(painter, rect.left(), rect.right(), rect.bottom() - 1, "line2")


def paint_value(
    painter: QPainter, rect: QRectF, column: Column, row: Any, table: "CellsView", at: int, role: str = ""
) -> None:
    """Paint a row's value in a column inside a rectangle without padding."""
    value = column.get(row)
    if value is None:
        return
    if column.kind == kinds.TIER:
        _tier(painter, rect, value)
    elif column.kind == kinds.SPARK:
        _spark(painter, rect, value, table.table_model.common_range(at))
    elif column.kind == kinds.STATUS:
        paint_status(painter, _at_right(rect, column, row) if column.is_right else rect, value[0], column.words(row))
    elif column.kind == kinds.MARK:
        paint_mark(painter, rect.center(), value[0])
    elif column.kind == kinds.NAME and isinstance(value, tuple):
        _two_lines(painter, rect, value)
    elif column.kind == kinds.PAIR:
        _two_lines(painter, rect, value[:2], value[2])
    elif column.kind == kinds.PROGRESS:
        _progress(painter, rect, *value)
    elif column.kind in (kinds.NUMBER, kinds.ACCOUNTING):
        paint_number(painter, rect, column, value, column.words(row), role)
    else:
        align = brush.RIGHT if column.is_right else brush.LEFT
        brush.text(painter, rect, column.words(row), theme().font(role or _role(column)), _token(column), align)


def paint_number(painter: QPainter, rect: QRectF, column: Column, value: Any, words: str, role: str = "") -> None:
    """A figure at the right edge; in accounting columns digits line up whether or not there is a parenthesis."""
    font = theme().font(role or ("strong" if column.strong else "body"))
    token = "muted" if column.kind == kinds.ACCOUNTING and value == 0 else "text"
    if column.kind == kinds.ACCOUNTING and not words.endswith(")"):
        rect = rect.adjusted(0, 0, -QFontMetricsF(font).horizontalAdvance(")"), 0)
    brush.text(painter, rect, words, font, token, brush.RIGHT, elide=False)


def _tier(painter: QPainter, rect: QRectF, value: tuple[int, int, str]) -> None:
    reached, of, word = value
    px = theme().px
    # The colours are four; the dots are as many as the program has tiers.
    paint_shapes(
        painter, tier_pips(reached, of, filled=tier_token(reached, of)), rect.left(), rect.center().y() - px(4)
    )
    left = rect.left() + px(9 * of + 7)
    brush.text(painter, QRectF(left, rect.top(), rect.right() - left, rect.height()), word, theme().font("small"))


def tier_token(reached: int, of: int) -> str:
    """The colour of a tier: its place among the tiers, spread over the four colours, the highest always the darkest."""
    if of <= 1:
        return "tier4"
    return f"tier{1 + round((max(1, reached) - 1) * 3 / (of - 1))}"


def _spark(painter: QPainter, rect: QRectF, values: Any, between: tuple[float, float]) -> None:
    shapes = sparkline([None if v is None else float(v) for v in values], between=between)
    paint_shapes(painter, shapes, rect.left(), rect.center().y() - theme().px(12))


def _two_lines(painter: QPainter, rect: QRectF, value: tuple[str, str], kind: str | None = None) -> None:
    """A name with a muted line below; or, where a status kind is given (it may be empty), a text and that status."""
    title, below = value
    px = theme().px
    top = rect.center().y() - px(19)
    font = theme().font("name" if kind is None else "body")
    brush.text(painter, QRectF(rect.left(), top, rect.width(), px(20)), title, font)
    line = QRectF(rect.left(), top + px(20), rect.width(), px(18))
    if kind:
        paint_status(painter, line, kind, below, "small", STATUSES[kind][1])
    else:
        brush.text(painter, line, below, theme().font("small"), "muted")


def _progress(painter: QPainter, rect: QRectF, words: str, share: float | None) -> None:
    """Words over a bar of 5 px; words alone where nothing can be compared."""
    px = theme().px
    if share is None:
        brush.text(painter, rect, words, theme().font("body"))
        return
    top = rect.center().y() - px(16)
    brush.text(painter, QRectF(rect.left(), top, rect.width(), px(20)), words, theme().font("body"))
    whole = QRectF(rect.left(), top + px(23), min(rect.width(), px(84)), px(5))
    painter.fillRect(whole, theme().colour("range2"))
    whole.setWidth(whole.width() * min(max(share, 0.0), 1.0))
    painter.fillRect(whole, theme().colour("accent"))


def _at_right(rect: QRectF, column: Column, row: Any) -> QRectF:
    """What is left of a rectangle when glyph and words of a status end where it ends."""
    glyph = theme().px(20) if column.get(row)[0] else 0
    wide = brush.width_of(column.words(row), "body") + glyph + 1
    return rect.adjusted(max(0.0, rect.width() - wide), 0, 0, 0)


def _role(column: Column) -> str:
    if column.kind == kinds.NAME:
        return "name"
    return "strong" if column.strong else "body"


def _token(column: Column) -> str:
    return {kinds.LINK: "accent", kinds.MUTED: "muted"}.get(column.kind, "text")
