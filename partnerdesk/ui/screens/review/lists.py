"""The lists behind a pack's pages, edited in place: agenda, people, wins, asks, decisions, issues, commitments."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui import table as kinds
from partnerdesk.ui.table import Column, Edit
from partnerdesk.ui.table_view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.section import SectionTitle

if TYPE_CHECKING:
    from partnerdesk.queries.joint.reviews import ReviewView
    from partnerdesk.ui.screens.review.builder import ReviewBuilder

ITEMS = ("agenda", "win", "ask", "decision", "issue", "learning")
STATES = {
    "open": ("info", "Open"),
    "late": ("late", "Late"),
    "done": ("good", "Done"),
    "dropped": ("blocked", "Dropped"),
    "proposed": ("", "New"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A list: its title, what the button says, and what stands there first."""

    title: str
    verb: str
    note: str


KINDS: dict[str, Kind] = {
    "agenda": Kind("Agenda", "Add topic", "with minutes"),
    "people": Kind("Attendees", "Add attendee", "of both sides"),
    "win": Kind("Wins", "Add win", "what went well"),
    "ask": Kind("Asks", "Add ask", "each with a date"),
    "decision": Kind("Decisions needed", "Add decision", "who decides"),
    "issue": Kind("Issues", "Add issue", "with its level of escalation"),
    "learning": Kind("Learnings", "Add learning", "what to do differently next time"),
    "commitment": Kind("New commitments", "Add commitment", "each with an owner and a date"),
}


class ReviewLists(QWidget):
    """One list at a time; `show_list` chooses it."""

    def __init__(self, builder: "ReviewBuilder") -> None:
        super().__init__()
        self._builder = builder
        self._view: ReviewView | None = None
        self.key = "agenda"
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(12), 0, 0)
        column.setSpacing(px(4))
        head = QHBoxLayout()
        head.setContentsMargins(px(24), 0, px(24), 0)
        self.title = SectionTitle("")
        self.add = Button("", self._add, kind="link", keys="Ctrl+N")
        head.addWidget(self.title, 1)
        head.addWidget(self.add)
        column.addLayout(head)
        self.tables = {key: self._table(key) for key in KINDS}
        for table in self.tables.values():
            column.addWidget(table, 1)
            table.hide()

    def _table(self, key: str) -> DataTable:
        columns = {"people": self._people, "commitment": self._commitments}.get(key, lambda: self._items(key))()
        state = self._builder.host.shell.state
        table = DataTable(f"review.{key}", columns, key=lambda r: r.id, state=state, says=KINDS[key].title)
        table.set_empty(
            lambda: Empty(f"No {KINDS[key].title.lower()}", _reason(KINDS[key]), (KINDS[key].verb, self._add))
        )
        return table

    # Columns

    def _edit(
        self, op: Callable[..., Any], field: str, parse: Callable[[str], Any] = str.strip, day: bool = False
    ) -> Edit:
        formats = self._builder.host.desk.formats

        def shown(row: Any) -> str:
            value = getattr(row, field)
            if day:
                return formats.day(value) if value else ""
            return "" if value is None else str(value)

        def commit(row: Any, value: Any) -> None:
            before = {field: getattr(row, field)}
            self._builder.change(f"Edit {field.replace('_', ' ')}", op, row.id, before, **{field: value})

        return Edit(shown, self._day if day else parse, commit)

    def _day(self, text: str) -> Any:
        return self._builder.host.desk.formats.parse_day(text) if text.strip() else None

    def _items(self, key: str) -> list[Column]:
        from partnerdesk.ops.joint.reviews import change_item as op

        formats = self._builder.host.desk.formats
        columns = [
            Column("text", KINDS[key].title, lambda r: r.text, kind=kinds.NAME, width=300, edit=self._edit(op, "text")),
        ]
        if key == "agenda":
            columns.append(
                Column(
                    "minutes",
                    "Minutes",
                    lambda r: r.minutes,
                    kind=kinds.NUMBER,
                    width=80,
                    sums=True,
                    edit=self._edit(op, "minutes", _whole),
                )
            )
            return columns
        columns.append(Column("detail", "Detail", lambda r: r.detail, width=320, edit=self._edit(op, "detail")))
        if key in ("ask", "decision", "issue"):
            columns.append(Column("owner", "Owner", lambda r: r.owner, width=140, edit=self._edit(op, "owner")))
            columns.append(
                Column("due", "Due", lambda r: r.due, formats.day, kinds.DAY, 100, edit=self._edit(op, "due", day=True))
            )
        return columns

    def _people(self) -> list[Column]:
        from partnerdesk.ops.joint.reviews import change_attendee as op

        return [
            Column("name", "Name", lambda r: r.name, kind=kinds.NAME, width=240, edit=self._edit(op, "name")),
            Column("side", "Side", lambda r: "ours" if r.side == "vendor" else "theirs", width=90),
            Column("role", "Role", lambda r: r.role, width=260, edit=self._edit(op, "role")),
        ]

    def _commitments(self) -> list[Column]:
        from partnerdesk.ops.joint.actions import change_action as op

        formats = self._builder.host.desk.formats

        def owner(row: Any) -> tuple[str, str]:
            return ("", row.owner) if row.owner else ("warn", "assign owner")

        return [
            Column("text", "Commitment", lambda r: r.text, kind=kinds.NAME, width=300, edit=self._edit(op, "text")),
            Column("side", "Side", lambda r: "ours" if r.side == "vendor" else "theirs", kind=kinds.MUTED, width=70),
            Column("owner", "Owner", owner, kind=kinds.STATUS, width=150, edit=self._edit(op, "owner")),
            Column("due", "Due", lambda r: r.due, formats.day, kinds.DAY, 100, edit=self._edit(op, "due", day=True)),
            Column("measure", "Measure", lambda r: r.measure, width=180, edit=self._edit(op, "measure")),
            Column("state", "Status", lambda r: STATES[r.state], kind=kinds.STATUS, width=100),
        ]

    # Showing and adding

    def show_view(self, view: "ReviewView") -> None:
        """Fill every list."""
        self._view = view
        for key in ITEMS:
            self.tables[key].set_rows(view.of(key))
        self.tables["people"].set_rows(view.attendees)
        self.tables["commitment"].set_rows(view.commitments)
        self.add.setVisible(not view.review.is_held)

    def show_list(self, key: str) -> None:
        """Choose a list."""
        self.key = key
        for name, table in self.tables.items():
            table.setVisible(name == key)
        kind = KINDS[key]
        minutes = f", {self._view.minutes} minutes" if key == "agenda" and self._view is not None else ""
        self.title.set(kind.title, kind.note + minutes)
        self.add.set_text(kind.verb)

    def _add(self) -> None:
        from partnerdesk.ops.joint import actions, reviews

        if self._view is None:
            return
        id, partner, today = self._view.review.id, self._view.review.partner, self._builder.host.desk.today()
        word = KINDS[self.key].verb
        if self.key == "people":
            self._builder.change(word, reviews.add_attendee, id, name="New attendee", side="partner")
        elif self.key == "commitment":
            self._builder.change(
                word, actions.add_action, partner, text="New commitment", side="vendor", on=today, review=id
            )
        else:
            self._builder.change(word, reviews.add_item, id, self.key, text=f"New {self.key}")


def _reason(kind: Kind) -> str:
    return f"{kind.note[:1].upper()}{kind.note[1:]}."


def _whole(text: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal():
        raise Refused("Minutes are a whole number.", "Write for example 15.")
    return int(text)
