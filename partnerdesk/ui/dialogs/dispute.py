"""A dispute is raised from a line, and answered: what the partner says, and what is decided, each with its reason."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.ui.dialogs.asking import Asking
from partnerdesk.ui.widgets.form import Choice

if TYPE_CHECKING:
    from partnerdesk.queries.statements.disputable import Disputable
    from partnerdesk.queries.statements.disputes import DisputeRow
    from partnerdesk.queries.statements.missing import Missing
    from partnerdesk.reports.format import Formats


FEW = 5  # names that stand in a sentence


class RaiseDialog(Asking):
    """Calls `then` with the fields of a claim: reason, raised_by, late_because, and claimed, of a total more."""

    def __init__(
        self,
        parent: QWidget,
        found: "Disputable",
        formats: "Formats",
        then: Callable[[dict[str, Any]], object],
    ) -> None:
        super().__init__(parent, f"Dispute {found.says}?", window_words(found, formats), formats)
        self._is_late = found.is_late
        self._then = then
        self.reason = self.ask("What is wrong", "As the partner says it")
        self.raised_by = self.ask("Raised by", "Who of the partner")
        self._is_total = found.is_total
        label, hint = (
            ("Amount missing", "What it expects more") if found.is_total else ("Amount expected", "For all of it")
        )
        self.claimed = QLineEdit() if found.is_transfer else self.ask(label, f"{hint}; may be left out")
        self.late = QLineEdit()
        if found.is_late:
            self.late = self.ask("Why it is taken", "It comes after the window")
        self.verb = self.offer("Raise dispute")
        self.reason.setFocus()

    def accept(self) -> None:
        """Hand the claim over."""
        is_read, claimed = self.amount(self.claimed)
        needed = [self.reason, self.raised_by, *([self.late] if self._is_late else [])]
        if self.missing(*needed) or not is_read:
            return
        super().accept()
        said = {"reason": self.reason.text(), "raised_by": self.raised_by.text(), "late_because": self.late.text()}
        self._then({**said, "more" if self._is_total else "claimed": claimed})


class RaiseManyDialog(Asking):
    """Disputes of several lines; `left_out` are partners of whom none is. Calls `then(raised_by, late_because)`."""

    def __init__(
        self,
        parent: QWidget,
        count: int,
        left_out: Sequence[str],
        formats: "Formats",
        user: str,
        then: Callable[[str, str], object],
    ) -> None:
        many = f"{count} line{'s' if count != 1 else ''}"
        words = "Each difference becomes a dispute of its line, with what was paid and why it differs."
        words += f" Not in this file, and left alone: {_few(left_out)}." if left_out else ""
        super().__init__(parent, f"Dispute {many}?", words, formats)
        self._then = then
        self.raised_by = self.ask("Raised by", "A name", user)
        self.late = self.ask("If it comes late", "Why they are taken after the window")
        self.verb = self.offer(f"Dispute {many}")

    def accept(self) -> None:
        """Hand over who raises them."""
        if self.missing(self.raised_by):
            return
        super().accept()
        self._then(self.raised_by.text(), self.late.text())


def _few(names: Sequence[str]) -> str:
    more = len(names) - FEW
    return ", ".join(names[:FEW]) + (f" and {more} more" if more > 0 else "")


def window_words(found: "Disputable", formats: "Formats") -> str:
    """What it came to, until when it may be disputed, and what its clock will be."""
    from partnerdesk.queries.statements.posted_rows import TRANSFER_SAYS

    made = " made payable" if found.is_total else ""
    line = f"{formats.accounting(found.amount)} {found.currency}{made} on {found.statement}."
    until, answer = formats.day(found.until), formats.day(found.answer_by)
    ends = f"The window ended on {until}." if found.is_late else f"The window is open until {until}."
    line += f" {TRANSFER_SAYS}" if found.is_transfer else ""
    return f"{line} {ends} Raised today, it is to be answered by {answer}. The closed statement stays as it is."


OUTCOMES = (("Approve", "approved"), ("Approve partly", "partly"), ("Deny", "denied"), ("Escalate", "escalated"))


class AnswerDialog(Asking):
    """Calls `then(outcome, reason, approver, amount)`; an escalation needs neither approver nor amount."""

    def __init__(
        self,
        parent: QWidget,
        row: "DisputeRow",
        still: "Missing",
        formats: "Formats",
        user: str,
        then: Callable[[str, str, str, Decimal | None], object],
    ) -> None:
        super().__init__(parent, f"Answer dispute {row.id}", _told(row, still, formats), formats)
        self._then, self._row, self._still = then, row, still
        self.outcome = Choice("Outcome", OUTCOMES, self._chose, "approved")
        self.form.add("Outcome", self.outcome, width=310)
        self.reason = self.ask("Reason", "As the partner will read it")
        self.granted = QLineEdit() if row.is_transfer else self.ask("Added", _hint(still, formats))
        self.approver = self.ask("Approved by", "A name", user)
        self.verb = self.offer("Answer")
        self.reason.setFocus()

    def _chose(self, outcome: object) -> None:
        self.granted.setEnabled(outcome in ("approved", "partly"))
        self.approver.setEnabled(outcome != "escalated")

    def accept(self) -> None:
        """Hand the answer over."""
        outcome = str(self.outcome.value())
        is_read, amount = self.amount(self.granted) if self.granted.isEnabled() else (True, None)
        needed = [self.reason] if outcome == "escalated" else [self.reason, self.approver]
        if self.missing(*needed) or not is_read:
            return
        is_said = (
            amount is not None or self._row.is_transfer or (outcome == "approved" and self._still.left is not None)
        )
        if outcome in ("approved", "partly") and not is_said:
            self.refuse(self.granted, "Nothing says how much is added.")
            return
        super().accept()
        self._then(outcome, self.reason.text(), self.approver.text(), amount)


def _told(row: "DisputeRow", still: "Missing", formats: "Formats") -> str:
    line = formats.accounting(row.amount) if row.amount is not None else "no amount"
    where = row.where
    asked = f", {formats.accounting(row.claimed)} expected" if row.claimed is not None else ""
    came = still.words(lambda amount: f"{formats.accounting(amount)} {row.currency}")
    told = f"{where[:1].upper()}{where[1:]}: {line} {row.currency}{asked}. {came}".strip()
    return f"{row.raised_by} says: “{row.reason}”\n{told}"


def _hint(still: "Missing", formats: "Formats") -> str:
    if still.left is None:
        return f"In {still.currency}"
    if still.is_met:
        return "Nothing more if approved"
    return f"{formats.accounting(still.left)} {still.currency} if approved"
