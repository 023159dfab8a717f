"""The plan's thesis: texts that are written, autosaved, and locked once the plan is agreed; beside it who and where."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.screens.partner.plan.side import PlanSide
from partnerdesk.ui.widgets.beside import Beside
from partnerdesk.ui.widgets.editors import AutosaveText
from partnerdesk.ui.widgets.section import Column, SectionTitle

if TYPE_CHECKING:
    from partnerdesk.queries.joint.plans import PlanView

FIELDS = (
    ("partner_goals", "The partner's goals", "What the partner wants to reach this year, in its own words"),
    ("thesis", "Why this partnership, this year", "One paragraph"),
    ("vendor_goals", "Our goals", ""),
    ("ideal_customer", "Ideal customer", ""),
    ("value_proposition", "Joint value proposition", ""),
    ("competitors", "Competitors", ""),
    ("wins", "What went well together", "Past wins both sides would name"),
    ("friction", "What got in the way", "Friction that this plan should take out"),
)
SIDE = 336
LINES = {"thesis": 3, "partner_goals": 3}


class ThesisPage(QWidget):
    """One text field per block, the partner's goals first; people, standing and changes at the right."""

    def __init__(self, tab: ShownPlan) -> None:
        super().__init__()
        self._tab = tab
        self._view: PlanView | None = None
        texts = Column(margin=24)
        self.fields: dict[str, AutosaveText] = {}
        for name, title, hint in FIELDS:
            texts.add(SectionTitle(title, hint), 14 if self.fields else 0)
            field = AutosaveText(title, lambda value, name=name: self._commit(name, value), lines=LINES.get(name, 2))  # type: ignore[misc]
            self.fields[name] = field
            texts.add(field, 4)
        self.side = PlanSide(tab)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Beside(texts, self.side, SIDE))

    def show_view(self, view: "PlanView") -> None:
        """Show the plan's texts; an agreed plan only shows them."""
        self._view = view
        for name, field in self.fields.items():
            field.show_text(getattr(view.plan, name))
            field.setReadOnly(view.plan.is_locked)
        self.side.show_view(view)

    def reload(self, view: "PlanView") -> None:
        """Read what stands beside the texts."""
        self.side.reload(view)

    def _commit(self, name: str, value: str) -> None:
        from partnerdesk.ops.joint.plans import change_plan

        if self._view is not None and value != getattr(self._view.plan, name):
            before = {name: getattr(self._view.plan, name)}
            self._tab.change("Edit plan", change_plan, self._view.plan.id, before, fields={name: value})
