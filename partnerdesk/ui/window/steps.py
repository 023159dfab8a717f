"""What Undo and Redo would do, in the menus, and a toast's Undo that must mean the step it named."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerdesk.ui.actions import Actions
    from partnerdesk.ui.desk import Desk
    from partnerdesk.ui.messages import Toast


class StepWords:
    """Follows the steps of the book that is open."""

    def __init__(self, desk: "Desk", commands: "Actions", toast: "Toast") -> None:
        self._desk, self._commands, self._toast = desk, commands, toast
        self._undo_is_new = False

    def offered(self, action: str) -> None:
        """A toast offers an action; Undo there belongs to the step that comes next."""
        self._undo_is_new = action == "Undo"

    def retire(self) -> None:
        """Once another step was taken or undone, the toast's Undo would take back that one, so it goes."""
        if not self._undo_is_new and self._toast.action() == "Undo":
            self._toast.hide()
        self._undo_is_new = False

    def show(self) -> None:
        """Name the steps in the menus."""
        undo, redo = self._desk.undo_label, self._desk.redo_label
        self._commands.set_text("edit.undo", _step("Undo", undo))
        self._commands.set_text("edit.redo", _step("Redo", redo))
        self._commands.meet(undo=bool(undo), redo=bool(redo))


def _step(verb: str, label: str | None) -> str:
    """`Undo edit target`: the verb and the step, whose first letter is small inside the sentence."""
    return f"{verb} {label[:1].lower()}{label[1:]}" if label else verb
