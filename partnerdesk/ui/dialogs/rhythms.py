"""How often partners are reviewed, for all and tier by tier; each choice is kept at once."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from partnerdesk.queries.joint.cadence import RHYTHMS, Cadence, cadence
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.widgets.form import Choice, Form
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ui.screens.base import Screen


class RhythmsDialog(BaseDialog):
    """A line for all partners and one per tier; a single partner's rhythm is chosen in its row."""

    def __init__(self, host: "Screen", tiers: Sequence[str]) -> None:
        super().__init__(host.window(), "How often partners are reviewed")
        self._host = host
        note = "A partner's own rhythm is chosen in its row and stands above these."
        self.body.addWidget(Label(note, "small", "muted", wrap=True))
        names = [(text, key) for key, (text, _units) in RHYTHMS.items()]
        form = Form(label_width=120)
        self.usual = Choice("All partners", names, self._set_usual)
        form.add("All partners", self.usual, width=240)
        self.tiers: dict[str, Choice] = {}
        for tier in tiers:
            made = Choice(tier, [("As all partners", ""), *names], partial(self._set_tier, tier), "")
            self.tiers[tier] = made
            form.add(tier, made, width=240)
        self.body.addWidget(form)
        self.offer_close()
        host.read(cadence, done=self._show, slot="rhythms")

    def _show(self, chosen: Cadence) -> None:
        self.usual.show_value(chosen.usual)
        for tier, choice in self.tiers.items():
            choice.show_value(chosen.tiers.get(tier, ""))

    def _set_usual(self, rhythm: object) -> None:
        from partnerdesk.ops.joint.cadence import set_rhythm

        self._host.run("Change rhythm of reviews", set_rhythm, str(rhythm))

    def _set_tier(self, tier: str, rhythm: object) -> None:
        from partnerdesk.ops.joint.cadence import set_tier_rhythm

        self._host.run("Change rhythm of reviews", set_tier_rhythm, tier, str(rhythm))
