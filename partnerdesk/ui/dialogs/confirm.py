"""Asks before what cannot be undone (close, lock, publish, purge, restore) and before what is likely a slip.

Nothing else asks.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.widgets.text import Label
from partnerdesk.ui.widgets.wiring import calling


class ConfirmDialog(BaseDialog):
    """`then` runs after the verb was pressed; the keyboard starts on Cancel's side so that Enter harms nothing."""

    def __init__(self, parent: QWidget, title: str, text: str, verb: str, then: Callable[[], object]) -> None:
        super().__init__(parent, title)
        self.body.addWidget(Label(text, "body", wrap=True))
        self.verb = self.offer(verb)
        self.accepted.connect(calling(then))
