"""The plan as documents: its pages for both sides."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from partnerdesk import paths
from partnerdesk.ui.screens.files import open_document
from partnerdesk.ui.widgets.button import Button

if TYPE_CHECKING:
    from partnerdesk.ops.plan.documents import ExportedPlan
    from partnerdesk.ui.screens.partner.plan import PlanTab


class PlanPapers:
    """The button of the header, and what Export does on this tab."""

    def __init__(self, tab: "PlanTab") -> None:
        self._tab = tab
        self.pdf = Button("PDF", self.export, icon="file-text", keys="Ctrl+E")
        self.controls = [self.pdf]

    def commands(self) -> dict[str, Callable[[], object]]:
        """What the menus run on this tab."""
        return {"page.export": self.export} if self._tab.view is not None else {}

    def export(self) -> None:
        """Write the plan that is shown as PDF."""
        from partnerdesk.ui.exporting import export_away, plan_from

        view, host = self._tab.view, self._tab.host
        if view is None:
            return

        def done(made: "ExportedPlan") -> None:
            host.shell.toast(f"{made.path.name} written", "Open", lambda: open_document(made.path))

        today, folder = self._tab.desk.today(), paths.folder("exports")
        export_away(host, "Writing the plan", plan_from, view.plan.id, today, folder, done=done)
