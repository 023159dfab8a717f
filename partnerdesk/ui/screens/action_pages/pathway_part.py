"""Pathways: which trainings and certificates lead where, and what each builds on; edited in the cells."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui.dialogs.name import NameDialog
from partnerdesk.ui.screens.action_pages.part import Part
from partnerdesk.ui.screens.action_pages.typed import whole_or_none, wholes
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column, Edit
from partnerdesk.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from partnerdesk.queries.enablement.pathways import Pathway, PathwayStep

HOW = (
    "A step is known by the title that its certificate or training has in the facts; a level only where it matters. "
    "Steps before it are numbers of this list."
)


class PathwaysPart(Part):
    KEY: ClassVar[str] = "pathways"
    TITLE: ClassVar[str] = "Pathways"
    NOUN: ClassVar[str] = "pathways"

    def __init__(self, segment: Any) -> None:
        super().__init__(segment)
        self.new = self.write
        says = (
            "A pathway says which trainings and certificates build on each other. Gaps then name the way to close them."
        )
        self.top.set_empty(lambda: Empty("No pathway yet", says, ("New pathway…", self.write)))
        self._made = [self.button("New pathway…", self.write), self.button("Add step", self._add_step)]

    def columns(self) -> list[Column]:
        return [
            Column("name", "Pathway", lambda r: (r.name, r.says), kind=kinds.NAME, width=330, edit=self._words("name")),
            Column("product", "Product", lambda r: r.product, width=180, edit=self._words("product")),
            Column("leads", "Leads to", _leads, width=330),
            Column("steps", "Steps", lambda r: len(r.steps), kind=kinds.NUMBER, width=70),
            Column("says", "In words", lambda r: r.says, kind=kinds.MUTED, width=180, edit=self._words("says")),
        ]

    def part_columns(self) -> list[Column]:
        forms = ("certificate", "training")
        return [
            Column("position", "Step", lambda r: r.position, kind=kinds.NUMBER, width=60),
            Column("title", "Title", lambda r: r.title, kind=kinds.NAME, width=320, edit=self._edit("title")),
            Column("form", "Kind", lambda r: r.form, kind=kinds.MUTED, width=120, edit=self._edit("form", forms)),
            Column("level", "Level", lambda r: r.level, width=120, edit=self._edit("level")),
            Column("months", "Holds, months", lambda r: r.months, kind=kinds.NUMBER, width=130, edit=self._months()),
            Column("needs", "Steps before it", self._needs, kind=kinds.MUTED, width=240, edit=self._needs_edit()),
        ]

    def buttons(self) -> list[QWidget]:
        return [*self._made]

    # Reading

    def load(self) -> None:
        from partnerdesk.queries.enablement.pathways import pathways

        self.segment.host.read(pathways, done=self.show_rows, slot="pathways")

    def show_row(self, row: "Pathway | None") -> None:
        self.below.set_rows(row.steps if row is not None else ())
        self.title.set(row.name if row is not None else "", plural(len(row.steps), "step") if row is not None else "")
        self.words.setText(HOW if row is not None else "")

    def _needs(self, row: "PathwayStep") -> str:
        return ", ".join(f"{s.position} {s.title}" for s in self._steps() if s.id in row.needs)

    def _steps(self) -> "tuple[PathwayStep, ...]":
        current: Pathway | None = self.top.current_row()
        return current.steps if current is not None else ()

    # Acting

    def menu(self, row: "Pathway") -> list[QAction | None]:
        from partnerdesk.ops.enablement.pathways import remove_pathway

        remove = partial(self.run, "Remove pathway", remove_pathway, row.id, toast="Pathway removed")
        return [self.act("Add step", self._add_step), None, self.act("Remove pathway", remove)]

    def part_menu(self, row: "PathwayStep") -> list[QAction | None]:
        from partnerdesk.ops.enablement.pathways import move_step, remove_step

        move = partial(self.run, "Move step", move_step, row.id)
        return [
            self.act("Move up", lambda: move(max(row.position - 1, 1))),
            self.act("Move down", lambda: move(row.position + 1)),
            self.act("Remove step", lambda: self.run("Remove step", remove_step, row.id, toast="Step removed")),
        ]

    def write(self) -> None:
        """Ask for the name of a new pathway."""
        from partnerdesk.ops.enablement.pathways import add_pathway

        def add(name: str) -> None:
            self.run("Add pathway", add_pathway, name=name, done=self.added, toast="Pathway added")

        NameDialog(self.window(), "New pathway", "Such as Deployment, Analytics, Sales.", "Add pathway", add).open()

    def _add_step(self) -> None:
        from partnerdesk.ops.enablement.pathways import add_step

        row: Pathway | None = self.top.current_row()
        if row is not None:
            self.run("Add step", add_step, row.id, title="New step")

    def _words(self, name: str) -> Edit:
        def change(row: "Pathway", value: str) -> None:
            from partnerdesk.ops.enablement.pathways import change_pathway

            before = {name: getattr(row, name)}
            self.run("Edit pathway", partial(change_pathway, **{name: value}), row.id, before)

        return Edit(lambda r: str(getattr(r, name)), str.strip, change)

    def _edit(self, name: str, choices: tuple[str, ...] = ()) -> Edit:
        return Edit(lambda r: str(getattr(r, name)), str.strip, lambda r, value: self._change(r, name, value), choices)

    def _months(self) -> Edit:
        show: Callable[[PathwayStep], str] = lambda r: "" if r.months is None else str(r.months)  # noqa: E731
        return Edit(show, whole_or_none, lambda r, value: self._change(r, "months", value))

    def _change(self, row: "PathwayStep", name: str, value: Any) -> None:
        from partnerdesk.ops.enablement.pathways import change_step

        self.run("Edit step", partial(change_step, **{name: value}), row.id, {name: getattr(row, name)})

    def _needs_edit(self) -> Edit:
        def show(row: "PathwayStep") -> str:
            return ", ".join(str(s.position) for s in self._steps() if s.id in row.needs)

        def read(text: str) -> tuple[int, ...]:
            known = {step.position: step.id for step in self._steps()}
            numbers = wholes(text)
            if not known.keys() >= set(numbers):
                raise Refused("There is no step of that number.", f"Write numbers from 1 to {len(known)}.")
            return tuple(known[number] for number in numbers)

        def keep(row: "PathwayStep", value: tuple[int, ...]) -> None:
            from partnerdesk.ops.enablement.pathways import set_needs

            self.run("Edit step", set_needs, row.id, value)

        return Edit(show, read, keep)


def _leads(row: "Pathway") -> str:
    """The certificates on the way."""
    return ", ".join(step.words for step in row.steps if step.form == "certificate")
