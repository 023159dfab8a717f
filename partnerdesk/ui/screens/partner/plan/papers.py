"""The plan as documents: pages for both sides, a workbook that the partner fills in, and what came back in it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from partnerdesk import paths
from partnerdesk.ui.outgoing import left_words, note_left
from partnerdesk.ui.screens.files import open_document, open_folder
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.partner.plan.returning import show_proposals, take_plan
from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.widgets.button import Button

if TYPE_CHECKING:
    from partnerdesk.ops.plan.documents import ExportedPlan
    from partnerdesk.ops.plan.sheets import SentSheet


class PlanPapers:
    """`controls` stand in the header, `verbs` in its menu; Export writes the pages."""

    def __init__(self, tab: ShownPlan) -> None:
        self._tab = tab
        self.pdf = Button("PDF", self.export, icon="file-text")
        self.waiting = Button("", self.show_waiting, kind="link")
        self.controls: list[QWidget] = [self.waiting, self.pdf]
        self._count = 0

    def commands(self) -> dict[str, Callable[[], object]]:
        """What the menus run on this tab."""
        if self._tab.view is None:
            return {}
        return {"page.export": self.export, "page.preview": lambda: self.export(opens=True)}

    def verbs(self) -> list[tuple[str, Callable[[], object]]]:
        """What can be done with the plan as a workbook."""
        found: list[tuple[str, Callable[[], object]]] = [("Read a returned workbook…", self._choose)]
        view = self._tab.view
        if view is not None and view.plan.status != "closed":
            found.insert(0, ("Write a workbook for the partner", self.send))
        return found

    def show(self, has: bool) -> None:
        """Show what belongs to a plan, and how many proposals wait."""
        self.pdf.setVisible(has)
        self.waiting.setVisible(has and self._count > 0)
        if has:
            self._count_proposals()

    def _count_proposals(self) -> None:
        from partnerdesk.ops.plan.proposals import open_count

        self._tab.read(open_count, self._tab.partner, done=self._counted, slot="waiting")

    def _counted(self, count: int) -> None:
        self._count = count
        self.waiting.set_text(f"{plural(count, 'proposal')} to decide")
        self.waiting.setVisible(count > 0 and self._tab.isVisible())

    def show_waiting(self) -> None:
        """The proposals that wait for a decision."""
        show_proposals(self._tab.host, self._tab.partner)

    def export(self, *, opens: bool = False) -> None:
        """Write the plan that is shown as PDF, and open it where that is asked for."""
        from partnerdesk.ui.exporting import export_away, plan_from

        view, host = self._tab.view, self._tab.host
        if view is None:
            return

        def done(made: "ExportedPlan") -> None:
            if opens:
                open_document(made.path)
            host.shell.toast(left_words(made, host.desk.formats), "Open", lambda: open_document(made.path))

        today, folder = self._tab.desk.today(), paths.folder("exports")
        export_away(host, "Writing the plan", plan_from, view.plan.id, today, folder, done=done)

    def send(self) -> None:
        """Write the workbook, and keep what stands in it."""
        from partnerdesk.ops.plan.sheets import send_sheet

        view, host = self._tab.view, self._tab.host
        if view is None:
            return

        def done(made: "SentSheet") -> None:
            note_left(host, made)
            host.shell.toast(left_words(made, host.desk.formats), "Open folder", lambda: open_folder(made.path.parent))

        host.run("Write the plan's workbook", send_sheet, view.plan.id, self._tab.desk.today(), _folder(), done=done)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._tab.window(), "Read a returned plan", "", "Workbooks (*.xlsx)")
        if name:
            take_plan(self._tab.host, Path(name), self._tab.partner)


def _folder() -> Path:
    return paths.folder("exports")
