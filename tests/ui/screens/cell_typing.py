"""Typing into a cell of a list in place."""

from typing import Any

from PySide6.QtCore import Qt

from partnerdesk.ui.widgets.editors import InlineLine
from tests.ui.screens.conftest import Stage

Key = Qt.Key


def type_into(stage: Stage, page: Any, row: Any, column: str, text: str) -> InlineLine:
    """Edit a cell in place and take what was typed."""
    page.table.select(row.id, page.table.table_model.column(column))
    stage.qtbot.keyClick(page.table, Key.Key_F2)
    editor: InlineLine = next(e for e in page.table.viewport().findChildren(InlineLine) if e.isVisible())
    editor.selectAll()
    stage.qtbot.keyClicks(editor, text)
    stage.qtbot.keyClick(editor, Key.Key_Return)
    stage.quiet()
    return editor
