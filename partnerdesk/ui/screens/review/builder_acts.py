"""What is done with the review that is open: written, sent, mailed, shown full screen, noted in, held."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from partnerdesk.ui.screens.review.aside import ReviewAside
from partnerdesk.ui.screens.review.lists import ReviewLists
from partnerdesk.ui.screens.review.opened import OpenReview

if TYPE_CHECKING:
    from partnerdesk.ui.screens.review.present import ReviewMode


class ReviewActs:
    """The acts of a builder; words that are being typed are kept first."""

    def __init__(self, opened: OpenReview, lists: ReviewLists, aside: ReviewAside) -> None:
        self._opened, self._lists, self._aside = opened, lists, aside
        self.mode: ReviewMode | None = None

    def commands(self) -> dict[str, Callable[[], object]]:
        """What is answered while a review is open."""
        return {
            "page.export": self.export,
            "page.mail": self.draft_mail,
            "page.preview": self._opened.show_pages,
            "page.new": self._lists.add_line,
            "review.present": self.open_mode,
            "partner.note": self.begin_note,
        }

    def begin_note(self) -> None:
        """The line for what is said: Ctrl+Shift+A lands in this review, and beside the partner once it was held."""
        if self._opened.view is not None and self._opened.view.review.is_held:
            from partnerdesk.ui.quick_add import QuickAdd

            QuickAdd(self._opened.window())  # type: ignore[arg-type]  # the window that every screen stands in
        else:
            self._opened.go_to("list.notes")
            self._lists.capture.begin("commitment")

    def open_mode(self) -> None:
        """The partner's pages on the full screen, laid out anew where our own variant was in view."""
        from partnerdesk.ui.screens.review.present import ReviewMode

        self._aside.commit()
        opened = self._opened
        if opened.desk_view is None:
            return
        mode = self.mode = self.mode or ReviewMode(opened, self._lists, self._left)
        mode.showFullScreen()
        mode.setFocus()
        mode.show_desk(opened.desk_view)
        if opened.is_internal:
            opened.show_partner_variant()
        elif opened.made is not None:
            mode.show_pages(opened.made)

    def _left(self) -> None:
        self.mode = None

    def export(self) -> None:
        """Write the PDF of the chosen variant."""
        from partnerdesk.ui.screens.review.leaving import export_review

        self._aside.commit()
        export_review(self._opened)

    def draft_mail(self) -> None:
        """A mail draft with the partner's pack, never our own variant of it."""
        from partnerdesk.ui.screens.drafting_mail import draft_review

        if self._opened.view is not None:
            self._aside.commit()
            draft_review(
                self._opened.host,
                self._opened.view.review.partner,
                self._opened.view.review.quarter,
                self._opened.view.review.id,
            )

    def send(self) -> None:
        """It was sent to the partner."""
        from partnerdesk.ops.joint.reviews import send_review

        self._opened.change("Mark review as sent", send_review, self._opened.id, on=self._opened.host.desk.today())

    def hold(self) -> None:
        """The meeting was held; asked for before it becomes a record."""
        from partnerdesk.ui.screens.review.leaving import ask_hold

        self._aside.commit()
        self._lists.meeting.commit()
        ask_hold(self._opened)
