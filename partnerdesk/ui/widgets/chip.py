"""Chips: what the page is about (period, rule version), and filters that can be taken away."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy

from partnerdesk.ui import icons
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.text import literal
from partnerdesk.ui.widgets.wiring import calling


class Chip(QAbstractButton):
    """A small filled label. With choices it opens a menu (chevron), with `remove` it ends in an x."""

    def __init__(
        self,
        text: str,
        icon: str = "",
        *,
        says: str = "",
        remove: Callable[[], object] | None = None,
        then: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._icon, self._says = icon, says
        self._tail = "x" if remove else ""
        self._choices: Sequence[tuple[str, object]] = ()
        self._chosen: Callable[[object], object] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if remove or then else Qt.FocusPolicy.NoFocus)
        self.set_text(text)
        act = remove or then
        if act is not None:
            self.clicked.connect(calling(act))

    def set_text(self, text: str) -> None:
        """Another text, verbatim."""
        self._words = text
        self.setText(literal(text))
        name = f"{self._says}: {text}" if self._says and text else text or self._says
        self.setAccessibleName(f"{name}, remove" if self._tail == "x" else name)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """What the chip says."""
        return self._words

    @property
    def _said(self) -> str:
        """The words, or what the chip is about until there are any."""
        return self._words or self._says

    def offer(self, choices: Sequence[tuple[str, object]], chosen: Callable[[object], object]) -> None:
        """Open a menu of (text, value) when clicked; `chosen` gets the value."""
        self._tail, self._choices, self._chosen = "chevron-down", choices, chosen
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._open_menu, Qt.ConnectionType.UniqueConnection)
        self.updateGeometry()

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for text, value in self._choices:
            action = menu.addAction(literal(text))
            action.setCheckable(True)
            action.setChecked(text == self._words)
            action.setData(value)
        picked = menu.exec(self.mapToGlobal(QPoint(0, self.height() + 2)))
        if picked is not None and self._chosen is not None:
            self._chosen(picked.data())
        menu.deleteLater()

    def sizeHint(self) -> QSize:
        px = theme().px
        width = brush.width_of(self._said, "small") + 2 * px(8)
        width += px(13 + 6) if self._icon else 0
        width += px(8 + 13) if self._tail else 0
        return QSize(round(width) + 1, theme().px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        px = theme().px
        painter = QPainter(self)
        rect = QRectF(self.rect())
        active = bool(self._tail) and self.underMouse()
        brush.box(painter, rect, "selected" if self.isDown() else "hover" if active else "bg2", radius=5)
        x, middle = rect.left() + px(8), rect.center().y() - px(13) / 2
        if self._icon:
            icons.paint(painter, self._icon, x, middle, "muted", 13)
            x += px(13 + 6)
        tail = px(8 + 13) if self._tail else 0
        room = QRectF(x, rect.top(), rect.right() - px(8) - tail - x + 1, rect.height())
        brush.text(painter, room, self._said, theme().font("small"))
        if self._tail:
            icons.paint(painter, self._tail, rect.right() - px(8 + 13), middle, "muted", 13)
