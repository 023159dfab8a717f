"""Program: the versions in this book and their rules in plain words; adding a version with its problems located."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui import table as kinds
from partnerdesk.ui.table import Column
from partnerdesk.ui.table_view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ui.screens.data import DataScreen


class ProgramPage(QWidget):
    def __init__(self, host: "DataScreen") -> None:
        super().__init__()
        self._host = host
        self._versions: tuple[Any, ...] = ()
        px = theme().px
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(24), px(10), px(24), px(10))
        row.setSpacing(px(12))
        self.version = Chip("", "scale", says="Version", then=lambda: None)
        self.note = Label("", "small", "muted")
        row.addWidget(self.version)
        row.addWidget(self.note)
        row.addStretch(1)
        row.addWidget(Button("Add version…", self._choose, icon="plus", inner=True))
        columns = [
            Column("reference", "Rule", lambda w: w.reference, kind=kinds.MUTED, width=84),
            Column("title", "Name", lambda w: w.title, kind=kinds.NAME, width=230),
            Column("sentence", "In words", lambda w: w.sentence, width=480),
            Column("parameters", "Numbers", lambda w: w.parameters, kind=kinds.MUTED, width=320),
        ]
        self.table = DataTable("rules", columns, key=lambda w: w.key, state=host.shell.state, says="Rules in words")
        self.table.set_empty(
            lambda: Empty(
                "No partner program yet",
                "A program is a TOML file with tiers, score and earnings; the resources folder has examples.",
                ("Add a program file", self._choose),
                icon="scale",
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.table, 1)

    def reload(self) -> None:
        from partnerdesk.queries.figures import programs

        self._host.read(programs, done=self._show, slot="programs")

    def _show(self, versions: tuple[Any, ...]) -> None:
        self._versions = versions
        self.version.setVisible(bool(versions))
        if not versions:
            self.note.setText("")
            self.table.set_rows(())
            return
        self.version.offer([(f"{p.name}, {p.version}", p.version) for p in reversed(versions)], self._pick)
        self._pick(versions[-1].version)

    def _pick(self, version: object) -> None:
        from partnerdesk.program.words import rule_words

        program = next(p for p in self._versions if p.version == version)
        self.version.set_text(f"Version {program.version}")
        self.note.setText(f"from {self._host.desk.formats.day(program.effective_from)}. {program.note}")
        self.table.set_rows(rule_words(program))

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.window(), "Add a program version", "", "Programs (*.toml);;All files (*)"
        )
        if name:
            self.add_file(Path(name))

    def add_file(self, path: Path) -> None:
        """Add a version from a file; problems name their line, key and remedy."""
        from partnerdesk.ops.programs import add_version
        from partnerdesk.program.reader import read_file

        read = read_file(path)
        if read.program is None:
            stops = [p for p in read.problems if not p.warning]
            more = f" And {len(stops) - 1} more." if len(stops) > 1 else ""
            self._host.messages.say("bad", f"{path.name} was not added.", f"{stops[0]}{more}", keep=True)
            return
        done = f"Version {read.program.version} was added"
        self._host.run("Add program version", add_version, read.text, path.name, done=self._added(read), toast=done)

    def _added(self, read: Any) -> Any:
        warnings = [p for p in read.problems if p.warning]

        def say(_value: object) -> None:
            if warnings:
                self._host.messages.say("warn", "Worth a look:", str(warnings[0]), keep=True)

        return say
