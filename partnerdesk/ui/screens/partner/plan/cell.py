"""What is known of a cell of the whitespace, what a person says about it, and what is made of a gap."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.partner.plan.edits import places
from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.screens.partner.plan.side import Lines
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button, link
from partnerdesk.ui.widgets.cell_mark import GAP, HINTED, NOT_ELIGIBLE, WORDS
from partnerdesk.ui.widgets.editors import AutosaveLine
from partnerdesk.ui.widgets.form import Choice
from partnerdesk.ui.widgets.section import Column, SectionTitle
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.queries.joint.whitespace import Cell, Whitespace
    from partnerdesk.reports.format import Formats

FITS = (("Not said", ""), ("High", "high"), ("Medium", "medium"), ("Low", "low"))


def mark_of(cell: "Cell") -> str:
    """The mark of a cell."""
    return HINTED if cell.is_hinted else cell.state


def state_words(cell: "Cell", formats: "Formats", matrix: "Whitespace | None") -> str:
    """A cell in words: its state, what a gap is worth, what similar customers own."""
    said = WORDS.get(cell.state, cell.state).capitalize()
    if cell.state == GAP and cell.value is not None and matrix is not None:
        said += f", {formats.number(cell.value, 0)} {matrix.currency} a year"
        said += "" if cell.is_typed else " as others pay"
    if cell.peers and cell.state in (GAP, NOT_ELIGIBLE):
        said += f", owned by {cell.owners} of {cell.peers} similar customers"
    return said


class CellPanel(Column):
    """Beside the matrix; fields save by themselves, each as one step."""

    def __init__(self, tab: ShownPlan) -> None:
        super().__init__(margin=20)
        self._tab = tab
        self._matrix: Whitespace | None = None
        self.cell: Cell | None = None
        self.title = Label("", "section", wrap=True)
        self.state = Label("", "body", "muted", wrap=True)
        self.value = AutosaveLine("Value a year", self._save_value, self._amount, hint="As others pay")
        self.fit = Choice("Fit", FITS, lambda fit: self._say("fit", "fit of a gap", fit))
        self.step = AutosaveLine("Next step", lambda text: self._say("next_step", "next step of a gap", text))
        self.objective = Button("Add objective", self.add_objective, kind=PRIMARY, keys="Enter")
        self.deal = Button("Add deal", self._deal)
        self.eligible = Button("Not eligible", self._eligible, kind="flat")
        self.add(self.title)
        self.add(self.state, 4)
        self.fields = [self.value, self.fit, self.step]
        for name, field in zip(("Value a year", "Fit", "Next step"), self.fields, strict=True):
            self.add(SectionTitle(name), 12)
            self.add(field, 4)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        row.addWidget(self.objective)
        row.addWidget(self.deal)
        row.addStretch(1)
        self.add(buttons, 16)
        self.add(self.eligible, 8)
        self.deals = Lines()
        self.add(self.deals, 8)

    def show_cell(self, cell: "Cell | None", matrix: "Whitespace | None") -> None:
        """Show what is known of a cell of a matrix; nothing for a customer or a sum."""
        self.cell, self._matrix = cell, matrix
        matrix, view = self._matrix, self._tab.view
        is_gap = cell is not None and cell.state == GAP
        for widget in (*self.fields, self.eligible):
            widget.setEnabled(cell is not None)
        self.deal.allow("" if is_gap else "Choose a gap first")
        locked = "This plan is agreed; start its next version." if view is not None and view.plan.is_locked else ""
        has_one = cell is not None and self._objective_at() is not None
        self.objective.set_text("Show objective" if has_one else "Add objective")
        self.objective.allow("" if has_one else locked if is_gap else "Choose a gap first")
        if cell is None or matrix is None:
            self.title.setText("Choose a cell")
            self.state.setText("Arrow keys move; Enter on a gap makes an objective of it.")
            return
        formats = self._tab.formats
        self.title.setText(matrix.name_of(cell))
        words = state_words(cell, formats, matrix)
        self.state.setText(f"{words}. An objective works on it." if has_one else f"{words}.")
        self._tab.shell.status(f"{matrix.name_of(cell)}: {words[:1].lower()}{words[1:]}")
        typed = cell.value if cell.is_typed and cell.value is not None else None
        self.value.show_text("" if typed is None else formats.number(typed, places(typed)))
        self.fit.show_value(cell.fit)
        self.step.show_text(cell.next_step)
        self.step.setCursorPosition(0)
        self.eligible.set_text("Eligible again" if cell.state == NOT_ELIGIBLE else "Not eligible")
        self.eligible.setVisible(cell.state in (GAP, NOT_ELIGIBLE))
        self._list_deals(cell)

    def _list_deals(self, cell: "Cell") -> None:
        at = Place("partners", self._tab.partner, "overview")
        self.deals.put(*(link(f"Deal {deal}", lambda: self._tab.shell.go(at)) for deal in cell.deals))

    # What a person says

    def _amount(self, typed: str) -> Decimal | None:
        return self._tab.formats.parse_number(typed) if typed.strip() else None

    def _save_value(self, value: Decimal | None) -> None:
        self._say("value", "value of a gap", value)

    def _say(self, field: str, label: str, value: object) -> None:
        from partnerdesk.ops.joint.plan_whitespace import set_cell

        said: dict[str, Any] = {field: value}
        self._run(f"Edit {label}", set_cell, **said)

    def _eligible(self) -> None:
        if self.cell is not None:
            self._say("eligible", "eligibility", self.cell.state == NOT_ELIGIBLE)

    def _run(self, label: str, op: Callable[..., Any], toast: str = "", **fields: object) -> None:
        """One step on the cell that is shown."""
        cell, matrix, view = self.cell, self._matrix, self._tab.view
        if cell is None or matrix is None or view is None:
            return
        fields = {"axis": matrix.axis, "currency": matrix.currency} | fields
        self._tab.change(label, op, view.plan.id, cell.customer, cell.product, fields=fields, toast=toast)

    # What is made of a gap

    def add_objective(self) -> None:
        """An objective of the plan that closes the gap; the one that does already, where there is one."""
        from partnerdesk.ops.joint.plan_whitespace import objective_from_gap

        there = self._objective_at()
        if there is not None:
            self._tab.jump("objectives", there)
        elif self.objective.isEnabled() and self.cell is not None:
            self._run("Add objective from a gap", objective_from_gap, "Objective added", value=self.cell.value)

    def _deal(self) -> None:
        from partnerdesk.ops.joint.plan_whitespace import deal_from_gap

        if self.cell is not None:
            fields = {"value": self.cell.value, "on": self._tab.desk.today(), "by": self._tab.desk.user}
            linked = self._objective_at()
            self._run("Add deal from a gap", deal_from_gap, "Deal added", **fields, objective=linked)

    def _objective_at(self) -> int | None:
        """The objective that works on the cell already: its deal belongs to it."""
        cell, view = self.cell, self._tab.view
        if cell is None or view is None:
            return None
        same = [link for link in view.links if (link.customer, link.product) == (cell.customer, cell.product)]
        return same[0].objective if same else None
