"""Buttons: normal, primary, flat and link, with an icon and the key that does the same. Text is verbatim."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from partnerdesk.ui import icons
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.text import literal, set_tip
from partnerdesk.ui.widgets.wiring import calling

NORMAL, PRIMARY, FLAT, LINK, CRUMB = "normal", "primary", "flat", "link", "crumb"
WORDS = (LINK, CRUMB)  # kinds without a box


class Button(QAbstractButton):
    """A verb. `keys` is shown beside it; `why_not` says in words why it cannot act now."""

    def __init__(
        self,
        text: str,
        then: Callable[[], object] | None = None,
        *,
        icon: str = "",
        keys: str = "",
        kind: str = NORMAL,
        inner: bool = False,
        role: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._keys, self._kind, self._inner = icon, keys, kind, inner
        self._role = role or ("small" if inner or kind == LINK else "name" if kind == PRIMARY else "body")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_text(text)
        if kind in WORDS:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if then is not None:
            self.clicked.connect(calling(then))

    def set_text(self, text: str) -> None:
        """Another verb; data in it stays verbatim."""
        self._words = text
        self.setText(literal(text))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """What the button says."""
        return self._words

    def allow(self, reason: str = "") -> None:
        """Enabled without a reason; disabled with the reason as description and tip."""
        self.setEnabled(not reason)
        self.setAccessibleDescription(reason)
        set_tip(self, reason)

    def sizeHint(self) -> QSize:
        px = theme().px
        width = brush.width_of(self._words, self._role)
        if self._icon:
            width += px(15) + (px(7) if self._words else 0)
        if self._keys:
            width += px(8) + brush.width_of(self._keys, "hint")
        if self._kind in WORDS:
            return QSize(round(width + 1), px(20))
        height = theme().measure("inner_control" if self._inner else "control")
        padding = px(9 if self._inner else 12)
        return QSize(max(round(width) + 2 * padding, height), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return bool(self.rect().contains(pos))  # type: ignore[call-overload]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        self._paint_ground(painter, rect)
        padding = 0 if self._kind in WORDS else theme().px(9 if self._inner else 12)
        if self._icon and not self._words:
            icons.paint_in(painter, self._icon, rect, self._ink("muted"), 15)
            return
        x = rect.left() + padding
        if self._icon:
            icons.paint(painter, self._icon, x, rect.center().y() - theme().px(15) / 2, self._ink("muted"), 15)
            x += theme().px(15 + 7)
        room = QRectF(x, rect.top(), rect.right() - padding - x, rect.height())
        used = brush.text(painter, room, self._words, theme().font(self._role), self._ink("text"))
        if self._keys:
            room.setLeft(x + used + theme().px(8))
            brush.text(painter, room, self._keys, theme().font("hint"), self._ink("muted"))

    def _ink(self, token: str) -> str:
        if not self.isEnabled():
            return "border"
        if self._kind == PRIMARY:
            return "on_accent"
        if self._kind == CRUMB:
            return "accent" if self.underMouse() else "muted"
        return "accent" if self._kind == LINK else token

    def _paint_ground(self, painter: QPainter, rect: QRectF) -> None:
        down = self.isDown() or self.isChecked()
        if self._kind in WORDS:
            if self._kind == LINK and self.underMouse() and self.isEnabled():
                brush.hairline(painter, rect.left(), rect.right(), rect.bottom() - theme().px(3), "accent")
        elif self._kind == PRIMARY and self.isEnabled():
            brush.box(painter, rect, "accent")
        elif self._kind == FLAT:
            fill = "selected" if down else "hover" if self.underMouse() and self.isEnabled() else ""
            brush.box(painter, rect, fill)
        else:
            fill = "selected" if down else "hover" if self.underMouse() and self.isEnabled() else "button"
            brush.box(painter, rect, fill, "button_line" if self.isEnabled() else "line")


def link(text: str, then: Callable[[], object] | None = None, role: str = "small") -> Button:
    """Words in accent that act when clicked."""
    return Button(text, then, kind=LINK, role=role)


def icon_button(icon: str, name: str, then: Callable[[], object] | None = None) -> Button:
    """A flat button with an icon only; its name is spoken and shown as a tip."""
    made = Button("", then, icon=icon, kind=FLAT, inner=True)
    made.setAccessibleName(name)
    set_tip(made, name)
    return made
