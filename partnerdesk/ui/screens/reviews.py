"""Reviews: who is reviewed when, how promises were kept, and one review in its builder. One page of the sidebar."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from partnerdesk.queries.joint.review_periods import spoken
from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.review.calendar_page import ReviewCalendarPage
from partnerdesk.ui.screens.review.list_page import ReviewList
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from partnerdesk.engine.period import FiscalYear
    from partnerdesk.queries.joint.review_calendar import ReviewCalendar
    from partnerdesk.queries.joint.review_pages import ReviewListRow
    from partnerdesk.ui.screens.review.builder import ReviewBuilder

LIST, CALENDAR = "", "calendar"


class ReviewsScreen(Screen):
    ID: ClassVar[str] = "reviews"
    TITLE: ClassVar[str] = "Reviews"
    READS = frozenset({"*"})
    ASIDE_WIDTH: ClassVar[int] = 288

    def build(self) -> None:
        self._here = Place(self.ID)
        self._new_for = ""
        self.view = Segmented("View", (("All reviews", LIST), ("Calendar", CALENDAR)), self._choose_view, LIST)
        self.new = Button("New review", self.begin_new, icon="plus", keys="Ctrl+N", kind=PRIMARY)
        self.packs = Button("Packs for all due…", self.ask_packs, icon="file-down", keys="Ctrl+E")
        self.header.add(self.view, self.packs, self.new)
        self.list_page = ReviewList(self)
        self.calendar_page = ReviewCalendarPage(self)
        self.stack = QStackedWidget()
        self._builder: ReviewBuilder | None = None
        for page in (self.list_page, self.calendar_page):
            self.stack.addWidget(page)
        self.body.addWidget(self.stack)
        self._show_controls()

    @property
    def builder(self) -> "ReviewBuilder":
        """One review's pages and lists; made with the first review that is opened, as most of this page is in it."""
        if self._builder is None:
            from partnerdesk.ui.screens.review.builder import ReviewBuilder

            self._builder = ReviewBuilder(self)
            self.header.add(*self._builder.controls)
            self.stack.addWidget(self._builder)
            self._show_controls()
        return self._builder

    @property
    def table(self) -> Any:
        """The table of all reviews."""
        return self.list_page.table

    # Places

    @property
    def is_list(self) -> bool:
        return not self._here.item

    @property
    def _is_calendar(self) -> bool:
        return self.is_list and self._here.tab == CALENDAR

    def show_place(self, place: Place) -> None:
        is_new = place.tab == "new"
        self._here = Place(self.ID) if is_new else Place(self.ID, place.item, place.tab, place.sub)
        if self._here.item:
            is_back = self.stack.currentWidget() is not self.builder
            self.stack.setCurrentWidget(self.builder)
            self.builder.open(int(self._here.item), self._here.tab, is_back=is_back)
        else:
            self.view.set_value(CALENDAR if self._is_calendar else LIST)
            self.stack.setCurrentWidget(self.calendar_page if self._is_calendar else self.list_page)
            self.header.set("Reviews")
        self._show_controls()
        if is_new:
            self.begin_new(place.item)

    def place(self) -> Place:
        return self._here

    def _choose_view(self, view: object) -> None:
        self.shell.go(Place(self.ID, "", str(view)))

    def show_calendar(self) -> None:
        """The calendar instead of the list."""
        self._choose_view(CALENDAR)

    def aside(self) -> QWidget | None:
        return None if self.is_list or self.builder.is_list else self.builder.aside

    def _show_controls(self) -> None:
        for widget in (self.new, self.packs, self.view):
            widget.setVisible(self.is_list)
        if self._builder is not None:
            self._builder.show_controls(not self.is_list)

    def commands(self) -> dict[str, Callable[[], object]]:
        if not self.is_list:
            return self.builder.acts.commands()
        found: dict[str, Callable[[], object]] = {"page.new": self.begin_new, "page.export": self.ask_packs}
        filters = self.calendar_page.filter if self._is_calendar else self.list_page.filter
        return found | ({"page.find": filters.focus_field} if filters is not None else {})

    def letters(self) -> dict[str, Callable[[], object]]:
        return {} if self.is_list else self.builder.letters()

    def first_focus(self) -> QWidget | None:
        if self._is_calendar:
            return self.calendar_page.table
        return self.table if self.is_list else self.builder.outline

    # Reading

    def reload(self) -> None:
        from partnerdesk.queries.joint.review_calendar import review_calendar
        from partnerdesk.queries.joint.review_pages import review_list

        if not self.is_list:
            self.builder.reload()
        self.read(review_list, self.desk.today(), done=self._show, slot="list")
        self.read(review_calendar, self.desk.today(), done=self._show_calendar, slot="calendar")

    def _show(self, rows: "tuple[ReviewListRow, ...]") -> None:
        self.list_page.show_rows(rows)
        self.shell.badge(self.ID, sum(r.is_due for r in rows))

    def _show_calendar(self, calendar: "ReviewCalendar") -> None:
        self.list_page.show_lacking(calendar)
        self.calendar_page.show_calendar(calendar)
        if self._is_calendar:
            self.shell.moved()

    # Acting

    def open_row(self, row: Any) -> None:
        """The review of a row of the list."""
        self.shell.go(Place(self.ID, str(row.id)))

    def begin_new(self, partner: str = "") -> None:
        """Ask for whom and of which period, with what is due proposed."""
        from partnerdesk.queries.joint.review_calendar import review_calendar

        self._new_for = partner
        self.read(review_calendar, self.desk.today(), done=self._ask_new, slot="new")

    def _ask_new(self, calendar: "ReviewCalendar") -> None:
        from partnerdesk.ui.dialogs.new_review import NewReviewDialog

        show = lambda id: self.shell.go(Place(self.ID, str(id)))  # noqa: E731
        NewReviewDialog(self.window(), calendar, self.desk.today(), self.begin, show, self._new_for).open()
        self._new_for = ""

    def begin(self, partner: str, quarter: str) -> None:
        """Begin the review of a period and open it."""
        from partnerdesk.ops.joint.reviews import add_review

        self.run(
            "Add review",
            add_review,
            partner,
            quarter,
            on=self.desk.today(),
            done=lambda id: self.shell.go(Place(self.ID, str(id))),
            toast="Review added",
        )

    def ask_packs(self) -> None:
        """The packs of all partners that are due, in one go."""
        from partnerdesk.ui.screens.review.due_packs import ask_packs

        ask_packs(self)

    def begin_all(self, wanted: Sequence[tuple[str, str]]) -> None:
        """Begin several reviews as one step; the calendar stays."""
        from partnerdesk.ops.joint.reviews import add_reviews

        words = f"{plural(len(wanted), 'review')} added"
        self.run(f"Add {plural(len(wanted), 'review')}", add_reviews, wanted, on=self.desk.today(), toast=words)

    def ask_copy(self, row: "ReviewListRow") -> None:
        """A draft with the people, agenda and order of this review, for a period that is asked for."""
        from partnerdesk.queries.quarters import program_year

        self.read(program_year, done=lambda year: self._ask_copy(row, year), slot="copy")

    def _ask_copy(self, row: "ReviewListRow", year: "FiscalYear") -> None:
        from partnerdesk.ui.dialogs.new_review import CopyReviewDialog

        CopyReviewDialog(self.window(), row, self.desk.today(), year, lambda quarter: self._copy(row, quarter)).open()

    def _copy(self, row: "ReviewListRow", quarter: str) -> None:
        from partnerdesk.ops.joint.reviews import duplicate_review

        self.run(
            "Duplicate review",
            duplicate_review,
            row.id,
            quarter,
            on=self.desk.today(),
            done=lambda id: self.shell.go(Place(self.ID, str(id))),
            toast=f"Review of {spoken(quarter)} added",
        )

    def remove(self, row: "ReviewListRow") -> None:
        """Take away a review that was not held, with what was proposed in it."""
        from partnerdesk.ops.joint.reviews import remove_review

        self.run("Remove review", remove_review, row.id, toast=f"Review of {spoken(row.quarter)} removed")
