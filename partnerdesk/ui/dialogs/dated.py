"""A dialog that asks for a day, typed as one says it: 24 Nov 2026, `24 nov`, `fri`, `+2w`."""

from datetime import date

from PySide6.QtWidgets import QLineEdit

from partnerdesk.errors import Refused
from partnerdesk.ui.dialogs.asking import Asking
from partnerdesk.ui.typed_day import day_reader


class Dated(Asking):
    """With a day, typed as one says it."""

    def day_of(self, field: QLineEdit, today: date) -> date | None:
        """The day of a field; where it cannot be read that is said, and it is None."""
        try:
            found = day_reader(lambda: today, self._formats)(field.text())
        except Refused as refused:
            self.refuse(field, f"{refused.sentence} {refused.remedy}".strip())
            return None
        if found is None:
            self.refuse(field, f"“{field.accessibleName()}” is needed.")
        return found

    def past_day_of(self, field: QLineEdit, today: date) -> date | None:
        """The day of a field, which is not still to come."""
        found = self.day_of(field, today)
        if found is not None and found > today:
            self.refuse(field, f"That day is still to come; today is {self._formats.day(today)}.")
            return None
        return found
