"""The Why panel at the right: one figure, explained down to its rows. Space opens and closes it.

It shows an `Explanation` and computes nothing. A part of the formula opens in the same panel; Back returns.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.effect import WORDS
from partnerdesk.ui.explanation import Act, Explanation, InputRow, explained
from partnerdesk.ui.formula import FormulaRow
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.button import Button, icon_button, link
from partnerdesk.ui.widgets.section import Column, Hairline
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats

ROOM = 250  # px that name, formula and value of a row have together, inside the panel's margins and gaps


class Inspector(QWidget):
    """Shows one explanation. `opened_input` and `opened_rule` ask the window to go to rows and rule sheets."""

    closed = Signal()
    opened_input = Signal(object)  # an InputRow
    opened_rule = Signal(str, str)  # its key and version

    def __init__(self, formats: "Callable[[], Formats]") -> None:
        super().__init__()
        self.setAccessibleName("Why")
        self.shown: Explanation | None = None
        self._formats = formats
        self._above: list[Explanation] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self._column = Column(margin=20)
        column.addWidget(self._column, 1)
        column.addWidget(self._foot())

    def _head(self) -> QWidget:
        head, px = QWidget(), theme().px
        head.setFixedHeight(px(44))
        row = QHBoxLayout(head)
        row.setContentsMargins(px(20), px(8), px(12), 0)
        self._back = icon_button("chevron-left", "Back to the whole", self.go_up)
        self._back.hide()
        row.addWidget(self._back)
        row.addWidget(Label("Why", "section"))
        row.addStretch(1)
        row.addWidget(Label("Space", "hint", "muted"))
        row.addWidget(icon_button("x", "Close Why", self.closed.emit))
        return head

    def _foot(self) -> QWidget:
        foot, px = QWidget(), theme().px
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(20), px(12), px(20), px(16))
        row.setSpacing(px(8))
        self.copy_button = Button("Copy explanation", self.copy, icon="copy", inner=True)
        row.addWidget(self.copy_button)
        self._acts = QHBoxLayout()
        row.addLayout(self._acts)
        self.act_button: Button | None = None
        row.addStretch(1)
        return foot

    @property
    def first(self) -> Explanation | None:
        """The explanation that was asked for, whatever part of it is open now."""
        return self._above[0] if self._above else self.shown

    def show_explanation(self, shown: Explanation) -> None:
        """Explain another figure."""
        self._above = []
        self._show(shown)

    def open_part(self, row: FormulaRow) -> None:
        """Explain a part of the formula; Back returns."""
        if row.part is not None and self.shown is not None:
            self._above.append(self.shown)
            about = f"{row.name}, part of {self.shown.title}"
            taken = self.shown.assumed
            self._show(explained(self.shown.figure, row.part, self._formats(), about=about, assumed=taken))

    def push(self, explanation: Explanation) -> None:
        """Show what a link of the present explanation opens; Back returns."""
        if self.shown is not None:
            self._above.append(self.shown)
            self._show(replace(explanation, figure=self.shown.figure))

    def go_up(self) -> None:
        """Back to the figure that the part belongs to."""
        if self._above:
            self._show(self._above.pop())

    def _show(self, shown: Explanation) -> None:
        self.shown = shown
        self._back.setVisible(bool(self._above))
        self.setAccessibleDescription(shown.as_text())
        self._column.clear()
        self._column.column.setContentsMargins(theme().px(20), theme().px(4), theme().px(20), theme().px(12))
        self._offer(shown.act)
        self._title(shown)
        self._formula(shown)
        self._noted("Otherwise", shown.otherwise)
        self._inputs("Inputs", shown.inputs)
        self._inputs("Not counted", shown.excluded)
        self._noted("Changed", shown.changed)
        self._noted("Audited", shown.audited)
        if shown.rule:
            self._column.rule()
            self._column.add(_heading("Rule", ""))
            self._column.add(self._rule(shown))

    def _noted(self, title: str, rows: tuple[FormulaRow, ...]) -> None:
        if rows:
            self._column.rule()
            self._column.add(_heading(title, ""))
            self._column.add(self._rows(rows))

    def _offer(self, act: Act | None) -> None:
        """What can be done about the figure, beside Copy."""
        if self.act_button is not None:
            self.act_button.hide()
            self.act_button.deleteLater()
            self.act_button = None
        if act is not None:
            self.act_button = Button(act.words, act.then, icon=act.icon, inner=True)
            self.act_button.allow(act.why_not)
            self._acts.addWidget(self.act_button)

    def _title(self, shown: Explanation) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        row.addWidget(Label(shown.title, "page", selectable=True))
        row.addWidget(Label(shown.unit, "small", "muted"), 1, Qt.AlignmentFlag.AlignBottom)
        self._column.add(line)
        if shown.about:
            self._column.add(Label(shown.about, "small", "muted", wrap=True), 4)
        self._column.add(Label(shown.sentence, "body", wrap=True, selectable=True), 10)

    def _formula(self, shown: Explanation) -> None:
        if not shown.rows:
            return
        self._column.rule()
        self._column.add(_heading("Formula", shown.note))
        rows = shown.rows if shown.total is None else (*shown.rows, shown.total)
        self._column.add(self._rows(rows, last_is_total=shown.total is not None))

    def _rows(self, rows: tuple[FormulaRow, ...], last_is_total: bool = False) -> QWidget:
        grid, made, px = QWidget(), QGridLayout(), theme().px
        grid.setLayout(made)
        made.setContentsMargins(0, px(2), 0, 0)
        made.setHorizontalSpacing(px(12))
        made.setVerticalSpacing(0)
        made.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for number, row in enumerate(rows):
            is_total, at = last_is_total and number == len(rows) - 1, 3 * number
            role = "small_strong" if is_total else "small"
            made.setRowMinimumHeight(at, px(23))
            if number:
                made.addWidget(Hairline("line2"), at - 1, 0, 1, 3)
            below = not _fits(row, role)
            named = _named(row.name, role, WORDS if row.is_silent else "")
            made.addWidget(named, at, 0, 1, 1 if row.formula and not below else 2, Qt.AlignmentFlag.AlignVCenter)
            if row.formula:
                formula = Label(row.formula, "small", "muted" if is_total or below else "text", wrap=below)
                formula.setContentsMargins(0, 0, 0, px(4) if below else 0)
                made.addWidget(formula, *((at + 1, 0, 1, 3) if below else (at, 1, 1, 1, right)))
            made.addWidget(self._value(row, role), at, 2, right)
        return grid

    def _value(self, row: FormulaRow, role: str) -> QWidget:
        if row.part is None or not row.part.parts:
            return Label(row.value, role)
        opens = link(row.value, lambda: self.open_part(row))
        opens.setAccessibleName(f"{row.name} {row.value}, why")
        return opens

    def _inputs(self, title: str, rows: tuple[InputRow, ...]) -> None:
        if not rows:
            return
        self._column.rule()
        count = sum(len(row.ids) for row in rows)
        self._column.add(_heading(title, "1 row" if count == 1 else f"{count} rows"))
        for row in rows:
            line, px = QWidget(), theme().px
            box = QHBoxLayout(line)
            box.setContentsMargins(0, 0, 0, 0)
            line.setMinimumHeight(px(20))
            box.addWidget(Label(row.name, "small", wrap=True), 1)
            if row.note:
                box.addWidget(Label(row.note, "small", "muted"))
            if row.words and not row.is_link:
                box.addWidget(Label(row.words, "small", "muted"))
            elif row.words:
                opens = link(row.words, lambda r=row: self.opened_input.emit(r))  # type: ignore[misc]
                opens.setAccessibleName(f"{row.name}: {row.words}")
                box.addWidget(opens)
            self._column.add(line)

    def _rule(self, shown: Explanation) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(shown.rule, "small", wrap=True), 1)
        if shown.rule_key:
            row.addWidget(link("Rule sheet", lambda: self.opened_rule.emit(shown.rule_key, shown.rule_version)))
        return line

    def copy(self) -> None:
        """Put the explanation on the clipboard as text."""
        if self.shown is not None:
            QGuiApplication.clipboard().setText(self.shown.as_text())


def _fits(row: FormulaRow, role: str) -> bool:
    """Whether a formula stands between its name and its value, or has a line of its own below them."""
    words = ((row.name, role), (row.formula, "small"), (row.value, role), (WORDS if row.is_silent else "", "small"))
    return sum(brush.width_of(text, font) for text, font in words) <= theme().px(ROOM)


def _named(name: str, role: str, note: str) -> QWidget:
    """The name of a row of the formula, and quietly beside it what is to be known of it."""
    if not note:
        return LineLabel(name, role)
    cell = QWidget()
    row = QHBoxLayout(cell)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme().px(6))
    row.addWidget(LineLabel(name, role))
    row.addWidget(Label(note, "small", "muted"))
    row.addStretch(1)
    return cell


def _heading(title: str, note: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme().px(5))
    row.addWidget(Label(title, "small_strong"))
    row.addWidget(LineLabel(note, "small", "muted"), 1)
    return line
