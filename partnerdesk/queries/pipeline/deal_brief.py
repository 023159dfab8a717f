"""One deal as it stands beside the list: everything that hangs on it, how likely it is, and what is to be done."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.models.plans import action
from partnerdesk.queries.joint.actions import ActionRow, open_about
from partnerdesk.queries.pipeline.deal_list import Likely, deal_chance
from partnerdesk.queries.pipeline.deals import DealView, deal_view


@dataclass(frozen=True, slots=True)
class DealBrief:
    """`likely` is None where the deal is not open."""

    view: DealView
    likely: Likely | None
    actions: tuple[ActionRow, ...]


def deal_brief(session: Session, id: str, as_of: date) -> DealBrief | None:
    """A deal's brief; None where the deal is gone."""
    view = deal_view(session, id)
    if view is None:
        return None
    return DealBrief(view, deal_chance(session, id, as_of), open_about(session, as_of, action.c.deal == id))
