"""The plan that is shown, as its parts see it: what was read of it, how it changes, and where one goes from a part."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.partner.tab import PartnerTab

if TYPE_CHECKING:
    from partnerdesk.queries.joint.plans import PlanView

NO_FIELDS: Mapping[str, Any] = MappingProxyType({})


class ShownPlan(PartnerTab):
    """What every part of the Plan tab rests on; the tab puts the parts together."""

    KEY: ClassVar[str] = "plan"
    TITLE: ClassVar[str] = "Plan"

    view: "PlanView | None" = None
    plan: int | None = None  # chosen by the user; else that of today

    def choose(self, plan: int | None) -> None:
        """Show another plan of the partner, or another version."""
        self.plan = plan
        self.reload()

    def open_sub(self, key: str) -> None:
        """Go to a sub-page; Back returns."""
        if key != self.sub:
            self.shell.go(Place("partners", self.partner, "plan", key))

    def jump(self, block: str, id: int, column: str = "") -> None:
        """Open the sub-page of a block, make a row of it current, and open the field or cell where something lacks."""
        raise NotImplementedError

    def choose_cell(self, customer: str, product: str) -> None:
        """The cell of the whitespace that is current when its sub-page opens."""
        raise NotImplementedError

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
