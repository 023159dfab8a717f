"""Any field of any fact, a fact more or less, or any key of the program, for a what-if."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.errors import Refused
from partnerdesk.queries.scenarios import ADD, REMOVE, RULE, SET, Change
from partnerdesk.ui.dialogs.asking import Asking
from partnerdesk.ui.widgets.form import Choice

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats

ACTIONS = (
    ("Change a field of a row", SET),
    ("Add a row, field by field", ADD),
    ("Take a row away", REMOVE),
    ("Change a key of the program", RULE),
)
WORDS = (
    "Kinds, fields and keys are those of `partnerdesk evaluate --help` and of the program's text. Days are written "
    "2026-12-31, amounts 12500.00, values of keys as in the text."
)


class AnyChangeDialog(Asking):
    """Calls `then(change)`; what is wrong with it stands in the dialog."""

    def __init__(
        self,
        parent: QWidget,
        formats: "Formats",
        rows: Mapping[str, Sequence[str]],
        versions: Sequence[str],
        then: Callable[[Change], object],
    ) -> None:
        super().__init__(parent, "What would be another way?", WORDS.replace("`", "“", 1).replace("`", "”", 1), formats)
        self._rows, self._versions, self._then = rows, versions, then
        self.action = Choice("What", ACTIONS, lambda _value: self._offer(), SET)
        self.form.add("What", self.action, width=310)
        self.of = Choice("Kind or version", [(kind.replace("_", " "), kind) for kind in rows], lambda _v: self._fill())
        self.form.add("Kind or version", self.of, width=310)
        self.item = Choice("Row", [], lambda _value: None)
        self.item.setEditable(True)
        self.form.add("Row", self.item, width=310)
        self.field: QLineEdit = self.ask("Field or key", "amount, or earning.upfront.rate")
        self.value = self.ask("Value", "Empty for none")
        self.verb = self.offer("Try it")
        self._offer()

    def _offer(self) -> None:
        """Kinds of fact or versions, by what is to be changed."""
        is_rule = self.action.value() == RULE
        names = self._versions if is_rule else list(self._rows)
        self.of.clear()
        for name in names:
            self.of.addItem(name.replace("_", " ") if not is_rule else name, name)
        self.of.setCurrentIndex(len(names) - 1 if is_rule else 0)
        self.item.setEnabled(not is_rule)
        self.field.setEnabled(self.action.value() != REMOVE)
        self.value.setEnabled(self.action.value() != REMOVE)
        self._fill()

    def _fill(self) -> None:
        self.item.clear()
        if self.action.value() in (SET, REMOVE):
            for id in self._rows.get(str(self.of.value()), ()):
                self.item.addItem(id, id)

    def change(self) -> Change:
        """What the dialog says."""
        action, of = str(self.action.value()), str(self.of.value())
        item = "" if action == RULE else self.item.currentText().strip()
        if action == REMOVE:
            return Change(action, of, item)
        return Change(action, of, item, self.field.text().strip(), self.value.text().strip())

    def accept(self) -> None:
        """Hand the change over where it can be read."""
        if self.action.value() != REMOVE and self.missing(self.field):
            return
        change = self.change()
        if change.action != RULE and not change.item:
            self.refuse(self.item, "“Row” is needed.")
            return
        try:
            _check(change)
        except Refused as refused:
            self.refuse(self.value, f"{refused.sentence} {refused.remedy}".strip())
            return
        super().accept()
        self._then(change)


def _check(change: Change) -> None:
    """Raises Refused where a value cannot be read for its field."""
    from partnerdesk.ops.whatif.values import value_of

    if change.action in (SET, ADD):
        value_of(change.of, change.field, change.value)
