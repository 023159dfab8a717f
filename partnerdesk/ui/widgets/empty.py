"""What stands where rows would be: first use, no match, an error, all done. Reason, one primary action, two links."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui import icons
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button, link
from partnerdesk.ui.widgets.text import Label

Act = tuple[str, Callable[[], object]]


class _Picture(QWidget):
    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        side = theme().px(56)
        self.setFixedSize(side, side)

    def paintEvent(self, event: object) -> None:
        from PySide6.QtGui import QPainter

        icons.paint(QPainter(self), self._icon, 0, 0, "border", 56)


class Empty(QWidget):
    """Says what belongs here and why there is nothing yet."""

    def __init__(
        self, title: str, reason: str, action: Act | None = None, links: Sequence[Act] = (), icon: str = ""
    ) -> None:
        super().__init__()
        self.setAccessibleName(f"{title}. {reason}")
        column = QVBoxLayout(self)
        column.setSpacing(theme().px(4))
        column.addStretch(2)
        if icon:
            column.addWidget(_Picture(icon), 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(theme().px(16))
        column.addWidget(Label(title, "dialog"), 0, Qt.AlignmentFlag.AlignHCenter)
        says = Label(reason, "body", "muted", wrap=True)
        says.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        says.setFixedWidth(theme().px(430))
        # Centred, it is not asked how high it wraps.
        says.setMinimumHeight(max(0, says.heightForWidth(theme().px(430))))
        column.addWidget(says, 0, Qt.AlignmentFlag.AlignHCenter)
        self.primary: Button | None = None
        if action is not None:
            self.primary = Button(action[0], action[1], kind=PRIMARY)
            self.primary.setAccessibleName(f"{action[0]}, {title}")  # the page's head may offer the same verb
            column.addSpacing(theme().px(16))
            column.addWidget(self.primary, 0, Qt.AlignmentFlag.AlignHCenter)
        if links:
            column.addSpacing(theme().px(16))
            row = QHBoxLayout()
            row.setSpacing(theme().px(20))
            row.addStretch(1)
            for text, then in links:
                row.addWidget(link(text, then))
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(3)
