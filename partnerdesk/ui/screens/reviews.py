"""Reviews: who is reviewed when, how promises were kept, and one review in its builder. One page of the sidebar."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.review.calendar_page import ReviewCalendarPage
from partnerdesk.ui.screens.review.list_page import ReviewList
from partnerdesk.ui.screens.review.verbs import CALENDAR, ReviewVerbs
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from partnerdesk.queries.joint.review_calendar import ReviewCalendar
    from partnerdesk.queries.joint.review_pages import ReviewListRow
    from partnerdesk.ui.screens.review.builder import ReviewBuilder

LIST = ""


class ReviewsScreen(Screen):
    ID: ClassVar[str] = "reviews"
    TITLE: ClassVar[str] = "Reviews"
    READS = frozenset({"*"})
    ASIDE_WIDTH: ClassVar[int] = 288

    def build(self) -> None:
        self._here = Place(self.ID)
        self.verbs = ReviewVerbs(self)
        self.view = Segmented("View", (("All reviews", LIST), ("Calendar", CALENDAR)), self._choose_view, LIST)
        self.new = Button("New review", self.verbs.begin_new, icon="plus", keys="Ctrl+N", kind=PRIMARY)
        self.packs = Button("Packs for all due…", self.ask_packs, icon="file-down", keys="Ctrl+E")
        self.header.add(self.view, self.packs, self.new)
        self.list_page = ReviewList(self, self.verbs)
        self.calendar_page = ReviewCalendarPage(self, self.verbs)
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
            self.verbs.begin_new(place.item)

    def place(self) -> Place:
        return self._here

    def _choose_view(self, view: object) -> None:
        self.shell.go(Place(self.ID, "", str(view)))

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
        found: dict[str, Callable[[], object]] = {"page.new": self.verbs.begin_new, "page.export": self.ask_packs}
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

    def ask_packs(self) -> None:
        """The packs of all partners that are due, in one go."""
        from partnerdesk.ui.screens.review.due_packs import ask_packs

        ask_packs(self)
