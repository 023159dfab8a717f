"""What was known on a day: facts cut by the day on which each became known, so that nothing looks ahead.

A row typed long after the event is known since it was typed; a deal of which only the closing day stands was not known
before it closed. An open deal stands in the stage it had entered by then, and without what only its end wrote on it:
a chance of all or nothing, or an expected day that was written over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from partnerdesk.engine.facts import HAPPENED, Contract, Deal, Facts
from partnerdesk.engine.world.days import happened
from partnerdesk.engine.world.known import Known
from partnerdesk.forecast.exported import Exported, exported

_OWN = ("registered", "created", "closed", "outcome_on", "kickoff", "live", "first_value", "day", "start", "awarded")
_LASTING = frozenset({"partner", "customer", "product", "person", "territory", "coverage", "exchange_rate", "target"})


def known_facts(facts: Facts, day: date) -> Facts:
    """The facts of a book as they stood at the end of a day."""
    traces, found = exported(facts), dict[str, tuple[Any, ...]]()
    for kind, rows in facts.rows.items():
        found[kind] = rows if kind in _LASTING else tuple(r for r in rows if first_known(kind, r, traces) <= day)
    known = Known(Facts({**found, "deal": tuple(_entered(d, traces) for d in found.get("deal", ()))})).at(day)
    stages = {row.deal: row.stage for row in sorted(known.of("stage_change"), key=lambda row: (row.day or day, row.id))}
    ended = {d.id: d for d in facts.of("deal") if d.status != "open"}
    deals = tuple(_open_then(d, ended.get(d.id), stages, traces) for d in known.of("deal"))
    settled = {c.id for c in facts.of("contract") if c.outcome != "open"}
    contracts = tuple(_undecided(c) if c.id in settled else c for c in known.of("contract"))
    found = {kind: rows for kind, rows in (("deal", deals), ("contract", contracts)) if rows}
    return Facts({**known.rows, **found})


def _undecided(contract: Contract) -> Contract:
    """A contract without a chance of all or nothing, which only its outcome wrote on it."""
    return replace(contract, probability=None) if contract.probability in (0, 1) else contract


def _entered(deal: Deal, traces: Exported) -> Deal:
    """The deal, begun by its end at the latest: one that was entered with many others may have been over before."""
    over = traces.known_since(deal) is not None and deal.closed and deal.created and deal.closed < deal.created
    return replace(deal, created=deal.closed) if over else deal


def _open_then(deal: Deal, ended: Deal | None, stages: Mapping[str, str], traces: Exported) -> Deal:
    """The deal as it stood, without what only its end tells."""
    if deal.status != "open":
        return deal
    changed: dict[str, Any] = {}
    if not deal.stage and deal.id in stages:
        changed["stage"] = stages[deal.id]
    if ended is not None and deal.probability in (0, 1):
        changed["probability"] = None
    if ended is not None and traces.overwrites and ended.closed == deal.expected_close:
        changed["expected_close"] = None
    return replace(deal, **changed) if changed else deal


def first_known(kind: str, row: Any, traces: Exported) -> date:
    """Since when a row can have been known: its first day, or the day it was typed where that came after all of them.

    A row without any day is known from the start; `traces` are those that an export left in the book.
    """
    days = [day for day in _days(row) if day is not None]
    if kind == "deal" and (since := traces.known_since(row)) is not None:
        first = since
    elif kind == "deal" and not (row.created or row.registered):
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
