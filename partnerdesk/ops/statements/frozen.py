"""What a closed statement rests on, read back: facts from its chunks, program versions, what was posted before it.

PartnerDesk 0.1.0 froze the partner's rows up to the period's month alone. For its statements names, places and later
rows are those of the book as it stands, as long as nobody changed them; `is_complete` says which is which.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import versions_hash
from partnerdesk.engine.facts import KINDS, Fact, Facts, Partner
from partnerdesk.engine.outcome.record import digest
from partnerdesk.engine.restore import restore
from partnerdesk.engine.rules import Program
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.errors import Damaged
from partnerdesk.models.book import book
from partnerdesk.models.statements import fact_chunk
from partnerdesk.ops.statements.chunks import month_of
from partnerdesk.ops.statements.documents import versions_until
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import needed_programs
from partnerdesk.queries.statements.archive import posted
from partnerdesk.queries.world import beside_or_above

Rows = dict[str, dict[str, Fact]]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A frozen chunk: rows of a partner and what is beside them, or the versions that stood in the book."""

    partner: str = ""
    rows: Sequence[tuple[str, Fact]] = ()
    programs: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Resting:
    """What a statement rests on: its facts and the versions that stood in the book."""

    facts: Facts
    programs: tuple[Program, ...]


class Frozen:
    """What is frozen in a book; each chunk is read once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._chunks: dict[str, Chunk] = {}

    @cached_property
    def is_sample(self) -> bool:
        return bool(self.session.execute(select(book.c.sample)).scalar_one())

    @cached_property
    def _programs(self) -> tuple[Program, ...]:
        return needed_programs(self.session)

    @cached_property
    def _today(self) -> Facts:
        return facts(self.session)

    def resting(self, row: Any) -> Resting:
        """What a statement rests on. Raises Damaged where a part is missing or is not what was closed."""
        hashes: list[str] = json.loads(row.facts)
        if digest("\n".join(sorted(hashes)).encode()) != row.facts_sha256:
            raise Damaged("the list of its facts is not the one it was closed with")
        chunks = [self._chunk(hash) for hash in hashes]
        named = _versions_named(chunks)
        rows = _rows_of(chunks)
        if named is None:
            rows = _completed(rows, self._today, f"{row.end:%Y-%m}")
        found = Facts({kind: tuple(own[id] for id in sorted(own)) for kind, own in rows.items()})
        return Resting(found, self._versions(row, named))

    def foreign(self, row: Any) -> frozenset[tuple[str, str]]:
        """Kinds and ids of what a statement rests on that is of partners beside or above its own alone."""
        chunks = [self._chunk(hash) for hash in json.loads(row.facts)]
        partners = {fact.id: fact for chunk in chunks for _, fact in chunk.rows if isinstance(fact, Partner)}
        theirs = beside_or_above({id: fact.parent for id, fact in partners.items()}, row.partner)
        named: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
        for chunk in chunks:
            named[chunk.partner in theirs].update((kind, fact.id) for kind, fact in chunk.rows)
        return frozenset(named[True] - named[False])

    def is_complete(self, row: Any) -> bool:
        """Whether everything that the statement rests on was frozen with it."""
        return _versions_named([self._chunk(hash) for hash in json.loads(row.facts)]) is not None

    def _chunk(self, hash: str) -> Chunk:
        if hash not in self._chunks:
            body = self.session.execute(select(fact_chunk.c.body).where(fact_chunk.c.sha256 == hash)).scalar()
            text = zlib.decompress(body) if body is not None else b""
            if digest(text) != hash:
                raise Damaged(f"the facts {hash[:12]} that it rests on are {'damaged' if body else 'missing'}")
            self._chunks[hash] = _read(json.loads(text))
        return self._chunks[hash]

    def _versions(self, row: Any, named: Sequence[str] | None) -> tuple[Program, ...]:
        """The versions of the close: those it names, else those of its day."""
        found = [p for p in self._programs if named is None or p.sha256 in named]
        if named is None:
            found = versions_until(found, max(row.as_of, row.end))
        if len(found) < len(named or ()) or versions_hash(versions_until(found, row.end)) != row.program_sha256:
            raise Damaged("the program versions of the book are not those it was closed under")
        return tuple(found)

    def posted_before(self, row: Any) -> dict[str, Posted]:
        """What the partner's earlier statements had posted when this one was closed."""
        return posted(self.session, row.partner, before=row.start)


def _read(chunk: Mapping[str, Any]) -> Chunk:
    rows = [(kind, restore(KINDS[kind], raw)) for kind, own in chunk.get("facts", {}).items() for raw in own]
    return Chunk(chunk.get("partner", ""), rows, chunk.get("programs"))


def _versions_named(chunks: Sequence[Chunk]) -> Sequence[str] | None:
    return next((chunk.programs for chunk in chunks if chunk.programs is not None), None)


def _rows_of(chunks: Sequence[Chunk]) -> Rows:
    """The rows of all chunks by kind and id."""
    found: Rows = {}
    for chunk in chunks:
        for kind, row in chunk.rows:
            found.setdefault(kind, {})[row.id] = row
    return found


def _completed(frozen: Rows, today: Facts, month: str) -> Rows:
    """Frozen rows with the places they were read from, and beside them what was not frozen in 0.1.0."""
    found = {kind: dict(rows) for kind, rows in frozen.items()}
    for kind, row in today:
        own = found.setdefault(kind, {})
        if row.id in own:
            own[row.id] = replace(own[row.id], source=row.source)
        elif kind in ("customer", "product", "person") or month_of(kind, row) > month:
            own[row.id] = row
    return found
