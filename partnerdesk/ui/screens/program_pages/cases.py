"""The tab Cases: each worked case of the text, what it expects and what the rules give, run on every change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import LineLabel, set_tip

if TYPE_CHECKING:
    from partnerdesk.ops.programs.trials import AnswerRow, CaseRow
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.state import State


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a case, or the reason why the case could not be worked out."""

    number: int
    part: int
    case: "CaseRow"
    answer: "AnswerRow | None"


class CasesPage(QWidget):
    """`show_in_text` gets the key of a case, `take` one that shall expect what the rules give."""

    def __init__(
        self,
        state: "State",
        formats: "Formats",
        show_in_text: Callable[[str], object],
        take: Callable[["CaseRow"], object],
    ) -> None:
        super().__init__()
        self._formats, self._take = formats, take
        self._is_writable = False
        self._cases: tuple[CaseRow, ...] = ()
        px = theme().px
        bar = QHBoxLayout()
        bar.setContentsMargins(px(24), px(8), px(24), px(8))
        bar.setSpacing(px(16))
        self.status = Status()
        self.note = LineLabel("", "small", "muted")
        bar.addWidget(self.status)
        bar.addWidget(self.note, 1)
        self.accept = Button("Expect what the rules give", self._accept, icon="check", inner=True)
        bar.addWidget(self.accept)
        self.table = DataTable(
            "program_cases", self._columns(), key=lambda r: (r.number, r.part), state=state, says="Cases"
        )
        self.table.opened.connect(lambda line: show_in_text(f"example.{line.number}"))
        self.table.picked.connect(self._show_accept)
        self.table.set_empty(
            lambda: Empty(
                "No worked case yet",
                "A case is a few facts and the figures they must give, in an [[example]] table of the text. It is "
                "run on every change, and a case that differs keeps a draft from being published.",
                ("Show the text", lambda: show_in_text("")),
                icon="list-checks",
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.table, 1)

    def _columns(self) -> list[Column]:
        return [
            Column("says", "Case", lambda r: r.case.says, kind=kinds.NAME, width=250),
            Column("figure", "Figure", lambda r: r.answer.figure if r.answer else "", width=164),
            Column(
                "expected", "Expected", lambda r: self._words(r.answer and r.answer.expected), width=110, at_right=True
            ),
            Column("found", "Computed", lambda r: self._words(r.answer and r.answer.found), width=110, at_right=True),
            Column("result", "Result", self._result, kind=kinds.STATUS, width=150),
            Column("as_of", "As of", lambda r: r.case.as_of, self._formats.day, kinds.DAY, width=96),
            Column("source", "Source", lambda r: r.case.source, kind=kinds.MUTED, width=200, hidden=True),
        ]

    def allow(self, writable: bool) -> None:
        """Whether the text can be changed."""
        self._is_writable = writable
        self._show_accept()

    def _differing(self) -> "CaseRow | None":
        """The case that the button is about: the chosen one where it differs, else the first that does."""
        chosen = self.table.current_row()
        cases = [*([chosen.case] if chosen else []), *self._cases]
        return next((case for case in cases if not case.is_met and can_follow(case)), None)

    def _show_accept(self, *_chosen: object) -> None:
        case = self._differing()
        self.accept.setVisible(self._is_writable and case is not None)
        if case is not None:
            set_tip(self.accept, f"Writes the computed figures into the case “{case.says}”; its source stays yours")

    def _accept(self) -> None:
        if (case := self._differing()) is not None:
            self._take(case)

    def show_running(self) -> None:
        """The cases are being run on a newer text."""
        self.note.set_text("Running the cases…")

    def show_cases(self, cases: "tuple[CaseRow, ...]") -> None:
        """What came out."""
        self._cases = cases
        met = sum(case.is_met for case in cases)
        self.status.set_status("good" if met == len(cases) else "bad", counted(cases))
        self.status.setVisible(bool(cases))
        is_moved = any(case.is_moved for case in cases)
        says = "Cases of days before this version are run as if it had been in force then" if is_moved else ""
        self.note.set_text(says)
        self.table.set_rows(line for case in cases for line in _lines(case))
        self._show_accept()

    def _result(self, line: Line) -> tuple[str, str]:
        if line.answer is None:
            return "bad", line.case.problems[0] if line.case.problems else "Expects nothing"
        if line.answer.is_met:
            return "good", "Met"
        expected, found = line.answer.expected, line.answer.found
        if isinstance(expected, Decimal) and isinstance(found, Decimal):
            return "bad", f"Differs by {self._words(found - expected)}"
        return "bad", "Differs"

    def _words(self, value: Any) -> str:
        if isinstance(value, Decimal):
            places = max(2, -int(value.as_tuple().exponent)) if value != value.to_integral_value() else 2
            return self._formats.number(value, min(places, 12))
        if isinstance(value, date):
            return self._formats.day(value)
        return "" if value is None else str(value)


def counted(cases: "tuple[CaseRow, ...]") -> str:
    """`14 of 14 cases met`, `1 case differs`."""
    differs = sum(not case.is_met for case in cases)
    if not differs:
        return f"{len(cases)} of {plural(len(cases), 'case')} met"
    return f"{differs} case{'s differ' if differs > 1 else ' differs'}"


def can_follow(case: "CaseRow") -> bool:
    """Whether a case could be worked out, and all that differs can be written as a figure of its kind."""
    return bool(case.answers) and all(
        a.is_met or (a.is_known and type(a.found) is type(a.expected)) for a in case.answers
    )


def standing(stops: int, cases: "tuple[CaseRow, ...]") -> tuple[str, str]:
    """What the list of texts says of one: how many problems it has, or how its cases came out."""
    if stops:
        return "bad", f"{stops} problem{'s' if stops > 1 else ''}"
    if not cases:
        return "", ""
    words = counted(cases)
    met = all(case.is_met for case in cases)
    return ("good", words.removesuffix(" met").removesuffix(" cases").removesuffix(" case")) if met else ("bad", words)


def _lines(case: "CaseRow") -> list[Line]:
    if case.problems or not case.answers:
        return [Line(case.number, 0, case, None)]
    return [Line(case.number, part, case, answer) for part, answer in enumerate(case.answers)]
