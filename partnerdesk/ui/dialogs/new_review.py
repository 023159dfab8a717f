"""A new review: for which partner, of which period; what is due stands first."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from partnerdesk.engine.period import Period, period_at, previous_period
from partnerdesk.queries.joint.review_periods import KINDS, kind_of, last_finished, spoken
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.widgets.form import Choice, Form
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.engine.period import FiscalYear
    from partnerdesk.queries.joint.review_calendar import CalendarRow, ReviewCalendar
    from partnerdesk.queries.joint.review_pages import ReviewListRow

BACK = {"month": 12, "quarter": 8, "half": 4}  # how many periods are offered
WIDTH = 270


def _periods(today: date, unit: str, year: "FiscalYear") -> list[Period]:
    """The periods of a kind, the running one first."""
    found = [period_at(today, unit, year)]
    while len(found) < BACK[unit]:
        found.append(previous_period(found[-1], year))
    return found


class _PeriodForm(Form):
    """The kind of a review, and its period; the last finished one is proposed."""

    def __init__(self, today: date, year: "FiscalYear", label: str) -> None:
        super().__init__(label_width=88)
        self._today, self._year = today, year
        self.changed: Callable[[], object] = lambda: None  # another period is shown
        kinds: list[tuple[str, object]] = [
            (KINDS[unit].words.partition(" ")[0], unit) for unit in ("quarter", "month", "half")
        ]
        self.kind = Choice("Kind", kinds, lambda unit: self.offer(str(unit)), "quarter")
        self.period = Choice("Period", [], lambda _v: self.changed())
        self.show_label(label)

    def offer(self, unit: str, label: str = "") -> None:
        """The periods of a kind, with one of them chosen."""
        self.period.clear()
        for period in _periods(self._today, unit, self._year):
            running = ", running" if self._today < period.end else ""
            self.period.addItem(spoken(period.label) + running, period.label)
        self.period.show_value(label or last_finished(self._today, unit, self._year).label)
        self.changed()

    def show_label(self, label: str) -> None:
        """Choose the kind and period of a label."""
        unit = next(unit for unit, kind in KINDS.items() if kind is kind_of(label))
        self.kind.show_value(unit)
        self.offer(unit, label)

    def lay(self) -> None:
        """Put both fields into the form."""
        self.add("Kind", self.kind, width=WIDTH)
        self.add("Period", self.period, width=WIDTH)


class NewReviewDialog(BaseDialog):
    """Calls `then(partner, period)`, or `show(id)` where that review was begun before.

    Partners whose review is due come first, with the period that is.
    """

    def __init__(
        self,
        parent: QWidget,
        calendar: "ReviewCalendar",
        today: date,
        then: Callable[[str, str], object],
        show: Callable[[int], object],
        chosen: str = "",
    ) -> None:
        super().__init__(parent, "New review")
        self._then, self._show = then, show
        self._newest = last_finished(today, "quarter", calendar.year).label
        self._rows = {row.partner: row for row in calendar.rows}
        self.body.addWidget(Label(_advice(calendar), "small", "muted", wrap=True))
        due = [row for row in calendar.rows if row.wanted is not None and row.wanted.review is None]
        rest = sorted((row for row in calendar.rows if row not in due), key=lambda r: r.partner_name.casefold())
        names: list[tuple[str, object]] = [(_offered(row), row.partner) for row in (*due, *rest)]
        self.partner = Choice("Partner", names or [("No partner yet", "")], self._pick)
        self.partner.show_value(chosen if chosen in self._rows else names[0][1] if names else "")
        self.verb = self.offer("Add review")
        self.form = _PeriodForm(today, calendar.year, self._newest)
        self.form.changed = self._say
        self.form.add("Partner", self.partner, width=WIDTH)
        self.form.lay()
        self.quarter = self.form.period
        self.body.addWidget(self.form)
        self.verb.allow("" if names else "Add a partner first")
        self._pick(self.partner.value())
        self.partner.setFocus()

    def _pick(self, partner: object) -> None:
        """The period that the partner's rhythm asks for; else the newest finished quarter, or the one that runs where
        that one was held."""
        row = self._rows.get(str(partner))
        label = self._newest
        if row is not None and row.wanted is not None and row.wanted.review is None:
            label = row.wanted.label
        elif row is not None and any(slot.label == label and slot.state == "held" for slot in row.quarters):
            label = row.quarters[-1].label
        self.form.show_label(label)

    def _begun(self) -> int | None:
        """The review of the chosen partner and period, where there is one."""
        row, label = self._rows.get(str(self.partner.value())), self.form.period.value()
        slots = (*row.quarters, *([row.month] if row.month else [])) if row is not None else ()
        return next((slot.review for slot in slots if slot.label == label), None)

    def _say(self) -> None:
        self.verb.set_text("Add review" if self._begun() is None else "Open the review")

    def accept(self) -> None:
        """Hand the choice over."""
        super().accept()
        begun = self._begun()
        if begun is not None:
            self._show(begun)
        elif self.partner.value():
            self._then(str(self.partner.value()), str(self.quarter.value()))


class CopyReviewDialog(BaseDialog):
    """Calls `then(period)`: the period after that of the review is proposed."""

    def __init__(
        self, parent: QWidget, row: "ReviewListRow", today: date, year: "FiscalYear", then: Callable[[str], Any]
    ) -> None:
        super().__init__(parent, f"Duplicate the review of {row.partner_name}")
        self._then = then
        words = "People, agenda, place and the order of pages come along; figures and words are drafted anew."
        self.body.addWidget(Label(words, "small", "muted", wrap=True))
        unit = next(unit for unit, kind in KINDS.items() if kind is kind_of(row.quarter))
        offered = _periods(today, unit, year)
        later = [period for period in offered if period.start > row.period.start]
        self.form = _PeriodForm(today, year, (later[-1] if later else offered[0]).label)
        self.form.lay()
        self.body.addWidget(self.form)
        self.verb = self.offer("Duplicate review")
        self.form.period.setFocus()

    def accept(self) -> None:
        """Hand the period over."""
        super().accept()
        self._then(str(self.form.period.value()))


def _advice(calendar: "ReviewCalendar") -> str:
    if not calendar.rows:
        return "A review is about a partner; there is none yet."
    if not calendar.lacking:
        return "Every partner whose review is due has one begun."
    partners = plural(calendar.lacking, f"{calendar.tier} partner".strip())
    verb = "has" if calendar.lacking == 1 else "have"
    return f"Pick a partner: {partners} {verb} no {spoken(calendar.quarters[-2])} review."


def _offered(row: "CalendarRow") -> str:
    is_due = row.wanted is not None and row.wanted.review is None
    return f"{row.partner_name}, {row.state}" if is_due else row.partner_name
