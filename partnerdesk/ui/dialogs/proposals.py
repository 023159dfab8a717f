"""What a partner proposes for its plan: each change beside what we have, to accept or refuse one by one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from partnerdesk.errors import PartnerDeskError
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ops.plan.proposals import ProposalRow
    from partnerdesk.ops.plan.returned import ReturnedSheet
    from partnerdesk.reports.format import Formats

WIDTH, HEIGHT, SHOWN = 860, 400, 300
_CUT = 600  # characters of a value that are shown


class Deciding(Protocol):
    """Who writes a decision and reads the list again."""

    def accept(self, rows: "list[ProposalRow]", dialog: "ProposalsDialog") -> None: ...
    def refuse(self, rows: "list[ProposalRow]", dialog: "ProposalsDialog") -> None: ...


class ProposalsDialog(BaseDialog):
    """Open proposals first, decided ones below; `returned` names what else was changed in a file that was just read."""

    def __init__(
        self,
        parent: QWidget,
        name: str,
        rows: "Sequence[ProposalRow]",
        deciding: Deciding,
        returned: "ReturnedSheet | None",
        formats: "Formats",
    ) -> None:
        super().__init__(parent, f"What {name} proposes", WIDTH)
        self._deciding, self.formats = deciding, formats
        self.count = Label("", "body", wrap=True)
        self.body.addWidget(self.count)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFixedHeight(theme().px(HEIGHT))
        self._area.setAccessibleName("Proposals")
        self.body.addWidget(self._area)
        self.problem = Label("", "small", "bad", wrap=True)
        self.body.addWidget(self.problem)
        self.others = Label(_others(returned), "small", "warn", wrap=True)
        self.others.setVisible(bool(self.others.text()))
        self.body.addWidget(self.others)
        self.all = Button("", self._accept_all)
        self._buttons.addWidget(self.all)
        self.offer_close()
        self.show_rows(rows)

    def show_rows(self, rows: "Sequence[ProposalRow]") -> None:
        """The list as it stands."""
        self.rows = [row for row in rows if row.is_open]
        decided = [row for row in rows if not row.is_open]
        self.problem.setText("")
        self.count.setText(_count(len(self.rows), len(decided)))
        plain = self._plain()
        self.all.set_text(f"Accept all {len(plain)} without conflict")
        self.all.setVisible(len(plain) > 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, theme().px(8), 0)
        column.setSpacing(theme().px(12))
        self.entries = [_Entry(row, self) for row in (*self.rows, *decided)[:SHOWN]]
        for entry in self.entries:
            column.addWidget(entry)
        column.addStretch(1)
        self._area.setWidget(content)

    def say(self, error: Exception) -> None:
        """Why a decision was not taken."""
        self.problem.setText(str(error) if isinstance(error, PartnerDeskError) else f"That did not work: {error}")

    def accept_row(self, row: "ProposalRow") -> None:
        self._deciding.accept([row], self)

    def refuse_row(self, row: "ProposalRow") -> None:
        self._deciding.refuse([row], self)

    def _plain(self) -> "list[ProposalRow]":
        """What can be accepted without a second look."""
        return [row for row in self.rows if row.state in ("change", "new") and not row.stands]

    def _accept_all(self) -> None:
        self._deciding.accept(self._plain(), self)


class _Entry(QWidget):
    """One proposal: what it is about, what it says, what we have, and the two verbs."""

    def __init__(self, row: "ProposalRow", dialog: ProposalsDialog) -> None:
        super().__init__()
        self.row = row
        px = theme().px
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        head = f"{row.what}, {row.label}" if row.label else row.what
        words.addWidget(Label(head, "name", wrap=True))
        for text, token in _said(row, dialog.formats):
            words.addWidget(Label(text, "body", token, wrap=True))
        line.addLayout(words, 1)
        if row.is_open:
            self.accept = Button("Accept", lambda: dialog.accept_row(row), inner=True)
            self.accept.allow(row.stands)
            self.refuse = Button("Refuse", lambda: dialog.refuse_row(row), inner=True)
            for button in (self.accept, self.refuse):
                line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)


def _said(row: "ProposalRow", formats: "Formats") -> list[tuple[str, str]]:
    """The lines of a proposal, each with its colour."""
    if row.fields:
        said = [("; ".join(f"{title}: {_cut(text)}" for title, text in row.fields), "text")]
    else:
        said = [(f"“{_cut(row.base)}” becomes “{_cut(row.theirs)}”" if row.base else _cut(row.theirs), "text")]
        if not row.theirs:
            said = [(f"“{_cut(row.base)}” is cleared", "text")]
    if not row.is_open:
        because = f": {row.reason}" if row.reason else ""
        day = formats.day(row.decided_on) if row.decided_on else ""
        return [*said, (f"{row.status.capitalize()} on {day} by {row.decided_by}{because}", "muted")]
    if row.state == "conflict":
        said.append((f"Changed here meanwhile: it says “{_cut(row.ours)}” now, which would be replaced.", "warn"))
    if row.stands:
        said.append((row.stands, "warn"))
    return [*said, (f"{row.file}, {row.place}", "muted")]


def _cut(text: str) -> str:
    return text if len(text) <= _CUT else f"{text[:_CUT]}…"


def _quoted(text: str) -> str:
    """A value in quotes; a sentence that quotes it already stays as it is."""
    return _cut(text) if text.startswith("“") else f"“{_cut(text) or 'missing'}”"


def _count(open_ones: int, decided: int) -> str:
    after = f" {decided} decided before stand{'s' if decided == 1 else ''} below." if decided else ""
    if not open_ones:
        return f"Nothing waits for a decision.{after}"
    return f"{open_ones} proposal{' waits' if open_ones == 1 else 's wait'} for a decision.{after}"


def _others(returned: "ReturnedSheet | None") -> str:
    if returned is None:
        return ""
    if not returned.differences:
        return "" if returned.proposed else f"{returned.file} is as it was sent: nothing was changed in it."
    listed = [f"{d.sheet} {d.cell}: {_quoted(d.returned)}".replace(" :", ":") for d in returned.differences]
    more = f" and {len(listed) - 6} more" if len(listed) > 6 else ""
    verb = "cell is" if len(listed) == 1 else "cells are"
    head = f"{len(listed)} other {verb} not as sent; nothing of that is taken"
    return f"{head}: {'; '.join(listed[:6])}{more}."
