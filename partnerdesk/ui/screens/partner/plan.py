"""Plan: what both sides set out to do, who commits to what, who decides, and what stops the agreement."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from partnerdesk.ui.dialogs.reason import ReasonDialog
from partnerdesk.ui.screens.partner.plan_papers import PlanPapers
from partnerdesk.ui.screens.partner.plan_tables import PlanTables
from partnerdesk.ui.screens.partner.plan_thesis import ThesisPage
from partnerdesk.ui.screens.partner.tab import PartnerTab
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.section import SectionTitle
from partnerdesk.ui.widgets.status import Status

if TYPE_CHECKING:
    from partnerdesk.queries.joint.plans import PlanView

SUBS = (
    ("Objectives", "objectives"),
    ("Thesis", "thesis"),
    ("Targets", "targets"),
    ("Decisions", "decisions"),
    ("Actions", "actions"),
    ("Risks", "risks"),
)
NO_FIELDS: Mapping[str, Any] = MappingProxyType({})
STATES = {"draft": "info", "shared": "info", "agreed": "final", "in progress": "final", "closed": "final"}


class PlanTab(PartnerTab):
    KEY: ClassVar[str] = "plan"
    TITLE: ClassVar[str] = "Plan"

    def build(self) -> None:
        self.view: PlanView | None = None
        self.sub = "objectives"
        self.state = Status()
        self.lock = Button("Lock as agreed…", self._agree, icon="lock")
        self.next = Button("Next version", self._revise, icon="plus")
        self.share = Button("Share", self._share)
        self.papers = PlanPapers(self)
        px = theme().px
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(px(24), px(12), px(24), px(4))
        self.title = SectionTitle("")
        self.add = Button("Add", self._add, kind="link", keys="Ctrl+N")
        row.addWidget(self.title, 1)
        row.addWidget(self.add)
        self.head = head
        self.tables = PlanTables(self)
        self.thesis = ThesisPage(self)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.thesis)
        self.empty = Empty(
            "No joint plan for this period",
            "A plan says what both sides set out to do, who commits to what, and who decides.",
            ("Start a plan", self._start),
            icon="list-checks",
        )
        self.pages.addWidget(self.empty)
        self.body.addWidget(head)
        self.body.addWidget(self.pages, 1)

    def header_controls(self) -> list[QWidget]:
        return [self.state, self.share, self.next, *self.papers.controls, self.lock]

    def subs(self) -> tuple[tuple[str, str], ...]:
        """The sub-pages, for the tab strip."""
        return SUBS

    def commands(self) -> dict[str, Callable[[], object]]:
        return {"page.new": self._add} | self.papers.commands()

    def letters(self) -> dict[str, Callable[[], object]]:
        """D marks the selected action as done."""
        return {"D": self._done} if self.sub == "actions" else {}

    # Reading

    def reload(self) -> None:
        from partnerdesk.queries.joint.plan_pages import plan_page

        self.read(plan_page, self.partner, self.desk.today(), done=self._show, slot="plan")

    def _show(self, view: "PlanView | None") -> None:
        self.view = view
        has = view is not None
        self.head.setVisible(has)
        for widget in (self.share, self.next, *self.papers.controls, self.lock):
            widget.setVisible(has and self.isVisible())
        if view is None:
            self.state.set_status("", "")
            self.pages.setCurrentWidget(self.empty)
            return
        self._show_state(view)
        self.tables.show_view(view)
        self.thesis.show_view(view)
        self.show_sub(self.sub)
        self.tables.edit_new()

    def _show_state(self, view: "PlanView") -> None:
        plan = view.plan
        words = f"{plan.title}, version {plan.version}: {plan.status}"
        open_ = plan.status in ("draft", "shared")
        gaps = len(view.obstacles)
        if open_ and gaps:
            self.state.set_status("warn", f"{words}, {gaps} gap{'s' if gaps > 1 else ''} before it can be agreed")
        else:
            self.state.set_status(STATES[plan.status], words)
        self.share.setVisible(plan.status == "draft" and self.isVisible())
        self.next.setVisible(plan.status in ("agreed", "in progress") and self.isVisible())
        self.lock.setVisible(open_ and self.isVisible())
        self.lock.allow(view.obstacles[0] if gaps else "")

    def show_sub(self, key: str) -> None:
        """Show a sub-page."""
        self.sub = key if key in {k for _, k in SUBS} else "objectives"
        if self.view is None:
            return
        page: QWidget = self.thesis if self.sub == "thesis" else self.tables.tables[self.sub]
        self.pages.setCurrentWidget(page)
        title, note = self.tables.heading(self.sub, self.view)
        self.title.set(title, _gaps(self.view) or note)
        verb = self.tables.add_words(self.sub)
        self.add.set_text(verb)
        self.add.setVisible(bool(verb) and (self.sub == "actions" or not self.view.plan.is_locked))

    # Acting

    def change(
        self,
        label: str,
        op: Callable[..., Any],
        *args: Any,
        fields: Mapping[str, Any] = NO_FIELDS,
        then: Callable[[Any], object] | None = None,
        toast: str = "",
    ) -> None:
        """One edit of the plan as a step named `label`; a field may have any name, also that of a parameter here."""
        self.host.run(label, partial(op, **fields), *args, done=then, toast=toast)

    def _add(self) -> None:
        if self.view is not None:
            self.tables.add(self.sub, self.view)

    def _done(self) -> None:
        from partnerdesk.ops.joint.actions import complete_action

        row = self.tables.tables["actions"].current_row()
        if row is not None and row.is_open:
            self.change(
                "Mark action done", complete_action, row.id, fields={"on": self.desk.today()}, toast="Marked as done"
            )

    def _start(self) -> None:
        from partnerdesk.ops.joint.plans import add_plan

        today = self.desk.today()
        start = date(today.year, 1, 1) if today.month < 10 else date(today.year + 1, 1, 1)
        self.change(
            "Start plan", add_plan, self.partner, fields={"start": start, "end": date(start.year, 12, 31), "on": today}
        )

    def _share(self) -> None:
        from partnerdesk.ops.joint.plans import share_plan

        if self.view is not None:
            self.change("Share plan", share_plan, self.view.plan.id, fields={"on": self.desk.today()})

    def _revise(self) -> None:
        from partnerdesk.ops.joint.plans import revise_plan

        if self.view is not None:
            self.change("Start next version", revise_plan, self.view.plan.id, fields={"on": self.desk.today()})

    def _agree(self) -> None:
        from partnerdesk.ops.joint.plans import agree_plan

        view = self.view
        if view is None:
            return

        def lock(names: str) -> None:
            self.change("Lock plan as agreed", agree_plan, view.plan.id, fields={"on": self.desk.today(), "by": names})

        text = "An agreed plan is locked; changes make its next version. Name who agreed, on both sides."
        ReasonDialog(self.window(), f"Lock {view.plan.title} as agreed?", text, "Lock as agreed", lock).open()


def _gaps(view: "PlanView") -> str:
    """What the lock waits for, in words; nothing where it waits for nothing."""
    if view.plan.is_locked or not view.obstacles:
        return ""
    more = len(view.obstacles) - 1
    return f"{view.obstacles[0]}{f' {more} more.' if more else ''}"
