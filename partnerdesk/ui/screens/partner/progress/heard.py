"""What customers, field teams and the partner said about its work, on Progress: beside the figures it is about."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.section import SectionTitle
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.queries.joint.feedback import FeedbackRow
    from partnerdesk.queries.partners.card import Progress
    from partnerdesk.ui.screens.partner.tab import PartnerTab

SHOWN = 5


class Heard(QWidget):
    """One line per saying, the newest first, with the metric it is about; hidden where nobody said anything."""

    def __init__(self, tab: "PartnerTab", found: "Progress") -> None:
        super().__init__()
        self._tab = tab
        parts = found.score.components if found.score is not None else ()
        self._names = {part.metric: part.label for part in parts}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(4))
        self.hide()

    def show_rows(self, rows: "tuple[FeedbackRow, ...]") -> None:
        """Show them, once."""
        if not rows or self._column.count():
            return
        quotable = sum(row.shareable for row in rows)
        note = f"{len(rows)} kept, {quotable} may be quoted; written under What was said of a review"
        self._column.addWidget(SectionTitle("What was said", note))
        for row in rows[:SHOWN]:
            self._column.addWidget(self._line(row))
        self.show()

    def _line(self, row: "FeedbackRow") -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().px(12))
        about = LineLabel(
            self._names.get(row.metric, row.metric.replace("_", " ").capitalize()) or "All of it", "small"
        )
        about.setFixedWidth(theme().px(150))
        layout.addWidget(about)
        layout.addWidget(Label(row.text, "body", wrap=True), 1)
        by = ", ".join(part for part in (row.said_by or row.voice, self._tab.formats.short_day(row.day)) if part)
        who = LineLabel(by, "small", "muted")
        who.setFixedWidth(theme().px(230))
        layout.addWidget(who)
        return line
