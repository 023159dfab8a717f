"""Gone from the file: rows that this list brought before and lacks now, and what becomes of them with the import."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from partnerdesk.ops.imports import Answer
from partnerdesk.reports.gone import gone_words
from partnerdesk.ui.dialogs.gone import EVIDENCE, HINT
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.section import SectionTitle
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.ops.imports import Preview
    from partnerdesk.reports.format import Formats

MOST = 6
CHOICES = (("Decide later", ""), ("Keep", "keep"), ("Accept as gone", "accept"))
WORDS = {
    "": "They stay. Statements that they count in are not closed until you answer under Data, Gone rows.",
    "keep": "They stay and count as before, with the evidence why.",
    "accept": "They leave the book; what closed statements posted of them is corrected in the next ones.",
}


class GonePart(QWidget):
    """The section of a preview; `changed` hears of every other answer."""

    def __init__(self, found: "Preview", answer: Answer, changed: Callable[[], object], formats: "Formats") -> None:
        super().__init__()
        self._changed = changed
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        column.addWidget(SectionTitle(f"Gone from the file, {len(found.gone)}", "brought before, missing now"))
        for row in found.gone[:MOST]:
            words = gone_words(row.says, formats)
            column.addWidget(LineLabel(f"{words}  ({row.source})" if row.source else words, "small"))
        if len(found.gone) > MOST:
            column.addWidget(Label(f"{len(found.gone) - MOST} more", "small", "muted"))
        self.choice = Segmented("What becomes of them", CHOICES, self._chose, answer.answer)
        column.addWidget(self.choice)
        self.evidence = QLineEdit(answer.evidence)
        self.evidence.setAccessibleName(EVIDENCE)
        self.evidence.setPlaceholderText(HINT)
        self.evidence.setMinimumHeight(theme().measure("control"))
        self.evidence.textChanged.connect(lambda _text: changed())
        column.addWidget(self.evidence)
        self.words = Label("", "small", "muted", wrap=True)
        column.addWidget(self.words)
        self._show()

    def answer(self) -> Answer:
        """What is chosen now."""
        answer = str(self.choice.value())
        return Answer(answer, self.evidence.text() if answer == "keep" else "")

    def why_not(self) -> str:
        """Why the import cannot be applied with this answer."""
        given = self.answer()
        return "Type the evidence for the rows that you keep" if given.answer == "keep" and not given.evidence else ""

    def _chose(self, _value: object) -> None:
        self._show()
        if self.choice.value() == "keep":
            self.evidence.setFocus()
        self._changed()

    def _show(self) -> None:
        answer = str(self.choice.value())
        self.evidence.setVisible(answer == "keep")
        self.words.setText(WORDS[answer])
