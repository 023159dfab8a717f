"""What is done with reviews as a whole: begun, opened, taken up again for another period, removed; each one step."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from partnerdesk.queries.joint.review_periods import spoken
from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.need_words import plural

if TYPE_CHECKING:
    from partnerdesk.engine.period import FiscalYear
    from partnerdesk.queries.joint.review_calendar import ReviewCalendar
    from partnerdesk.queries.joint.review_pages import ReviewListRow

CALENDAR = "calendar"


class ReviewVerbs:
    """The verbs of the page, for its list and its calendar."""

    def __init__(self, host: Screen) -> None:
        self._host = host
        self._new_for = ""

    def show_calendar(self) -> None:
        """The calendar instead of the list."""
        self._host.shell.go(Place(self._host.ID, "", CALENDAR))

    def open_row(self, row: Any) -> None:
        """The review of a row of the list."""
        self._host.shell.go(Place(self._host.ID, str(row.id)))

    def begin_new(self, partner: str = "") -> None:
        """Ask for whom and of which period, with what is due proposed."""
        from partnerdesk.queries.joint.review_calendar import review_calendar

        self._new_for = partner
        self._host.read(review_calendar, self._host.desk.today(), done=self._ask_new, slot="new")

    def _ask_new(self, calendar: "ReviewCalendar") -> None:
        from partnerdesk.ui.dialogs.new_review import NewReviewDialog

        show = lambda id: self._host.shell.go(Place(self._host.ID, str(id)))  # noqa: E731
        NewReviewDialog(self._host.window(), calendar, self._host.desk.today(), self.begin, show, self._new_for).open()
        self._new_for = ""

    def begin(self, partner: str, quarter: str) -> None:
        """Begin the review of a period and open it."""
        from partnerdesk.ops.joint.reviews import add_review

        self._host.run(
            "Add review",
            add_review,
            partner,
            quarter,
            on=self._host.desk.today(),
            done=lambda id: self._host.shell.go(Place(self._host.ID, str(id))),
            toast="Review added",
        )

    def begin_all(self, wanted: Sequence[tuple[str, str]]) -> None:
        """Begin several reviews as one step; the calendar stays."""
        from partnerdesk.ops.joint.reviews import add_reviews

        many, today = plural(len(wanted), "review"), self._host.desk.today()
        self._host.run(f"Add {many}", add_reviews, wanted, on=today, toast=f"{many} added")

    def ask_copy(self, row: "ReviewListRow") -> None:
        """A draft with the people, agenda and order of this review, for a period that is asked for."""
        from partnerdesk.queries.quarters import program_year

        self._host.read(program_year, done=lambda year: self._ask_copy(row, year), slot="copy")

    def _ask_copy(self, row: "ReviewListRow", year: "FiscalYear") -> None:
        from partnerdesk.ui.dialogs.new_review import CopyReviewDialog

        CopyReviewDialog(
            self._host.window(), row, self._host.desk.today(), year, lambda quarter: self._copy(row, quarter)
        ).open()

    def _copy(self, row: "ReviewListRow", quarter: str) -> None:
        from partnerdesk.ops.joint.reviews import duplicate_review

        self._host.run(
            "Duplicate review",
            duplicate_review,
            row.id,
            quarter,
            on=self._host.desk.today(),
            done=lambda id: self._host.shell.go(Place(self._host.ID, str(id))),
            toast=f"Review of {spoken(quarter)} added",
        )

    def remove(self, row: "ReviewListRow") -> None:
        """Take away a review that was not held, with what was proposed in it."""
        from partnerdesk.ops.joint.reviews import remove_review

        self._host.run("Remove review", remove_review, row.id, toast=f"Review of {spoken(row.quarter)} removed")
