"""What the window says to the user: a bar under the header for what is wrong, a toast for what can be taken back.

A message says what happened and what to do, and offers the repair. A toast has exactly one action and goes after six
seconds, later while the pointer rests on it; there is at most one.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, QTimer
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from partnerdesk.errors import Damaged, PartnerDeskError
from partnerdesk.ui import icons
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.button import FLAT, Button, icon_button, link
from partnerdesk.ui.widgets.status import STATUSES
from partnerdesk.ui.widgets.text import Label, LineLabel

Act = tuple[str, Callable[[], object]]
SECONDS = 6


def sentences(error: Exception) -> tuple[str, str]:
    """An error as a user should hear it: what happened, and what to do."""
    if isinstance(error, PartnerDeskError):
        return error.sentence, error.remedy
    return f"This did not work: {type(error).__name__}.", "Nothing was changed. The log of the program has the details."


def kind_of(error: Exception) -> str:
    """Warn for a rule that forbids, bad for damage and bugs."""
    return "bad" if isinstance(error, Damaged) or not isinstance(error, PartnerDeskError) else "warn"


class MessageBar(QWidget):
    """40 px under the page header; takes no room while it has nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._kind = "info"
        self.told = 0  # how often something was said that is closed again, and does not stand for as long as it holds
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme().px(50), 0, theme().px(24), 0)
        self._row.setSpacing(theme().px(6))
        self._title = Label("", "section")
        self._says = LineLabel("", "body")
        self._row.addWidget(self._title)
        self._row.addWidget(self._says, 1)
        self._acts: list[QWidget] = []
        self.hide()

    def say(self, kind: str, title: str, text: str = "", actions: Sequence[Act] = (), keep: bool = False) -> None:
        """Show a message of kind good, warn, bad or info; `keep` leaves out the x that closes it."""
        self.clear()
        self._kind = kind
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._says.set_text(text)
        self.setAccessibleName(f"{title} {text}".strip())
        for index, (words, then) in enumerate(actions):
            self._append(Button(words, then, inner=True, kind=FLAT if index else "normal"))
        if not keep:
            self.told += 1
            self._append(icon_button("x", "Close message", self.clear))
        self.setFixedHeight(theme().px(40))
        self.show()

    def say_error(self, error: Exception, what: str = "", actions: Sequence[Act] = ()) -> None:
        """Show an error: what happened and what to do about it."""
        sentence, remedy = sentences(error)
        title = f"{what}: not done." if what else ""
        self.say(kind_of(error), title, f"{sentence} {remedy}".strip(), actions)

    def clear(self) -> None:
        """Say nothing."""
        for widget in self._acts:
            self._row.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._acts = []
        self.hide()

    def text(self) -> str:
        """What the bar says now."""
        return f"{self._title.text()} {self._says.text()}".strip() if self.isVisible() else ""

    def _append(self, widget: QWidget) -> None:
        self._acts.append(widget)
        self._row.addWidget(widget)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour(f"bar_{self._kind}"))
        icon, token = STATUSES[self._kind]
        icons.paint(painter, icon, theme().px(24), (self.height() - theme().px(16)) / 2, token, 16)


class Toast(QWidget):
    """One line at the bottom left above the status bar, with one action."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(12), 0, theme().px(12), 0)
        row.setSpacing(theme().px(16))
        self._says = Label("", "body")
        self._act = link("", self._acted, role="body")
        self._then: Callable[[], object] | None = None
        row.addWidget(self._says)
        row.addWidget(self._act)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, action: str, then: Callable[[], object]) -> None:
        """Show it in place of the one before."""
        self._says.setText(text)
        self._act.set_text(action)
        self._then = then
        self.setAccessibleName(f"{text}, {action}")
        self.setFixedHeight(theme().px(36))
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._timer.start(SECONDS * 1000)

    def text(self) -> str:
        """What it says, or nothing while it is gone."""
        return self._says.text() if self.isVisible() else ""

    def action(self) -> str:
        """What it offers, or nothing while it is gone."""
        return self._act.words() if self.isVisible() else ""

    def place(self, left: int = -1, bottom: int = -1) -> None:
        """Keep it above the status bar, right of the sidebar."""
        if left >= 0:
            self._corner = (left, bottom)
        x, y = getattr(self, "_corner", (theme().px(220), self.window().height() - theme().px(38)))
        self.move(x, y - self.height())

    def _acted(self) -> None:
        self.hide()
        if self._then is not None:
            self._then()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start(SECONDS * 1000)

    def paintEvent(self, event: QPaintEvent) -> None:
        brush.box(QPainter(self), QRectF(self.rect()), "bg2", "button_line", 6)
