"""Starting a playbook at a partner, which creates all its actions in one step, and ending it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.plans import action
from partnerdesk.models.playbooks import playbook_run
from partnerdesk.ops import edits, sentences
from partnerdesk.ops.joint.actions import add_action, drop_action
from partnerdesk.queries.enablement.playbooks import Planned, playbook_named


def start_playbook(
    session: Session,
    partner: str,
    key: str,
    *,
    start: date,
    on: date,
    actions: Sequence[Planned],
    metric: str = "",
    goal: str = "",
    by: str = "",
) -> int:
    """Starts a playbook and creates these actions, as they were previewed or changed; returns the id of the run.

    `metric` is a key of the program's, by which the goal is measured. Raises Refused without an action.
    """
    chosen = playbook_named(session, key)
    if not actions:
        raise Refused("Nothing of this playbook would be done.", "Keep at least one action.")
    run = edits.add(
        session,
        playbook_run,
        partner=partner,
        playbook=key,
        title=chosen.title,
        goal=goal or chosen.goal,
        metric=metric,
        start=start,
        created=on,
        started_by=by,
        status="running",
    )
    for planned in actions:
        _create(session, partner, run, planned, on)
    return run


def finish_run(session: Session, id: int, *, on: date, outcome: str = "") -> None:
    """The playbook came to its end. Raises Refused while actions of it are open."""
    row = _running(session, id)
    left = _open_actions(session, id)
    if left:
        raise Refused(
            f"{sentences.count(len(left), 'action')} of this playbook {'is' if len(left) == 1 else 'are'} still open.",
            "End them, or stop the playbook, which drops them with its reason.",
        )
    changes = {"status": "done", "ended_on": on, "outcome": outcome}
    edits.change(session, playbook_run, row, "playbook", {}, changes)


def stop_run(session: Session, id: int, *, on: date, reason: str) -> int:
    """Stops a playbook for a reason; its open actions are dropped with it. Returns how many."""
    row = _running(session, id)
    reason = edits.required(reason, "A playbook is stopped for a reason.")
    left = _open_actions(session, id)
    for one in left:
        drop_action(session, one, on=on, reason=reason)
    changes = {"status": "stopped", "ended_on": on, "outcome": reason}
    edits.change(session, playbook_run, row, "playbook", {}, changes)
    return len(left)


def reopen_run(session: Session, id: int) -> None:
    """A playbook that ended runs again; actions that were dropped with it stay dropped."""
    row = edits.present(session, playbook_run, id, "playbook")
    if row["status"] == "running":
        raise Refused("This playbook runs already.")
    changes = {"status": "running", "ended_on": None, "outcome": ""}
    edits.change(session, playbook_run, row, "playbook", {}, changes)


def _create(session: Session, partner: str, run: int, planned: Planned, on: date) -> None:
    add_action(
        session,
        partner,
        text=planned.text,
        side=planned.side,
        on=on,
        owner=planned.owner,
        due=planned.due,
        measure=planned.measure,
        internal=planned.internal,
        team=planned.team,
        playbook_run=run,
    )


def _running(session: Session, id: int) -> RowMapping:
    row = edits.present(session, playbook_run, id, "playbook")
    if row["status"] != "running":
        raise Refused("This playbook has ended.", "Start it anew, or take its end back.")
    return row


def _open_actions(session: Session, run: int) -> tuple[int, ...]:
    """Open actions of a run that no later one took over."""
    later = select(action.c.carried_from).where(action.c.carried_from.is_not(None))
    own = select(action.c.id).where(action.c.playbook_run == run, action.c.status == "open", action.c.id.not_in(later))
    return tuple(session.scalars(own.order_by(action.c.id)))
