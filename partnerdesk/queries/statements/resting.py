"""Which rows closed statements rest on: those in the facts that a partner's latest one was frozen with."""

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.statements import fact_chunk, statement

_MANY = 200  # ids from which a chunk is read without looking for them in its text first


def rested_on(session: Session, wanted: Mapping[str, Collection[str]]) -> dict[tuple[str, str], frozenset[str]]:
    """Of rows by kind and id those that closed statements rest on, each with the partners of the statements."""
    ids = {id for some in wanted.values() for id in some}
    if not ids:
        return {}
    holders = _latest(session)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    quick = [json.dumps(id, ensure_ascii=False)[1:-1].encode() for id in ids] if len(ids) < _MANY else []
    for hash, body in _bodies(session, holders):
        text = zlib.decompress(body)
        if quick and not any(id in text for id in quick):
            continue
        for kind, rows in json.loads(text).get("facts", {}).items():
            for row in rows if kind in wanted else ():
                if row["id"] in wanted[kind]:
                    found[kind, row["id"]] |= holders[hash]
    return {place: frozenset(partners) for place, partners in found.items()}


def resting_period(session: Session, kind: str, id: str) -> str:
    """The latest closed period whose statements rest on a row, such as 2026-10; "" where none does."""
    partners = set().union(*rested_on(session, {kind: {id}}).values())
    row = statement.c
    latest = select(row.period).where(row.partner.in_(partners)).order_by(row.end.desc()).limit(1)
    return (session.scalar(latest) or "") if partners else ""


def corrected_later(period: str) -> str:
    """What is said of a changed row that closed statements rest on."""
    return f"Closed {period} rests on it and stays as it is; the next statement corrects what changes."


def _latest(session: Session) -> dict[str, set[str]]:
    """The chunks of each partner's latest closed statement, with the partners."""
    latest = {}
    row = statement.c
    for partner, hashes in session.execute(select(row.partner, row.facts).order_by(row.end)):
        latest[partner] = hashes
    holders: dict[str, set[str]] = defaultdict(set)
    for partner, hashes in latest.items():
        for hash in json.loads(hashes):
            holders[hash].add(partner)
    return holders


def _bodies(session: Session, hashes: Iterable[str]) -> Iterable[tuple[str, bytes]]:
    wanted = set(hashes)
    for hash, body in session.execute(select(fact_chunk.c.sha256, fact_chunk.c.body)):
        if hash in wanted:
            yield hash, body
