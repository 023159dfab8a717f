"""A dialog of ours: 440 wide, title 16/600, text, verb button at the right with Cancel beside it; Esc cancels."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.text import Label

WIDTH, EDGE, LEAST = 440, 24, 320  # with large text a wide one gives way to the window, not below LEAST
FRAME = 40  # of the screen's height, for what the system draws around a window


class _Room(QScrollArea):
    """The content as high as it needs to be; where the screen has no room for that it scrolls, and the buttons stay."""

    changed = Signal()  # the content needs another height than before

    def __init__(self, content: QWidget, most: Callable[[], int]) -> None:
        super().__init__()
        self._content, self._most = content, most
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setWidget(content)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self.changed.emit()
        return super().eventFilter(watched, event)

    def bar(self, width: int) -> int:
        """The width of the scroll bar, where there is one: what it takes from the content the dialog adds."""
        return self.verticalScrollBar().sizeHint().width() if self._needed(width) > self._most() else 0

    def heightForWidth(self, width: int) -> int:
        return min(self._needed(width), self._most())

    def sizeHint(self) -> QSize:
        hint = self._content.sizeHint()
        return QSize(hint.width(), min(hint.height(), self._most()))

    def minimumSizeHint(self) -> QSize:
        hint = self._content.minimumSizeHint()
        return QSize(hint.width(), min(hint.height(), self._most()))

    def _needed(self, width: int) -> int:
        layout = self._content.layout()
        assert layout is not None
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()


class BaseDialog(QDialog):
    """`body` holds what is between the title and the buttons."""

    def __init__(self, parent: QWidget, title: str, width: int = WIDTH) -> None:
        super().__init__(parent)
        px = theme().px
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        screen = parent.screen().availableGeometry().width()  # which a window at twice its size may be wider than
        self._widest = max(min(parent.window().width(), screen) - px(EDGE), LEAST)
        self._wanted = min(px(width), self._widest)
        self.setFixedWidth(self._wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(12))
        self._title = Label(title, "dialog", wrap=True)
        column.addWidget(self._title)
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(px(8))
        self._room = _Room(content, self._most)
        self._room.changed.connect(self._content_changed)
        column.addWidget(self._room, 1)
        column.addSpacing(px(8))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(px(8))
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """A dialog is first made as high as texts that do not wrap."""
        self.fit()
        super().showEvent(event)

    def fit(self) -> None:
        """As high as its wrapped texts need; Qt asks a dialog for its height before it knows the width."""
        if (layout := self.layout()) is not None:
            self.body.activate()
            edges = 2 * theme().px(24)
            width = max(self._wanted, min(self.body.minimumSize().width() + edges, self._widest))
            self.setFixedWidth(width + self._room.bar(width - edges))
            self._room.updateGeometry()
            layout.activate()
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def _content_changed(self) -> None:
        """What is said later, a problem or who is due, finds its room; where it is said first, `showEvent` does it."""
        if self.isVisible():
            QTimer.singleShot(0, self, self.fit)

    def reveal(self, words: QWidget) -> None:
        """Scroll to what was just said, where the dialog scrolls; its place is known once it is laid out."""
        self.fit()
        QTimer.singleShot(0, self._room, lambda: self._room.ensureWidgetVisible(words, 0, 0))

    def _most(self) -> int:
        """The height that the screen leaves between title and buttons."""
        px, margin = theme().px, theme().px(24)
        title = self._title.heightForWidth(self.width() - 2 * margin)
        around = title + 2 * margin + self._buttons.sizeHint().height() + 3 * px(12) + px(8) + px(FRAME)
        return max(self.screen().availableGeometry().height() - around, px(80))

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
