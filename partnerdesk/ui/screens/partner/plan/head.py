"""The header of a plan: which plan and version is shown, how far it is, what stands against it, and the next step."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QWidget

from partnerdesk.ui.dialogs.reason import ReasonDialog
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.partner.plan.papers import PlanPapers
from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.form import Choice
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import literal

if TYPE_CHECKING:
    from datetime import date

    from partnerdesk.queries.joint.plan_content import PlanRow
    from partnerdesk.queries.joint.plans import PlanView

STATES = {"draft": "info", "shared": "info", "agreed": "final", "in progress": "final", "closed": "final"}


class PlanHead:
    """`controls` stand in the page header; the verbs are one step each."""

    def __init__(self, tab: ShownPlan, papers: PlanPapers) -> None:
        self._tab, self._papers = tab, papers
        self.choice = Choice("Plan and version", (), self._chosen)
        self.choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.state = Status()
        self.gaps = Button("", self._list_gaps, kind="link")
        self.more = Button("More", self._menu, icon="chevron-down", kind="flat")
        self.share = Button("Share", self._share)
        self.next = Button("Next version", self._revise, icon="plus")
        self.lock = Button("Lock as agreed…", self._agree, icon="lock")
        self.controls: list[QWidget] = [
            self.choice,
            self.state,
            self.gaps,
            self.more,
            self.share,
            self.next,
            self.lock,
        ]

    def show_view(self, view: "PlanView | None") -> None:
        """Show where a plan is in its life."""
        shown = view is not None and self._tab.isVisible()
        status = view.plan.status if view is not None else ""
        count = len(view.gaps) if view is not None and status in ("draft", "shared") else 0
        self.choice.setVisible(shown)
        self.more.setVisible(shown)
        self.share.setVisible(shown and status == "draft")
        self.next.setVisible(shown and status in ("agreed", "in progress"))
        self.lock.setVisible(shown and status in ("draft", "shared"))
        self.gaps.setVisible(shown and count > 0)
        if view is None:
            self.state.set_status("", "")
            return
        self._fill(view)
        kind = "warn" if count else STATES[status]
        self.state.set_status(kind, f"{status.capitalize()}{',' if count else ''}")
        self.gaps.set_text(f"{plural(count, 'gap')} before it can be agreed")
        self.lock.allow(view.obstacles[0] if count else "")

    def _fill(self, view: "PlanView") -> None:
        self.choice.clear()
        for plan in view.versions:
            self.choice.addItem(_words(plan), plan.id)
        self.choice.show_value(view.plan.id)
        self.choice.setMinimumWidth(self.choice.sizeHint().width())  # a long name of the partner takes none of it

    def _chosen(self, plan: object) -> None:
        self._tab.choose(plan if isinstance(plan, int) else None)

    def _list_gaps(self) -> None:
        """Every gap by name; choosing one opens its row."""
        view = self._tab.view
        if view is None:
            return
        menu = QMenu(self._tab)
        for gap in view.gaps:
            menu.addAction(literal(gap.words)).triggered.connect(
                lambda _on=False, gap=gap: self._tab.jump(gap.block, gap.id, gap.column)
            )
        self._below(menu, self.gaps)

    def _menu(self) -> None:
        view = self._tab.view
        if view is None:
            return
        menu, plan = QMenu(self._tab), view.plan
        for words, then in [*self._papers.verbs(), *self._verbs(plan)]:
            menu.addAction(literal(words)).triggered.connect(lambda _on=False, then=then: then())
        self._below(menu, self.more)

    def _verbs(self, plan: "PlanRow") -> list[tuple[str, Callable[[], object]]]:
        """What can be done with the plan in its state, besides what the header shows."""
        year = plan.end.year + 1
        found: list[tuple[str, Callable[[], object]]] = [(f"Start the plan of {year} from this one", self._copy)]
        if plan.status == "agreed":
            found.append(("Begin: in progress", self._begin))
        if plan.status in ("agreed", "in progress"):
            found.append(("Close…", self._close))
        if plan.status in ("draft", "shared"):
            found.append((f"Remove this {plan.status if plan.status == 'draft' else 'plan'}", self._remove))
        return found

    def _below(self, menu: QMenu, button: QWidget) -> None:
        menu.exec(button.mapToGlobal(button.rect().bottomLeft()))
        menu.deleteLater()

    # The life of a plan

    def _step(self, label: str, op: str, then: Callable[[Any], object] | None = None, **fields: Any) -> None:
        from partnerdesk.ops.joint import plans

        if self._tab.view is not None:
            fields = {"on": self._tab.desk.today()} | fields
            self._tab.change(label, getattr(plans, op), self._tab.view.plan.id, fields=fields, then=then)

    def _share(self) -> None:
        self._step("Share plan", "share_plan")

    def _revise(self) -> None:
        self._tab.plan = None  # the newest version is shown
        self._step("Start next version", "revise_plan", self._tab.choose)

    def _begin(self) -> None:
        self._step("Begin plan", "start_plan")

    def _copy(self) -> None:
        from partnerdesk.queries.joint.plan_quarters import year_after

        view = self._tab.view
        if view is not None:
            self._tab.read(year_after, view.plan.end, done=self._copy_to, slot="year")

    def _copy_to(self, days: "tuple[date, date]") -> None:
        self._step("Copy plan", "copy_plan", self._tab.choose, start=days[0], end=days[1])

    def _remove(self) -> None:
        from partnerdesk.ops.joint.plans import remove_plan

        view = self._tab.view
        if view is not None:
            self._tab.plan = None
            self._tab.change("Remove plan", remove_plan, view.plan.id, toast="Removed")

    def _close(self) -> None:
        text = "A closed plan stays as it is. Say in a sentence what came of it."
        self._ask("Close the plan?", text, "Close", lambda words: self._step("Close plan", "close_plan", words=words))

    def _agree(self) -> None:
        view = self._tab.view
        if view is not None:
            text = "An agreed plan is locked; changes make its next version. Name who agreed, on both sides."
            title = f"Lock {view.plan.title} as agreed?"
            then = lambda by: self._step("Lock plan as agreed", "agree_plan", by=by)  # noqa: E731
            owners = [name for name in (view.plan.vendor_owner, view.plan.partner_owner) if name]
            self._ask(title, text, "Lock as agreed", then, "Who agreed", " and ".join(owners))

    def _ask(
        self,
        title: str,
        text: str,
        verb: str,
        then: Callable[[str], object],
        what: str = "What came of it",
        says: str = "",
    ) -> None:
        ReasonDialog(self._tab.window(), title, text, verb, then, what=what, says=says).open()


def _words(plan: "PlanRow") -> str:
    """A plan and version among the others of its partner."""
    return f"{plan.title}, version {plan.version}"
