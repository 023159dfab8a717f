"""What a person does with a text: show a key in it, edit it, change one value, follow a case, add a file."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QMenu

from partnerdesk.errors import Refused
from partnerdesk.program.expecting import expecting
from partnerdesk.program.form import Cell, Value, changed
from partnerdesk.program.places import Places

if TYPE_CHECKING:
    from partnerdesk.ops.programs.trials import CaseRow
    from partnerdesk.ui.screens.program import ProgramScreen


class ProgramActs:
    """The verbs of the Program screen that are about its text."""

    def __init__(self, screen: "ProgramScreen") -> None:
        self._screen = screen

    def show_in_text(self, key: str) -> None:
        """Open the text at a key, or at its first problem."""
        screen = self._screen
        screen.tabs.show_tab("text")
        study = screen.drafting.study
        if key:
            screen.text.go_to(Places(screen.drafting.text).line(key))
        elif study is not None and study.spots:
            screen.text.go_to(study.spots[0].line)

    def edit(self) -> None:
        """The text with the cursor in it."""
        self._screen.tabs.show_tab("text")
        self._screen.text.editor.setFocus()

    def change(self, cell: Cell, value: Value | None) -> None:
        """A field of the form has another value; None takes its key out."""
        try:
            text = changed(self._screen.drafting.text, cell, value)
        except Refused as error:
            self._screen.show_error(error)
            return
        self._put(text)

    def follow(self, case: "CaseRow") -> None:
        """Make a case expect what the rules give, and show it, as its source may have to follow too."""
        figures = [(a.number, a.found) for a in case.answers if not a.is_met and a.found is not None]
        self._put(expecting(self._screen.drafting.text, case.number, figures))
        self.show_in_text(f"example.{case.number}")

    def _put(self, text: str) -> None:
        self._screen.text.show_text(text, True)
        self._screen.drafting.put(text)

    def step(self, then: Callable[[], Any]) -> None:
        """Undo or redo, after what was typed is saved."""
        self._screen.drafting.save()
        then()

    def menu(self, at: Any) -> None:
        """The menu of a version or draft."""
        screen = self._screen
        menu = QMenu(screen.list)
        for command in ("page.new", "page.export", "program.compare", "program.publish", "program.discard"):
            menu.addAction(screen.shell.commands[command])
        menu.exec(screen.list.mapToGlobal(at))
        menu.deleteLater()

    def choose_file(self) -> None:
        """Ask for a program file and add it as a version."""
        kind = "Programs (*.toml);;All files (*)"
        name, _ = QFileDialog.getOpenFileName(self._screen.window(), "Add a program version", "", kind)
        if name:
            self._screen.publishing.add_file(Path(name))
