"""Named what-ifs: kept with a reason and an owner, changed, renamed, copied and deleted; each is one step of undo.

`at` is the moment of the change as UTC text: an op does not read the clock.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES
from partnerdesk.models.scenarios import ACTIONS, scenario, scenario_change
from partnerdesk.ops import edits
from partnerdesk.queries.scenarios import Change, ScenarioRow
from partnerdesk.queries.unknown import no_partner

NOUN = "scenario"
LONGEST = 60


def save_scenario(
    session: Session,
    partner: str,
    name: str,
    changes: Sequence[Change],
    *,
    today: date,
    at: str,
    day: date | None = None,
    reason: str = "",
    owner: str = "",
) -> int:
    """A new scenario; returns its id. Refused without a name or a change, and for a name that the partner has."""
    if session.scalar(select(TABLES["partner"].c.id).where(TABLES["partner"].c.id == partner)) is None:
        raise no_partner(session, partner)
    name = _free(session, partner, name)
    _needs_changes(changes, day)
    values = {"partner": partner, "name": name, "reason": reason, "owner": owner, "day": day}
    id = edits.add(session, scenario, **values, created=today, changed=at)
    _write(session, id, changes)
    return id


def change_scenario(
    session: Session, before: ScenarioRow, changes: Sequence[Change], *, at: str, day: date | None = None
) -> None:
    """Other changes in the place of those that `before`, which was looked at, has."""
    row = edits.present(session, scenario, before.id, NOUN)
    if row["changed"] != before.changed:
        raise Refused(f"“{row['name']}” was changed since you opened it.", "Open it again, then change it.")
    _needs_changes(changes, day)
    session.execute(delete(scenario_change).where(scenario_change.c.scenario == before.id))
    _write(session, before.id, changes)
    session.execute(update(scenario).where(scenario.c.id == before.id).values(changed=at, day=day))


def describe_scenario(session: Session, before: ScenarioRow, *, name: str, reason: str, owner: str, at: str) -> None:
    """Another name, reason or owner."""
    row = edits.present(session, scenario, before.id, NOUN)
    if name.strip() != row["name"]:
        name = _free(session, row["partner"], name)
    changes = {"name": name, "reason": reason, "owner": owner, "changed": at}
    seen = {"name": before.name, "reason": before.reason, "owner": before.owner}
    edits.change(session, scenario, row, NOUN, seen, changes)


def delete_scenario(session: Session, id: int) -> None:
    """Deletes a scenario; Undo brings it back."""
    edits.present(session, scenario, id, NOUN)
    session.execute(delete(scenario_change).where(scenario_change.c.scenario == id))
    edits.remove(session, scenario, id)


def _free(session: Session, partner: str, name: str) -> str:
    name = edits.required(name, "A scenario needs a name.")
    if len(name) > LONGEST:
        raise Refused(f"The name is longer than {LONGEST} characters.", "Shorten it.")
    taken = select(scenario.c.id).where(scenario.c.partner == partner, scenario.c.name == name)
    if session.scalar(taken) is not None:
        raise Refused(f"This partner has a scenario “{name}” already.", "Give another name.")
    return name


def _needs_changes(changes: Sequence[Change], day: date | None) -> None:
    if not changes and day is None:
        raise Refused("Nothing is another way than it is.", "Change something first.")
    unknown = [change.action for change in changes if change.action not in ACTIONS]
    if unknown:
        raise TypeError(f"no change is called {unknown[0]}")


def _write(session: Session, id: int, changes: Sequence[Change]) -> None:
    rows = [
        {
            "scenario": id,
            "position": number,
            "action": change.action,
            "of": change.of,
            "item": change.item,
            "field": change.field,
            "value": change.value,
        }
        for number, change in enumerate(changes, 1)
    ]
    if rows:
        session.execute(insert(scenario_change), rows)
