"""Overview: the one-screen brief before a call."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.engine.trace import name
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.partner.standing import gate_rows, score_line
from partnerdesk.ui.screens.partner.tab import PartnerTab
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.section import Column, Hairline, SectionTitle
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.queries.actions import ActionRow
    from partnerdesk.queries.partner import Brief, DueRenewal, OpenDeal

MOST = 6


class OverviewTab(PartnerTab):
    KEY: ClassVar[str] = "overview"
    TITLE: ClassVar[str] = "Overview"

    def build(self) -> None:
        self.page = Column(margin=24)
        self.body.addWidget(self.page)

    def reload(self) -> None:
        from partnerdesk.queries.partner import brief

        self.read(brief, self.partner, self.desk.today(), done=self._show, slot="brief")

    def _show(self, found: "Brief") -> None:
        self.page.clear()
        columns = QWidget()
        row = QHBoxLayout(columns)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(36))
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(0)
        row.addLayout(left, 3)
        row.addLayout(right, 2)
        self._standing(found, left)
        self._renewals(found, left)
        self._deals(found, left)
        left.addStretch(1)
        self._actions(found, right)
        self._notes(found, right)
        self._people(found, right)
        right.addStretch(1)
        self.page.add(columns)

    def _title(self, column: QVBoxLayout, title: str, note: str = "", gap: int = 20) -> None:
        if column.count():
            column.addSpacing(theme().px(gap))
        column.addWidget(SectionTitle(title, note))
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

    def _renewals(self, found: "Brief", column: QVBoxLayout) -> None:
        value = sum((r.amount or Decimal(0) for r in found.renewals), Decimal(0))
        note = f"{len(found.renewals)}, {self.formats.compact(value)} a year" if found.renewals else ""
        self._title(column, "Renewals in 90 days", note)
        if not found.renewals:
            column.addWidget(Label("No contract ends in the next 90 days.", "small", "muted"))
        for renewal in found.renewals[:MOST]:
            column.addWidget(self._renewal(renewal))
        self._more(column, len(found.renewals))

    def _renewal(self, renewal: "DueRenewal") -> QWidget:
        formats, today = self.formats, self.desk.today()
        words = f"{renewal.customer}, {renewal.product}" if renewal.product else renewal.customer
        amount = f"{formats.number(renewal.amount, 0)} {renewal.currency}" if renewal.amount is not None else ""
        status: tuple[str, str] = ("", renewal.owner)
        if renewal.notice_by is not None and renewal.notice_by < today:
            status = ("warn", "notice date passed")
        elif not renewal.owner:
            status = ("warn", "nobody owns it")
        return _row(words, status, amount, formats.short_day(renewal.end))

    def _deals(self, found: "Brief", column: QVBoxLayout) -> None:
        self._title(column, "Open deals", f"{len(found.deals)}" if found.deals else "")
        if not found.deals:
            column.addWidget(Label("No deal is open.", "small", "muted"))
        for deal in found.deals[:MOST]:
            column.addWidget(self._deal(deal))
        self._more(column, len(found.deals))

    def _deal(self, deal: "OpenDeal") -> QWidget:
        formats = self.formats
        amount = f"{formats.number(deal.amount, 0)} {deal.currency}" if deal.amount is not None else ""
        late = deal.expected_close is not None and deal.expected_close < self.desk.today()
        status = ("late", "expected close passed") if late else ("", deal.stage)
        words = f"{deal.name}" if deal.name else deal.customer
        return _row(words, status, amount, formats.short_day(deal.expected_close) if deal.expected_close else "")

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
        for action in sorted(found.actions, key=_by_due)[:8]:
            column.addWidget(self._action(action))

    def _action(self, action: "ActionRow") -> QWidget:
        due = self.formats.short_day(action.due) if action.due else "\N{EN DASH}"
        status = ("late", f"{action.days_late} days late") if action.days_late else ("", action.owner or "no owner")
        return _row(action.text, status, "ours" if action.side == "vendor" else "theirs", due)

    def _notes(self, found: "Brief", column: QVBoxLayout) -> None:
        self._title(column, "Last notes")
        if not found.notes:
            column.addWidget(Label("Nothing is noted yet.", "small", "muted"))
        for note in found.notes:
            column.addWidget(LineLabel(f"{self.formats.short_day(note.day)} · {note.kind}", "small", "muted"))
            column.addWidget(Label(note.text, "body", wrap=True))
            column.addSpacing(theme().px(8))
        if found.notes:
            column.addWidget(link("All notes", lambda: self.shell.go(Place("partners", self.partner, "history"))))

    def _people(self, found: "Brief", column: QVBoxLayout) -> None:
        self._title(column, "People", f"account manager {found.owner}" if found.owner else "")
        if not found.contacts:
            column.addWidget(Label("No contact is known.", "small", "muted"))
        for person in found.contacts[:MOST]:
            reach = person.email or person.phone
            column.addWidget(_row(person.name, ("", person.role), "", reach))


def _by_due(action: "ActionRow") -> date:
    return action.due or date.max


def _row(words: str, status: tuple[str, str], middle: str, end: str) -> QWidget:
    """A line of a list: words at the left, a status, a figure and a day at the right, a hairline below."""
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    row = QHBoxLayout()
    px = theme().px
    row.setContentsMargins(0, px(5), 0, px(5))
    row.setSpacing(px(12))
    row.addWidget(LineLabel(words, "body"), 1)
    kind, said = status
    if said:
        row.addWidget(Status(kind, said, "small", "text" if kind else "muted"))
    if middle:
        row.addWidget(Label(middle, "body"))
    day = LineLabel(end, "small", "muted")
    row.addWidget(day)
    column.addLayout(row)
    column.addWidget(Hairline("line2"))
    return widget
