"""Paints the cells of a table: names, figures, tiers, sparklines, statuses, links, and what is selected or focused.

One delegate for all kinds; text is drawn as plain text. Positives keep the width of a closing parenthesis free at
the right, so that digits line up with negatives.
"""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from partnerdesk.reports.marks import sparkline, tier_pips
from partnerdesk.ui import table as kinds
from partnerdesk.ui.table import Column, Index
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.marks import paint_shapes
from partnerdesk.ui.widgets.status import paint_status

if TYPE_CHECKING:
    from partnerdesk.ui.table_view import DataTable

State = QStyle.StateFlag
PADDING = 8


class CellPainter(QStyledItemDelegate):
    """The delegate of `DataTable` and of the twin that holds its first column."""

    def __init__(self, table: "DataTable") -> None:
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
        inner = self._table.inner(rect, index.column())
        paint_value(painter, inner, column, self._table.table_model.row(index), self._table, index.column())
        if state & State.State_HasFocus and self._table.shows_focus():
            brush.box(painter, rect.adjusted(1, 1, -1, -2), "", "accent", 4, 2)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRectF, index: Index, is_selected: bool) -> None:
        if is_selected:
            painter.fillRect(rect, theme().colour("selected"))
        elif index.row() == self._table.hovered:
            painter.fillRect(rect, theme().colour("hover"))
        if is_selected and self._table.is_leftmost(index.column()):
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme().colour("accent"))
        brush.hairline(painter, rect.left(), rect.right(), rect.bottom() - 1, "line2")


def paint_value(
    painter: QPainter, rect: QRectF, column: Column, row: Any, table: "DataTable", at: int, role: str = ""
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
        paint_status(painter, rect, value[0], column.words(row))
    elif column.kind == kinds.NAME and isinstance(value, tuple):
        _two_lines(painter, rect, value)
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


def _two_lines(painter: QPainter, rect: QRectF, value: tuple[str, str]) -> None:
    title, below = value
    px = theme().px
    top = rect.center().y() - px(19)
    brush.text(painter, QRectF(rect.left(), top, rect.width(), px(20)), title, theme().font("name"))
    brush.text(painter, QRectF(rect.left(), top + px(20), rect.width(), px(18)), below, theme().font("small"), "muted")


def _role(column: Column) -> str:
    if column.kind == kinds.NAME:
        return "name"
    return "strong" if column.strong else "body"


def _token(column: Column) -> str:
    return {kinds.LINK: "accent", kinds.MUTED: "muted"}.get(column.kind, "text")
