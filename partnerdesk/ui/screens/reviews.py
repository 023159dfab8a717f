"""Reviews: who is reviewed when and how promises were kept; a review opens in its builder. One page of the sidebar."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.ui import table as kinds
from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.review.builder import ReviewBuilder
from partnerdesk.ui.table import Column
from partnerdesk.ui.table_view import DataTable
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.filter_row import FilterRow

if TYPE_CHECKING:
    from partnerdesk.queries.joint.review_pages import ReviewListRow

STATES = {"draft": ("info", "Draft"), "sent": ("info", "Sent"), "held": ("final", "Held")}


class ReviewsScreen(Screen):
    ID: ClassVar[str] = "reviews"
    TITLE: ClassVar[str] = "Reviews"
    READS = frozenset({"*"})
    ASIDE_WIDTH: ClassVar[int] = 288

    def build(self) -> None:
        self._here = Place(self.ID)
        self._new_for = ""
        self.new = Button("New review", self._new, icon="plus", keys="Ctrl+N", kind=PRIMARY)
        self.header.add(self.new)
        self.builder = ReviewBuilder(self)
        self.header.add(*self.builder.controls)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.table = DataTable("reviews", self._columns(), key=lambda r: r.id, state=self.shell.state, says="Reviews")
        self.table.sort_by("day", descending=True)
        self.table.set_empty(self._nothing)
        self.table.opened.connect(self._open)
        self.filter = FilterRow(self.table, "reviews")
        self.show_sums(self.table)
        column.addWidget(self.filter)
        column.addWidget(self.table, 1)
        self.list_page = page
        self.stack = QStackedWidget()
        self.stack.addWidget(page)
        self.stack.addWidget(self.builder)
        self.body.addWidget(self.stack)
        self._show_controls()

    def _columns(self) -> list[Column]:
        formats = self.desk.formats
        return [
            Column("partner", "Partner", lambda r: r.partner_name, kind=kinds.NAME, width=220),
            Column("quarter", "Quarter", lambda r: r.quarter, lambda q: f"Q{q[-1]} {q[:4]}", kinds.TEXT, 90),
            Column("day", "Date", lambda r: r.day, formats.day, kinds.DAY, 110),
            Column("status", "Status", _state, kind=kinds.STATUS, width=160),
            Column("ours", "We kept", lambda r: r.ours, width=110),
            Column("theirs", "They kept", lambda r: r.theirs, width=110),
            Column("next", "Next review", lambda r: r.next_review, formats.day, kinds.DAY, 120),
            Column("place", "Place", lambda r: r.place, kind=kinds.MUTED, width=140),
        ]

    # Places

    @property
    def is_list(self) -> bool:
        return not self._here.item

    def show_place(self, place: Place) -> None:
        is_new = place.tab == "new"
        self._here = Place(self.ID) if is_new else Place(self.ID, place.item, place.tab, place.sub)
        if is_new:
            self._new_for = place.item
            self._new()
        if self._here.item:
            self.stack.setCurrentWidget(self.builder)
            self.builder.open(int(self._here.item))
        else:
            self.stack.setCurrentWidget(self.list_page)
            self.header.set("Reviews")
        self._show_controls()

    def place(self) -> Place:
        return self._here

    def aside(self) -> QWidget | None:
        return None if self.is_list else self.builder.aside

    def _show_controls(self) -> None:
        self.new.setVisible(self.is_list)
        for widget in self.builder.controls:
            widget.setVisible(not self.is_list)

    def commands(self) -> dict[str, Callable[[], object]]:
        if self.is_list:
            return {"page.new": self._new, "page.find": self.filter.focus_field}
        builder = self.builder
        return {"page.export": builder.export, "page.mail": builder.draft_mail, "page.preview": builder.show_pages}

    def first_focus(self) -> QWidget | None:
        return self.table if self.is_list else self.builder.outline

    # Reading

    def reload(self) -> None:
        from partnerdesk.queries.joint.review_pages import review_list

        if not self.is_list:
            self.builder.reload()
        self.read(review_list, self.desk.today(), done=self._show, slot="list")

    def _show(self, rows: "tuple[ReviewListRow, ...]") -> None:
        self.table.set_rows(rows)
        self.shell.badge(self.ID, sum(r.is_due for r in rows))

    def _nothing(self) -> Empty:
        return Empty(
            "No review yet",
            "A review brings a quarter's figures, what was promised and what comes next to one table.",
            ("New review", self._new),
            icon="presentation",
        )

    # Acting

    def _open(self, row: Any) -> None:
        self.shell.go(Place(self.ID, str(row.id)))

    def _new(self) -> None:
        from partnerdesk.queries.partners.people import partner_rows

        self.read(partner_rows, done=self._ask_new, slot="new")

    def _ask_new(self, partners: Any) -> None:
        from partnerdesk.ui.dialogs.new_review import NewReviewDialog

        NewReviewDialog(self.window(), partners, self.desk.today(), self._add, self._new_for).open()
        self._new_for = ""

    def _add(self, partner: str, quarter: str) -> None:
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


def _state(row: "ReviewListRow") -> tuple[str, str]:
    if row.is_late:
        return "late", f"{STATES[row.status][1]}, day passed"
    return STATES[row.status]
