"""The text that the next version begins with: written here and saved by itself, its places and problems beside."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.program.agreement.template import PLACES, problems
from partnerdesk.ui.screens.program_pages.drafting import now
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.beside import Beside
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.editors import AutosaveText
from partnerdesk.ui.widgets.entries import Entry, EntryList
from partnerdesk.ui.widgets.section import SectionTitle
from partnerdesk.ui.widgets.text import Label

SIDE = 300
SAYS = "Plain paragraphs, an empty line between them; a short line without a stop is a heading. It serves all partners."


class AgreementText(QWidget):
    """A click on a place, or Enter, puts it where the cursor is."""

    def __init__(self, run: Callable[..., None]) -> None:
        super().__init__()
        self._run, self._name, self._kept = run, "", ""
        px = theme().px
        self.editor = AutosaveText("Text of the agreement", self._save, lines=12)
        self.problems = EntryList("Problems of the text", margin=16, title_role="small_strong")
        self.places = EntryList("Places", margin=16, title_role="mono")
        self.places.set_entries(Entry(name, f"{{{name}}}", says) for name, says in PLACES.items())
        self.places.opened.connect(self._put)
        self.title = SectionTitle("Places")
        self.restore = Button("Back to the standard text", self._restore, inner=True)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, px(12), 0, 0)
        column.setSpacing(px(8))
        for widget in (Label(SAYS, "small", "muted", wrap=True), self.restore, self.title):
            inset = QHBoxLayout()
            inset.setContentsMargins(px(16), 0, px(16), 0)
            inset.addWidget(widget)
            if widget is self.restore:
                inset.addStretch(1)
            column.addLayout(inset)
        column.addWidget(self.problems, 1)
        column.addWidget(self.places, 2)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(px(16), px(8), px(16), px(16))
        row.addWidget(self.editor)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Beside(box, side, SIDE))

    def show_text(self, name: str, text: str, is_own: bool) -> None:
        """Show a text; one that nobody changed is the standard one."""
        self._name, self._kept = name, text
        self.editor.show_text(text)
        self.restore.setVisible(is_own)
        self._say(text)

    def _say(self, text: str) -> None:
        found = problems(text, "Text")
        self.problems.setVisible(bool(found))
        self.title.set("Problems and places" if found else "Places")
        self.problems.set_entries(
            Entry(str(n), problem.place, problem.message, problem.remedy, kind="bad", word=" ")
            for n, problem in enumerate(found)
        )

    def _put(self, name: str) -> None:
        self.editor.insertPlainText(f"{{{name}}}")
        self.editor.setFocus()

    def _save(self, text: str) -> None:
        from partnerdesk.ops.agreements.texts import write_text

        before, self._kept = self._kept, text
        self._say(text)
        self._run("Edit agreement text", write_text, self._name, before, text, at=now())

    def _restore(self) -> None:
        from partnerdesk.ops.agreements.texts import remove_text

        self._run("Restore standard text", remove_text, self._name, toast="It is the standard text again")
