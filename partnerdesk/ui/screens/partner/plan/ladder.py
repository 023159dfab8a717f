"""What is done with a risk on the ladder of three levels: it is escalated, taken up a level, settled; each one step."""

from typing import Any

from partnerdesk.ui.dialogs.reason import ReasonDialog
from partnerdesk.ui.screens.partner.plan.shown import ShownPlan


class Ladder:
    """The ladder of the plan that is shown."""

    def __init__(self, plan: ShownPlan) -> None:
        self._plan = plan

    def is_escalated(self, row: Any) -> bool:
        """Whether a risk is on the ladder now."""
        view = self._plan.view
        return view is not None and any(e.risk == row.id and e.is_open for e in view.escalations)

    def escalate(self, row: Any) -> None:
        """Raise a risk to the first level."""
        if self.is_escalated(row):
            return
        from partnerdesk.ops.joint.escalations import escalate_risk

        fields = {"on": self._plan.desk.today(), "by": self._plan.desk.user}
        self._plan.change("Escalate risk", escalate_risk, row.id, fields=fields, toast="Escalated, its clock runs")

    def raise_level(self, row: Any) -> None:
        """Take an escalation up a level, because nobody settled it in time."""
        from partnerdesk.ops.joint.escalations import raise_level

        words = f"Nobody settled it by {self._plan.formats.short_day(row.answer_by)}"
        fields = {"on": self._plan.desk.today(), "words": words}
        self._plan.change("Take escalation up a level", raise_level, row.id, fields=fields)

    def settle(self, row: Any) -> None:
        """Ask what came of an escalation, and end it."""
        if not row.is_open:
            return
        from partnerdesk.ops.joint.escalations import settle

        def then(outcome: str) -> None:
            fields = {"on": self._plan.desk.today(), "outcome": outcome}
            self._plan.change("Settle escalation", settle, row.id, fields=fields, toast="Settled")

        words = f"What came of “{row.text}”?"
        ReasonDialog(self._plan.window(), "Settle the escalation", words, "Settle", then, what="What came of it").open()
