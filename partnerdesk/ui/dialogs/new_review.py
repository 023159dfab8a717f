"""A new review: for which partner, of which quarter."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from partnerdesk.engine.period import Period, period_at, previous_period
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.form import Choice, Form


class NewReviewDialog(BaseDialog):
    """Calls `then(partner, quarter)`; the last finished quarter is proposed."""

    def __init__(
        self,
        parent: QWidget,
        partners: Sequence[Any],
        today: date,
        then: Callable[[str, str], object],
        chosen: str = "",
    ) -> None:
        super().__init__(parent, "New review")
        self._then = then
        quarters: list[Period] = [period_at(today, "quarter")]
        for _ in range(7):
            quarters.append(previous_period(quarters[-1]))
        form = Form()
        names = [(p.name, p.id) for p in partners] or [("No partner yet", "")]
        self.partner = Choice("Partner", names, lambda _v: None, chosen or names[0][1])
        choices = [(f"Q{q.label[-1]} {q.start.year}", q.label) for q in quarters]
        self.quarter = Choice("Quarter", choices, lambda _v: None, quarters[1].label)
        width = theme().px(260)
        form.add("Partner", self.partner, width=width)
        form.add("Quarter", self.quarter, width=width)
        self.body.addWidget(form)
        self.verb = self.offer("Add review")
        self.verb.allow("" if partners else "Add a partner first")
        self.partner.setFocus()

    def accept(self) -> None:
        """Hand the choice over."""
        super().accept()
        if self.partner.value():
            self._then(str(self.partner.value()), str(self.quarter.value()))
