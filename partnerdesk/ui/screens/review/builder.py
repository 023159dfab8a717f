"""One review on the screen: what is seen is the PDF that will be written; lists and words are edited beside it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.queries.joint.review_periods import spoken
from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.review.aside import ReviewAside
from partnerdesk.ui.screens.review.builder_acts import ReviewActs
from partnerdesk.ui.screens.review.checks import Check, checks
from partnerdesk.ui.screens.review.fixing import put_right
from partnerdesk.ui.screens.review.lists import ReviewLists
from partnerdesk.ui.screens.review.opened import OpenReview
from partnerdesk.ui.screens.review.outline import Outline
from partnerdesk.ui.screens.review.page_names import PAGE_NAMES
from partnerdesk.ui.screens.review.page_outline import outline_lines
from partnerdesk.ui.screens.review.turner import PageTurner
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button, icon_button
from partnerdesk.ui.widgets.pdf_preview import PdfPreview
from partnerdesk.ui.widgets.section import Hairline, SectionTitle

if TYPE_CHECKING:
    from partnerdesk.queries.joint.review_desk import ReviewDesk
    from partnerdesk.ui.screens.review.composing import Pages


class ReviewBuilder(OpenReview):
    """Outline, pages or a list, and the panel with words and checks."""

    def __init__(self, host: Screen) -> None:
        super().__init__(host)
        self.lists = ReviewLists(self)
        self.sent = Button("Mark as sent", self._send, inner=True)
        self.aside = ReviewAside(self, self.sent, self.put_right)
        self.acts = ReviewActs(self, self.lists, self.aside)
        self.present = icon_button("presentation", "Review mode (F11)", self.acts.open_mode)
        self.held = Button("Mark as held", self.acts.hold)
        self.save = Button("Export PDF", self.acts.export, icon="file-down", keys="Ctrl+E", kind=PRIMARY)
        self.controls: list[QWidget] = [self.present, self.held, self.save]
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(Hairline(upright=True))
        self.preview = PdfPreview(self.host.desk.jobs)
        self.preview.page_changed.connect(self._scrolled)
        self.turner = PageTurner(self.preview, self.variant)
        self.center = QStackedWidget()
        self.pages = QWidget()
        column = QVBoxLayout(self.pages)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.turner)
        column.addWidget(self.preview, 1)
        self.center.addWidget(self.pages)
        self.center.addWidget(self.lists)
        row.addWidget(self.center, 1)

    def _left(self) -> QWidget:
        left = QWidget()
        left.setFixedWidth(theme().px(206))
        column = QVBoxLayout(left)
        px = theme().px
        column.setContentsMargins(px(8), px(12), px(8), px(8))
        self.heading = SectionTitle("Pages")
        column.addWidget(self.heading)
        self.outline = Outline()
        self.outline.chosen.connect(self._chosen)
        self.outline.ordered.connect(self._order)
        column.addWidget(self.outline, 1)
        return left

    def show_controls(self, is_shown: bool) -> None:
        """The builder's part of the page header; what was held is not held again."""
        for control in self.controls:
            control.setVisible(is_shown)
        if self.view is not None and self.view.review.is_held:
            self.held.hide()

    # Reading

    def open(self, id: int, part: str = "", *, is_back: bool = False) -> None:
        """Show a review, at a page or a list (`part` is its key in the outline); one that was left is read again."""
        is_other = id != self.id
        if is_other:
            self.id, self.desk_view, self.made, self.current = id, None, None, "summary"
            self.center.setCurrentWidget(self.pages)
        if part or self.is_list:
            self.show_part(part or "summary")
        self.show_outline()
        if is_other or is_back:
            self._name()
            self.host.messages.clear()
            self.reload()

    def _chosen(self, key: str) -> None:
        """A line of the outline: between pages and lists the panel comes and goes, so that is a place of its own."""
        if self.is_list or key.startswith("list."):
            self.go_to(key)
        else:
            self.show_part(key)

    def reload(self) -> None:
        """Read the review and its figures again, then lay its pages out."""
        from partnerdesk.queries.joint.review_desk import review_desk

        if self.id:
            self.host.read(review_desk, self.id, self.host.desk.today(), done=self._show, slot="review")

    def _show(self, found: "ReviewDesk | None") -> None:
        if found is None:
            self.host.shell.go(Place("reviews"))
            return
        self.desk_view, review = found, found.view.review
        self._name()
        self.sent.setVisible(review.status == "draft")
        self.show_controls(not self.isHidden())
        self.host.shell.set_partner(review.partner, review.partner_name)
        self.lists.capture.people = found.known
        self.lists.show_desk(found)
        self.show_outline()
        self._show_aside()
        self._compose()
        if self.acts.mode is not None:
            self.acts.mode.show_desk(found)

    def _name(self) -> None:
        """Say in the page's header which review it is, and how far."""
        if self.view is not None:
            review, up = self.view.review, lambda: self.host.shell.go(Place("reviews"))
            self.host.header.set(f"{review.partner_name}, {spoken(review.quarter)}", self._note(), "Reviews", up)

    def _note(self) -> str:
        """How far the review is."""
        assert self.view is not None
        review, formats = self.view.review, self.host.desk.formats
        day = {"sent": review.sent_on, "held": review.held_on}.get(review.status)
        return review.status.capitalize() + (f" {formats.short_day(day)}" if day else "")

    def _composed(self, made: "Pages") -> None:
        self.made = made
        self.preview.show_pdf(made.pdf)
        self.turner.show_count(len(made.keys))
        self.show_outline()
        self._show_aside()
        if self.acts.mode is not None and not self.is_internal:
            self.acts.mode.show_pages(made)

    def _not_composed(self, error: Exception) -> None:
        self.turner.show_none()
        self.host.show_error(error)

    def _show_aside(self) -> None:
        if self.view is not None:
            self.aside.show_view(self.view, self.made, self.current, self.checks())

    def checks(self) -> tuple[Check, ...]:
        """What is to do and what is in order."""
        if self.desk_view is None:
            return ()
        today = self.host.desk.today()
        return checks(self.desk_view, self.made, internal=self.is_internal, today=today)

    # Outline

    def show_outline(self) -> None:
        """The pages with a mark each, and the lists."""
        can_move = self.view is not None and not self.view.review.is_held
        lines = outline_lines(self.made, self.checks() if self.made else (), can_move=can_move)
        count = len(self.made.keys) if self.made is not None else 0
        self.heading.set(
            "Pages", f"{count}, drag to move" if count and can_move else f"{count} in all" if count else ""
        )
        self.outline.set_lines(lines, self.current)

    def show_part(self, key: str) -> None:
        """Show a page or a list, by its key in the outline."""
        self.current = key
        self.host.shell.status("")  # a list that comes into view says its own sum
        if self.is_list:
            self.lists.show_list(key.removeprefix("list."))
            self.center.setCurrentWidget(self.lists)
        else:
            self.center.setCurrentWidget(self.pages)
            if self.made is not None and key in self.made.keys:
                self.preview.go_to(self.made.keys.index(key) + 1)
            self._show_aside()

    def _scrolled(self, page: int) -> None:
        """The page in view is the current one."""
        if self.made is None or not 1 <= page <= len(self.made.keys) or self.center.currentWidget() is not self.pages:
            return
        key = self.made.keys[page - 1]
        if key != self.current and key in PAGE_NAMES:
            self.current = key
            self.show_outline()
            self._show_aside()

    def _order(self, keys: tuple[str, ...]) -> None:
        from partnerdesk.ops.joint.reviews import order_pages

        moved = keys if keys != tuple(PAGE_NAMES) else ()
        self.change("Move page", order_pages, self.id, moved)

    # Acting

    def _send(self) -> None:
        self.acts.send()

    def put_right(self, check: Check) -> None:
        """Open what a check is about."""
        put_right(self, self.lists, self.aside, check)

    def letters(self) -> dict[str, Callable[[], object]]:
        """Keys of the list in view."""
        table = self.lists.tables[self.lists.key]
        return self.lists.acts.letters(self.lists.key, table.current_row()) if self.is_list else {}
