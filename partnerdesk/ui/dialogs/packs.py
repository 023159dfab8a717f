"""Packs for all who are due: of which period, for whom, with mail drafts or not; and afterwards what came of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from partnerdesk.queries.joint.review_periods import spoken
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.form import Choice, Form
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ops.pack.many import DuePack
    from partnerdesk.ops.pack.runs import PackRun, RunPack
    from partnerdesk.ui.state import State

WIDTH, WIDE, ROWS = 480, 1040, 330
MAILS = (("Packs alone", False), ("Packs, and a mail draft with each", True))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written."""

    quarter: str
    only_begun: bool
    mails: bool


class PacksDialog(BaseDialog):
    """Emits `asked(period)` whenever it has to know who is due; calls `then(Wanted)`."""

    asked = Signal(str)

    def __init__(self, parent: QWidget, periods: Sequence[str], then: Callable[[Wanted], object]) -> None:
        super().__init__(parent, "Packs for all who are due", WIDTH)
        self._then = then
        self._due: tuple[DuePack, ...] = ()
        self.says = Label("", "body", wrap=True)
        self.body.addWidget(self.says)
        self.period = Choice("Period", [(spoken(p), p) for p in periods], lambda _v: self.ask(), periods[0])
        self.only_begun = Choice("For", (("All who are due", False),), lambda _v: self._count(), False)
        self.mails = Choice("Write", MAILS, lambda _v: None, False)
        form = Form(label_width=88)
        for name, field in (("Period", self.period), ("For", self.only_begun), ("Write", self.mails)):
            form.add(name, field, width=300)
        self.body.addWidget(form)
        self.verb = self.offer("Write packs")
        self.verb.allow("Reading who is due")

    def ask(self) -> None:
        """Ask who is due for the period that is chosen."""
        self.verb.allow("Reading who is due")
        self.asked.emit(str(self.period.value()))

    def show_due(self, due: "tuple[DuePack, ...]") -> None:
        """Say who is due, and offer the part of them whose review somebody has begun."""
        self._due, begun = due, sum(one.review is not None for one in due)
        chosen = self.only_begun.value()
        self.only_begun.clear()
        self.only_begun.addItem(f"All {len(due)} who are due", False)
        if 0 < begun < len(due):
            self.only_begun.addItem(f"The {begun} whose review is begun", True)
            self.only_begun.show_value(chosen)
        self._say(begun)
        self._count()

    def refuse(self, error: Exception) -> None:
        """Say why nobody can be due."""
        self.says.setText(str(error))
        self.verb.allow(str(error))

    def _say(self, begun: int) -> None:
        rest, quarter = len(self._due) - begun, spoken(str(self.period.value()))
        if not self._due:
            self.says.setText(f"Nobody is due: every review of {quarter} was held.")
            return
        words = f"{plural(len(self._due), 'partner')} {'is' if len(self._due) == 1 else 'are'} due for {quarter}."
        if rest:
            verb = "has" if rest == 1 else "have"
            words += f" {rest} of them {verb} no review yet: their pages are as they are drafted from the figures."
        self.says.setText(f"{words} Our own notes are in none.")

    def _count(self) -> None:
        count = sum(one.review is not None for one in self._due) if self.only_begun.value() else len(self._due)
        self.verb.set_text(f"Write {plural(count, 'pack')}" if count else "Write packs")
        self.verb.allow("" if count else "Nobody is due")

    def accept(self) -> None:
        """Hand over what is wanted."""
        super().accept()
        self._then(Wanted(str(self.period.value()), bool(self.only_begun.value()), bool(self.mails.value())))


class PackRunDialog(BaseDialog):
    """Each partner with its file and digest, or why it has none; `open_folder` shows the files."""

    def __init__(self, parent: QWidget, run: "PackRun", state: "State", open_folder: Callable[[Path], object]) -> None:
        super().__init__(parent, _title(run), WIDE)
        self._run, self._open_folder = run, open_folder
        self.says = Label(_summary(run), "body", wrap=True)
        self.body.addWidget(self.says)
        columns = _columns(with_mails=any(p.mail or p.no_mail for p in run.packs))
        self.table = DataTable("pack run", columns, key=lambda r: r.partner, state=state, says="Packs written")
        self.table.setMinimumHeight(min(theme().px(ROWS), parent.height() // 2))
        self.table.set_rows(tuple(sorted(run.packs, key=lambda p: p.pack is not None)))  # what is to do stands first
        self.body.addWidget(self.table)
        self.verb = self.offer("Open folder", "Close")

    def accept(self) -> None:
        """Show the files."""
        super().accept()
        self._open_folder(self._run.folder)


def _title(run: "PackRun") -> str:
    written = sum(one.pack is not None for one in run.packs)
    return f"{plural(written, 'pack')} of {spoken(run.quarter)} written"


def _summary(run: "PackRun") -> str:
    if run.stopped:
        rest = f"{plural(run.stopped, 'partner')} {'was' if run.stopped == 1 else 'were'} not reached"
        return f"The run was stopped: {rest}. What was written is whole and on record; write them again for all."
    refused = [one for one in run.packs if one.pack is None]
    if refused:
        first = f"{len(refused)} packs were not written; the first: " if len(refused) > 1 else ""
        return f"{first}{refused[0].refused} Put it right and write them again; the others are whole."
    return f"{run.listed.name} lists every file with its digest. It names all partners and stays in the house."


def _columns(*, with_mails: bool) -> list[Column]:
    found = [
        Column("partner", "Partner", lambda r: r.name, kind=kinds.NAME, width=180),
        Column("state", "Pack", _state, kind=kinds.STATUS, width=320),
        Column("pages", "Pages", lambda r: len(r.pack.pages) if r.pack else None, kind=kinds.NUMBER, width=64),
        Column("sha256", "SHA-256", lambda r: r.pack.sha256 if r.pack else "", kind=kinds.MUTED, width=120),
    ]
    return [*found, Column("mail", "Mail draft", _mail, kind=kinds.STATUS, width=290)] if with_mails else found


def _state(row: "RunPack") -> tuple[str, str]:
    if row.pack is None:
        return "bad", row.refused
    return "good", row.pack.path.name


def _mail(row: "RunPack") -> tuple[str, str]:
    if row.mail is not None:
        return "good", row.mail.name
    return ("warn", row.no_mail) if row.no_mail else ("", "\N{EN DASH}")
