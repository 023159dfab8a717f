"""One text under study: what is typed is read after a short pause, saved after a longer one, its cases run each time.

Reading runs on a thread of its own, the cases in another process; nothing of it is waited for. What comes of a text
that was changed meanwhile is thrown away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from partnerdesk.ui.jobs import Job
from partnerdesk.ui.screens.program_pages.study import Named, Study, study
from partnerdesk.ui.widgets.editors import PAUSE_MS

if TYPE_CHECKING:
    from partnerdesk.ui.screens.base import Screen

READ_MS = 250
SLOT = "program.study"


@dataclass(frozen=True, slots=True)
class Item:
    """A version or a draft as it is kept; `draft` is the draft's id, nothing for a published version."""

    key: str
    name: str
    text: str
    draft: int | None = None


class Drafting(QObject):
    """`studied` gets a Study, `tried` the rows of its cases, or None while they run."""

    studied = Signal(object)
    tried = Signal(object)

    def __init__(self, screen: "Screen") -> None:
        super().__init__(screen)
        self._screen = screen
        self.item: Item | None = None
        self.text = ""
        self.study: Study | None = None
        self.cases: tuple[Any, ...] | None = None
        self._saved = ""
        self._against: Named | None = None
        self._others: Sequence[Named] = ()
        self._case_job: Job | None = None
        self._read_timer = self._timer(READ_MS, self._read)
        self._save_timer = self._timer(PAUSE_MS, self.save)

    def _timer(self, pause: int, then: Any) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(pause)
        made.timeout.connect(then)
        return made

    @property
    def is_typing(self) -> bool:
        """Whether something typed is not saved yet."""
        return self.item is not None and self.item.draft is not None and self.text != self._saved

    def open(self, item: Item, against: Named | None, others: Sequence[Named]) -> None:
        """Study another text, or the same one as it is kept now; what is being typed stays."""
        is_same = self.item is not None and self.item.key == item.key
        if not is_same:
            self.save()
        if not (is_same and self.is_typing):
            self.text = item.text
        fresh = (self.text, against, tuple(others)) != (
            self.study.text if self.study and is_same else None,
            self._against,
            tuple(self._others),
        )
        self.item, self._saved = item, item.text
        self._against, self._others = against, others
        if fresh:
            if not is_same:
                self.study, self.cases = None, None
            self._read()

    def type(self, text: str) -> None:
        """A person changed the text."""
        self.text = text
        self._read_timer.start()
        self._save_timer.start()

    def put(self, text: str) -> None:
        """A field changed the text: a step of its own."""
        self.save()
        self.text = text
        self._read()
        self.save()

    def save(self) -> None:
        """Save what was typed, as one step."""
        self._save_timer.stop()
        if not self.is_typing or self.item is None:
            return
        from partnerdesk.ops.programs.drafts import change_draft

        before, self._saved = self._saved, self.text
        label = f"Edit draft {self.item.name}"
        self._screen.run(label, change_draft, self.item.draft, before, self.text, at=now(), failed=self._not_saved)

    def _not_saved(self, error: Exception) -> None:
        self._screen.show_error(error)
        self._screen.reload()

    def _read(self) -> None:
        self._read_timer.stop()
        if self.item is None:
            return
        tried, against = (self.item.name, self.text), self._against
        job = Job("Reading the text", lambda _job: study(tried, against), self._arrived, slot=SLOT, is_quiet=True)
        self._screen.desk.jobs.start("program", job)

    def _arrived(self, found: Study) -> None:
        if found.text != self.text:
            return  # newer words are on their way
        is_new = self.study is None or found.text != self.study.text or self.cases is None
        self.study = found
        if is_new:
            self.cases = None
        self.studied.emit(found)
        if is_new:
            self._run_cases()

    def _run_cases(self) -> None:
        from partnerdesk.ops.programs.trials import cases_of

        if self.study is None or self.item is None:
            return
        if self.study.program is None or not self.study.program.example:
            self._show_cases(self.study.text, ())
            return
        if self._case_job is not None and not self._case_job.is_over:
            return  # the newest text is taken when this one is through
        self.tried.emit(None)
        text, others = self.study.text, [o for o in self._others if o[1] != self.item.text]
        self._case_job = self._screen.desk.compute(
            cases_of,
            others,
            (self.item.name, text),
            label="Running the cases",
            done=lambda rows: self._show_cases(text, rows),
            failed=self._screen.show_error,
        )

    def _show_cases(self, text: str, rows: tuple[Any, ...]) -> None:
        if self.study is not None and text == self.study.text:
            self.cases = rows
            self.tried.emit(rows)
        else:
            self._run_cases()


def now() -> str:
    """This moment as UTC text."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
