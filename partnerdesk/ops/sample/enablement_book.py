"""Enablement in the sample book: pathways, who was in which session, playbooks at seven partners, and a used library.

Sessions are the trainings and clinics that the sample's facts hold already; nothing here changes a figure.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Activity, Certification, Fact, Partner, Person
from partnerdesk.ops.enablement.library import add_item, share_item, use_item
from partnerdesk.ops.enablement.pathways import add_pathway, add_step
from partnerdesk.ops.enablement.playbooks import add_playbook
from partnerdesk.ops.enablement.playbooks import add_step as add_playbook_step
from partnerdesk.ops.enablement.runs import finish_run, start_playbook, stop_run
from partnerdesk.ops.enablement.sessions import add_attendee
from partnerdesk.ops.joint.actions import complete_action
from partnerdesk.ops.sample.cast import AS_OF, VENDOR, words
from partnerdesk.ops.sample.dice import Dice
from partnerdesk.queries.enablement.pathways import SESSION_KINDS
from partnerdesk.queries.enablement.playbooks import planned_actions, playbook_named
from partnerdesk.queries.joint.actions import actions

WRITER, MARKETING = VENDOR[3][1], VENDOR[4][1]
USERS = ("P-01", "P-02", "P-04", "P-07", "P-10", "P-12", "P-13", "P-17")


def tell_enablement(session: Session, rows: Sequence[Fact], seed: int) -> None:
    """Writes all of it, as somebody would have with the same verbs."""
    said, dice = words("enablement"), Dice(seed, "enablement")
    for raw in said["pathway"]:
        id = add_pathway(session, name=raw["name"], product=raw["product"], says=raw["says"])
        for step in raw["steps"]:
            add_step(session, id, **step)
    _attended(session, rows, dice)
    own = dict(said["playbook"])
    steps = own.pop("steps")
    id = add_playbook(session, **own)
    for step in steps:
        add_playbook_step(session, id, **step)
    owners = {row.id: row.owner or "" for row in rows if isinstance(row, Partner)}
    managers = {id: name for id, name, _ in VENDOR}
    for raw in said["run"]:
        _run(session, raw, managers[owners[raw["partner"]]], dice)
    _library(session, said, dice)


def _attended(session: Session, rows: Sequence[Fact], dice: Dice) -> None:
    """Certified people, and the delivery lead who is not, in the sessions that took place."""
    people: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if isinstance(row, Certification) and row.partner and row.person not in people[row.partner]:
            people[row.partner].append(row.person)
    for row in rows:
        if isinstance(row, Person) and row.partner and row.role == "Delivery lead":
            people[row.partner].insert(0, row.name)
    for row in rows:
        if isinstance(row, Activity) and row.kind in SESSION_KINDS and row.partner:
            for number, person in enumerate(people[row.partner][:4]):
                is_absent = number == 3 and dice.between(0, 1)
                add_attendee(session, row.id, person, "absent" if is_absent else "attended")


def _run(session: Session, raw: dict[str, Any], manager: str, dice: Dice) -> None:
    """A run whose first actions are done, around their days; the rest is open, dropped, or there is none."""
    chosen, partner, start = playbook_named(session, raw["playbook"]), raw["partner"], raw["start"]
    created = min(start, AS_OF) - timedelta(days=3)
    if min(step.days for step in chosen.steps) < 0:
        created = date(2026, 10, 8)
    planned = planned_actions(session, chosen, partner, start, chosen.workdays)
    run = start_playbook(
        session,
        partner,
        chosen.key,
        start=start,
        on=created,
        actions=planned,
        metric=chosen.metrics[0],
        by=manager,
    )
    own = [a for a in actions(session, AS_OF, partner, from_playbooks=True) if a.playbook_run == run]
    for row in own[: raw["done"]]:
        assert row.due is not None
        day = min(row.due + timedelta(days=dice.between(-2, 1)), AS_OF - timedelta(days=1))
        complete_action(session, row.id, on=max(day, created), evidence=row.measure)
    if "outcome" in raw:
        finish_run(session, run, on=date(2026, 5, 12), outcome=raw["outcome"])
    if "stopped" in raw:
        stop_run(session, run, on=date(2026, 7, 6), reason=raw["stopped"])


def _library(session: Session, said: Mapping[str, Any], dice: Dice) -> None:
    """The items, most of them shared, and who used them this year."""
    for number, raw in enumerate(said["item"]):
        item = dict(raw)
        is_shared = item.pop("shared", False)
        created = date(2026, 2 + number, 11)
        id = add_item(session, on=created, author=MARKETING if item["form"] == "template" else WRITER, **item)
        if is_shared:
            share_item(session, id, on=created + timedelta(days=6))
        for partner in dice.some(USERS, dice.between(0, 3)):
            day = dice.workday(created + timedelta(days=10), AS_OF)
            use_item(session, id, partner, day=day, used_by=WRITER, result=dice.pick(said["uses"]["results"]))
