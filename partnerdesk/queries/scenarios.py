"""The named what-ifs of a book: what each would change, why, and whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.scenarios import ADD, METRIC, REMOVE, RULE, SET, scenario, scenario_change

__all__ = ["ADD", "METRIC", "REMOVE", "RULE", "SET", "Change", "ScenarioRow", "scenario_named", "scenarios"]


@dataclass(frozen=True, slots=True)
class Change:
    """One value that would be another one.

    `action` set, add and remove are about the fact `item` of the kind `of`; rule is about the key `field` of the
    program version `of`, its `value` written as in the program's text; metric is about what the metric `of` comes to.
    Values of facts are written as in a file.
    """

    action: str
    of: str
    item: str = ""
    field: str = ""
    value: str = ""

    @property
    def place(self) -> tuple[str, str, str]:
        """What it is about; there is one change of a place."""
        return self.of, self.item, "" if self.action == REMOVE else self.field


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """A named what-if of a partner."""

    id: int
    partner: str
    name: str
    reason: str
    owner: str
    created: date
    changed: str
    day: date | None
    changes: tuple[Change, ...]


def scenarios(session: Session, partner: str | None = None) -> tuple[ScenarioRow, ...]:
    """The scenarios of a partner or of all, by partner and name."""
    query = select(scenario).order_by(scenario.c.partner, scenario.c.name)
    if partner is not None:
        query = query.where(scenario.c.partner == partner)
    rows = session.execute(query).all()
    changes = _changes(session, [row.id for row in rows])
    return tuple(ScenarioRow(**row._mapping, changes=tuple(changes.get(row.id, ()))) for row in rows)


def _changes(session: Session, ids: Iterable[int]) -> dict[int, list[Change]]:
    table = scenario_change.c
    columns = (table.scenario, table.action, table.of, table.item, table.field, table.value)
    query = select(*columns).where(table.scenario.in_(list(ids))).order_by(table.scenario, table.position)
    found: dict[int, list[Change]] = {}
    for id, *values in session.execute(query):
        found.setdefault(id, []).append(Change(*values))
    return found


def scenario_named(session: Session, partner: str, name: str) -> ScenarioRow:
    """The scenario of that name. Raises Refused where the partner has none."""
    own = scenarios(session, partner)
    found = next((row for row in own if name.strip() in (row.name, str(row.id))), None)
    if found is None:
        known = ", ".join(f"“{row.name}”" for row in own)
        remedy = f"There are {known}." if known else "Save one first."
        raise Refused(f"{partner} has no scenario “{name}”.", remedy)
    return found
