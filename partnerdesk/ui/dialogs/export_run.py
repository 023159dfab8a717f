"""The statements of a period as files: which ones each partner's statement is written as."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.widgets.form import Choice, Form
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ui.state import State

FORMS = (("Workbook (XLSX) and CSV", False), ("Workbook (XLSX), CSV and PDF to print", True))
KEY = "statements.pages"  # what was chosen last
WORDS = (
    "Each statement is written by itself and checked before it gets its name; one that names somebody else is not "
    "released. A manifest beside them holds their digests."
)


class ExportRunDialog(BaseDialog):
    """Calls `then(pages)`: whether a PDF is written beside workbook and CSV."""

    def __init__(self, parent: QWidget, what: str, state: "State", then: Callable[[bool], object]) -> None:
        super().__init__(parent, f"Export {what}?", 480)
        self._then, self._state = then, state
        self.body.addWidget(Label(WORDS, "body", wrap=True))
        self.forms = Choice("Write as", FORMS, lambda _v: None, state.get(KEY, False))
        form = Form(label_width=88)
        form.add("Write as", self.forms, width=300)
        self.body.addWidget(form)
        self.verb = self.offer("Export")
        self.verb.setFocus()

    def accept(self) -> None:
        """Hand over what is to be written."""
        pages = bool(self.forms.value())
        self._state.set(KEY, pages)
        super().accept()
        self._then(pages)
