"""What a joint plan works on, as choices of a forecast: its open deals and renewals, and the tier that would follow."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from partnerdesk.engine.whole import Outcome
from partnerdesk.forecast.choices import Choice
from partnerdesk.queries.joint.actions import actions
from partnerdesk.queries.joint.plan_rows import links

if TYPE_CHECKING:
    from partnerdesk.queries.joint.plans import PlanView

Promised = frozenset[tuple[str, str]]


def promised(session: Session, partner: str, as_of: date, plan: "PlanView | None") -> Promised:
    """The open deals that the plan's objectives work on, and the contracts that a joint action is about."""
    return frozenset(_promised(session, partner, as_of, plan))


def _promised(session: Session, partner: str, as_of: date, plan: "PlanView | None") -> Iterator[tuple[str, str]]:
    if plan is not None:
        live = {o.id for o in plan.objectives if o.status != "dropped"}
        yield from (
            ("deal", link.deal) for link in links(session, plan.plan.id) if link.deal and link.objective in live
        )
    for action in actions(session, as_of, partner):
        if action.contract and not action.internal and action.state != "dropped":
            yield "contract", action.contract


def next_tier(outcome: Outcome, as_of: date) -> str:
    """The tier after the one that the last finished period reaches; empty where there is none."""
    standing = next((s for s in reversed(list(outcome.standings.values())) if s.period.end <= as_of), None)
    return (standing.next_tier or "") if standing else ""


def plan_choices(well: Promised, tier: str, since: date) -> Iterator[Choice]:
    """As it stands, what the plan works on going well, and the next tier from a day on besides."""
    yield Choice()
    if well:
        yield Choice(well)
    if tier:
        yield Choice(well, tier, since)
