"""The tab Text: the program as it is written; beside it what is wrong, and help on the line where the cursor is."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.program.help import meaning, path_at
from partnerdesk.ui.screens.program_pages.editor import TomlEditor
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.beside import Beside
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.entries import Entry, EntryList
from partnerdesk.ui.widgets.section import Column, Hairline, SectionTitle
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ui.screens.program_pages.study import Study

SIDE = 300


class TextPage(QWidget):
    """`typed` hears of every change that a person makes."""

    def __init__(self, typed: Callable[[str], object], new_draft: Callable[[], object]) -> None:
        super().__init__()
        self._typed = typed
        self._study: Study | None = None
        self._helped: object = None
        self._is_showing = False
        self.editor = TomlEditor("Text of the program")
        self.editor.textChanged.connect(self._changed)
        self.editor.cursorPositionChanged.connect(self._show_help)
        self.note = Label("A published version never changes.", "small", "muted", wrap=True)
        self.copy = Button("New draft from this version", new_draft, icon="plus", inner=True)
        self.problems = EntryList("Problems", lead=56, margin=16, title_role="small_strong")
        self.problems.opened.connect(self._go)
        self.title = SectionTitle("Problems")
        self.help = Column(16, 4)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Beside(self.editor, self._side(), SIDE))

    def _side(self) -> QWidget:
        side, px = QWidget(), theme().px
        column = QVBoxLayout(side)
        column.setContentsMargins(0, px(12), 0, 0)
        column.setSpacing(px(8))
        for widget in (self.note, self.copy, self.title):
            inset = QHBoxLayout()
            inset.setContentsMargins(px(16), 0, px(16), 0)
            inset.addWidget(widget)
            if widget is self.copy:
                inset.addStretch(1)
            column.addLayout(inset)
        column.addWidget(self.problems, 1)
        column.addWidget(Hairline())
        column.addWidget(self.help, 1)
        return side

    def show_text(self, text: str, writable: bool) -> None:
        """Another text, or the same after it was changed elsewhere."""
        self._is_showing = True
        self.editor.setReadOnly(not writable)
        self.editor.show_text(text)
        self._is_showing = False
        self.note.setVisible(not writable)
        self.copy.setVisible(not writable)

    def show_study(self, study: "Study") -> None:
        """The problems of the text and the help on it."""
        self._study = study
        lines = {s.line: True for s in study.spots if s.is_warning}
        lines |= {s.line: False for s in study.spots if not s.is_warning}
        self.editor.mark(lines)
        self.title.set("Problems" if study.spots else "No problem", _counted(study))
        self.problems.set_entries(
            Entry(
                f"{number}:{s.line}",
                body=s.message,
                note=s.key,
                lead=f"Line {s.line}",
                kind="warn" if s.is_warning else "bad",
                word=" ",
            )
            for number, s in enumerate(study.spots)
        )
        self.problems.setVisible(bool(study.spots))
        self._show_help()

    def go_to(self, line: int) -> None:
        """Show a line."""
        self.editor.go_to(line)

    def _go(self, key: str) -> None:
        self.editor.go_to(int(key.partition(":")[2]))

    def _changed(self) -> None:
        if not self._is_showing:
            self._typed(self.editor.toPlainText())

    def _show_help(self) -> None:
        if not self.isVisible():
            return
        text = self.editor.toPlainText()
        path = path_at(text, self.editor.textCursor().position())
        rule = self._study.rule_at(path) if self._study is not None else None
        entry = meaning(path)
        if self._helped == (rule, entry):
            return
        self._helped = (rule, entry)
        self.help.clear()
        if rule is not None:
            self.help.add(SectionTitle(rule.title, rule.reference))
            self.help.add(Label(rule.sentence, "body", wrap=True))
            if rule.was and rule.was != rule.sentence:
                self.help.add(Label(f"Was: {rule.was}", "small", "muted", wrap=True))
        if entry is not None:
            self.help.add(SectionTitle(entry.name, entry.type), 10 if rule is not None else 0)
            self.help.add(Label(entry.says, "small", wrap=True))
            if entry.choices:
                self.help.add(Label(f"One of: {', '.join(entry.choices)}", "small", "muted", wrap=True))
            written = "Required" if entry.default is None else f"Default: {entry.default}"
            self.help.add(Label(f"{written}. Example: {entry.name} = {entry.example}", "small", "muted", wrap=True))
        if rule is None and entry is None:
            self.help.add(Label("Put the cursor on a key to read what it means.", "small", "muted", wrap=True))

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._show_help()


def _counted(study: "Study") -> str:
    warnings = len(study.spots) - study.stops
    parts = [f"{study.stops} to correct" if study.stops else "", f"{warnings} to look at" if warnings else ""]
    return ", ".join(part for part in parts if part)
