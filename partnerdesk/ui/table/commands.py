"""Commands that every page with a table or tabs answers in the same way: copy, columns, edit, filter, next tab."""

from typing import TypeVar

from PySide6.QtWidgets import QApplication, QWidget

from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.widgets.filter_row import FilterRow
from partnerdesk.ui.widgets.tabs import TabStrip

W = TypeVar("W", bound=QWidget)


def table_at_hand(page: QWidget | None) -> DataTable | None:
    """The table that has the keyboard, or the first one that is visible on the page."""
    focus = QApplication.focusWidget()
    while focus is not None:
        if isinstance(focus, DataTable):
            return focus
        focus = focus.parentWidget()
    return _first(page, DataTable)


def copy_rows(page: QWidget | None, headers: bool) -> None:
    """Copy the selected rows."""
    table = table_at_hand(page)
    if table is not None:
        table.copy(headers)


def choose_columns(page: QWidget | None) -> None:
    """Open the column chooser."""
    table = table_at_hand(page)
    if table is not None:
        table.choose_columns()


def edit_cell(page: QWidget | None) -> None:
    """Edit the current cell, or the first one of its row that can be edited."""
    table = table_at_hand(page)
    if table is None or table.begin_edit():
        return
    row = table.currentIndex().row()
    if row >= 0:
        at = next((i for i, c in enumerate(table.table_model.columns) if c.edit and not table.isColumnHidden(i)), -1)
        if at >= 0:
            table.setCurrentIndex(table.table_model.index(row, at))
            table.begin_edit()


def focus_filter(page: QWidget | None) -> None:
    """Put the cursor into the filter of the page."""
    row = _first(page, FilterRow)
    if row is not None:
        row.focus_field()


def step_tab(page: QWidget | None, by: int) -> None:
    """The next or the previous tab of the page."""
    tabs = _first(page, TabStrip)
    if tabs is not None:
        tabs.step(by)


def why_not_tab(page: QWidget | None) -> str:
    """Why there is no next tab."""
    return "" if _first(page, TabStrip) is not None else "This page has no tabs"


def why_not_table(page: QWidget | None) -> str:
    """Why there is nothing to copy, choose or edit."""
    return "" if table_at_hand(page) is not None else "There is no table on this page"


def why_not_filter(page: QWidget | None) -> str:
    """Why there is nothing to filter."""
    return "" if _first(page, FilterRow) is not None else "There is no list to filter on this page"


def _first(page: QWidget | None, kind: type[W]) -> W | None:
    if page is None:
        return None
    return next((found for found in page.findChildren(kind) if found.isVisibleTo(page)), None)
