"""Which rows closed statements rest on: those in the facts that a partner's latest one was frozen with."""

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.facts import TABLES
from partnerdesk.models.statements import fact_chunk, statement
from partnerdesk.queries.kept import kept

_AT_ONCE = 500  # chunks that one question asks for
_ID = re.compile(rb'"id":"((?:[^"\\]|\\.)*)"')  # of a row in a chunk
_MANY = 200  # ids from which a chunk is read without looking for them in its text first


def rested_on(session: Session, wanted: Mapping[str, Collection[str]]) -> dict[tuple[str, str], frozenset[str]]:
    """Of rows by kind and id those that closed statements rest on, each with the partners of the statements."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, row, partners in _frozen(session, wanted, _latest(session)):
        found[kind, row["id"]] |= partners
    return {place: frozenset(partners) for place, partners in found.items()}


def held_by_others(
    session: Session, period: str, partner: str, places: Collection[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Of rows by kind and id those that were another partner's own when the period was closed for it."""
    if not places:
        return set()
    wanted: dict[str, set[str]] = defaultdict(set)
    for kind, id in places:
        wanted[kind].add(id)
    closed = kept(session, "what a period was closed with", period, lambda: _closed_with(session, period), 2)
    hashes = {hash for _, id in places for hash in closed.naming.get(_written(id), ())}
    holders = {hash: others for hash in hashes if (others := closed.holders[hash] - {partner})}
    return {
        (kind, row["id"]) for kind, row, partners in _frozen(session, wanted, holders) if row.get("partner") in partners
    }


class _ClosedWith(NamedTuple):
    """The chunks of a period's statements: whose statements rest on each, and which have a row of an id."""

    holders: Mapping[str, set[str]]
    naming: Mapping[bytes, Sequence[str]]


def _closed_with(session: Session, period: str) -> _ClosedWith:
    """All chunks of a period, looked through once: a run of statements asks for rows of each partner."""
    own = select(statement.c.partner, statement.c.facts).where(statement.c.period == period)
    holders, naming = _holders(session.execute(own)), defaultdict[bytes, list[str]](list)
    for hash, body in _bodies(session, holders):
        for id in set(_ID.findall(zlib.decompress(body))):
            naming[id].append(hash)
    return _ClosedWith(holders, naming)


def resting_period(session: Session, kind: str, id: str) -> str:
    """The latest closed period whose statements rest on a row, such as 2026-10; "" where none does."""
    return _latest_period(session, set().union(*rested_on(session, {kind: {id}}).values()))[1]


def resting_deals(session: Session, ids: Collection[str]) -> str:
    """The latest closed period for which any of these deals counts as won or lost, then or now; "" where none does.

    A deal that was open at the close and ended later is in the statement's facts as well, but moves nothing of it.
    """
    whose: dict[str, set[str]] = defaultdict(set)
    periods = [(date.min, "")]
    for _, then, partners in _frozen(session, {"deal": ids}, _latest(session)):
        whose[then["id"]] |= partners
        if then.get("status", "open") != "open":
            periods.append(_latest_period(session, partners))
    row = TABLES["deal"].c
    ended = select(row.id, row.partner, row.closed).where(row.id.in_(ids), row.status != "open")
    for id, partner, closed in session.execute(ended.where(row.closed.is_not(None))):
        periods.append(_latest_period(session, {*whose[id], partner or ""}, closed))
    return max(periods)[1]


def _latest_period(session: Session, partners: Collection[str], since: date = date.min) -> tuple[date, str]:
    """The latest closed period of partners that ends on a day or later, after its last day."""
    row = statement.c
    latest = select(row.end, row.period).where(row.partner.in_(partners), row.end >= since).order_by(row.end.desc())
    found = session.execute(latest.limit(1)).first()
    return (found.end, found.period) if found else (date.min, "")


def corrected_later(period: str) -> str:
    """What is said of a changed row that closed statements rest on."""
    return f"Closed {period} rests on it and stays as it is; the next statement corrects what changes by a true-up."


def _frozen(
    session: Session, wanted: Mapping[str, Collection[str]], holders: Mapping[str, set[str]]
) -> Iterator[tuple[str, Mapping[str, Any], set[str]]]:
    """The wanted rows as statements were frozen with them, by their chunks: kind, row, and whose statements."""
    ids = {id for some in wanted.values() for id in some}
    quick = [_written(id) for id in ids] if len(ids) < _MANY else []
    for hash, body in _bodies(session, holders if ids else ()):
        text = zlib.decompress(body)
        if quick and not any(id in text for id in quick):
            continue
        for kind, rows in json.loads(text).get("facts", {}).items():
            for row in rows if kind in wanted else ():
                if row["id"] in wanted[kind]:
                    yield kind, row, holders[hash]


def _written(id: str) -> bytes:
    """An id as the text of a chunk has it."""
    return json.dumps(id, ensure_ascii=False)[1:-1].encode()


def _latest(session: Session) -> dict[str, set[str]]:
    """The chunks of each partner's latest closed statement, with the partners."""
    latest = {}
    row = statement.c
    for partner, hashes in session.execute(select(row.partner, row.facts).order_by(row.end)):
        latest[partner] = hashes
    return _holders(latest.items())


def _holders(statements: Iterable[Any]) -> dict[str, set[str]]:
    """Chunks with the partners, of pairs of a partner and the list of a statement's chunks."""
    holders: dict[str, set[str]] = defaultdict(set)
    for partner, hashes in statements:
        for hash in json.loads(hashes):
            holders[hash].add(partner)
    return holders


def _bodies(session: Session, hashes: Iterable[str]) -> Iterable[tuple[str, bytes]]:
    wanted = sorted(set(hashes))
    for first in range(0, len(wanted), _AT_ONCE):
        some = fact_chunk.c.sha256.in_(wanted[first : first + _AT_ONCE])
        yield from ((row.sha256, row.body) for row in session.execute(select(fact_chunk).where(some)))
