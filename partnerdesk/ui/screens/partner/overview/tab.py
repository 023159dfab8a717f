"""Overview: the one-screen brief before a call, and beside it the partner's own record with its contacts."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from partnerdesk.ui.screens.partner.overview.brief_page import DETAILS, BriefPage
from partnerdesk.ui.screens.partner.overview.one_page import write_page
from partnerdesk.ui.screens.partner.tab import PartnerTab
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.chip import Chip

if TYPE_CHECKING:
    from partnerdesk.queries.partners.card import Brief
    from partnerdesk.ui.screens.partner.overview.details import DetailsPage
    from partnerdesk.ui.screens.partner.overview.facts import FactsPage

BRIEF, FACTS = "", "facts"
PAGES = (("Brief, for us alone", True), ("Digest, for the partner", False))


class OverviewTab(PartnerTab):
    KEY: ClassVar[str] = "overview"
    TITLE: ClassVar[str] = "Overview"

    def build(self) -> None:
        self.sub = BRIEF
        self.rules = Chip("", "scale", says="Program version")
        self.pdf = Button("Brief PDF", self.export, icon="file-text", keys="Ctrl+E")
        self.digest = Button("Digest PDF", self.export_digest, icon="file-text")
        self.page = BriefPage(self)
        self._details: DetailsPage | None = None
        self._facts: FactsPage | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self.page)
        self.body.addWidget(self.stack)

    @property
    def details(self) -> "DetailsPage":
        """The record, made when it is first shown."""
        if self._details is None:
            from partnerdesk.ui.screens.partner.overview.details import DetailsPage

            self._details = DetailsPage(self)
            self.stack.addWidget(self._details)
        return self._details

    @property
    def facts(self) -> "FactsPage":
        """What is known of the partner, made when it is first shown."""
        if self._facts is None:
            from partnerdesk.ui.screens.partner.overview.facts import FactsPage

            self._facts = FactsPage(self)
            self.stack.addWidget(self._facts)
        return self._facts

    def header_controls(self) -> list[QWidget]:
        return [self.rules, self.digest, self.pdf]

    def subs(self) -> tuple[tuple[str, str], ...]:
        return (("Brief", BRIEF), ("Details", DETAILS), ("Facts", FACTS))

    def show_partner(self, partner: str, sub: str = "") -> None:
        """Without a word more it is the brief; `facts:KIND:ID` is one row of the facts."""
        sub, _, row = sub.partition(":")
        if sub == FACTS and row:
            self.facts.open_row(*row.split(":", 1))
        self.sub = sub
        super().show_partner(partner, sub)

    def show_sub(self, key: str) -> None:
        if key != self.sub:
            self.sub = key
            self.reload()
            self.shell.moved()

    def commands(self) -> dict[str, Callable[[], object]]:
        if self.sub == DETAILS:
            return {"page.new": self.details.contacts.add}
        if self.sub == FACTS:
            return {"page.new": self.facts.add, "page.edit": self.facts.edit}
        return {"page.export": self.export, "page.preview": self.ask_pages}

    def letters(self) -> dict[str, Callable[[], object]]:
        return {"M": self.details.contacts.toggle_main} if self.sub == DETAILS else {}

    def export(self) -> None:
        """Write the one page to read before a call."""
        write_page(self.host, self.partner, internal=True)

    def ask_pages(self) -> None:
        """Which of the two pages is to be looked at and printed: one is for us alone, so none is taken for granted."""
        menu = QMenu("Print preview", self)
        for words, internal in PAGES:
            write = partial(write_page, self.host, self.partner, internal=internal, opens=True)
            menu.addAction(words).triggered.connect(lambda _on, write=write: write())
        menu.setActiveAction(menu.actions()[0])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.pdf.mapToGlobal(QPoint(0, self.pdf.height())))

    def export_digest(self) -> None:
        """Write the one page that a partner without a review gets."""
        write_page(self.host, self.partner, internal=False)

    def reload(self) -> None:
        for control in self.header_controls():
            control.setVisible(self.sub == BRIEF)
        if self.sub == DETAILS:
            from partnerdesk.queries.partners.record import partner_record

            self.stack.setCurrentWidget(self.details)
            self.read(partner_record, self.partner, done=self.details.show_record, slot="record")
            return
        if self.sub == FACTS:
            from partnerdesk.ops.rows.typed import TYPED
            from partnerdesk.queries.partners.typed import partner_facts

            self.stack.setCurrentWidget(self.facts)
            self.read(partner_facts, self.partner, TYPED, done=self.facts.show_facts, slot="facts")
            return
        from partnerdesk.queries.partners.card import brief

        self.stack.setCurrentWidget(self.page)
        self.read(brief, self.partner, self.desk.today(), done=self._show, slot="brief")

    def _show(self, found: "Brief") -> None:
        self.rules.set_text(f"Rules v{found.version}" if found.version else "No program yet")
        self.page.show_brief(found)
