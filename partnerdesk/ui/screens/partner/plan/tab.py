"""Plan: what both sides set out to do, who commits to what, who decides, and what stops the agreement."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from partnerdesk.ui.screens.partner.plan.blocks import BLOCKS, PAGES
from partnerdesk.ui.screens.partner.plan.head import PlanHead
from partnerdesk.ui.screens.partner.plan.papers import PlanPapers
from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.screens.partner.plan.start import PlanStart
from partnerdesk.ui.screens.partner.plan.tables import PlanTables
from partnerdesk.ui.screens.partner.plan.thesis import ThesisPage
from partnerdesk.ui.screens.partner.plan.whitespace import WhitespacePage
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.section import SectionTitle

if TYPE_CHECKING:
    from partnerdesk.queries.joint.plans import PlanView

SUBS = (
    ("Thesis", "thesis"),
    ("Targets", "targets"),
    ("Objectives", "objectives"),
    ("Whitespace", "whitespace"),
    ("People", "people"),
    ("Decisions", "decisions"),
    ("Actions", "actions"),
    ("Risks", "risks"),
    ("90 days", "motion"),
)


class PlanTab(ShownPlan):
    """The sub-pages of a plan under one header."""

    def build(self) -> None:
        self.sub = "objectives"
        self.papers = PlanPapers(self)
        self.head = PlanHead(self, self.papers)
        self.state, self.lock, self.next, self.share = self.head.state, self.head.lock, self.head.next, self.head.share
        px = theme().px
        self.line = QWidget()
        row = QHBoxLayout(self.line)
        row.setContentsMargins(px(24), px(12), px(24), px(4))
        self.title = SectionTitle("")
        self.add = Button("Add", self._add, kind="link", keys="Ctrl+N")
        row.addWidget(self.title, 1)
        row.addWidget(self.add)
        self.pages = QStackedWidget()
        self.tables = PlanTables(self, self.pages)
        self.thesis, self.whitespace = ThesisPage(self), WhitespacePage(self)
        self.start = PlanStart(self)
        self.empty = self.start.empty
        for page in (self.thesis, self.whitespace, self.empty):
            self.pages.addWidget(page)
        self.body.addWidget(self.line)
        self.body.addWidget(self.pages, 1)

    def header_controls(self) -> list[QWidget]:
        return [*self.head.controls[:-1], *self.papers.controls, self.head.controls[-1]]

    def subs(self) -> tuple[tuple[str, str], ...]:
        """The sub-pages, for the tab strip."""
        return SUBS

    def commands(self) -> dict[str, Callable[[], object]]:
        return {"page.new": self._add} | self.papers.commands()

    def letters(self) -> dict[str, Callable[[], object]]:
        """D marks the selected action, or the line of the 90 days, as done."""
        return {"D": self._done} if self.sub in ("actions", "motion") else {}

    # Reading

    def show_partner(self, partner: str, sub: str = "") -> None:
        is_other = partner != self.partner
        if is_other:
            self.plan = None
        if (is_other or sub) and sub not in {key for _, key in SUBS}:
            sub = "objectives"  # where a plan begins, so that the strip names what is shown
        super().show_partner(partner, sub)

    def reload(self) -> None:
        from partnerdesk.ops.plan.naming import checked_plan_page

        self.read(checked_plan_page, self.partner, self.desk.today(), self.plan, done=self._show, slot="plan")

    def _show(self, view: "PlanView | None") -> None:
        self.view = view
        has = view is not None
        self.line.setVisible(has)
        self.papers.show(has and self.isVisible())
        self.head.show_view(view)
        if view is None:
            self.start.reload()
            self.pages.setCurrentWidget(self.empty)
            return
        self.tables.show_view(view)
        self.thesis.show_view(view)
        self.show_sub(self.sub)
        self.tables.edit_wanted()

    def show_sub(self, key: str) -> None:
        """Show a sub-page."""
        self.sub = key if key in {k for _, k in SUBS} else "objectives"
        view = self.view
        if view is None:
            return
        own: dict[str, tuple[QWidget, str, str]] = {
            "thesis": (self.thesis, "Thesis", "why this partnership, this year; the partner's own goals first"),
            "whitespace": (self.whitespace, "Whitespace", ""),
        }
        if self.sub in own:
            page, title, note = own[self.sub]
            self.line.setVisible(self.sub == "thesis")
            self.add.setVisible(False)
            self.pages.setCurrentWidget(page)
            self.title.set(title, _gaps(view, (self.sub,)) or note)
            (self.thesis if self.sub == "thesis" else self.whitespace).reload(view)
            return
        self.line.setVisible(True)
        self.pages.setCurrentWidget(self.tables.page(self.sub))
        self.tables.show_view(view)
        block = BLOCKS[self.sub]
        self.title.set(block.title, _gaps(view, PAGES[self.sub]) or block.note(view))
        self.add.set_text(block.verb)
        self.add.setVisible(self.tables.may_add(self.sub, view))

    def jump(self, block: str, id: int, column: str = "") -> None:
        if block == "thesis":
            self.open_sub(block)
            self.thesis.fields[column].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.tables.jump(block, id, column)

    def choose_cell(self, customer: str, product: str) -> None:
        self.whitespace.choose(customer, product)

    # Acting

    def _add(self) -> None:
        if self.view is None:
            return
        if self.sub == "whitespace":
            self.whitespace.add_objective()
        elif self.sub in BLOCKS:
            block = self.tables.at_hand(self.sub)
            self.tables.add(block if self.tables.may_add(block, self.view) else self.sub)

    def _done(self) -> None:
        from partnerdesk.ops.joint.actions import complete_action

        row = self.tables.tables[self.sub].current_row()
        if row is None:
            return
        if self.sub == "motion":
            self.tables.menus.done(row)
        elif row.is_open:
            today = self.desk.today()
            self.change("Mark action done", complete_action, row.id, fields={"on": today}, toast="Marked as done")


def _gaps(view: "PlanView", blocks: Collection[str]) -> str:
    """What the lock waits for on a page, in words; nothing where it waits for nothing there."""
    found = [gap.words for gap in view.gaps if gap.block in blocks]
    if view.plan.is_locked or not found:
        return ""
    return f"{found[0]}{f' {len(found) - 1} more.' if len(found) > 1 else ''}"
