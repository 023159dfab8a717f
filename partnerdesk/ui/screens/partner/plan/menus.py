"""What can be done with a row of a plan, in its context menu: move, remove, escalate, settle, open; each one step."""

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction

from partnerdesk.ui.clipboard import copy_table
from partnerdesk.ui.screens.files import open_page
from partnerdesk.ui.screens.partner.plan.blocks import BLOCKS
from partnerdesk.ui.screens.partner.plan.ladder import Ladder
from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.widgets.text import literal

if TYPE_CHECKING:
    from partnerdesk.queries.joint.plans import PlanView

Act = Callable[[], object]


class PlanMenus:
    """Makes the menus of the tables; writes go through the tab."""

    def __init__(self, tab: ShownPlan) -> None:
        self._tab = tab
        self.ladder = Ladder(tab)

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
        return [
            self._act(
                "Escalate", lambda: self.ladder.escalate(row), not self.ladder.is_escalated(row) and not is_closed(view)
            )
        ]

    def _escalations(self, row: Any) -> list[QAction]:
        return [
            self._act("Take it up a level", lambda: self.ladder.raise_level(row), row.is_open and not row.is_at_top),
            self._act("Settle…", lambda: self.ladder.settle(row), row.is_open),
        ]

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
