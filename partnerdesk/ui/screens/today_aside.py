"""The right column of Today: what comes next, and how both sides keep what they promised."""

from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.period_words import period_words
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.section import Column, SectionTitle
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.queries.today.view import Day, Side, Today
    from partnerdesk.reports.format import Formats


class _Share(QWidget):
    """A thin bar: the kept part in accent on the quiet whole."""

    def __init__(self, part: int, whole: int) -> None:
        super().__init__()
        self._part, self._whole = part, whole
        self.setFixedHeight(theme().px(5))
        self.setAccessibleName(f"{part} of {whole} kept")

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.fillRect(rect, theme().colour("range2"))
        if self._whole:
            rect.setWidth(rect.width() * self._part / self._whole)
            painter.fillRect(rect, theme().colour("accent"))


class _Entry(Label):
    """A text that opens what it names, by click or Enter."""

    def __init__(self, text: str, then: Callable[[], object]) -> None:
        super().__init__(text, "body", wrap=True)
        self._then = then
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._then()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._then()
        else:
            super().keyPressEvent(event)


class TodayAside(Column):
    """Filled from the view of the day; `go` opens what an entry is about."""

    def __init__(self, go: Callable[[tuple[str, ...]], object]) -> None:
        super().__init__(margin=20)
        self._go = go
        self.setAccessibleName("Next days and commitments")

    def show_view(self, view: "Today", formats: "Formats") -> None:
        """Show the next days, the commitments and what comes later."""
        self.clear()
        self._promised(view, formats)
        self.add(SectionTitle("Next days"))
        if not view.days:
            self.add(Label("Nothing is dated in the next seven days.", "small", "muted", wrap=True), 8)
        for day, rows in groupby(view.days, key=lambda d: d.day):
            name = "Today" if day == view.as_of else f"{_NAMES[day.weekday()]} {formats.short_day(day)}"
            self.add(LineLabel(name, "small_strong"), 10)
            for row in rows:
                self.add(self._entry(row, formats), 6)
        self.rule(16, 4)
        self.add(SectionTitle("Commitments"))
        self._side("Ours", view.ours)
        self._side("Theirs", view.theirs)
        self._well(view, formats)
        self.add(Label(_later(view), "small", "muted", wrap=True), 20)

    def _entry(self, row: "Day", formats: "Formats") -> QWidget:
        entry = QWidget()
        line = QHBoxLayout(entry)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(8))
        time = LineLabel(row.time or "\N{EN DASH}", "small", "muted")
        time.setFixedWidth(theme().px(46))
        line.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        title = f"QBR {period_words(row.quarter, formats)}, {row.partner_name}" if row.quarter else row.title
        words.addWidget(_Entry(title, lambda: self._go(row.target)))
        words.addWidget(LineLabel(row.note, "small", "muted"))
        line.addLayout(words, 1)
        return entry

    def _promised(self, view: "Today", formats: "Formats") -> None:
        """What the reviews of the last week ended with; a click opens it."""
        if not view.promised:
            return
        self.add(SectionTitle("Promised in reviews"))
        for row in view.promised:
            first = f", first due {formats.short_day(row.due)}" if row.due else ""
            target = ("reviews", str(row.review), "list.commitment")
            title = f"{row.partner_name}, {period_words(row.quarter, formats)}"
            self.add(_Entry(title, partial(self._go, target)), 8)
            self.add(Label(f"{row.ours} ours, {row.theirs} theirs{first}", "small", "muted", wrap=True))
        self.rule(16, 12)

    def _well(self, view: "Today", formats: "Formats") -> None:
        """Who improved most, and what was reached with all partners."""
        if view.risers:
            self.rule(16, 4)
            self.add(SectionTitle("Most improved"))
        for row in view.risers:
            points, score = formats.number(row.points, 1), formats.number(row.score, 1)
            most = f", most by {row.part[:1].lower()}{row.part[1:]}" if row.part else ""
            target = ("partner", row.partner, "progress")
            self.add(_Entry(row.partner_name, partial(self._go, target)), 8)
            self.add(Label(f"Score up {points} to {score}{most}", "small", "muted", wrap=True))
        counts = (("deal won", view.won.deals), ("renewal kept", view.won.renewals), ("commitment kept", view.won.kept))
        said = [f"{count} {words if count == 1 else _many(words)}" for words, count in counts if count]
        if said:
            self.rule(16, 4)
            self.add(SectionTitle("Together this quarter"))
            for line in said:
                self.add(Status("good", line, "small"), 6)

    def _side(self, name: str, kept: "Side") -> None:
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(Label(name, "small"))
        line.addStretch(1)
        line.addWidget(Label(f"{kept.open} open", "small"))
        if kept.late:
            line.addWidget(Status("late", f"{kept.late} late", "small"))
        self.add(head, 12)
        self.add(_Share(kept.done, kept.due), 6)
        self.add(Label(f"{kept.done} of {kept.due} kept" if kept.due else "Nothing was due yet", "small", "muted"), 6)


def _many(words: str) -> str:
    """`deals won` of `deal won`."""
    noun, _, rest = words.partition(" ")
    return f"{noun}s {rest}"


def _later(view: "Today") -> str:
    if not view.entering:
        return "No further renewal enters the next 90 days this week."
    verb = "enters" if view.entering == 1 else "enter"
    return f"{plural(view.entering, 'renewal')} {verb} the next 90 days within a week."


_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
