"""The brief before a call on one screen: standing, renewals, deals, stage, actions, notes and people."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.engine.trace import name
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.partner.overview.brief_rows import BriefRows
from partnerdesk.ui.screens.partner.overview.stage import beside, current_stage, waiting
from partnerdesk.ui.screens.partner.progress.standing import gate_rows, score_line
from partnerdesk.ui.screens.worths import worth_figure
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button, link
from partnerdesk.ui.widgets.section import Column, SectionTitle
from partnerdesk.ui.widgets.text import Label, LineLabel
from partnerdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from partnerdesk.queries.joint.actions import ActionRow
    from partnerdesk.queries.partners.card import Brief, DueRenewal, OpenDeal
    from partnerdesk.ui.screens.partner.tab import PartnerTab

MOST = 6
DETAILS = "details"
Line = tuple[str, tuple[str, str], str, str]


class BriefPage(Column):
    """The page of the Overview that is shown first."""

    def __init__(self, tab: "PartnerTab") -> None:
        super().__init__(margin=24)
        self._tab = tab

    def show_brief(self, found: "Brief") -> None:
        """Everything of the brief, in two columns where there is room."""
        self.clear()
        px = theme().px
        self.column.setContentsMargins(px(24), px(14), px(24), px(16))
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
        self.add(Wrap(sides, least=340, shares=(3, 2), gap=36))

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
        period = self._tab.formats.period(found.standing.period)
        self._title(
            column,
            "Standing",
            f"at the end of {period}" if found.standing.period.end <= self._tab.desk.today() else "so far",
        )
        figure = name("score", label) if found.score else ""
        column.addWidget(score_line(found.standing, found.score, figure, self._tab.formats))
        rows = gate_rows(found.standing, self._tab.formats)
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
        for words, status, measured in waiting(view, self._tab.formats):
            rows.add(words, (status, measured), "", "")
        column.addWidget(rows)
        for words in beside(view):
            column.addWidget(Label(words, "small", "muted", wrap=True))

    def _renewals(self, found: "Brief", column: QVBoxLayout) -> None:
        value = sum((r.amount or Decimal(0) for r in found.renewals), Decimal(0))
        is_one_currency = len({r.currency for r in found.renewals}) == 1
        worth = f", {self._tab.formats.compact(value)} {found.renewals[0].currency} a year" if is_one_currency else ""
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
        return link(f"All {segment}", lambda: self._tab.shell.go(Place("deals", self._tab.partner, segment)))

    def _renewal(self, renewal: "DueRenewal") -> "Line":
        words = f"{renewal.customer}, {renewal.product}" if renewal.product else renewal.customer
        status: tuple[str, str] = ("", renewal.owner)
        if renewal.notice_by is not None and renewal.notice_by < self._tab.desk.today():
            status = ("warn", "notice date passed")
        elif not renewal.owner:
            status = ("warn", "nobody owns it")
        return words, status, self._amount(renewal.amount, renewal.currency), self._tab.formats.short_day(renewal.end)

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
        late = deal.expected_close is not None and deal.expected_close < self._tab.desk.today()
        status = ("late", "expected close passed") if late else ("", deal.stage)
        day = self._tab.formats.short_day(deal.expected_close) if deal.expected_close else ""
        return deal.name or deal.customer, status, self._amount(deal.amount, deal.currency), day

    def _worth(self, kind: str, id: str, whose: str) -> QWidget:
        opens = link("Worth", lambda: self._tab.ask_why(worth_figure(kind, id)))
        opens.setAccessibleName(f"Worth of {whose}")
        return opens

    def _amount(self, amount: Decimal | None, currency: str) -> str:
        return f"{self._tab.formats.number(amount, 0)} {currency}" if amount is not None else ""

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
        due = self._tab.formats.short_day(action.due) if action.due else "\N{EN DASH}"
        status = ("late", plural(action.days_late, "day") + " late") if action.days_late else ("", action.owner)
        return action.text, status, "ours" if action.side == "vendor" else "theirs", due

    def _notes(self, found: "Brief", column: QVBoxLayout) -> None:
        self._title(column, "Last notes")
        if not found.notes:
            column.addWidget(Label("Nothing is noted yet.", "small", "muted"))
        for note in found.notes:
            column.addWidget(LineLabel(f"{self._tab.formats.short_day(note.day)} · {note.kind}", "small", "muted"))
            column.addWidget(Label(note.text, "body", wrap=True))
            column.addSpacing(theme().px(6))
        if found.notes:
            column.addWidget(
                link("All notes", lambda: self._tab.shell.go(Place("partners", self._tab.partner, "history")))
            )

    def _people(self, found: "Brief", column: QVBoxLayout) -> None:
        opens = link(
            "Details", lambda: self._tab.shell.go(Place("partners", self._tab.partner, self._tab.KEY, DETAILS))
        )
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
