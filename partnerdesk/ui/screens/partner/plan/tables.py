"""The tables of a plan's blocks, filled from one view; a new row gets a name that is written over."""

import importlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from partnerdesk.ui.screens.partner.plan.blocks import BLOCKS, PAGE_OF, PAGES
from partnerdesk.ui.screens.partner.plan.menus import PlanMenus
from partnerdesk.ui.screens.partner.plan.objectives import ObjectivesPage
from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.screens.partner.plan.stack import PlanStack
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from partnerdesk.queries.joint.plans import PlanView


MOST = {"ladder": 3, "targets": 5, "motion": 10}  # rows that a block takes
UNBOUND = 1000


class _Made(dict[str, Any]):
    """What is made when it is first asked for."""

    def __init__(self, make: Callable[[str], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> Any:
        self[key] = self._make(key)
        return self[key]


class PlanTables:
    """Makes each table once, when its sub-page is opened, and fills it from the view."""

    def __init__(self, tab: ShownPlan, pages: QStackedWidget) -> None:
        self.tab = tab
        self._stack = pages
        self.menus = PlanMenus(tab)
        self._wanted: tuple[str, object, str] = ("", None, "")  # a row and a column to be edited once they are shown
        self.tables: dict[str, DataTable] = _Made(self._table)
        self._pages: dict[str, QWidget] = _Made(self._page)

    def page(self, key: str) -> QWidget:
        """The widget of a sub-page."""
        return self._pages[key]

    def _page(self, key: str) -> QWidget:
        blocks = PAGES[key]
        if key == "objectives":
            page: QWidget = ObjectivesPage(self.tab, self.tables["objectives"])
        else:
            page = self._table_or_stack(blocks)
        self._stack.addWidget(page)
        return page

    def _table_or_stack(self, blocks: Sequence[str]) -> QWidget:
        return self.tables[blocks[0]] if len(blocks) == 1 else PlanStack(self.tables, blocks, self.add, self.may_add)

    def _table(self, key: str) -> DataTable:
        block = BLOCKS[key]
        table = DataTable(
            f"plan.{key}",
            block.columns(self.tab),
            key=_id,
            state=self.tab.shell.state,
            says=block.title if key != "risks" else "Risks",
            measure="two_lines" if block.two_lines else "row",
        )
        table.set_empty(lambda: self._nothing(key))
        table.summed.connect(self.tab.shell.status)
        table.asked.connect(self.tab.ask_why)
        table.offer_menu(lambda row: self.menus.of(key, row))
        if self.tab.view is not None:
            table.set_rows(getattr(self.tab.view, key))
        return table

    def _nothing(self, key: str) -> Empty:
        block, view = BLOCKS[key], self.tab.view
        act = (block.verb, lambda: self.add(key)) if view is not None and self.may_add(key, view) else None
        return Empty(f"No {block.noun} yet", block.about, act)

    def show_view(self, view: "PlanView") -> None:
        """Fill the tables that were made."""
        for key, table in self.tables.items():
            table.set_rows(getattr(view, key))
        for page in self._pages.values():
            if isinstance(page, PlanStack | ObjectivesPage):
                page.show_view(view)

    def may_add(self, key: str, view: "PlanView") -> bool:
        """Whether a row can be added to a block now."""
        block = BLOCKS[key]
        if not block.op or view.plan.status == "closed":
            return False
        if len(getattr(view, key)) >= MOST.get(key, UNBOUND):
            return False
        return block.living or not view.plan.is_locked

    def add(self, key: str) -> None:
        """A new row with a name to be written over; the words ask for what is missing."""
        view = self.tab.view
        if view is None or not BLOCKS[key].op:
            return
        block, today = BLOCKS[key], self.tab.desk.today()
        op = getattr(importlib.import_module(f"partnerdesk.ops.joint.{block.module}"), block.op)
        args: tuple[Any, ...] = (view.plan.id,)
        fields = block.new(view, today)
        if key == "actions":
            args, fields = (view.plan.partner,), {"text": "New action", "side": "vendor", "on": today}
            fields |= {"plan": view.plan.id}
        self.tab.change(block.verb, op, *args, fields=fields, then=lambda id: self._added(key, id))

    def _added(self, key: str, id: object) -> None:
        self._wanted = (key, id, "")

    def edit_wanted(self) -> None:
        """Open the editor on the row that was just added, or in the cell where something lacks."""
        key, id, column = self._wanted
        if not key or not self.tables[key].isVisible():
            return
        table = self.tables[key]
        at = next((n for n, c in enumerate(table.table_model.columns) if c.key == column), 0)
        if table.select(id, at):
            self._wanted = ("", None, "")
            table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            table.begin_edit(table.currentIndex())

    def at_hand(self, page: str) -> str:
        """The block of a sub-page that has the keyboard, else its first one."""
        blocks = PAGES.get(page, ("",))
        return next((key for key in blocks if key in self.tables and self.tables[key].hasFocus()), blocks[0])

    def jump(self, block: str, id: int, column: str = "") -> None:
        """Open the sub-page of a block, make a row of it current, and open the cell where something lacks."""
        is_here = self.tab.sub == PAGE_OF[block]  # another sub-page reads again, which would close the editor
        self.tab.open_sub(PAGE_OF[block])
        if column:
            self._wanted = (block, id, column)
            if is_here:
                self.edit_wanted()
        elif id and self.tables[block].select(id):
            self.tables[block].setFocus()


def _id(row: Any) -> Any:
    return row.id
