"""The second confirmation of a close: who prepared, who checked, and the total typed in again."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from partnerdesk.ui.dialogs.total import Confirmed, TotalDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.engine.problem import Problem
    from partnerdesk.queries.statements.closing import Run
    from partnerdesk.reports.format import Formats


class CloseDialog(TotalDialog):
    """Calls `then(maker, checker, total)`; the ops refuse a total that differs. `doubts` are what a person should
    look at first, such as names that no page of these statements can print: it would be frozen with them.
    """

    def __init__(
        self,
        parent: QWidget,
        run: "Run",
        formats: "Formats",
        user: str,
        then: Confirmed,
        doubts: "Sequence[Problem]" = (),
    ) -> None:
        count = len(run.ready)
        many = f"{count} statement{'s' if count > 1 else ''}"
        total = f"{formats.accounting(run.total)} {run.currency}"
        words = (
            f"Their closing balances sum to {total}. Closed statements never change; what turns out later appears in "
            "the next period as an explained difference. Closing cannot be undone."
        )
        if found := changes_words(run, formats):
            words = f"{found} {words}"
        title = f"Close {many} of {formats.label(run.period)}?"
        super().__init__(parent, title, words, f"Close {many}", (run.total, run.currency))
        if doubts:
            self._warn_of(doubts)
        self.confirm(formats, user, "close", then)

    def _warn_of(self, doubts: "Sequence[Problem]") -> None:
        """Above the fields: however many there are, the dialog stays in the window."""
        count = len(doubts)
        says = f"Look at {count} thing{'s' if count > 1 else ''} first: what is closed stays."
        self.doubts = QPlainTextEdit("\n".join(map(str, doubts)))
        option = self.doubts.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)  # our sentence, whatever the name in it begins with
        self.doubts.document().setDefaultTextOption(option)
        self.doubts.setReadOnly(True)
        self.doubts.setTabChangesFocus(True)
        self.doubts.setAccessibleName("What to look at first")
        self.doubts.setFixedHeight(theme().px(96))
        place = self.body.indexOf(self.form)
        self.body.insertWidget(place, Label(says, "body", "warn", wrap=True))
        self.body.insertWidget(place + 1, self.doubts)


def changes_words(run: "Run", formats: "Formats") -> str:
    """What is earned against the period before, and who changes most; what is clawed back or forfeited, and of whom.
    Empty where there is neither.
    """
    return " ".join(words for words in (_earned_words(run, formats), _taken_words(run, formats)) if words)


def _taken_words(run: "Run", formats: "Formats") -> str:
    if not run.taken_back:
        return ""
    total = formats.amount(-sum((row.clawed_back for row in run.taken_back), Decimal(0)), run.currency)
    most = [f"{row.name} {formats.amount(-row.clawed_back, run.currency)}" for row in run.taken_back[:3]]
    return f"Clawed back or forfeited: {total} {run.currency}; most of {', '.join(most)}."


def _earned_words(run: "Run", formats: "Formats") -> str:
    if not run.changed:
        return ""
    total = formats.change(sum((row.change or Decimal(0) for row in run.changed), Decimal(0)), run.currency)
    most = [f"{row.name} {formats.change(row.change or Decimal(0), run.currency)}" for row in run.changed[:3]]
    return f"Earned against the period before: {total} {run.currency}; most of all {', '.join(most)}."
