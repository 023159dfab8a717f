"""A partner's agreement: every version as it was issued, the next one as it would be, what differs, and its text."""

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.ui.screens.partner.agreement.acts import AgreementActs
from partnerdesk.ui.screens.partner.agreement.rows import (
    NEXT,
    difference_entries,
    version_entries,
)
from partnerdesk.ui.screens.partner.agreement.shown import ShownAgreement
from partnerdesk.ui.screens.partner.agreement.text import AgreementText
from partnerdesk.ui.screens.review.turner import PageTurner
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.editors import AutosaveLine
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.entries import EntryList
from partnerdesk.ui.widgets.pdf_preview import PdfPreview
from partnerdesk.ui.widgets.section import Hairline, SectionTitle
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ops.agreements.view import AgreementView, IssuedView
    from partnerdesk.ui.screens.partner.agreement.controls import AgreementControls
    from partnerdesk.ui.screens.partner.tab import PartnerTab

LEFT = 264
PAGES, CHANGES, TEXT = "pages", "changes", "text"
VIEWS = (("Document", PAGES), ("Changes", CHANGES), ("Text", TEXT))


class AgreementPage(ShownAgreement):
    """Versions at the left; the chosen one as its document, its changes, or the text of the next one."""

    def __init__(self, tab: "PartnerTab", controls: "AgreementControls") -> None:
        super().__init__(tab)
        self.controls = controls
        self.acts = AgreementActs(self, self._issued)
        self.holds_from: date | None = None
        self.template = ""  # the text of the next version; the standard one where none is named
        self._pdf = b""
        self._empty: QWidget | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(Hairline(upright=True))
        row.addWidget(self._center(), 1)

    def _left(self) -> QWidget:
        left, px = QWidget(), theme().px
        left.setFixedWidth(px(LEFT))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, px(12), 0, 0)
        column.setSpacing(px(4))
        self.versions = EntryList("Versions of the agreement", margin=16)
        self.versions.picked.connect(self.choose)
        inset = QHBoxLayout()
        inset.setContentsMargins(px(16), 0, px(16), 0)
        self.title = SectionTitle("Agreement")
        inset.addWidget(self.title)
        column.addLayout(inset)
        column.addWidget(self.versions, 1)
        return left

    def _center(self) -> QWidget:
        center, px = QWidget(), theme().px
        column = QVBoxLayout(center)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(px(16), px(8), px(16), px(8))
        bar.setSpacing(px(10))
        self.views = Segmented("Shown", VIEWS, lambda _v: self._viewed(), PAGES)
        self.texts = Chip("", "file-text", says="Text", then=lambda: None)
        self.says = Label("Holds from", "small", "muted")
        self.day = AutosaveLine("Holds from", self._set_day, self.tab.formats.parse_day)
        self.day.setFixedWidth(px(120))
        bar.addWidget(self.views)
        bar.addStretch(1)
        bar.addWidget(self.texts)
        bar.addWidget(self.says)
        bar.addWidget(self.day)
        column.addLayout(bar)
        column.addWidget(Hairline())
        self.preview = PdfPreview(self.tab.desk.jobs)
        self.turner = PageTurner(self.preview)
        self.document = QWidget()
        pages = QVBoxLayout(self.document)
        pages.setContentsMargins(0, 0, 0, 0)
        pages.setSpacing(0)
        pages.addWidget(self.turner)
        pages.addWidget(self.preview, 1)
        self.changes = EntryList("Changes")
        self.text = AgreementText(self.run)
        self.stack = QStackedWidget()
        for widget in (self.document, self.changes, self.text):
            self.stack.addWidget(widget)
        column.addWidget(self.stack, 1)
        return center

    # Reading

    def load(self) -> None:
        """Read the agreement of the tab's partner."""
        from partnerdesk.ops.agreements.view import agreement_view

        if self.tab.partner != self.partner:
            self.partner, self.holds_from = self.tab.partner, None
            self.views.set_value(PAGES)
        given = {"on": self.tab.desk.today(), "holds_from": self.holds_from, "template": self.template}
        self.tab.read(self.bound(agreement_view, **given), done=self._arrived, slot="all")

    def _arrived(self, view: "AgreementView") -> None:
        self.view, self.template = view, view.template
        if self.row is None and self.chosen != NEXT:
            self.chosen = str(view.rows[0].id) if view.rows else NEXT
        self.versions.set_entries(version_entries(view, self.tab.formats))
        self.texts.offer([(name, name) for name in view.texts], self._set_text)
        self.texts.set_text(f"Text: {view.template}")
        self.versions.show_key(self.chosen)
        self.day.show_text(self.tab.formats.day(self.holds_from or self.tab.desk.today()))
        self.text.show_text(view.template, view.text, view.is_own_text)
        self._show()

    def choose(self, key: str) -> None:
        """Show another version."""
        if key != self.chosen:
            self.chosen = key
            if self.views.value() == TEXT and key != NEXT:
                self.views.set_value(PAGES)
            self._show()

    # Showing

    def _viewed(self) -> None:
        """Another view; the text is that of the next version."""
        if self.views.value() == TEXT and self.chosen != NEXT:
            self.chosen = NEXT
            self.versions.show_key(NEXT)
        self._show()

    def _show(self) -> None:
        view, is_next = self.view, self.row is None
        if view is None:
            return
        for widget in (self.says, self.day):
            widget.setVisible(is_next)
        self.texts.setVisible(is_next and len(view.texts) > 1)
        book = self.tab.desk.book
        is_writable = book is not None and book.is_writable
        self.controls.show_view(view, is_shown=self.isVisible(), is_next=is_next, is_writable=is_writable)
        shown = self.views.value()
        if shown == TEXT:
            self._put(self.text)
        elif not is_next:
            self._show_issued()
        elif view.draft is None:
            why = view.why_not
            self._say(why.sentence if why else "", why.remedy if why else "")
        elif shown == CHANGES:
            before = view.rows[0].number if view.rows else ""
            self._show_changes(view.changes, before, view.draft.left_out)
        else:
            self._lay()

    def _lay(self) -> None:
        """Lay the next version out; only the newest that was asked for is shown."""
        from partnerdesk.ui.screens.partner.agreement.pages import draft_pages

        if self.view is None or self.view.draft is None:
            return
        self._put(self.document)
        self.tab.desk.compute(
            draft_pages,
            self.view.draft.agreement,
            label="Laying out the pages",
            done=lambda laid: self._paged(NEXT, *laid),
            failed=self.tab.host.show_error,
            slot="agreement.pages",
        )

    def _show_issued(self) -> None:
        from partnerdesk.ops.agreements.view import issued_view

        query = self.bound(issued_view, id=int(self.chosen))
        self.tab.read(query, done=self._show_kept, slot="issued")

    def _show_kept(self, kept: "IssuedView | None") -> None:
        if kept is None or str(kept.id) != self.chosen:
            return
        if self.views.value() == CHANGES:
            self._show_changes(kept.changes, kept.before, ())
        else:
            self._put(self.document)
            self._paged(self.chosen, kept.document, kept.pages)

    def _paged(self, key: str, pdf: bytes, pages: int) -> None:
        if key == self.chosen and pdf != self._pdf:
            self._pdf = pdf
            self.preview.show_pdf(pdf)
            self.turner.show_count(pages)

    def _show_changes(self, changes: Any, before: str, left_out: Any) -> None:
        entries = list(difference_entries(changes, before, left_out))
        if not entries:
            self._say("The first version", "There is nothing before it to compare with.")
            return
        self.changes.set_entries(entries)
        self._put(self.changes)

    def _put(self, widget: QWidget) -> None:
        self.stack.setCurrentWidget(widget)

    def _say(self, title: str, reason: str) -> None:
        if self._empty is not None:
            self.stack.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = Empty(title, reason, icon="file-text")
        self.stack.addWidget(self._empty)
        self._put(self._empty)

    def _set_text(self, name: object) -> None:
        self.template = str(name)
        self.load()

    def _issued(self, id: int) -> None:
        """Come back to a version that was just issued."""
        self.chosen, self.holds_from = str(id), None
        self.views.set_value(PAGES)

    def _set_day(self, day: date) -> None:
        self.holds_from = day
        self.load()
