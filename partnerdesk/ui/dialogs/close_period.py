"""The second confirmation of a close: who prepared, who checked, and the total typed in again."""

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from partnerdesk.ui.dialogs.total import Confirmed, TotalDialog

if TYPE_CHECKING:
    from partnerdesk.queries.statements.closing import Run
    from partnerdesk.reports.format import Formats


class CloseDialog(TotalDialog):
    """Calls `then(maker, checker, total)`; the ops refuse a total that differs."""

    def __init__(self, parent: QWidget, run: "Run", formats: "Formats", user: str, then: Confirmed) -> None:
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
        self.confirm(formats, user, "close", then)


def changes_words(run: "Run", formats: "Formats") -> str:
    """What is earned against the period before, and who changes most; empty where nothing is compared."""
    if not run.changed:
        return ""
    total = formats.change(sum((row.change or Decimal(0) for row in run.changed), Decimal(0)), run.currency)
    most = [f"{row.name} {formats.change(row.change or Decimal(0), run.currency)}" for row in run.changed[:3]]
    return f"Earned against the period before: {total} {run.currency}; most of all {', '.join(most)}."
