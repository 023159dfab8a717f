"""One review on the screen: what is seen is the PDF that will be written; lists and words are edited beside it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk import paths
from partnerdesk.queries.joint.review_periods import spoken
from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.review.aside import ReviewAside
from partnerdesk.ui.screens.review.lists import KINDS, ReviewLists
from partnerdesk.ui.screens.review.outline import Line, Outline
from partnerdesk.ui.screens.review.turner import PageTurner
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.pdf_preview import PdfPreview
from partnerdesk.ui.widgets.section import Hairline, SectionTitle
from partnerdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from partnerdesk.ops.exports import PackToPrint
    from partnerdesk.queries.joint.reviews import ReviewView
    from partnerdesk.ui.screens.review.composing import Pages

PAGE_NAMES = {
    "summary": ("1", "Summary"),
    "commitments": ("2", "Commitments kept"),
    "score": ("3", "Score"),
    "earnings": ("4", "Earnings"),
    "renewals": ("5", "Renewals"),
    "outlook": ("7", "Outlook"),
    "next": ("8", "Commitments"),
    "appendix": ("A", "Appendix"),
}
PARTNER, INTERNAL = "partner", "internal"


class ReviewBuilder(QWidget):
    """Outline, pages or a list, and the panel with words and checks."""

    def __init__(self, host: Screen) -> None:
        super().__init__()
        self.host = host
        self.id = 0
        self.view: ReviewView | None = None
        self.made: Pages | None = None
        self.current = "summary"
        self._is_laying = False
        self._next: PackToPrint | None = None
        self.variant = Segmented(
            "Variant", (("Partner", PARTNER), ("Internal", INTERNAL)), lambda _v: self._compose(), PARTNER
        )
        self.sent = Button("Mark as sent", self._send, inner=True)
        self.held = Button("Mark as held", self._hold, icon="check")
        self.save = Button("Export PDF", self.export, icon="file-down", keys="Ctrl+E", kind=PRIMARY)
        self.controls: list[QWidget] = [self.variant, self.held, self.save]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(Hairline(upright=True))
        self.preview = PdfPreview(host.desk.jobs)
        self.preview.page_changed.connect(self._scrolled)
        self.turner = PageTurner(self.preview)
        self.lists = ReviewLists(self)
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
        self.aside = ReviewAside(self)

    def _left(self) -> QWidget:
        left = QWidget()
        left.setFixedWidth(theme().px(194))
        column = QVBoxLayout(left)
        px = theme().px
        column.setContentsMargins(px(8), px(12), px(8), px(8))
        self.heading = SectionTitle("Pages")
        column.addWidget(self.heading)
        self.outline = Outline()
        self.outline.chosen.connect(self._chosen)
        column.addWidget(self.outline, 1)
        return left

    # Reading

    def open(self, id: int, part: str = "") -> None:
        """Show another review, at a page or a list (`part` is its key in the outline)."""
        if id != self.id:
            self.id, self.view, self.made, self.current = id, None, None, "summary"
        if part:
            self._chosen(part)
        self.reload()

    def commands(self) -> dict[str, Callable[[], object]]:
        """What the builder answers while a review is open."""
        return {"page.export": self.export, "page.mail": self.draft_mail, "page.preview": self.show_pages}

    def reload(self) -> None:
        """Read the review and its figures again, then lay its pages out."""
        from partnerdesk.queries.joint.reviews import review_view

        if self.id:
            self.host.read(review_view, self.id, self.host.desk.today(), done=self._show, slot="review")

    def _show(self, view: "ReviewView | None") -> None:
        if view is None:
            self.host.shell.go(Place("reviews"))
            return
        self.view = view
        review = view.review
        quarter = spoken(review.quarter)
        note = review.status.capitalize()
        self.host.header.set(
            f"{review.partner_name}, {quarter}", note, "Reviews", lambda: self.host.shell.go(Place("reviews"))
        )
        self.sent.setVisible(review.status == "draft")
        self.held.setVisible(not review.is_held)
        self.lists.show_view(view)
        self._show_outline()
        self.aside.show_view(view, self.made, self.current)
        self._compose()

    def _compose(self) -> None:
        from partnerdesk.ops.exports import pack_to_print

        if self.view is None:
            return
        review, today = self.view.review, self.host.desk.today()
        internal = self.variant.value() == INTERNAL
        self.host.read(
            pack_to_print,
            review.partner,
            review.quarter,
            today,
            review=review.id,
            internal=internal,
            done=self._gathered,
            slot="pack",
        )

    def _gathered(self, found: "PackToPrint") -> None:
        """Lay the pages out; while older ones are under way only the newest waits."""
        from partnerdesk.ui.screens.review.composing import compose_pages

        if self._is_laying:
            self._next = found
            return
        self._is_laying = True
        self.host.desk.compute(
            compose_pages,
            found.pack,
            found.locale,
            found.name,
            label="Laying out the pages",
            done=self._composed,
            failed=self._not_laid,
        )

    def _lay_next(self) -> bool:
        """Whether newer pages than the ones that came are on their way."""
        found, self._next, self._is_laying = self._next, None, False
        if found is not None:
            self._gathered(found)
        return found is not None

    def _not_laid(self, error: Exception) -> None:
        if not self._lay_next():
            self.host.show_error(error)

    def _composed(self, made: "Pages") -> None:
        if self._lay_next():
            return
        self.made = made
        self.preview.show_pdf(made.pdf)
        self.turner.show_count(len(made.keys))
        self._show_outline()
        if self.view is not None:
            self.aside.show_view(self.view, made, self.current)

    # Outline

    def _show_outline(self) -> None:
        keys = self.made.keys if self.made is not None else tuple(PAGE_NAMES)
        pages = list(dict.fromkeys(key for key in keys if key in PAGE_NAMES))
        lines = [Line(key, PAGE_NAMES[key][1], PAGE_NAMES[key][0], self._mark(key)) for key in pages]
        lines += [Line(f"list.{key}", kind.title) for key, kind in KINDS.items()]
        self.heading.set("Pages", f"{len(keys)} in all" if self.made is not None else "")
        self.outline.set_lines(lines, self.current)

    def _mark(self, key: str) -> str:
        if self.made is None:
            return ""
        number = PAGE_NAMES[key][0]
        words = ("Appendix",) if number == "A" else (f"Page {number},", f"Page {number}:")
        own = [p for p in self.made.problems if str(p.place).startswith(words)]
        checks = [c for c in (self.view.checks if self.view else ()) if c.page == number]
        if any(not p.warning for p in own):
            return "bad"
        return "warn" if own or checks else "good"

    def _chosen(self, key: str) -> None:
        self.current = key
        if key.startswith("list."):
            self.lists.show_list(key.removeprefix("list."))
            self.center.setCurrentWidget(self.lists)
            return
        self.center.setCurrentWidget(self.pages)
        if self.made is not None and key in self.made.keys:
            self.preview.go_to(self.made.keys.index(key) + 1)
        if self.view is not None:
            self.aside.show_view(self.view, self.made, key)

    def _scrolled(self, page: int) -> None:
        """The page in view is the current one."""
        if self.made is None or not 1 <= page <= len(self.made.keys) or self.center.currentWidget() is not self.pages:
            return
        key = self.made.keys[page - 1]
        if key != self.current and key in PAGE_NAMES:
            self.current = key
            self._show_outline()
            if self.view is not None:
                self.aside.show_view(self.view, self.made, key)

    def show_pages(self) -> None:
        """The pages instead of a list."""
        self._chosen("summary")
        self._show_outline()

    # Acting

    def change(self, label: str, op: Callable[..., Any], *args: Any, **values: Any) -> None:
        """One edit of the review."""
        self.host.run(label, op, *args, **values)

    def export(self) -> None:
        """Write the PDF of the chosen variant."""
        from partnerdesk.ui.exporting import export_away, pack_from

        if self.view is None:
            return
        self.aside.commit()
        review = self.view.review
        export_away(
            self.host,
            "Exporting the pack",
            pack_from,
            review.partner,
            review.quarter,
            self.host.desk.today(),
            paths.folder("exports"),
            review=review.id,
            internal=self.variant.value() == INTERNAL,
            done=lambda written: self._exported(written.path),
        )

    def draft_mail(self) -> None:
        """A mail draft with the partner's pack, never our own variant of it."""
        from partnerdesk.ui.screens.drafting_mail import draft_review

        if self.view is not None:
            self.aside.commit()
            draft_review(self.host, self.view.review.partner, self.view.review.quarter, self.view.review.id)

    def _exported(self, path: Path) -> None:
        from partnerdesk.ui.screens.files import open_folder

        self.host.shell.toast(f"{path.name} written", "Open folder", lambda: open_folder(path.parent))

    def _send(self) -> None:
        from partnerdesk.ops.joint.reviews import send_review

        self.change("Mark review as sent", send_review, self.id, on=self.host.desk.today())

    def _hold(self) -> None:
        from partnerdesk.ops.joint.reviews import hold_review

        def hold() -> None:
            self.change("Mark review as held", hold_review, self.id, on=self.host.desk.today())

        text = "Its commitments become actions of both sides, and its record stays as it is."
        self.host.shell.ask("Mark this review as held?", text, "Mark as held", hold)
