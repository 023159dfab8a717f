"""The signed copy of an agreement: which file, who signed for both sides, and when."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from partnerdesk.errors import PartnerDeskError
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.form import Choice, Form
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from datetime import date

    from partnerdesk.ops.agreements.copies import Signing
    from partnerdesk.reports.format import Formats

YES_NO = (("Yes", True), ("No", False))
SAYS = "Its digest is kept, so that the file can be recognised later. The file itself stays where it is, unchanged."


class SignDialog(BaseDialog):
    """Calls `then(path, signing)`; `is_noted` says that the partner has a signed agreement already."""

    def __init__(
        self,
        parent: QWidget,
        number: str,
        today: "date",
        formats: "Formats",
        is_noted: bool,
        then: "Callable[[Path, Signing], object]",
    ) -> None:
        super().__init__(parent, f"Record the signed copy of {number}", 480)
        self._formats, self._then = formats, then
        self.path: Path | None = None
        self.body.addWidget(Label(SAYS, "body", wrap=True))
        form = Form(label_width=140)
        self.file = Button("Choose the file…", self.choose, icon="folder-open")
        self.day = QLineEdit(formats.day(today))
        self.partner, self.vendor = QLineEdit(), QLineEdit()
        self.keeps = Choice("Keep the file's name", YES_NO, lambda _v: None, True)
        self.notes = Choice("Note it on the partner", YES_NO, lambda _v: None, not is_noted)
        form.add("Signed copy", self.file, width=260)
        for name, field, hint in (
            ("Signed on", self.day, ""),
            ("For the partner", self.partner, "Who signed"),
            ("For the vendor", self.vendor, "Who signed"),
        ):
            field.setPlaceholderText(hint)
            field.setMinimumHeight(theme().measure("control"))
            form.add(name, field, width=260)
        form.add("Keep the file's name", self.keeps, width=260)
        form.add("Note on the partner", self.notes, width=260)
        self.body.addWidget(form)
        self.problem = Label("", "small", "bad", wrap=True)
        self.body.addWidget(self.problem)
        self.verb = self.offer("Record signature")
        self.file.setFocus()

    def choose(self) -> None:
        """Ask for the file on the disk."""
        name, _kind = QFileDialog.getOpenFileName(self, "The signed copy", "", "All files (*)")
        if name:
            self.path = Path(name)
            self.file.set_text(self.path.name)
            self.problem.setText("")

    def accept(self) -> None:
        """Hand the record over; what is missing or wrong is said under the fields, and the dialog stays."""
        from partnerdesk.ops.agreements.copies import Signing

        if self.path is None:
            self._refuse(self.file, "Choose the file that was signed.")
            return
        for field, side in ((self.partner, "partner"), (self.vendor, "vendor")):
            if not field.text().strip():
                self._refuse(field, f"Enter who signed for the {side}.")
                return
        try:
            day = self._formats.parse_day(self.day.text())
        except PartnerDeskError as wrong:
            self._refuse(self.day, str(wrong))
            return
        super().accept()
        given = Signing(
            signed_on=day,
            for_partner=self.partner.text(),
            for_vendor=self.vendor.text(),
            keeps_name=bool(self.keeps.value()),
            notes_on_partner=bool(self.notes.value()),
        )
        self._then(self.path, given)

    def _refuse(self, field: QWidget, words: str) -> None:
        self.problem.setText(words)
        field.setAccessibleDescription(words)
        field.setFocus()
        self.reveal(self.problem)
