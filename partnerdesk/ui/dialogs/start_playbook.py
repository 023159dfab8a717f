"""Starting a playbook: for whom, from when, measured by what, and each action that it would create."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column, Edit
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.form import Choice
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.queries.enablement.playbooks import Planned, Preview
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.state import State

WIDTH, AROUND, EDGE, LEAST = 940, 330, 24, 90  # AROUND is what stands above and below the table
DAYS = (("Working days", True), ("All days", False))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was decided."""

    partner: str
    playbook: str
    title: str
    start: date
    actions: "tuple[Planned, ...]"
    metric: str


@dataclass(frozen=True, slots=True)
class _Row:
    """An action of the preview, taken or left out."""

    number: int
    planned: "Planned"
    is_taken: bool = True


class StartDialog(BaseDialog):
    """Emits `wanted(partner, playbook, start, workdays)` whenever what it shows has to be previewed again."""

    wanted = Signal(str, str, object, object)

    def __init__(
        self,
        parent: QWidget,
        partners: Sequence[tuple[str, str]],
        playbooks: Sequence[tuple[str, str]],
        first: tuple[str, str],
        today: date,
        formats: "Formats",
        state: "State",
        then: Callable[[Chosen], object],
    ) -> None:
        super().__init__(parent, "Start a playbook", _fitting(WIDTH, parent.width()))
        self._formats, self._then, self._start = formats, then, today
        self.preview: Preview | None = None
        self._rows: list[_Row] = []
        again = lambda _value: self.ask_preview()  # noqa: E731
        self.partner = Choice("Partner", partners, again, first[0])
        self.playbook = Choice("Playbook", playbooks, self._other, first[1])
        self.day = QLineEdit(formats.day(today))
        self.day.setAccessibleName("Start")
        self.day.setMinimumHeight(theme().measure("control"))
        self.day.editingFinished.connect(self._other_day)
        self.workdays = Choice("Days are", DAYS, self._other_days, True)
        self.measure = Choice("Goal measured by", (("Nothing", ""),), lambda _value: None, "")
        self.goal = Label("", "small", "muted", wrap=True)
        self.body.addLayout(self._fields())
        self.body.addWidget(self.goal)
        self.table = DataTable("start", self._columns(), key=lambda r: r.number, state=state, says="Actions")
        self.table.setMinimumHeight(theme().px(_fitting(300, parent.height() - theme().px(AROUND))))
        self.body.addWidget(self.table)
        self.problem = Label("", "small", "bad", wrap=True)
        self.body.addWidget(self.problem)
        self._is_chosen = False  # whether the kind of days was chosen by hand, or is the playbook's own
        self.verb = self.offer("Create actions")
        self.partner.setFocus()

    def _fields(self) -> QGridLayout:
        grid, px = QGridLayout(), theme().px
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        placed = (
            ("Partner", self.partner, 0, 0),
            ("Playbook", self.playbook, 0, 2),
            ("Start", self.day, 1, 0),
            ("Measured by", self.measure, 1, 2),
            ("Days are", self.workdays, 2, 0),
        )
        for words, field, row, column in placed:
            grid.addWidget(Label(words, "body"), row, column)
            grid.addWidget(field, row, column + 1)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(3, 3)
        return grid

    def _columns(self) -> list[Column]:
        formats = self._formats
        return [
            Column("taken", "", _taken, kind=kinds.LINK, width=106, open_it=self._turn, search=False),
            Column("due", "Due", lambda r: r.planned.due, formats.day, kinds.DATE, 104, edit=self._due()),
            Column("text", "Action", lambda r: r.planned.text, kind=kinds.NAME, width=320, edit=self._text("text")),
            Column("team", "Team", lambda r: r.planned.team, kind=kinds.MUTED, width=150),
            Column("owner", "Owner", _owner, kind=kinds.STATUS, width=200, edit=self._text("owner")),
        ]

    # Previewing

    def ask_preview(self) -> None:
        """Ask for what starting would create now."""
        workdays = self.workdays.value() if self._is_chosen else None
        self.wanted.emit(str(self.partner.value()), str(self.playbook.value()), self._start, workdays)

    def show_preview(self, found: "Preview") -> None:
        """Show what it would create; what was changed in the rows before is gone."""
        self.preview = found
        self.goal.setText(f"{found.playbook.says} Goal: {found.playbook.goal}.".strip())
        self.workdays.show_value(found.workdays)
        self._offer_measures(found)
        self._rows = [_Row(number, planned) for number, planned in enumerate(found.actions)]
        self._show_rows()

    def refuse(self, error: Exception) -> None:
        """Say why there is nothing to create."""
        self._rows = []
        self._show_rows()
        self._say(error)

    def _say(self, error: Exception) -> None:
        self.problem.set_token("bad")
        said = f"{error.sentence} {error.remedy}".strip() if isinstance(error, Refused) else str(error)
        self.problem.setText(said)

    def _offer_measures(self, found: "Preview") -> None:
        from partnerdesk.ui.screens.partner.progress.standing import shown_value

        self.measure.clear()
        self.measure.addItem("Nothing", "")
        for one in found.measures:
            self.measure.addItem(f"{one.says}, now {shown_value(one.value, one.unit, self._formats)}", one.metric)
        self.measure.show_value(found.metric)

    def _show_rows(self) -> None:
        self.table.set_rows(self._rows)
        taken = [row.planned for row in self._rows if row.is_taken]
        count, nobody = len(taken), sum(not planned.owner for planned in taken)
        self.verb.set_text(f"Create {count} action{'' if count == 1 else 's'}")
        self.verb.allow("" if count else "Nothing would be created.")
        self.problem.set_token("muted")
        self.problem.setText(f"{nobody} of them {'has' if nobody == 1 else 'have'} no owner yet." if nobody else "")

    def _other(self, _key: object) -> None:
        self._is_chosen = False
        self.ask_preview()

    def _other_days(self, _value: object) -> None:
        self._is_chosen = True
        self.ask_preview()

    def _other_day(self) -> None:
        try:
            day = self._formats.parse_day(self.day.text().strip())
        except Refused as refused:
            self._say(refused)
            return
        if day != self._start:
            self._start = day
            self.ask_preview()

    # Changing rows

    def _turn(self, row: _Row) -> None:
        self._put(replace(row, is_taken=not row.is_taken))

    def _text(self, name: str) -> Edit:
        def change(row: _Row, value: str) -> None:
            changed: dict[str, Any] = {name: value}
            self._put(replace(row, planned=replace(row.planned, **changed)))

        return Edit(lambda r: str(getattr(r.planned, name)), str.strip, change)

    def _due(self) -> Edit:
        def change(row: _Row, value: date) -> None:
            self._put(replace(row, planned=replace(row.planned, due=value)))

        return Edit(lambda r: self._formats.day(r.planned.due), self._formats.parse_day, change)

    def _put(self, row: _Row) -> None:
        self._rows[row.number] = row
        self._show_rows()

    def accept(self) -> None:
        """Hand over what is taken."""
        taken = tuple(row.planned for row in self._rows if row.is_taken)
        if self.preview is None or not taken:
            return
        found = self.preview
        metric = str(self.measure.value() or "")
        super().accept()
        self._then(Chosen(found.partner, found.playbook.key, found.playbook.title, found.start, taken, metric))


def _fitting(wanted: int, room: int) -> int:
    """As many px at the usual size of text as the window has room for, and not less than a row or two."""
    return max(min(wanted, room * 100 // theme().px(100) - EDGE), LEAST)


def _taken(row: _Row) -> str:
    return "Leave out" if row.is_taken else "Take"


def _owner(row: _Row) -> tuple[str, str]:
    if not row.is_taken:
        return "", "left out"
    return ("", row.planned.owner) if row.planned.owner else ("warn", row.planned.role or "no owner")
