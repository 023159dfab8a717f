"""The facts of a closed statement as they were frozen, with what was not frozen as the book has it."""

import json
import zlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import KINDS, Facts
from partnerdesk.engine.restore import restore
from partnerdesk.models.statements import fact_chunk, statement


def frozen_facts(session: Session, id: int, world: Facts, partner: str) -> Facts:
    """The facts that statement `id` of a partner rests on.

    A statement freezes the partner's own rows and the exchange rates. The rest of the partner's `world`, such as
    customers, products and what other partners share with it, is as the book has it. Raises LookupError for an
    unknown statement.
    """
    hashes = session.execute(select(statement.c.facts).where(statement.c.id == id)).scalar_one_or_none()
    if hashes is None:
        raise LookupError(f"no statement {id}")
    found: dict[str, list[Any]] = {kind: list(rows) for kind, rows in _of_others(world, partner).items()}
    wanted = select(fact_chunk.c.body).where(fact_chunk.c.sha256.in_(json.loads(hashes)))
    for body in session.execute(wanted).scalars():
        for kind, row in _rows(body):
            found.setdefault(kind, []).append(row)
    return Facts({kind: tuple(rows) for kind, rows in found.items()})


def _rows(body: bytes) -> Iterator[tuple[str, Any]]:
    for kind, records in json.loads(zlib.decompress(body))["facts"].items():
        for record in records:
            yield kind, restore(KINDS[kind], record)


def _of_others(world: Facts, partner: str) -> dict[str, list[Any]]:
    """The rows that no statement of the partner freezes."""
    deals = {deal.id: deal.partner for deal in world.of("deal")}
    found: dict[str, list[Any]] = {}
    for kind, row in world:
        owner = row.id if kind == "partner" else getattr(row, "partner", None)
        if (owner or deals.get(getattr(row, "deal", None) or "")) != partner and kind != "exchange_rate":
            found.setdefault(kind, []).append(row)
    return found
