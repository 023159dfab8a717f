"""A new deal: whose it is, what for, how much and when; everything else is edited in the list."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui.dialogs.asking import Asking
from partnerdesk.ui.typed_day import day_reader
from partnerdesk.ui.widgets.form import Choice

if TYPE_CHECKING:
    from partnerdesk.queries.pipeline.deal_list import DealList
    from partnerdesk.ui.desk import Desk


class NewDealDialog(Asking):
    """Calls `then(fields)` with the keyword arguments of `ops.rows.deals.add_deal`."""

    def __init__(
        self,
        parent: QWidget,
        found: "DealList",
        partner: str,
        desk: "Desk",
        then: Callable[[dict[str, Any]], object],
    ) -> None:
        super().__init__(
            parent, "New deal", "It counts once it is won; until then the forecast weighs it.", desk.formats
        )
        self._desk, self._currency, self._then = desk, found.currency, then
        partners = [("No partner", None), *((p.name, p.id) for p in found.partners)]
        self.partner = Choice("Partner", partners, lambda _value: None, partner or None)
        self.form.add("Partner", self.partner, width=310)
        self.name = self.ask("Name", "What it is about")
        self.customer = self.ask("Customer", "An unknown name is added")
        self.amount_field = self.ask(f"Amount, {found.currency}", "Empty while nobody knows")
        self.close_day = self.ask("Closes", "12 dec, +6w or a day in full")
        self.stage = self.ask("Stage", found.stages[0] if found.stages else "Such as Qualified")
        self.stage.setCompleter(QCompleter(list(found.stages), self.stage))
        self.next_step = self.ask("Next step", "")
        self.verb = self.offer("Add deal")
        self.name.setFocus()

    def accept(self) -> None:
        """Hand the entries over; what is missing or wrong is said."""
        if self.missing(self.name):
            return
        is_read, amount = self.amount(self.amount_field)
        if not is_read:
            return
        try:
            close = day_reader(self._desk.today, self._formats)(self.close_day.text())
        except Refused as refused:
            self.refuse(self.close_day, f"{refused.sentence} {refused.remedy}".strip())
            return
        fields = {"partner": self.partner.value(), "name": _text(self.name), "customer": _text(self.customer)}
        worth = {"amount": amount, "currency": self._currency, "expected_close": close}
        super().accept()
        self._then({**fields, **worth, "stage": _text(self.stage), "next_step": _text(self.next_step)})


def _text(field: QLineEdit) -> str:
    return field.text().strip()
