"""Beside the pages: the words of the page in view, what still lacks, our own notes, and the file."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.queries.joint.review_periods import spoken
from partnerdesk.reports.format import HARD_SPACE
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.review.checks import Check
from partnerdesk.ui.screens.review.opened import OpenReview
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.editors import AutosaveText
from partnerdesk.ui.widgets.section import Column, Pairs, SectionTitle
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.queries.joint.reviews import ReviewView
    from partnerdesk.ui.screens.review.composing import Pages

LONGEST_DECK = 240  # characters that two lines under a title hold


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


class Drafted(QWidget):
    """A text that is prefilled with its draft: typed over it is a person's, and one click takes the draft back."""

    def __init__(self, name: str, save: Callable[[str], object], *, lines: int, most: int = 0) -> None:
        super().__init__()
        self._save, self._draft, self._most = save, "", most
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(2))
        self.field = AutosaveText(name, self._typed, hint="Nothing is drafted here", lines=lines)
        self.field.setMaximumHeight(self.field.minimumHeight())
        foot = QHBoxLayout()
        self.says = LineLabel("", "small", "muted")
        self.back = link("Back to the draft", self._take_back)
        foot.addWidget(self.says, 1)
        foot.addWidget(self.back)
        column.addWidget(self.field)
        column.addLayout(foot)
        self.field.textChanged.connect(self._say)

    def show_texts(self, own: str, draft: str, is_locked: bool) -> None:
        """The person's words, or the draft where there are none."""
        self._draft = _soft(draft)
        self.field.setReadOnly(is_locked)
        self.field.show_text(_soft(own) or self._draft)
        self._say()

    def commit(self) -> None:
        """Save what was typed up to now."""
        self.field.commit()

    def _typed(self, text: str) -> None:
        self._save("" if text.strip() == self._draft.strip() else text)

    def _take_back(self) -> None:
        self.field.setPlainText(self._draft)
        self.field.commit()

    def _say(self) -> None:
        text = self.field.toPlainText()
        is_own = text.strip() != self._draft.strip()
        count = f"{len(text)} of {self._most}" if self._most else ""
        whose = "Your words" if is_own and text.strip() else "Drafted from the figures" if text else ""
        self.says.set_text(", ".join(part for part in (whose, count if text else "") if part))
        self.back.setVisible(is_own and not self.field.isReadOnly())


def _soft(text: str) -> str:
    """The text with blanks that may break: an editor gives none other back."""
    return text.replace(HARD_SPACE, " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


class ReviewAside(Column):
    """Editors stay the same widgets while pages change, so that nothing that is typed is lost."""

    def __init__(self, opened: OpenReview, sent: QWidget, put_right: Callable[[Check], object]) -> None:
        super().__init__(margin=16)
        self._opened, self._put_right = opened, put_right
        self._page = "summary"
        self.setAccessibleName("Words and checks")
        self.page_title = SectionTitle("Title")
        self.drafted_title = Drafted("Title of the page", lambda text: self._write(title=text), lines=3)
        self.drafted_deck = Drafted(
            "Line under the title", lambda text: self._write(narrative=text), lines=3, most=LONGEST_DECK
        )
        self.title, self.deck = self.drafted_title.field, self.drafted_deck.field
        self.notes = AutosaveText("Our own notes", self._note, hint="Never in the partner's pack", lines=3)
        self.notes.setMaximumHeight(self.notes.minimumHeight())
        self.checks, self.file = Stack(), Stack()
        self.checks_title = SectionTitle("Checks")
        self.add(self.page_title)
        self.add(self.drafted_title, 4)
        self.add(Label("Line under it", "small", "muted"), 6)
        self.add(self.drafted_deck, 4)
        self.rule(8, 10)
        self.add(self.checks_title)
        self.add(self.checks, 4)
        self.rule()
        self.add(SectionTitle("Our own notes", "only in the internal variant"))
        self.add(self.notes, 6)
        self.rule()
        self.add(SectionTitle("File"))
        self.add(self.file, 4)
        self.column.insertWidget(self.column.count() - 1, sent, 0, Qt.AlignmentFlag.AlignLeft)

    def show_view(self, view: "ReviewView", made: "Pages | None", page: str, found: tuple[Check, ...]) -> None:
        """Show the words of a page and all checks."""
        if page.startswith("list."):
            page = self._page
        if page != self._page:
            self.commit()
            self._page = page
        words = view.pages.get(page)
        title, deck = next(((t, d) for key, t, d in made.drafts if key == page), ("", "")) if made else ("", "")
        self.page_title.set("Title", f"of the page {self._opened.page_name(page)}")
        self.drafted_title.show_texts(words.title if words else "", title, view.review.is_held)
        self.drafted_deck.show_texts(words.narrative if words else "", deck, view.review.is_held)
        self.notes.show_text(view.review.internal_notes)
        self._show_checks(found, made is not None)
        self._show_file(view, made)

    def commit(self) -> None:
        """Save what was typed up to now."""
        self.drafted_title.commit()
        self.drafted_deck.commit()
        self.notes.commit()

    def edit(self, field: str) -> None:
        """Put the cursor into the title or the line under it."""
        chosen = self.deck if field == "deck" else self.title
        chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)
        chosen.selectAll()

    def _show_file(self, view: "ReviewView", made: "Pages | None") -> None:
        self.file.clear()
        if made is None:
            return
        name, pairs = LineLabel(made.name, "small"), Pairs()
        self.file.add(name)
        pairs.add("Pages", f"{len(made.keys)}, {made.paper} landscape")
        pairs.add("Language of numbers", made.locale.replace("_", "-"))
        pairs.add("Size", f"{len(made.pdf) / 1000:.0f} kB")
        if made.frozen:
            pairs.add("Figures frozen", made.frozen[:12])
        if view.previous_review is not None:
            before = view.previous_review
            go = lambda: self._opened.host.shell.go(Place("reviews", str(before.id)))  # noqa: E731
            pairs.add("Last review", f"{spoken(before.quarter)}, {before.status}", open_it=go)
        self.file.add(pairs)

    def _show_checks(self, found: tuple[Check, ...], is_made: bool) -> None:
        self.checks.clear()
        for check in found:
            self._show_check(check)
        open_ = sum(check.is_open for check in found)
        passed = f"{len(found) - open_} pass" if is_made else ""
        self.checks_title.set("Checks", ", ".join(part for part in (passed, f"{open_} open" if open_ else "") if part))

    def _show_check(self, check: Check) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(2))
        row.addWidget(Status(check.kind, "", "small"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setContentsMargins(0, theme().px(2), 0, 0)
        words.setSpacing(0)
        words.addWidget(Label(check.sentence, "small", wrap=True))
        if check.fix:
            fix = link(check.fix, partial(self._put_right, check))
            fix.setAccessibleName(f"{check.fix}: {check.sentence}")
            words.addWidget(fix, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(words, 1)
        self.checks.add(line, 6 if check.is_open else 2)

    def _write(self, *, title: str | None = None, narrative: str | None = None) -> None:
        from partnerdesk.ops.joint.reviews import set_page

        self._opened.change("Edit page words", set_page, self._opened.id, self._page, title=title, narrative=narrative)

    def _note(self, text: str) -> None:
        from partnerdesk.ops.joint.reviews import change_review

        view = self._opened.view
        if view is not None:
            before = {"internal_notes": view.review.internal_notes}
            self._opened.change("Edit our notes", change_review, self._opened.id, before, internal_notes=text)
