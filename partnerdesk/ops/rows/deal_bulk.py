"""The same verb on several deals as one step: all of them, or none where one refuses."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.ops.rows.deals import assign_deal, mark_lost, move_stage, slip_deal
from partnerdesk.ops.rows.facts import present_row


def lose_deals(session: Session, ids: Sequence[str], *, on: date, reason: str, by: str = "") -> None:
    """All of them were lost, for one reason."""
    for id in ids:
        mark_lost(session, id, on=on, reason=reason, by=by)


def slip_deals(session: Session, ids: Sequence[str], *, until: date, reason: str, on: date, by: str = "") -> None:
    """All of them close on a later day, for one reason."""
    for id in ids:
        slip_deal(session, id, until=until, reason=reason, on=on, by=by)


def stage_deals(session: Session, ids: Sequence[str], stage: str, *, on: date, by: str = "") -> None:
    """All of them are in a stage; one that is there already stays as it is."""
    for id in ids:
        if getattr(present_row(session, "deal", id), "stage", "") != stage:
            move_stage(session, id, stage, on=on, by=by)


def assign_deals(session: Session, ids: Sequence[str], owner: str | None, *, by: str = "") -> None:
    """All of them have one owner, or none."""
    for id in ids:
        assign_deal(session, id, owner, by=by)
