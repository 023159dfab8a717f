"""Putting something on hold, and releasing it: what it is on, from when, why, and what that keeps back."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui.dialogs.asking import Asking
from partnerdesk.ui.widgets.form import Choice as Picked
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.queries.statements.holds import Choice, Holdable, HoldRow
    from partnerdesk.reports.format import Formats


class _Dated(Asking):
    """A reason and a day."""

    reason: QLineEdit
    day: QLineEdit

    def ask_why(self, hint: str, day: date) -> None:
        self.reason = self.ask("Reason", hint)
        self.day = self.ask("From", "A day after the last closed statement", self._formats.day(day))

    def on(self) -> date | None:
        """The day, where both can be read; else what is wrong is said."""
        if self.missing(self.reason, self.day):
            return None
        try:
            return self._formats.parse_day(self.day.text())
        except Refused as refused:
            self.refuse(self.day, f"{refused.sentence} {refused.remedy}".strip())
            return None


class HoldDialog(_Dated):
    """Calls `then(choice, reason, day)`."""

    def __init__(
        self,
        parent: QWidget,
        found: "Holdable",
        formats: "Formats",
        then: "Callable[[Choice, str, date], object]",
    ) -> None:
        words = "What is payable of it waits in held until the hold is released; nothing of it is lost."
        super().__init__(parent, f"Put {found.name} on hold?", words, formats)
        self._found, self._then = found, then
        # The line's deal, where there is one: the smallest thing that can be meant and is not on hold yet.
        narrow = max((n for n, choice in enumerate(found.choices) if not choice.taken), default=0)
        self.what = Picked("On hold", [(scope_words(c), n) for n, c in enumerate(found.choices)], self._chose, narrow)
        self.form.add("On hold", self.what, width=310)
        self.ask_why("In a sentence; the partner reads it", found.since)
        self.note = Label("", "small", "muted", wrap=True)
        self.body.insertWidget(self.body.indexOf(self.problem), self.note)
        self.verb = self.offer("Put on hold")
        self._chose(narrow)
        self.reason.setFocus()

    def chosen(self) -> "Choice":
        """What is to be put on hold."""
        return self._found.choices[int(str(self.what.value()))]

    def _chose(self, _place: object) -> None:
        choice = self.chosen()
        currency = self._found.currency
        says = f"{self._formats.accounting(choice.kept)} {currency} would wait from that day on."
        if choice.issued:
            issued, items = self._formats.accounting(choice.issued), " or ".join(self._found.items)
            says += f" {issued} {currency} of it are with finance already: withdraw {items} if they are not to be paid."
        self.note.setText(f"Hold {choice.taken} stands on it already." if choice.taken else says)
        self.verb.setEnabled(not choice.taken)

    def accept(self) -> None:
        """Hand the hold over."""
        on = self.on()
        if on is not None:
            super().accept()
            self._then(self.chosen(), self.reason.text(), on)


class ReleaseDialog(_Dated):
    """Calls `then(reason, day)`."""

    def __init__(
        self, parent: QWidget, row: "HoldRow", day: date, formats: "Formats", then: Callable[[str, date], object]
    ) -> None:
        kept = f"{formats.accounting(row.kept)} {row.currency}"
        words = f"{row.placed_by} put it on hold on {formats.day(row.day)}: {row.reason}. It keeps {kept}, which are"
        super().__init__(parent, f"Release the hold on {row.name}?", f"{words} payable from the release on.", formats)
        self._then = then
        self.ask_why("Why it ends", day)
        self.verb = self.offer("Release")
        self.reason.setFocus()

    def accept(self) -> None:
        """Hand the release over."""
        on = self.on()
        if on is not None:
            super().accept()
            self._then(self.reason.text(), on)


def scope_words(choice: "Choice") -> str:
    """What a hold would be on, in words."""
    return "Everything of the partner" if choice.scope == "partner" else f"{choice.scope.capitalize()} {choice.name}"
