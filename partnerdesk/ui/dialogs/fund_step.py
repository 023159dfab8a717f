"""A step of a fund, or the delivery of a benefit: the fields that it needs, each read before it is handed over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.form import Choice, Form
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats

TEXT, AMOUNT, DAY = "text", "amount", "day"
WIDTH = 500


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its key, name and hint, what it holds, whether it may be empty; `choices` are (words, value)."""

    key: str
    name: str
    hint: str = ""
    kind: str = TEXT
    needed: bool = False
    value: str = ""
    choices: Sequence[tuple[str, object]] = ()


class StepDialog(BaseDialog):
    """Calls `then(values)` with the value of every field; last stands the day of the step, unless `today` is None."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        words: str,
        verb: str,
        fields: Sequence[Field],
        today: date | None,
        formats: "Formats",
        then: Callable[[dict[str, Any]], object],
    ) -> None:
        super().__init__(parent, title, WIDTH)
        self._formats, self._then = formats, then
        day = [Field("on", "Day", "", DAY, True, formats.day(today))] if today is not None else []
        self._asked = (*fields, *day)
        self.fields: dict[str, QLineEdit | Choice] = {}
        if words:
            self.body.addWidget(Label(words, "body", wrap=True))
        self._form = Form(label_width=140)
        for field in self._asked:
            self._form.add(field.name, self._made(field), width=290)
        self.body.addWidget(self._form)
        self.problem = Label("", "small", "bad", wrap=True)
        self.body.addWidget(self.problem)
        self.verb = self.offer(verb)
        self.fields[self._asked[0].key].setFocus()

    def _made(self, field: Field) -> QWidget:
        made: QLineEdit | Choice
        if field.choices:
            made = Choice(field.name, field.choices, lambda _value: None, field.value or field.choices[0][1])
        else:
            made = QLineEdit(field.value)
            made.setAccessibleName(field.name)
            made.setPlaceholderText(field.hint)
            made.setMinimumHeight(theme().measure("control"))
        self.fields[field.key] = made
        return made

    def accept(self) -> None:
        """Hand the values over; a missing or wrong one is said under the fields, and the dialog stays."""
        values: dict[str, Any] = {}
        for field in self._asked:
            made = self.fields[field.key]
            try:
                values[field.key] = made.value() if isinstance(made, Choice) else self._read(field, made.text().strip())
            except Refused as refused:
                self._refuse(made, f"{refused.sentence} {refused.remedy}".strip())
                return
        super().accept()
        self._then(values)

    def _read(self, field: Field, text: str) -> Any:
        """What stands in a field. Raises Refused."""
        if not text:
            if field.needed:
                raise Refused(f"“{field.name}” is needed.")
            return "" if field.kind == TEXT else None
        if field.kind == AMOUNT:
            return self._formats.parse_number(text)
        return self._formats.parse_day(text) if field.kind == DAY else text

    def _refuse(self, field: QWidget, words: str) -> None:
        self.problem.setText(words)
        field.setAccessibleDescription(words)
        field.setFocus()
        self.reveal(self.problem)
