"""All reviews in one table: partner, period, date, status, and what each side kept of what was promised there."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.queries.joint.review_periods import spoken
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.filter_row import FilterRow
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import literal

if TYPE_CHECKING:
    from partnerdesk.queries.joint.review_calendar import ReviewCalendar
    from partnerdesk.queries.joint.review_pages import ReviewListRow
    from partnerdesk.ui.screens.base import Screen
    from partnerdesk.ui.screens.review.verbs import ReviewVerbs

STATES = {"draft": ("info", "Draft"), "sent": ("info", "Sent"), "held": ("final", "Held")}


class ReviewList(QWidget):
    """The table, and above it what is lacking."""

    def __init__(self, host: "Screen", verbs: "ReviewVerbs") -> None:
        super().__init__()
        self._host, self._verbs = host, verbs
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.table = DataTable("reviews", self._columns(), key=lambda r: r.id, state=host.shell.state, says="Reviews")
        self.table.sort_by("day", descending=True)
        self.table.set_empty(self._nothing)
        self.table.opened.connect(verbs.open_row)
        self.table.offer_menu(self._menu)
        self.filter = FilterRow(self.table, "reviews")
        host.show_sums(self.table)
        column.addWidget(self._notice())
        column.addWidget(self.filter)
        column.addWidget(self.table, 1)

    def _notice(self) -> QWidget:
        """What the rhythm asks for and nobody has begun."""
        self.notice = QWidget()
        row = QHBoxLayout(self.notice)
        px = theme().px
        row.setContentsMargins(px(24), 0, px(24), px(4))
        row.setSpacing(px(12))
        self.lacking = Status("warn", "")
        row.addWidget(self.lacking)
        row.addWidget(link("Show them", self._verbs.show_calendar))
        row.addStretch(1)
        self.notice.hide()
        return self.notice

    def show_lacking(self, calendar: "ReviewCalendar") -> None:
        """Say how many partners of the highest tier that lacks one have no review of the newest quarter."""
        quarter, tier = spoken(calendar.quarters[-2]), calendar.tier
        partners = plural(calendar.lacking, f"{tier} partner".strip())
        verb = "has" if calendar.lacking == 1 else "have"
        self.lacking.set_status("warn", f"{partners} {verb} no {quarter} review")
        self.notice.setVisible(calendar.lacking > 0)

    def _columns(self) -> list[Column]:
        formats = self._host.desk.formats
        return [
            Column("partner", "Partner", lambda r: r.partner_name, kind=kinds.NAME, width=220),
            Column("quarter", "Period", lambda r: r.quarter, spoken, kinds.TEXT, 90, sort=_end),
            Column("day", "Date", lambda r: r.day, formats.day, kinds.DAY, 110),
            Column("status", "Status", _state, kind=kinds.STATUS, width=160),
            Column("ours", "We kept", lambda r: r.ours, width=110),
            Column("theirs", "They kept", lambda r: r.theirs, width=110),
            Column("next", "Next review", lambda r: r.next_review, formats.day, kinds.DAY, 120),
            Column("place", "Place", lambda r: r.place, kind=kinds.MUTED, width=140),
        ]

    def _nothing(self) -> Empty:
        return Empty(
            "No review yet",
            "A review brings a quarter's figures, what was promised and what comes next to one table.",
            ("New review", self._verbs.begin_new),
            icon="presentation",
        )

    def _menu(self, row: "ReviewListRow") -> list[QAction | None]:
        found: list[QAction | None] = [self._act("Open", lambda: self._verbs.open_row(row))]
        found.append(self._act("Duplicate for another period…", lambda: self._verbs.ask_copy(row)))
        if row.status != "held":
            found.append(None)
            found.append(self._act(f"Remove the review of {row.partner_name}", lambda: self._verbs.remove(row)))
        return found

    def _act(self, text: str, then: Callable[[], object]) -> QAction:
        action = QAction(literal(text), self)
        action.triggered.connect(lambda _on=False: then())
        return action

    def show_rows(self, rows: "tuple[ReviewListRow, ...]") -> None:
        """Fill the table."""
        self.table.set_rows(rows)

    def current(self) -> Any:
        """The row with the focus, or None."""
        return self.table.current_row()


def _end(row: "ReviewListRow") -> tuple[Any, Any]:
    return row.period.end, row.period.start


def _state(row: "ReviewListRow") -> tuple[str, str]:
    if row.is_late:
        return "late", f"{STATES[row.status][1]}, day passed"
    return STATES[row.status]
