"""The status bar: the day the data are of, the selection's sum, running jobs with Cancel, and when it was saved."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from partnerdesk.ui import icons
from partnerdesk.ui.jobs import SHOW_AFTER, Job, Jobs
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.button import LINK, Button, link
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.ui.first_steps import FirstSteps


class _Iconed(QWidget):
    """A 13 px icon and a few words."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon, self._words = icon, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def set_words(self, words: str) -> None:
        """Show words; none hides it."""
        self._words = words
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """What it says."""
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(round(brush.width_of(self._words, "small")) + theme().px(19) + 1, theme().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        icons.paint(painter, self._icon, 0, (self.height() - px(13)) / 2, "muted", 13)
        box = QRectF(self.rect()).adjusted(px(19), 0, 0, 0)
        brush.text(painter, box, self._words, theme().font("small"), "muted")


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.setFixedSize(theme().px(120), theme().px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = QPainter(self), QRectF(self.rect())
        brush.box(painter, rect, "range2", radius=3)
        if self.share > 0:
            brush.box(painter, QRectF(0, 0, max(6.0, rect.width() * self.share), rect.height()), "accent", radius=3)


class JobLine(QWidget):
    """The oldest job that takes longer than a moment: words, n of N, bar, Cancel."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(10))
        self.says = Label("", "small")
        self.bar = _Bar()
        self.cancel = link("Cancel", self._cancel)
        for widget in (self.says, self.bar, self.cancel):
            row.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setInterval(100)
        self._timer.timeout.connect(self.refresh)
        jobs.moved.connect(self.refresh)
        self.hide()

    def job(self) -> Job | None:
        """The job that is shown."""
        now = time.monotonic()
        slow = [job for job in self._jobs.running if not job.is_quiet and now - job.started >= SHOW_AFTER]
        return slow[0] if slow else None

    def refresh(self) -> None:
        """Show the oldest slow job, and look again while any is running."""
        if self._jobs.running and not self._timer.isActive():
            self._timer.start()
        elif not self._jobs.running:
            self._timer.stop()
        job = self.job()
        self.setVisible(job is not None)
        if job is not None:
            self._show(job)

    def _show(self, job: Job) -> None:
        counted = f", {job.step_done} of {job.step_total}" if job.step_total else ""
        more = sum(not other.is_quiet for other in self._jobs.running) - 1
        waiting = f" · {more} waiting" if more > 0 else ""
        named = f", {job.step_label}" if job.step_label not in ("", job.label) else ""
        words = _ending(job) if job.is_cancelled else f"{job.label}{counted}{named}{waiting}"
        self.says.setText(words)
        self.setAccessibleName(words)
        self.bar.share = job.step_done / job.step_total if job.step_total else 0.0
        self.bar.setVisible(bool(job.step_total))
        self.bar.update()
        self.cancel.setVisible(job.can_cancel and not job.is_cancelled)

    def _cancel(self) -> None:
        job = self.job()
        if job is not None:
            job.cancel()
            self.refresh()


def _ending(job: Job) -> str:
    """What is waited for once a job was cancelled."""
    if not job.ends_whole:
        return "Cancelling…"
    whose = f"{job.step_label}'s documents" if job.step_label not in ("", job.label) else "what was begun"
    return f"Finishing {whose}…"


class StatusBar(QWidget):
    """26 px at the foot of the window."""

    def __init__(self, jobs: Jobs, own: Callable[[], object]) -> None:
        super().__init__()
        px = theme().px
        self.setFixedHeight(px(26))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), 1, px(12), 0)
        row.setSpacing(px(12))
        self.as_of = _Iconed("database")
        self.sample = link("Sample data", own)
        self.middle = LineLabel("", "small", "muted", brush.CENTRE)
        self.jobs = JobLine(jobs)
        self.offer = Button("", self._accept, kind=LINK)
        self.offer.hide()
        self._offered: Callable[[], object] | None = None
        self.extra = QHBoxLayout()
        self.first_steps: FirstSteps | None = None
        self.saved = _Iconed("check")
        row.addWidget(self.as_of)
        row.addWidget(self.sample)
        row.addWidget(self.middle, 1)
        row.addLayout(self.extra)
        row.addWidget(self.jobs, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.offer)
        row.addWidget(self.saved)
        self.sample.hide()
        self.as_of.set_words("")
        self.saved.set_words("")

    def set_offer(self, words: str, then: "Callable[[], object] | None" = None) -> None:
        """One link at the right end while there is no book; no words take it away."""
        self._offered = then
        self.offer.set_text(words)
        self.offer.setVisible(bool(words))

    def _accept(self) -> None:
        if self._offered is not None:
            self._offered()

    def offer_steps(self, steps: "FirstSteps") -> None:
        """Show the chip of first steps."""
        if self.first_steps is None:
            self.first_steps = steps
            self.extra.addWidget(steps)
        steps.offer()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("bg2"))
        brush.hairline(painter, 0, self.width(), 0, "line")
