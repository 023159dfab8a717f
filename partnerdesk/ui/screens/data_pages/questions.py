"""A question of an import: what it asks, why, how many rows wait for it, and a button for each answer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.screens.data_pages.preview_words import counted
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.section import Hairline
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ops.imports import Question
    from partnerdesk.reports.format import Formats


class QuestionPart(QWidget):
    """One question; `choose` is called with its key and the value of the answer."""

    def __init__(self, question: "Question", choose: Callable[[str, str], object], formats: "Formats") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        column.addWidget(Label(question.asks, "section", wrap=True))
        wait = f" {counted(question.rows, 'row waits', formats, 'rows wait')} for it." if question.rows else ""
        column.addWidget(Label(question.because + wait, "small", "muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        for option in question.options:
            answer = lambda _value=option.value: choose(question.key, _value)  # noqa: E731
            row.addWidget(Button(option.says, answer, inner=True))
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(Hairline("line2"))
