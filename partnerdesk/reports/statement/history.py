"""The past statements beside the summary: a small table with its totals, and a native chart of what was earned."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from partnerdesk.engine.money import ZERO
from partnerdesk.reports.sheet import Sheet, cell_name
from partnerdesk.reports.statement.document import HistoryRow
from partnerdesk.reports.statement.making import SUMMARY, Making, amounts
from partnerdesk.reports.statement.styles import ACCENT, GREY, INK, MONTH, MUTED, THIN

H, EARNED, L = 7, 8, 11
HEADS, TOTAL, FIRST = 5, 6, 7
CHART = 20
_WORDS = {"month": "months", "quarter": "quarters", "half": "half-years", "year": "years"}
_COUNTS = {12: "Twelve"}
_SIZE = {"width": 500, "height": 322}


def write_history(making: Making, sheet: Sheet) -> None:
    """The table from H5 on and the chart at H21; nothing where there is no earlier statement to show."""
    rows = making.document.history[-12:]
    if not rows:
        return
    styles = making.styles
    words = _WORDS[making.document.period.unit]
    title = f"{_COUNTS.get(len(rows), f'Last {len(rows)}')} {words}" if len(rows) > 1 else "This period"
    sheet.text(HEADS - 1, H, title, styles.section)
    for column, head in enumerate(("Month", "Earned", "Clawed, adj.", "Paid", "Closing"), H):
        name = words[:-1].capitalize() if column == H else head
        sheet.text(HEADS, column, name, styles.head if column == H else styles.number_head)
    _write_totals(making, sheet, rows)
    for row, past in enumerate(rows, FIRST):
        _write_row(making, sheet, row, past, is_last=past is rows[-1])
    _write_chart(making, sheet, rows)


def _write_totals(making: Making, sheet: Sheet, rows: Sequence[HistoryRow]) -> None:
    styles = making.styles
    look = {"bold": True, "bottom": THIN, "bottom_color": INK}
    sheet.text(TOTAL, H, "Total", styles.plain(**look))
    number = styles.plain(num_format=styles.ledger, align="right", **look)
    for column, name in enumerate(("earned", "corrected", "paid"), EARNED):
        area = f"{cell_name(FIRST, column)}:{cell_name(FIRST + len(rows) - 1, column)}"
        sheet.formula(TOTAL, column, f"=SUM({area})", number, amounts([getattr(row, name) for row in rows]))
    sheet.blank(TOTAL, L, styles.plain(**look))


def _write_row(making: Making, sheet: Sheet, row: int, past: HistoryRow, *, is_last: bool) -> None:
    look = {"bold": True} if is_last else {}
    styles = making.styles
    if past.period.unit == "month":
        sheet.day(row, H, past.period.start, styles.row(num_format=MONTH, align="left", **look))
    else:
        sheet.text(row, H, making.formats.period(past.period), styles.row(**look))
    number = styles.row(num_format=styles.ledger, align="right", **look)
    for column, value in enumerate((past.earned, past.corrected, past.paid), EARNED):
        sheet.number(row, column, value, number)
    sheet.number(row, L, past.closing, styles.row(num_format=styles.balance, align="right", **look))


def _write_chart(making: Making, sheet: Sheet, rows: Sequence[HistoryRow]) -> None:
    """A native chart over the table's cells, so that it follows them; the last column carries the accent."""
    currency = making.document.currency
    unit, pattern = _scale(max((abs(row.earned) for row in rows), default=ZERO))
    heading = f"Earned in the {making.document.period.unit}, {currency}{unit}"
    sheet.text(CHART, H, heading, making.styles.plain(bold=True))
    last = FIRST + len(rows) - 1
    small: dict[str, Any] = {"name": "Arial", "size": 8, "color": INK}
    chart = making.book.column_chart()
    chart.add_series(
        {
            "name": "Earned",
            "categories": [SUMMARY, FIRST, H, last, H],
            "values": [SUMMARY, FIRST, EARNED, last, EARNED],
            "fill": {"color": GREY},
            "border": {"none": True},
            "gap": 40,
            "points": [None] * (len(rows) - 1) + [{"fill": {"color": ACCENT}, "border": {"none": True}}],
            "data_labels": {"value": True, "num_format": pattern, "font": small, "position": "outside_end"},
        }
    )
    axis_line = {"color": INK, "width": 0.75}
    labels: dict[str, Any] = {"num_font": {**small, "color": MUTED}, "line": axis_line, "major_tick_mark": "none"}
    if making.document.period.unit == "month":
        labels |= {"num_format": "mmm", "text_axis": True}
    chart.set_x_axis({**labels, "label_position": "low"})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_title({"none": True})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_size(_SIZE)
    figures = ", ".join(_spoken(making, row) for row in rows)
    sheet.chart(CHART + 1, H, chart, f"{heading}: {figures}"[:250])


def _scale(largest: Decimal) -> tuple[str, str]:
    """The unit named in the heading and the number format that divides by it."""
    if largest >= 10_000_000:
        return " million", '#,##0.0,,;-#,##0.0,,;"–"'
    if largest >= 10_000:
        return " thousand", '#,##0.0,;-#,##0.0,;"–"'
    return "", '#,##0;-#,##0;"–"'


def _spoken(making: Making, row: HistoryRow) -> str:
    return f"{making.formats.period(row.period)} {making.formats.compact(row.earned)}"
