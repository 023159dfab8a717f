"""What goes on by itself: answers, activities, observations and cases of the last year come again a year later.

Nobody can say what customers will answer; that they will be asked as before is the least that keeps scores standing.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.period import add_months

KINDS = {"survey": "day", "activity": "day", "observation": "day", "case": "opened"}


def carried(facts: Facts, as_of: date, horizon: date) -> Iterator[tuple[str, Any]]:
    """The rows of the year up to the as-of day again, a year and more later, up to the horizon."""
    since = add_months(as_of, -12)
    for kind, name in KINDS.items():
        for row in facts.of(kind):
            day = getattr(row, name)
            if day is None or not since < day <= as_of:
                continue
            years = 1
            while (later := add_months(day, 12 * years)) <= horizon:
                if later > as_of:
                    changed = {name: later, "closed": _later(row, 12 * years)} if kind == "case" else {name: later}
                    yield kind, replace(row, id=f"{row.id}:again:{years}", known_on=None, **changed)
                years += 1


def _later(row: Any, months: int) -> date | None:
    return add_months(row.closed, months) if row.closed else None
