"""Import preview: mapping and questions left, every row accounted for and the effect right, one Apply.

Each answer reads the file again with it; nothing is written before Apply, and Apply is one step of undo after a
verified backup.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from partnerdesk.engine.facts import plural
from partnerdesk.ops.imports import Answer
from partnerdesk.ui.screens.data_pages.accounting import Accounting
from partnerdesk.ui.screens.data_pages.effect import EffectPart
from partnerdesk.ui.screens.data_pages.gone_part import GonePart
from partnerdesk.ui.screens.data_pages.mapping import MappingTable
from partnerdesk.ui.screens.data_pages.preview_words import counted, how_read, why_not
from partnerdesk.ui.screens.data_pages.questions import QuestionPart
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.section import Column, Hairline, Pairs, SectionTitle
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.ops.imports import Preview
    from partnerdesk.ui.screens.base import Screen

MOST = 40


class PreviewPage(QWidget):
    def __init__(self, host: "Screen", left: Callable[[], object]) -> None:
        super().__init__()
        self._host, self._left = host, left
        self._path: Path | None = None
        self._choices: dict[str, str] = {}
        self.found: Preview | None = None
        self.effect: EffectPart | None = None
        self.gone: GonePart | None = None
        self._tried = ""  # the answer for gone rows that the effect is worked out with
        self.cancel = Button("Cancel", self.leave, keys="Esc", kind="flat")
        self.apply = Button("Apply", self._apply, icon="check", keys="Ctrl+Enter", kind=PRIMARY)
        self.controls: list[QWidget] = [self.cancel, self.apply]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.left, self.right = Column(margin=24), Column(margin=24)
        row.addWidget(self.left, 3)
        row.addWidget(Hairline(upright=True))
        row.addWidget(self.right, 2)

    def open(self, path: Path) -> None:
        """Read a file; what was answered for another file is forgotten."""
        self._path, self._choices, self.found, self.gone = path, {}, None, None
        self._host.header.set("Import preview", path.name, "Data", self.leave)
        for widget in self.controls:
            widget.setVisible(True)
        self.apply.allow("Reading the file")
        self.left.clear()
        self.right.clear()
        self.left.add(Label(f"Reading {path.name}…", "body", "muted"))
        self._read()

    def leave(self) -> None:
        """Back to the lists; nothing was written."""
        self._stop()
        self._host.messages.clear()
        self._host.shell.status("")
        self._left()
        self._host.reload()

    def _stop(self) -> None:
        """End what is being worked out for a preview that is not the one looked at any more."""
        if self.effect is not None:
            self.effect.stop()
            self.effect = None

    def _read(self) -> None:
        from partnerdesk.ops.imports import preview

        self._stop()

        self._host.desk.read(
            preview,
            self._path,
            dict(self._choices),
            formats=self._host.desk.formats,
            done=self._show,
            failed=self._unreadable,
            slot="data.preview",
        )

    def _unreadable(self, error: Exception) -> None:
        """A file that cannot be read leads back to the lists; an answer that cannot be taken leaves the page."""
        if self.found is None:
            self.leave()
        self._host.show_error(error)

    def choose(self, key: str, value: str) -> None:
        """Answer a question or change the mapping, and read again."""
        self._choices[key] = value
        self._read()

    # Showing

    def _show(self, found: "Preview") -> None:
        before, self.found = self.gone, found
        formats = self._host.desk.formats
        answer = before.answer() if before else Answer()
        self.gone = GonePart(found, answer, self._answered, formats) if found.gone else None
        sheet = f", sheet {found.sheet}" if found.sheet else ""
        note = f"{found.file}{sheet}, {counted(found.read, 'row', formats)}, {found.title or found.origin}"
        self._host.header.set("Import preview", note, "Data", self.leave)
        self._show_left(found)
        self._show_right(found)
        changes = sum(c.new + c.changed for c in found.counts if not c.derived) + len(found.placeholders)
        self.apply.set_text(f"Apply {counted(changes, 'change', formats)}" if changes else "Apply")
        self._allow()

    def _allow(self) -> None:
        """Apply, or why not."""
        reason = self._why_not()
        self.apply.allow(reason)
        self._host.shell.status(reason or "Nothing is written yet; undo stays possible after Apply")

    def _why_not(self) -> str:
        return why_not(self.found) or (self.gone.why_not() if self.gone else "")

    def _answered(self) -> None:
        """Another answer for the rows that are gone moves other figures; kept, they move none."""
        self._allow()
        wanted = self._given().answer
        if self.effect is not None and self._path is not None and not why_not(self.found) and wanted != self._tried:
            before, self.effect = self.effect, EffectPart(self._host)
            before.stop()
            self.right.column.replaceWidget(before, self.effect)
            before.deleteLater()
            self._work_out(self.effect, self._path)

    def _work_out(self, part: EffectPart, path: Path) -> None:
        given = self._given()
        self._tried = given.answer
        part.begin(path, dict(self._choices), given if given.answer == "accept" else Answer())

    def _show_left(self, found: "Preview") -> None:
        page, formats = self.left, self._host.desk.formats
        page.clear()
        mapped = sum(bool(c.target) for c in found.columns)
        page.add(
            SectionTitle("Mapping", f"{mapped} of {counted(len(found.columns), 'column', formats)}; {how_read(found)}")
        )
        page.add(MappingTable(found, self.choose), 4)
        if found.questions:
            page.add(
                SectionTitle("Questions", f"{len(found.questions)}, an open question leaves the book as it is"), 18
            )
        for question in found.questions:
            page.add(QuestionPart(question, self.choose, formats), 8)
        for offer in found.offers:
            page.add(QuestionPart(offer, self.choose, formats), 18)
        for note in found.notes[:MOST]:
            page.add(Label(note, "small", "muted", wrap=True), 6)

    def _show_right(self, found: "Preview") -> None:
        formats, page = self._host.desk.formats, self.right
        page.clear()
        page.add(SectionTitle("Every row accounted for"))
        parts = (
            ("New", found.rows_new, "up"),
            ("Changed", found.rows_changed, "tier2"),
            ("Same as before", found.rows_same, "range2"),
            ("Left out", found.ignored, "border"),
            ("Problems", found.rejected, "down"),
        )
        shown = [(words, count, formats.number(count, 0), token) for words, count, token in parts]
        page.add(Accounting(shown, formats.number(found.read, 0)), 8)
        self._brings(found)
        for reason, count in found.reasons[:8]:
            page.add(LineLabel(f"{formats.number(count)} left out: {reason}", "small", "muted"), 4)
        if self.gone is not None:
            page.add(self.gone, 18)
        self._begin_effect(found)
        self._problems(found)

    def _brings(self, found: "Preview") -> None:
        formats, page = self._host.desk.formats, self.right
        page.add(SectionTitle("What it brings", "before anything is written"), 18)
        pairs = Pairs()
        for count in found.counts:
            words = plural(count.kind).capitalize() + (", summed" if count.derived else "")
            new, changed, same = map(formats.number, (count.new, count.changed, count.same))
            pairs.add(words, f"{new} new, {changed} changed, {same} same")
        if found.placeholders:
            pairs.add("Named but not described yet", f"{len(found.placeholders)}, taken in by their key")
        for total in found.sums:
            pairs.add(f"Sum of {total.header}", f"{formats.amount(total.total, total.currency)} {total.currency}")
        page.add(pairs, 4)

    def _begin_effect(self, found: "Preview") -> None:
        """What Apply would move, worked out while the rest is looked at."""
        self._stop()
        self.effect = part = EffectPart(self._host)
        self.right.add(part, 18)
        if why_not(found) or self._path is None:
            part.say("once the questions are answered" if found.questions else "nothing would be written")
        else:
            self._work_out(part, self._path)

    def _problems(self, found: "Preview") -> None:
        page = self.right
        if not found.problem_count:
            return
        note = "their rows stay out" if found.rejected else ""
        page.add(SectionTitle(f"Problems, {found.problem_count}", note), 18)
        for problem in found.problems[:MOST]:
            page.add(LineLabel(str(problem.place), "small_strong"), 6)
            page.add(Label(f"{problem.message} {problem.remedy}".strip(), "small", wrap=True))
        if found.problem_count > MOST:
            page.add(Label(f"{found.problem_count - MOST} more", "small", "muted"), 6)

    # Applying

    def _given(self) -> Answer:
        """The answer for rows that are gone from the file."""
        return self.gone.answer() if self.gone else Answer()

    def _apply(self) -> None:
        if self.found is None:
            return
        if reason := self._why_not():
            self.apply.allow(reason)
            return
        self._stop()
        self.apply.allow("Writing")
        self._host.desk.with_store(
            "Backing up before the import", _backup, done=lambda _b: self._write(), failed=self._failed
        )

    def _write(self) -> None:
        from partnerdesk.ops.imports import apply

        found = self.found
        assert found is not None
        words = f"{found.file} was imported"
        self._host.run(
            f"Import {found.file}",
            apply,
            found,
            by=self._host.desk.user,
            gone=self._given(),
            done=self._done,
            failed=self._failed,
            toast=words,
        )

    def _done(self, applied: Any) -> None:
        self.leave()

    def _failed(self, error: Exception) -> None:
        self.apply.allow("")
        self._host.show_error(error)


def _backup(store: Any) -> Any:
    return store.backup("before an import")
