"""Making one of two partners: into which one, and under it what moves or what is in the way."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from partnerdesk.ui.dialogs.asking import Asking
from partnerdesk.ui.widgets.form import Choice
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ops.rows.merging import Merging
    from partnerdesk.queries.partners.people import PartnerName
    from partnerdesk.reports.format import Formats


class MergeDialog(Asking):
    """Calls `look(id)` for each partner that is chosen, and `then` with what was shown once it is confirmed."""

    def __init__(
        self,
        parent: QWidget,
        name: str,
        partners: "Sequence[PartnerName]",
        formats: "Formats",
        look: Callable[[str], object],
        then: "Callable[[Merging], object]",
    ) -> None:
        words = "All that is its own becomes the other one's, and it goes. Files that still know it follow."
        super().__init__(parent, f"Merge {name} into another partner?", words, formats)
        self._look, self._then = look, then
        self._shown: Merging | None = None
        choices: list[tuple[str, object]] = [(f"{p.name} ({p.id})", p.id) for p in partners]
        self.into = Choice("Into", [("Choose a partner", None), *choices], self._chose)
        self.form.add("Into", self.into, width=310)
        self.what = Label("", "body", wrap=True)
        self.body.insertWidget(self.body.indexOf(self.problem), self.what)
        self.verb = self.offer("Merge")
        self.verb.setEnabled(False)
        self.into.setFocus()

    def _chose(self, value: object) -> None:
        """Nothing can be confirmed before what it does is shown."""
        self._shown = None
        self.verb.setEnabled(False)
        self.what.setText("")
        self.problem.setText("")
        if value is not None:
            self._look(str(value))

    def show_what(self, found: "Merging") -> None:
        """What merging into the chosen partner does; another answer than that of the choice is late and dropped."""
        if found.pair.new != self.into.value():
            return
        self.what.setText("" if found.in_the_way else "\n".join(found.does))
        self.problem.setText(" ".join((*found.in_the_way, found.remedy)).strip())
        self._shown = None if found.in_the_way else found
        self.verb.setEnabled(self._shown is not None)
        self.reveal(self.problem if found.in_the_way else self.what)

    def accept(self) -> None:
        """Hand what was shown over."""
        if self._shown is not None:
            super().accept()
            self._then(self._shown)
