"""What can be done with a row of a plan, in its context menu: move, remove, escalate, settle, open; each one step."""

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction

from partnerdesk.ui.clipboard import copy_table
from partnerdesk.ui.dialogs.reason import ReasonDialog
from partnerdesk.ui.screens.files import open_page
from partnerdesk.ui.screens.partner.plan.blocks import BLOCKS
from partnerdesk.ui.widgets.text import literal

if TYPE_CHECKING:
    from partnerdesk.queries.joint.plans import PlanView
    from partnerdesk.ui.screens.partner.plan.tab import PlanTab

Act = Callable[[], object]


class PlanMenus:
    """Makes the menus of the tables; writes go through the tab."""

    def __init__(self, tab: "PlanTab") -> None:
        self._tab = tab

    def of(self, key: str, row: Any) -> list[QAction | None]:
        """The actions of a row, with None for a separator."""
        own = getattr(self, f"_{key}", None)
        found: list[QAction | None] = list(own(row)) if own is not None else []
        block, view = BLOCKS[key], self._tab.view
        if block.takes_out and view is not None and view.plan.status != "closed":
            locked = view.plan.is_locked and not block.living
            if found:
                found.append(None)
            found.append(self._act(f"Remove {block.noun}", lambda: self._remove(key, row), not locked))
        return found

    def _act(self, words: str, then: Act, enabled: bool = True) -> QAction:
        action = QAction(literal(words), self._tab)
        action.triggered.connect(lambda _on=False: then())
        action.setEnabled(enabled)
        return action

    def _remove(self, key: str, row: Any) -> None:
        block = BLOCKS[key]
        op = getattr(importlib.import_module(f"partnerdesk.ops.joint.{block.module}"), block.takes_out)
        self._tab.change(f"Remove {block.noun}", op, row.id, toast="Removed")

    def _objectives(self, row: Any) -> list[QAction]:
        from partnerdesk.ops.joint.plan_parts import move_objective

        view = self._tab.view
        assert view is not None
        at = next((n for n, o in enumerate(view.objectives, 1) if o.id == row.id), 1)
        may = not view.plan.is_locked

        def move(to: int) -> Act:
            return lambda: self._tab.change("Move objective", move_objective, row.id, to)

        return [
            self._act("Move up", move(at - 1), may and at > 1),
            self._act("Move down", move(at + 1), may and at < len(view.objectives)),
        ]

    def _risks(self, row: Any) -> list[QAction]:
        view = self._tab.view
        assert view is not None
        return [self._act("Escalate", lambda: self.escalate(row), not self.is_escalated(row) and not is_closed(view))]

    def is_escalated(self, row: Any) -> bool:
        """Whether a risk is on the ladder now."""
        view = self._tab.view
        return view is not None and any(e.risk == row.id and e.is_open for e in view.escalations)

    def escalate(self, row: Any) -> None:
        """Raise a risk to the first level."""
        if self.is_escalated(row):
            return
        from partnerdesk.ops.joint.escalations import escalate_risk

        fields = {"on": self._tab.desk.today(), "by": self._tab.desk.user}
        self._tab.change("Escalate risk", escalate_risk, row.id, fields=fields, toast="Escalated, its clock runs")

    def _escalations(self, row: Any) -> list[QAction]:
        return [
            self._act("Take it up a level", lambda: self._up(row), row.is_open and not row.is_at_top),
            self._act("Settle…", lambda: self.settle(row), row.is_open),
        ]

    def _up(self, row: Any) -> None:
        from partnerdesk.ops.joint.escalations import raise_level

        words = f"Nobody settled it by {self._tab.formats.short_day(row.answer_by)}"
        fields = {"on": self._tab.desk.today(), "words": words}
        self._tab.change("Take escalation up a level", raise_level, row.id, fields=fields)

    def settle(self, row: Any) -> None:
        """Ask what came of an escalation, and end it."""
        if not row.is_open:
            return
        from partnerdesk.ops.joint.escalations import settle

        def then(outcome: str) -> None:
            fields = {"on": self._tab.desk.today(), "outcome": outcome}
            self._tab.change("Settle escalation", settle, row.id, fields=fields, toast="Settled")

        words = f"What came of “{row.text}”?"
        ReasonDialog(self._tab.window(), "Settle the escalation", words, "Settle", then, what="What came of it").open()

    def _motion(self, row: Any) -> list[QAction]:
        words = "Open it again" if row.done_on else "Mark as done"
        return [self._act(words, lambda: self.done(row))]

    def done(self, row: Any) -> None:
        """Mark a line of the motion as done, or open it again."""
        from partnerdesk.ops.joint.plan_governance import report_motion

        day = None if row.done_on else self._tab.desk.today()
        label = "Open line again" if row.done_on else "Mark line done"
        self._tab.change(label, report_motion, row.id, fields={"done_on": day})

    def _attachments(self, row: Any) -> list[QAction]:
        is_page = row.place.startswith(("http://", "https://"))
        copied = self._act("Copy its place", lambda: copy_table([[row.place]], None))
        return [self._act("Open…", lambda: self._open(row)), copied] if is_page else [copied]

    def _open(self, row: Any) -> None:
        """Only after asking, with the whole address in sight."""
        ask = self._tab.shell.ask
        ask("Open this page outside PartnerDesk?", row.place, "Open", lambda: open_page(row.place))


def is_closed(view: "PlanView") -> bool:
    """Whether nothing in a plan changes any more."""
    return view.plan.status == "closed"
