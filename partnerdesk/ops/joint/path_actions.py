"""The steps of a path to a tier as actions that somebody owes by their day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.plans import action
from partnerdesk.ops.joint.actions import add_action


@dataclass(frozen=True, slots=True)
class PathAction:
    """What is to be done, by which side and when; `contract` for a renewal."""

    text: str
    side: str
    due: date
    contract: str | None = None


def add_path_actions(
    session: Session, partner: str, steps: Sequence[PathAction], *, goal: str, owner: str, on: date
) -> int:
    """Writes down the steps that are not open already; ours are `owner`'s. Returns how many are new."""
    open_ones = select(action.c.text).where(action.c.partner == partner, action.c.status == "open")
    known = set(session.scalars(open_ones))
    new = [step for step in steps if step.text not in known]
    for step in new:
        who = owner if step.side == "vendor" else ""
        add_action(
            session,
            partner,
            text=step.text,
            side=step.side,
            on=on,
            owner=who,
            due=step.due,
            measure=goal,
            contract=step.contract,
        )
    return len(new)
