"""Above the pages: which one is in view, and the way to the one before and after."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import icon_button
from partnerdesk.ui.widgets.pdf_preview import PdfPreview
from partnerdesk.ui.widgets.text import Label


class PageTurner(QWidget):
    """One line of 42 px on the preview's ground, with a choice at its left where there is one."""

    def __init__(self, preview: PdfPreview, beside: QWidget | None = None) -> None:
        super().__init__()
        self._preview, self._page, self._count = preview, 1, 0
        self.setFixedHeight(theme().px(42))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(16), 0, theme().px(16), 0)
        if beside is not None:
            row.addWidget(beside, 0, Qt.AlignmentFlag.AlignVCenter)
        row.setSpacing(theme().px(8))
        self.before = icon_button("chevron-left", "Page before", lambda: preview.go_to(self._page - 1))
        self.after = icon_button("chevron-right", "Next page", lambda: preview.go_to(self._page + 1))
        self.says = Label("", "small", "muted")
        row.addStretch(1)
        for widget in (self.before, self.says, self.after):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.setAutoFillBackground(True)
        theme().changed.connect(self._restyle)
        preview.page_changed.connect(self._turned)
        self._restyle()
        self._show()

    def show_count(self, count: int) -> None:
        """Another document; the page in view stays where it can."""
        self._count = count
        self._page = min(self._page, count)
        self._show()

    def show_none(self) -> None:
        """There are no pages; the message above says why."""
        if not self._count:
            self.says.setText("No pages yet")

    def _turned(self, page: int) -> None:
        self._page = page
        self._show()

    def _show(self) -> None:
        self.says.setText(f"Page {self._page} of {self._count}" if self._count else "Laying out the pages")
        self.before.setEnabled(self._page > 1)
        self.after.setEnabled(self._page < self._count)

    def _restyle(self) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme().colour("bg2"))
        self.setPalette(palette)
