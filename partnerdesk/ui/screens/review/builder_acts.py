"""What is done with the review that is open: written, sent, mailed, shown full screen, noted in, held."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerdesk.ui.screens.review.builder import ReviewBuilder


class ReviewActs:
    """The acts of a builder; words that are being typed are kept first."""

    def __init__(self, builder: "ReviewBuilder") -> None:
        self._builder = builder

    def commands(self) -> dict[str, Callable[[], object]]:
        """What is answered while a review is open."""
        return {
            "page.export": self.export,
            "page.mail": self.draft_mail,
            "page.preview": self._builder.show_pages,
            "page.new": self._builder.lists.add_line,
            "review.present": self.open_mode,
            "partner.note": self.begin_note,
        }

    def note(self, kind: str, line: str) -> None:
        """Keep a line that was typed in the meeting."""
        from partnerdesk.ops.joint.review_outcome import note_line

        done = lambda _id: self._builder.lists.capture.say_noted(kind, line)  # noqa: E731
        self._builder.change(
            "Note in review", note_line, self._builder.id, kind, line, on=self._builder.host.desk.today(), done=done
        )

    def begin_note(self) -> None:
        """The line for what is said: Ctrl+Shift+A lands in this review, and beside the partner once it was held."""
        if self._builder.view is not None and self._builder.view.review.is_held:
            from partnerdesk.ui.quick_add import QuickAdd

            QuickAdd(self._builder.window())  # type: ignore[arg-type]  # the window that every screen stands in
        else:
            self._builder.go_to("list.notes")
            self._builder.lists.capture.begin("commitment")

    def open_mode(self) -> None:
        """The pages on the full screen, one at a time."""
        from partnerdesk.ui.screens.review.present import open_review_mode

        self._builder.aside.commit()
        open_review_mode(self._builder)

    def export(self) -> None:
        """Write the PDF of the chosen variant."""
        from partnerdesk.ui.screens.review.leaving import export_review

        self._builder.aside.commit()
        export_review(self._builder)

    def draft_mail(self) -> None:
        """A mail draft with the partner's pack, never our own variant of it."""
        from partnerdesk.ui.screens.drafting_mail import draft_review

        if self._builder.view is not None:
            self._builder.aside.commit()
            draft_review(
                self._builder.host,
                self._builder.view.review.partner,
                self._builder.view.review.quarter,
                self._builder.view.review.id,
            )

    def send(self) -> None:
        """It was sent to the partner."""
        from partnerdesk.ops.joint.reviews import send_review

        self._builder.change("Mark review as sent", send_review, self._builder.id, on=self._builder.host.desk.today())

    def hold(self) -> None:
        """The meeting was held; asked for before it becomes a record."""
        from partnerdesk.ui.screens.review.leaving import ask_hold

        self._builder.aside.commit()
        self._builder.lists.meeting.commit()
        ask_hold(self._builder)
