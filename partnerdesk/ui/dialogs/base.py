"""A dialog of ours: 440 wide, title 16/600, text, verb button at the right with Cancel beside it; Esc cancels."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.text import Label

WIDTH, EDGE, LEAST = 440, 24, 320  # with large text a wide one gives way to the window, not below LEAST


class BaseDialog(QDialog):
    """`body` holds what is between the title and the buttons."""

    def __init__(self, parent: QWidget, title: str, width: int = WIDTH) -> None:
        super().__init__(parent)
        px = theme().px
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(min(px(width), max(parent.window().width() - px(EDGE), LEAST)))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(12))
        column.addWidget(Label(title, "dialog", wrap=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(px(8))
        column.addLayout(self.body)
        column.addSpacing(px(8))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(px(8))
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)

    def offer(self, verb: str, cancel: str = "Cancel") -> Button:
        """The two buttons; the verb accepts."""
        self.cancel = Button(cancel, self.reject)
        self._buttons.addWidget(self.cancel)
        made = Button(verb, self.accept, kind=PRIMARY)
        self._buttons.addWidget(made)
        return made

    def offer_close(self) -> None:
        """One button, for sheets that only show something."""
        close = Button("Close", self.reject)
        self._buttons.addWidget(close)
        close.setFocus()
