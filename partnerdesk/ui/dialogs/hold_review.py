"""Marking a review as held: what is frozen, what becomes an action, and when the next review is."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from partnerdesk.queries.joint.review_periods import spoken
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.theme import theme
from partnerdesk.ui.typed_day import day_reader
from partnerdesk.ui.widgets.editors import InlineLine
from partnerdesk.ui.widgets.form import Form
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.queries.joint.reviews import ReviewView
    from partnerdesk.reports.format import Formats


class HoldReviewDialog(BaseDialog):
    """Calls `then(day of the next review, or None)`."""

    def __init__(
        self,
        parent: QWidget,
        view: "ReviewView",
        today: Callable[[], date],
        formats: "Formats",
        then: Callable[[date | None], object],
    ) -> None:
        super().__init__(parent, f"Mark the {spoken(view.review.quarter)} review as held?")
        self._then = then
        for sentence in _what_follows(view):
            self.body.addWidget(Label(sentence, "body", wrap=True))
        bare = [row for row in view.commitments if not (row.owner and row.due)]
        if bare:
            self.body.addWidget(Status("warn", f"{plural(len(bare), 'commitment')} without an owner or a day"))
        form = Form(label_width=96)
        self.next = InlineLine("Next review", day_reader(today, formats))
        self.next.setProperty("inline", False)
        self.next.setMinimumHeight(theme().measure("control"))
        self.next.setPlaceholderText("Not agreed yet")
        if view.review.next_review is not None:
            self.next.setText(formats.day(view.review.next_review))
        form.add("Next review", self.next, width=160)
        self.body.addWidget(form)
        self.verb = self.offer("Mark as held")

    def accept(self) -> None:
        """Hand the day over, once it can be read."""
        if self.next.check():
            following = self.next.parse(self.next.text())
            super().accept()
            self._then(following)


def _what_follows(view: "ReviewView") -> list[str]:
    """What becomes of the commitments and decisions, in sentences."""
    decisions = [item for item in view.of("decision") if not item.became]
    ready = sum(bool(item.owner and item.due) for item in decisions)
    actions = len(view.commitments) + ready
    said = ["Its record stays as it is, with the figures that its pack shows today."]
    said.append(f"{plural(actions, 'action')} of both sides follow{'s' if actions == 1 else ''}.")
    if len(decisions) > ready:
        rest = plural(len(decisions) - ready, "decision")
        said.append(f"{rest} without an owner or a day stay{'s' if len(decisions) - ready == 1 else ''} a record only.")
    return said
