"""Widgets side by side that go on in a next line where they would become too narrow, as with large text."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from partnerdesk.ui.theme import theme


class Wrap(QWidget):
    """Each widget keeps `least` px of the design; in one line they share the width by `shares`, else evenly.

    Widgets that are `whole`, such as figures, keep what the widest of them asks for where that is more.
    """

    def __init__(
        self,
        widgets: Sequence[QWidget],
        least: int,
        shares: Sequence[int] = (),
        gap: int = 24,
        *,
        whole: bool = False,
    ) -> None:
        super().__init__()
        self._widgets, self._least, self._whole = tuple(widgets), least, whole
        self._shares = tuple(shares) or (1,) * len(self._widgets)
        self.columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(gap))
        self._grid.setVerticalSpacing(theme().px(8))
        self._arrange(len(self._widgets))

    def _arrange(self, columns: int) -> None:
        if columns == self.columns:
            return
        self.columns = columns
        for widget in self._widgets:
            self._grid.removeWidget(widget)
        for at, widget in enumerate(self._widgets):
            self._grid.addWidget(widget, at // columns, at % columns)
        is_one_line = columns == len(self._widgets)
        for at, share in enumerate(self._shares):
            self._grid.setColumnStretch(at, (share if is_one_line else 1) if at < columns else 0)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest of them: a page is not held open by what would go on in a next line."""
        widest = max((widget.minimumSizeHint().width() for widget in self._widgets), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if self._whole and event.type() == QEvent.Type.LayoutRequest:  # one of them shows something else
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        room = self.width() + self._grid.horizontalSpacing()
        widest = max((widget.sizeHint().width() for widget in self._widgets), default=0) if self._whole else 0
        each = max(theme().px(self._least), widest) + self._grid.horizontalSpacing()
        self._arrange(max(1, min(len(self._widgets), room // each)))
