"""The calendar of reviews: a partner a row, a quarter a column, and what its rhythm still asks for."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from partnerdesk.engine.fiscal import unit_of
from partnerdesk.errors import Refused
from partnerdesk.queries.joint.cadence import RHYTHMS
from partnerdesk.queries.joint.review_periods import spoken
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column, Edit
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.filter_row import FilterRow
from partnerdesk.ui.widgets.text import literal

if TYPE_CHECKING:
    from partnerdesk.queries.joint.review_calendar import CalendarRow, ReviewCalendar, Slot
    from partnerdesk.ui.screens.base import Screen
    from partnerdesk.ui.screens.review.verbs import ReviewVerbs

AS_TIER = "As its tier"
# state -> (kind of a status, its word)
SLOTS = {
    "held": ("final", "Held"),
    "sent": ("info", "Sent"),
    "planned": ("info", "Planned"),
    "agreed": ("info", "Agreed"),
    "draft": ("warn", "No day"),
    "late": ("late", "Not held"),
    "due": ("warn", "Due"),
    "overdue": ("bad", "Overdue"),
}


class ReviewCalendarPage(QWidget):
    """Enter opens the review that a row waits for, or begins it; several rows are begun in one step."""

    def __init__(self, host: "Screen", verbs: "ReviewVerbs") -> None:
        super().__init__()
        self._host, self._verbs = host, verbs
        self.calendar: ReviewCalendar | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.table: DataTable | None = None
        self.filter: FilterRow | None = None
        self._head = QWidget()
        self.begin = Button("Begin the review", self.begin_selected, icon="plus")
        self.rhythm = Button("Rhythm by tier…", self._ask_rhythms)

    def show_calendar(self, calendar: "ReviewCalendar") -> None:
        """Fill the table; its columns are the quarters of the calendar."""
        if self.calendar is None or self.calendar.quarters != calendar.quarters:
            self._make_table(calendar)
        self.calendar = calendar
        assert self.table is not None
        self.table.set_rows(calendar.rows)
        self.table.setColumnHidden(self.table.table_model.column("month"), not any(r.month for r in calendar.rows))
        self._picked()

    def _make_table(self, calendar: "ReviewCalendar") -> None:
        state = self._host.shell.state
        table = DataTable(
            "review calendar", self._columns(calendar), key=lambda r: r.partner, state=state, says="Calendar of reviews"
        )
        table.set_empty(self._nothing)
        table.opened.connect(self.open_row)
        table.offer_menu(self._menu)
        table.selectionModel().selectionChanged.connect(lambda *_: self._picked())
        if self.table is not None:
            for old in (self.table, self._head):
                old.hide()
                old.deleteLater()
        self.table, self.filter = table, FilterRow(table, "partners")
        self._head = QWidget()
        row = QHBoxLayout(self._head)
        row.setContentsMargins(0, 0, theme().px(24), 0)
        row.setSpacing(theme().px(8))
        row.addWidget(self.filter, 1)
        row.addWidget(self.rhythm)
        row.addWidget(self.begin)
        self._column.addWidget(self._head)
        self._column.addWidget(table, 1)

    def _nothing(self) -> Empty:
        says = "Partners come with a spreadsheet or are added one by one. Each then has its reviews here."
        run = self._host.shell.commands.trigger
        links = [("Add a partner", lambda: run("partner.new"))]
        return Empty("No partner yet", says, ("Import a file", lambda: run("data.import")), links, icon="presentation")

    # Columns

    def _columns(self, calendar: "ReviewCalendar") -> list[Column]:
        columns = [
            Column("partner", "Partner", lambda r: r.partner_name, kind=kinds.NAME, width=180),
            Column(
                "tier", "Tier", lambda r: (r.rank + 1, r.tiers, r.tier) if r.tier else None, kind=kinds.TIER, width=132
            ),
            Column("rhythm", "Rhythm", _rhythm, width=128, edit=self._rhythm_edit(), fits=True),
        ]
        columns += [self._quarter(calendar, at, label) for at, label in enumerate(calendar.quarters)]
        columns.append(
            Column(
                "month",
                "Operating review",
                lambda r: self._cell(r.month, with_label=True) if r.month else None,
                kind=kinds.STATUS,
                width=170,
                fits=True,
            )
        )
        columns.append(
            Column(
                "last",
                "Last held",
                lambda r: r.last_held,
                self._host.desk.formats.day,
                kinds.DAY,
                110,
                hidden=True,
            )
        )
        return columns

    def _quarter(self, calendar: "ReviewCalendar", at: int, label: str) -> Column:
        return Column(
            label,
            f"{spoken(label)}{'' if at < len(calendar.quarters) - 1 else ', running'}",
            lambda r: self._in_column(r.quarters[at], label),
            kind=kinds.STATUS,
            width=132,
            fits=True,
            sort=lambda r: _order(r.quarters[at]),
        )

    def _cell(self, slot: "Slot", *, with_label: bool = False) -> tuple[str, str]:
        if not slot.state:
            return "", "\N{EN DASH}"
        kind, word = SLOTS[slot.state]
        parts = [f"{spoken(slot.label)}:" if with_label else "", word]
        parts.append(self._host.desk.formats.short_day(slot.day) if slot.day else "")
        return kind, " ".join(part for part in parts if part)

    def _in_column(self, slot: "Slot", quarter: str) -> tuple[str, str]:
        """A slot under the head of its quarter; one of another calendar says which it is of."""
        kind, words = self._cell(slot)
        return kind, f"{words}, {spoken(slot.label)}" if _is_other(slot.label, quarter) else words

    def _rhythm_edit(self) -> Edit:
        words = {text: key for key, (text, _units) in RHYTHMS.items()}

        def parse(text: str) -> str:
            if text == AS_TIER:
                return ""
            if text not in words:
                raise Refused(f"“{text}” is no rhythm.", "Choose one of the list.")
            return words[text]

        def commit(row: Any, rhythm: str) -> None:
            from partnerdesk.ops.joint.cadence import set_partner_rhythm

            self._host.run("Change rhythm of reviews", set_partner_rhythm, row.partner, rhythm)

        return Edit(lambda row: RHYTHMS[row.rhythm][0], parse, commit, (AS_TIER, *words))

    # Acting

    def open_row(self, row: "CalendarRow") -> None:
        """The review that the row waits for, begun where nobody has; else its newest one."""
        wanted = row.wanted
        if wanted is not None and wanted.review is None:
            self._verbs.begin(row.partner, wanted.label)
            return
        known = [slot for slot in (wanted, *reversed(row.quarters), row.month) if slot and slot.review is not None]
        if known:
            self._host.shell.go(Place(self._host.ID, str(known[0].review)))
        else:
            self._verbs.begin_new(row.partner)

    def begin_selected(self) -> None:
        """Begin what the selected rows wait for, as one step; one alone opens at once."""
        missing = self._missing()
        if len(missing) == 1:
            self._verbs.begin(*missing[0])
        elif missing:
            self._verbs.begin_all(missing)

    def _missing(self) -> list[tuple[str, str]]:
        rows = self.table.selected_rows() if self.table is not None else []
        return [(r.partner, r.wanted.label) for r in rows if r.wanted is not None and r.wanted.review is None]

    def _picked(self) -> None:
        count = len(self._missing())
        self.begin.set_text("Begin the review" if count < 2 else f"Begin {count} reviews")
        self.begin.allow("" if count else "Select a row whose review is due and not begun")

    def _menu(self, row: "CalendarRow") -> list[QAction | None]:
        from partnerdesk.ops.joint.cadence import set_partner_rhythm

        wanted = row.wanted
        words = "Open its newest review"
        if wanted is not None:
            words = f"{'Open' if wanted.review else 'Begin'} the {spoken(wanted.label)} review"
        found: list[QAction | None] = [self._act(words, partial(self.open_row, row))]
        if len(self._missing()) > 1:
            found.append(self._act(f"Begin {len(self._missing())} reviews", self.begin_selected))
        found.append(self._act("New review for another period…", partial(self._verbs.begin_new, row.partner)))
        found.append(None)
        rhythms = QMenu(literal(f"Rhythm of {row.partner_name}"), self)
        for key, text in (("", AS_TIER), *((key, text) for key, (text, _units) in RHYTHMS.items())):
            then = partial(self._host.run, "Change rhythm of reviews", set_partner_rhythm, row.partner, key)
            rhythms.addAction(self._act(text, then))
        found.append(rhythms.menuAction())
        found.append(self._act("Open the partner", lambda: self._host.shell.go(Place("partners", row.partner))))
        return found

    def _act(self, text: str, then: Callable[[], object]) -> QAction:
        action = QAction(literal(text), self)
        action.triggered.connect(lambda _on=False: then())
        return action

    def _ask_rhythms(self) -> None:
        from partnerdesk.ui.dialogs.rhythms import RhythmsDialog

        if self.calendar is not None:
            RhythmsDialog(self._host, self.calendar.tiers).open()


def _rhythm(row: "CalendarRow") -> str:
    return RHYTHMS[row.rhythm][0].partition(" and ")[0] + (", its own" if row.is_own else "")


def _is_other(label: str, quarter: str) -> bool:
    """Whether a quarter is not that of its column: one of the calendar, kept in a book that now has a fiscal year."""
    return label != quarter and unit_of(label) == "quarter"


def _order(slot: "Slot") -> tuple[int, str]:
    urgency = ("overdue", "late", "due", "draft", "planned", "sent", "agreed", "held", "")
    return urgency.index(slot.state), slot.day.isoformat() if slot.day else ""
