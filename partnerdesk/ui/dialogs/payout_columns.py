"""Which part each column of an official payout plays, and what its cells leave open; first cells stand beside."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.form import Choice, Form
from partnerdesk.ui.widgets.scrolled import scrolling
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.intake.official.reading import Official

PARTS = (
    ("Left out", ""),
    ("Partner", "partner"),
    ("Reference", "reference"),
    ("Day", "day"),
    ("Amount paid", "amount"),
    ("Base", "base"),
    ("Rate", "rate"),
    ("Currency", "currency"),
    ("Tax or fee taken off", "taken"),
    ("Amount taken back", "back"),
    ("Debit or credit", "direction"),
)
SHOWN, ROW = 10, 46  # columns without scrolling, px of one
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
MOST, CELL = 260, 18  # px of a heading, letters of the first cell beside it
MONTH = "month:"  # how the question begins that asks which column is the period
SAYS = "A reference names the line, deal, contract or invoice; several may. It is kept for files of this layout."


class PayoutColumnsDialog(BaseDialog):
    """Calls `then(choices)` with `column:HEADER` and its part for each column, and the answers to questions."""

    def __init__(self, parent: QWidget, found: "Official", then: Callable[[dict[str, str]], object]) -> None:
        super().__init__(parent, f"Columns of {found.file}", width=560)
        self._then = then
        months = (question for question in found.questions if question.key.startswith(MONTH))
        # A month that is left out here is none that somebody left out: the answer says which one is paid.
        self._months = {option.value for question in months for option in question.options}
        self.body.addWidget(Label(SAYS, "body", wrap=True))
        form = Form(label_width=180)
        self.choices: dict[str, Choice] = {}
        for header, part in found.parts.items():
            choice = self.choices[header] = Choice(header, PARTS, lambda _value: None, part)
            form.add(_named(header, found.first.get(header, "")), choice, width=200, most=MOST)
        self._add(form, len(found.parts))
        self.answers: dict[str, Choice] = {}
        for question in found.questions:
            self.body.addWidget(Label(f"{question.asks} {question.because}", "small", wrap=True))
            options = [("Choose one", ""), *((option.says, option.value) for option in question.options)]
            self.answers[question.key] = Choice(question.asks, options, lambda _value: None, "")
            self.body.addWidget(self.answers[question.key])
        self.problem = Label(
            "" if found.has_amount else "Say which column is the amount paid.", "small", "bad", wrap=True
        )
        self.body.addWidget(self.problem)
        self.verb = self.offer("Compare")

    def _add(self, form: Form, count: int) -> None:
        if count <= SHOWN:
            self.body.addWidget(form)
            return
        area = scrolling(form)
        area.setFixedHeight(theme().px(SHOWN * ROW))
        self.body.addWidget(area)

    def accept(self) -> None:
        """Hand the parts over; the amount is needed, and most parts are played once."""
        parts = {header: str(choice.value()) for header, choice in self.choices.items()}
        played = [part for part in parts.values() if part and part not in ("reference", "taken")]
        is_named = any(key.startswith(MONTH) and choice.value() for key, choice in self.answers.items())
        if ("amount" not in played and not is_named) or len(set(played)) != len(played):
            self.problem.setText(
                "One column is the amount paid; but for references and what was taken off, a part is played once."
            )
            self.reveal(self.problem)
            return
        answers = {key: str(choice.value()) for key, choice in self.answers.items() if choice.value()}
        if len(answers) < len(self.answers):
            self.problem.setText("A question is open: choose an answer.")
            self.reveal(self.problem)
            return
        super().accept()
        said = {f"column:{header}": part for header, part in parts.items() if part or header not in self._months}
        self._then(said | answers)


def _named(header: str, first: str) -> str:
    """A column by its heading and how its first cell begins."""
    return f"{header} ({first if len(first) <= CELL else first[: CELL - 1] + ELLIPSIS})" if first else header
