"""What Undo and Redo would do, in the menus, and toasts that must not outlive the step they speak of."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerdesk.ui.actions import Actions
    from partnerdesk.ui.desk import Desk
    from partnerdesk.ui.messages import Toast


class StepWords:
    """Follows the steps of the book that is open."""

    def __init__(self, desk: "Desk", commands: "Actions", toast: "Toast") -> None:
        self._desk, self._commands, self._toast = desk, commands, toast
        self._is_new, self._step = False, ""

    def offered(self) -> None:
        """A toast says what was done; it belongs to the step that comes next."""
        self._is_new, self._step = True, ""

    def retire(self) -> None:
        """A toast's Undo goes with the next step, which it would take back; any toast when its own was taken back."""
        if self._is_new:
            self._step = self._desk.undo_label or ""
        elif self._toast.action() == "Undo" or (self._step and self._desk.redo_label == self._step):
            self._toast.hide()
        self._is_new = False

    def show(self) -> None:
        """Name the steps in the menus."""
        undo, redo = self._desk.undo_label, self._desk.redo_label
        self._commands.set_text("edit.undo", _step("Undo", undo))
        self._commands.set_text("edit.redo", _step("Redo", redo))
        self._commands.meet(undo=bool(undo), redo=bool(redo))


def _step(verb: str, label: str | None) -> str:
    """`Undo edit target`: the verb and the step, whose first letter is small inside the sentence."""
    return f"{verb} {label[:1].lower()}{label[1:]}" if label else verb
