"""What was known on a day: facts cut by the day on which each became known, so that nothing looks ahead.

A row typed long after the event is known since it was typed; a deal of which only the closing day stands was not known
before it closed. An open deal stands in the stage it had entered by then.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from partnerdesk.engine.facts import HAPPENED, Facts
from partnerdesk.engine.world.days import happened
from partnerdesk.engine.world.known import Known

_OWN = ("registered", "created", "closed", "outcome_on", "kickoff", "live", "first_value", "day", "start", "awarded")
_LASTING = frozenset({"partner", "customer", "product", "person", "territory", "coverage", "exchange_rate", "target"})


def known_facts(facts: Facts, day: date) -> Facts:
    """The facts of a book as they stood at the end of a day."""
    found = {}
    for kind, rows in facts.rows.items():
        found[kind] = rows if kind in _LASTING else tuple(r for r in rows if first_known(kind, r) <= day)
    known = Known(Facts(found)).at(day)
    stages = {row.deal: row.stage for row in sorted(known.of("stage_change"), key=lambda row: (row.day or day, row.id))}
    deals = tuple(
        replace(d, stage=stages[d.id]) if d.status == "open" and not d.stage and d.id in stages else d
        for d in known.of("deal")
    )
    return Facts({**known.rows, "deal": deals}) if deals else known


def first_known(kind: str, row: Any) -> date:
    """Since when a row can have been known: its first day, or the day it was typed where that came after all of them.

    A row without any day is known from the start.
    """
    days = [day for day in _days(row) if day is not None]
    if kind == "deal" and not (row.created or row.registered):
        first = row.closed if row.closed is not None else date.min
    elif kind == "deployment" and row.deal:
        first = date.min  # planned with its deal
    else:
        own = happened(kind, row) if kind in HAPPENED or hasattr(row, "day") else None
        first = min([d for d in (own, getattr(row, "created", None)) if d is not None], default=date.min)
    typed: date | None = row.known_on
    if typed is None:
        return first
    return typed if typed < first or all(day < typed for day in days) else first


def _days(row: Any) -> Iterator[date | None]:
    for name in _OWN:
        yield getattr(row, name, None)
