"""Beside the pages: the words of the page in view, what still lacks, and our own notes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.editors import AutosaveText
from partnerdesk.ui.widgets.section import Column, Pairs, SectionTitle
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.queries.joint.reviews import ReviewView
    from partnerdesk.ui.screens.review.builder import ReviewBuilder
    from partnerdesk.ui.screens.review.composing import Pages


class Stack(QWidget):
    """A part of the panel that is filled anew; it takes the room it needs."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(2))

    def clear(self) -> None:
        """Nothing in it."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def add(self, widget: QWidget, gap: int = 0) -> None:
        """Put a widget below the others, `gap` px away."""
        if gap and self._column.count():
            self._column.addSpacing(theme().px(gap))
        self._column.addWidget(widget)


class ReviewAside(Column):
    """Editors stay the same widgets while pages change, so that nothing that is typed is lost."""

    def __init__(self, builder: "ReviewBuilder") -> None:
        super().__init__(margin=16)
        self._builder = builder
        self._page = "summary"
        self.setAccessibleName("Words and checks")
        self.page_title = SectionTitle("Title")
        self.title = AutosaveText(
            "Title of the page", lambda text: self._write(title=text), hint="Drafted from the figures", lines=3
        )
        self.deck = AutosaveText(
            "Line under the title", lambda text: self._write(narrative=text), hint="At most one line of cause", lines=2
        )
        self.notes = AutosaveText("Our own notes", self._note, hint="Never in the partner's pack", lines=4)
        self.checks, self.file = Stack(), Stack()
        self.add(self.page_title)
        self.add(self.title, 4)
        self.add(Label("Line under it", "small", "muted"), 8)
        self.add(self.deck, 4)
        self.rule()
        self.checks_title = SectionTitle("Checks")
        self.add(self.checks_title)
        self.add(self.checks, 4)
        self.rule()
        self.add(SectionTitle("Our own notes", "only in the internal variant"))
        self.add(self.notes, 6)
        self.rule()
        self.add(SectionTitle("File"))
        self.add(self.file, 4)
        self.column.insertWidget(self.column.count() - 1, builder.sent, 0, Qt.AlignmentFlag.AlignLeft)
        for field in (self.title, self.deck, self.notes):
            field.setMaximumHeight(field.minimumHeight())

    def show_view(self, view: "ReviewView", made: "Pages | None", page: str) -> None:
        """Show the words of a page and all checks."""
        if page.startswith("list."):
            page = "summary"
        if page != self._page:
            self.commit()
            self._page = page
        words = view.pages.get(page)
        drafts = dict(made.drafts) if made is not None else {}
        self.page_title.set("Title", f"of the page {page}")
        self.title.setPlaceholderText(drafts.get(page, "Drafted from the figures"))
        self.title.show_text(words.title if words else "")
        self.deck.show_text(words.narrative if words else "")
        held = view.review.is_held
        for field in (self.title, self.deck):
            field.setReadOnly(held)
        self.notes.show_text(view.review.internal_notes)
        self._show_checks(view, made)
        self._show_file(view, made)

    def commit(self) -> None:
        """Save what was typed up to now."""
        for field in (self.title, self.deck, self.notes):
            field.commit()

    def _show_file(self, view: "ReviewView", made: "Pages | None") -> None:
        self.file.clear()
        if made is None:
            return
        name, pairs = LineLabel(made.name, "small"), Pairs()
        self.file.add(name)
        pairs.add("Pages", f"{len(made.keys)}, A4 landscape")
        pairs.add("Language of numbers", made.locale.replace("_", "-"))
        pairs.add("Size", f"{len(made.pdf) / 1000:.0f} kB")
        if view.previous_review is not None:
            before = view.previous_review
            go = lambda: self._builder.host.shell.go(Place("reviews", str(before.id)))  # noqa: E731
            pairs.add("Last review", f"Q{before.quarter[-1]} {before.quarter[:4]}, {before.status}", open_it=go)
        self.file.add(pairs)

    def _show_checks(self, view: "ReviewView", made: "Pages | None") -> None:
        self.checks.clear()
        problems = list(made.problems) if made is not None else []
        said = {str(p) for p in problems}
        for problem in problems:
            kind = "warn" if problem.warning else "bad"
            self.checks.add(Status(kind, str(problem.place), "small_strong"), 6)
            self.checks.add(Label(f"{problem.message} {problem.remedy}".strip(), "small", wrap=True))
        open_ = [c for c in view.checks if not any(c.sentence in s for s in said)] if made is None else []
        for check in open_:
            self.checks.add(Status("warn", f"Page {check.page}", "small_strong"), 6)
            self.checks.add(Label(check.sentence, "small", wrap=True))
        count = len(problems) + len(open_)
        if not count and made is not None:
            self.checks.add(Status("good", "Every check passes", "small"), 6)
        self.checks_title.set("Checks", f"{count} open" if count else "")

    def _write(self, *, title: str | None = None, narrative: str | None = None) -> None:
        from partnerdesk.ops.joint.reviews import set_page

        self._builder.change(
            "Edit page words", set_page, self._builder.id, self._page, title=title, narrative=narrative
        )

    def _note(self, text: str) -> None:
        from partnerdesk.ops.joint.reviews import change_review

        view = self._builder.view
        if view is not None:
            before = {"internal_notes": view.review.internal_notes}
            self._builder.change("Edit our notes", change_review, self._builder.id, before, internal_notes=text)
