"""Overview: the one-screen brief before a call, and beside it the partner's own record with its contacts."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.engine.outcome.trace import name
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.partner.brief_rows import BriefRows
from partnerdesk.ui.screens.partner.one_page import write_page
from partnerdesk.ui.screens.partner.stage import beside, current_stage, waiting
from partnerdesk.ui.screens.partner.standing import gate_rows, score_line
from partnerdesk.ui.screens.partner.tab import PartnerTab
from partnerdesk.ui.screens.worths import worth_figure
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button, link
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.section import Column, SectionTitle
from partnerdesk.ui.widgets.text import Label, LineLabel
from partnerdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from partnerdesk.queries.joint.actions import ActionRow
    from partnerdesk.queries.partners.card import Brief, DueRenewal, OpenDeal
    from partnerdesk.ui.screens.partner.details import DetailsPage
    from partnerdesk.ui.screens.partner.facts import FactsPage

MOST = 6
BRIEF, DETAILS, FACTS = "", "details", "facts"
PAGES = (("Brief, for us alone", True), ("Digest, for the partner", False))
Line = tuple[str, tuple[str, str], str, str]


class OverviewTab(PartnerTab):
    KEY: ClassVar[str] = "overview"
    TITLE: ClassVar[str] = "Overview"

    def build(self) -> None:
        self.sub = BRIEF
        self.rules = Chip("", "scale", says="Program version")
        self.pdf = Button("Brief PDF", self.export, icon="file-text", keys="Ctrl+E")
        self.digest = Button("Digest PDF", self.export_digest, icon="file-text")
        self.page = Column(margin=24)
        self._details: DetailsPage | None = None
        self._facts: FactsPage | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self.page)
        self.body.addWidget(self.stack)

    @property
    def details(self) -> "DetailsPage":
        """The record, made when it is first shown."""
        if self._details is None:
            from partnerdesk.ui.screens.partner.details import DetailsPage

            self._details = DetailsPage(self)
            self.stack.addWidget(self._details)
        return self._details

    @property
    def facts(self) -> "FactsPage":
        """What is known of the partner, made when it is first shown."""
        if self._facts is None:
            from partnerdesk.ui.screens.partner.facts import FactsPage

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
        self.page.clear()
        self.rules.set_text(f"Rules v{found.version}" if found.version else "No program yet")
        px = theme().px
        self.page.column.setContentsMargins(px(24), px(14), px(24), px(16))
        sides = QWidget(), QWidget()
        left, right = map(QVBoxLayout, sides)
        for column in (left, right):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
        self._standing(found, left)
        self._renewals(found, left)
        self._deals(found, left)
        left.addStretch(1)
        self._stage(found, right)
        self._actions(found, right)
        self._notes(found, right)
        self._people(found, right)
        right.addStretch(1)
        self.page.add(Wrap(sides, least=340, shares=(3, 2), gap=36))

    def _title(
        self, column: QVBoxLayout, title: str, note: str = "", gap: int = 14, action: Button | None = None
    ) -> None:
        if column.count():
            column.addSpacing(theme().px(gap))
        column.addWidget(SectionTitle(title, note, action))
        column.addSpacing(theme().px(4))

    def _standing(self, found: "Brief", column: QVBoxLayout) -> None:
        if found.standing is None:
            self._title(column, "Standing")
            column.addWidget(Label("No program is in this book yet, so there is no score.", "small", "muted"))
            return
        label = found.standing.period.label
        period = self.formats.period(found.standing.period)
        self._title(
            column,
            "Standing",
            f"at the end of {period}" if found.standing.period.end <= self.desk.today() else "so far",
        )
        figure = name("score", label) if found.score else ""
        column.addWidget(score_line(found.standing, found.score, figure, self.formats))
        rows = gate_rows(found.standing, self.formats)
        if rows is not None:
            column.addSpacing(theme().px(12))
            column.addWidget(SectionTitle(f"Gates for {found.standing.next_tier}"))
            column.addWidget(rows)

    def _stage(self, found: "Brief", column: QVBoxLayout) -> None:
        """The stage of the partner's life and what waits there; nothing in a program without stages."""
        current = current_stage(found.stages)
        if current is None:
            return
        number, view = current
        self._title(column, view.name, f"stage {number} of {len(found.stages)}")
        if view.says:
            column.addWidget(Label(view.says[:1].upper() + view.says[1:], "small", "muted", wrap=True))
        rows = BriefRows()
        for words, status, measured in waiting(view, self.formats):
            rows.add(words, (status, measured), "", "")
        column.addWidget(rows)
        for words in beside(view):
            column.addWidget(Label(words, "small", "muted", wrap=True))

    def _renewals(self, found: "Brief", column: QVBoxLayout) -> None:
        value = sum((r.amount or Decimal(0) for r in found.renewals), Decimal(0))
        is_one_currency = len({r.currency for r in found.renewals}) == 1
        worth = f", {self.formats.compact(value)} {found.renewals[0].currency} a year" if is_one_currency else ""
        note = f"{len(found.renewals)}{worth}" if found.renewals else ""
        self._title(column, "Renewals in 90 days", note, action=self._all("renewals"))
        if not found.renewals:
            column.addWidget(Label("No contract ends in the next 90 days.", "small", "muted"))
        rows = BriefRows()
        for renewal in found.renewals[:MOST]:
            rows.add(*self._renewal(renewal), self._worth("contract", renewal.id, renewal.customer))
        column.addWidget(rows)
        self._more(column, len(found.renewals))

    def _all(self, segment: str) -> Button:
        """To the list of all of them, of this partner."""
        return link(f"All {segment}", lambda: self.shell.go(Place("deals", self.partner, segment)))

    def _renewal(self, renewal: "DueRenewal") -> "Line":
        words = f"{renewal.customer}, {renewal.product}" if renewal.product else renewal.customer
        status: tuple[str, str] = ("", renewal.owner)
        if renewal.notice_by is not None and renewal.notice_by < self.desk.today():
            status = ("warn", "notice date passed")
        elif not renewal.owner:
            status = ("warn", "nobody owns it")
        return words, status, self._amount(renewal.amount, renewal.currency), self.formats.short_day(renewal.end)

    def _deals(self, found: "Brief", column: QVBoxLayout) -> None:
        self._title(column, "Open deals", f"{len(found.deals)}" if found.deals else "", action=self._all("deals"))
        if not found.deals:
            column.addWidget(Label("No deal is open.", "small", "muted"))
        rows = BriefRows()
        for deal in found.deals[:MOST]:
            rows.add(*self._deal(deal), self._worth("deal", deal.id, deal.name or deal.customer))
        column.addWidget(rows)
        self._more(column, len(found.deals))

    def _deal(self, deal: "OpenDeal") -> "Line":
        late = deal.expected_close is not None and deal.expected_close < self.desk.today()
        status = ("late", "expected close passed") if late else ("", deal.stage)
        day = self.formats.short_day(deal.expected_close) if deal.expected_close else ""
        return deal.name or deal.customer, status, self._amount(deal.amount, deal.currency), day

    def _worth(self, kind: str, id: str, whose: str) -> QWidget:
        opens = link("Worth", lambda: self.ask_why(worth_figure(kind, id)))
        opens.setAccessibleName(f"Worth of {whose}")
        return opens

    def _amount(self, amount: Decimal | None, currency: str) -> str:
        return f"{self.formats.number(amount, 0)} {currency}" if amount is not None else ""

    def _more(self, column: QVBoxLayout, count: int) -> None:
        if count > MOST:
            column.addSpacing(theme().px(6))
            column.addWidget(Label(f"{count - MOST} more", "small", "muted"))

    def _actions(self, found: "Brief", column: QVBoxLayout) -> None:
        ours = [a for a in found.actions if a.side == "vendor"]
        theirs = [a for a in found.actions if a.side != "vendor"]
        self._title(column, "Open actions", f"ours {len(ours)}, theirs {len(theirs)}")
        if not found.actions:
            column.addWidget(Label("Nobody owes anything. Ctrl+Shift+A adds an action.", "small", "muted"))
        rows = BriefRows()
        for action in sorted(found.actions, key=_by_due)[:8]:
            rows.add(*self._action(action))
        column.addWidget(rows)

    def _action(self, action: "ActionRow") -> "Line":
        due = self.formats.short_day(action.due) if action.due else "\N{EN DASH}"
        status = ("late", plural(action.days_late, "day") + " late") if action.days_late else ("", action.owner)
        return action.text, status, "ours" if action.side == "vendor" else "theirs", due

    def _notes(self, found: "Brief", column: QVBoxLayout) -> None:
        self._title(column, "Last notes")
        if not found.notes:
            column.addWidget(Label("Nothing is noted yet.", "small", "muted"))
        for note in found.notes:
            column.addWidget(LineLabel(f"{self.formats.short_day(note.day)} · {note.kind}", "small", "muted"))
            column.addWidget(Label(note.text, "body", wrap=True))
            column.addSpacing(theme().px(6))
        if found.notes:
            column.addWidget(link("All notes", lambda: self.shell.go(Place("partners", self.partner, "history"))))

    def _people(self, found: "Brief", column: QVBoxLayout) -> None:
        opens = link("Details", lambda: self.shell.go(Place("partners", self.partner, self.KEY, DETAILS)))
        self._title(column, "People", f"account manager {found.owner}" if found.owner else "", action=opens)
        if not found.contacts:
            column.addWidget(Label("No contact is known.", "small", "muted"))
        rows = BriefRows()
        for person in found.contacts[:MOST]:
            role = ", ".join(part for part in (person.role, "main contact" if person.main else "") if part)
            rows.add(person.name, ("", role), "", person.email or person.phone)
        column.addWidget(rows)


def _by_due(action: "ActionRow") -> date:
    return action.due or date.max
