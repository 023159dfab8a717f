"""How a plan begins where there is none: from the template of the partner's kind, or blank."""

from typing import TYPE_CHECKING, Any

from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from partnerdesk.engine.period import Period

WHY = "A plan says what both sides set out to do, who commits to what, and who decides."


class PlanStart:
    """The empty state of the Plan tab with its three ways to begin."""

    def __init__(self, tab: ShownPlan) -> None:
        self._tab = tab
        self._kind = ""
        self.empty = Empty(
            "No joint plan yet",
            WHY,
            ("Start from the template", self.template),
            (("Start blank", self.blank),),
            icon="list-checks",
        )

    def reload(self) -> None:
        """Learn what kind of partner this is."""
        from partnerdesk.queries.partners.people import partner_card

        self._tab.read(partner_card, self._tab.partner, done=self._known, slot="kind")

    def _known(self, card: Any) -> None:
        self._kind = card.type if card is not None else ""
        if self.empty.primary is not None:
            kind = self._kind or "usual"
            self.empty.primary.set_text(f"Start from the {kind} template")

    def template(self) -> None:
        """The template of the partner's kind."""
        from partnerdesk.ops.joint.plan_templates import plan_from_template

        self._begin("Start plan", plan_from_template, kind=self._kind)

    def blank(self) -> None:
        """A plan with nothing in it."""
        from partnerdesk.ops.joint.plans import add_plan

        self._begin("Start plan", add_plan, with_template=False)

    def _begin(self, label: str, op: Any, **fields: Any) -> None:
        from partnerdesk.queries.joint.plan_quarters import coming_year

        today, partner = self._tab.desk.today(), self._tab.partner

        def begin(year: "Period") -> None:
            said = fields | {"start": year.start, "end": year.end, "on": today}
            self._tab.change(label, op, partner, fields=said, then=self._tab.choose)

        self._tab.read(coming_year, today, done=begin, slot="year")
