"""The lists behind a pack's pages, edited in place: what was promised, agenda, people, notes, commitments and more."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.review.capture import CaptureLine
from partnerdesk.ui.screens.review.list_acts import ListActs
from partnerdesk.ui.screens.review.list_columns import NOTED, ListColumns
from partnerdesk.ui.screens.review.meeting import MeetingStrip
from partnerdesk.ui.screens.review.opened import OpenReview
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.section import SectionTitle

if TYPE_CHECKING:
    from partnerdesk.queries.joint.review_desk import ReviewDesk
    from partnerdesk.queries.joint.reviews import ReviewView

ITEMS = ("agenda", "win", "ask", "decision", "issue")


@dataclass(frozen=True, slots=True)
class Kind:
    """A list: its title, what the button says, and what stands there first."""

    title: str
    verb: str
    note: str


KINDS: dict[str, Kind] = {
    "promised": Kind("Promised last time", "", "D done, E with evidence, C carry over"),
    "agenda": Kind("Meeting and agenda", "Add topic", "topics with minutes"),
    "people": Kind("Attendees", "Add attendee", "of both sides; Ctrl+V pastes a list"),
    "notes": Kind("Meeting notes", "", "C makes a line a commitment, P changes the plan by it"),
    "commitment": Kind("New commitments", "Add commitment", "each with an owner and a date"),
    "win": Kind("Wins", "Add win", "what went well"),
    "ask": Kind("Asks", "Add ask", "each with a date"),
    "decision": Kind("Decisions needed", "Add decision", "who decides"),
    "issue": Kind("Issues", "Add issue", "with its level of escalation"),
    "heard": Kind("What was said", "Add a quote", "by customers and field teams, beside the metric it is about"),
}


class ReviewLists(QWidget):
    """One list at a time; `show_list` chooses it."""

    def __init__(self, opened: OpenReview) -> None:
        super().__init__()
        self._opened = opened
        self._view: ReviewView | None = None
        self._new: object = None  # a line that was added and is not shown yet
        self.key = "agenda"
        self.acts, self._columns = ListActs(opened), ListColumns(opened)
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(12), 0, 0)
        column.setSpacing(px(4))
        head = QHBoxLayout()
        head.setContentsMargins(px(24), 0, px(24), 0)
        self.title = SectionTitle("")
        self.add = Button("", self.add_line, kind="link", keys="Ctrl+N")
        head.addWidget(self.title, 1)
        head.addWidget(self.add)
        column.addLayout(head)
        self.meeting = MeetingStrip(opened)
        self.capture = CaptureLine(opened.host.desk, self.note)
        column.addWidget(self.meeting)
        column.addWidget(self.capture)
        self.tables = {key: self._table(key) for key in KINDS}
        for table in self.tables.values():
            column.addWidget(table, 1)
            table.hide()

    def _table(self, key: str) -> DataTable:
        state, kind = self._opened.host.shell.state, KINDS[key]
        table = DataTable(f"review.{key}", self._columns.of(key), key=lambda r: r.id, state=state, says=kind.title)
        table.set_empty(lambda: self._nothing(key))
        self.acts.attach(table, key)
        self._opened.host.show_sums(table)
        return table

    def _nothing(self, key: str) -> Empty:
        kind = KINDS[key]
        if key == "promised":
            return Empty("Nothing was promised before", "What both sides promise in this review stands here next time.")
        if key == "notes":
            return Empty(
                "Nothing noted yet", "Type in the line above; decisions with an owner and a day become actions."
            )
        is_held = self._view is not None and self._view.review.is_held and key != "heard"
        reason = f"{kind.note[:1].upper()}{kind.note[1:]}."
        return Empty(f"No {kind.title.lower()}", reason, None if is_held else (kind.verb, self.add_line))

    # Showing and adding

    def show_desk(self, desk: "ReviewDesk") -> None:
        """Fill every list."""
        self._view = view = desk.view
        for key in ITEMS:
            self.tables[key].set_rows(view.of(key))
        self.tables["people"].set_rows(view.attendees)
        self.tables["commitment"].set_rows(view.commitments)
        self.tables["promised"].set_rows(view.previous)
        self.tables["notes"].set_rows([item for item in view.items if item.kind in NOTED])
        self.tables["heard"].set_rows(desk.feedback)
        self.meeting.show_view(view)
        self.show_list(self.key)
        self._edit_new()

    def show_list(self, key: str) -> None:
        """Choose a list."""
        self.key, kind = key, KINDS[key]
        for name, table in self.tables.items():
            table.setVisible(name == key)
        is_held = self._view is not None and self._view.review.is_held
        self.meeting.setVisible(key == "agenda")
        self.capture.setVisible(key == "notes" and not is_held)
        self.title.set(kind.title, self._note(key))
        self.add.set_text(kind.verb)
        self.add.setVisible(bool(kind.verb) and (not is_held or key == "heard"))

    def _note(self, key: str) -> str:
        """What stands beside the title: of the agenda, how its minutes fit into the meeting."""
        view = self._view
        if view is not None and view.review.is_held and key not in ("promised", "heard"):
            return "as it was held"
        if key != "agenda" or view is None:
            return KINDS[key].note
        length = view.review.minutes
        if not length:
            return f"{plural(view.minutes, 'minute')}; say above how long the meeting is"
        left = length - view.minutes
        rest = f"{left} left" if left > 0 else f"{-left} too many" if left < 0 else "it fits"
        return f"{view.minutes} of {plural(length, 'minute')}, {rest}"

    def select(self, row: object, column: str) -> None:
        """Make a row current and open one of its cells, so that what is missing is typed at once."""
        table = self.tables[self.key]
        at = next((n for n, c in enumerate(table.table_model.columns) if c.key == column), 0)
        if table.select(row, at):
            table.setFocus()
            table.begin_edit(table.currentIndex())

    def add_line(self) -> None:
        """Add to the list in view and write over its name; people are chosen from those who are known."""
        from partnerdesk.ops.joint import actions, feedback, reviews

        if self._view is None or (self._view.review.is_held and self.key != "heard"):
            return
        if self.key == "notes":
            self.capture.begin()
        if not KINDS[self.key].verb:
            return
        id, partner, today = self._view.review.id, self._view.review.partner, self._opened.host.desk.today()
        word, change = KINDS[self.key].verb, self._opened.change
        then: dict[str, Any] = {"done": self._added}
        if self.key == "people":
            self.acts.ask_person(self.add.mapToGlobal(QPoint(0, self.add.height())))
        elif self.key == "commitment":
            change(word, actions.add_action, partner, text="New commitment", side="vendor", on=today, review=id, **then)
        elif self.key == "heard":
            given: dict[str, Any] = {"day": today, "text": "What was said", "review": id}
            change(word, feedback.add_feedback, partner, **given, **then)
        else:
            change(word, reviews.add_item, id, self.key, text=f"New {self.key}", **then)

    def note(self, kind: str, line: str) -> None:
        """Keep a line that was typed in the meeting."""
        from partnerdesk.ops.joint.review_outcome import note_line

        opened, today = self._opened, self._opened.host.desk.today()
        done = partial(self._noted, kind, line)
        opened.change("Note in review", note_line, opened.id, kind, line, on=today, done=done)

    def _noted(self, kind: str, line: str, _id: object) -> None:
        self.capture.say_noted(kind, line)

    def _added(self, id: object) -> None:
        self._new = id

    def _edit_new(self) -> None:
        """Open the editor on the line that was just added."""
        table = self.tables[self.key]
        if self._new is not None and table.isVisible() and table.select(self._new):
            self.select(self._new, "text")
            self._new = None
