"""Who owns which words of a book: read once for an export, then one `World` per partner for the gate.

What a partner may see is decided in `queries.world`; everything else that the book holds about anyone is a term that
must not stand in that partner's documents.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Fact
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.whole import PartnerOutcome
from partnerdesk.models.statements import fact_chunk, statement
from partnerdesk.ops.gate.owned import Owned, owned
from partnerdesk.ops.gate.owned_words import names_of_partners, pieces, words_in, words_of_facts, words_of_row
from partnerdesk.program.apart import text_for
from partnerdesk.program.rule_keys import rule_keys
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation, programs
from partnerdesk.queries.world import ANOTHER, beside_or_above
from partnerdesk.reports.release import Terms, World
from partnerdesk.reports.release.terms import letters_of

_TELLING = 5  # digits, without the zeros at the end, that two sums hardly share by chance


class Whose:
    """The words of a book by partner."""

    def __init__(self, session: Session, as_of: date) -> None:
        self._session, self._as_of = session, as_of
        self._letters: dict[frozenset[str], str] = {}  # of the programs, by the partners whose own terms are in them

    def world(self, partner: str, name: str, *, internal: bool = False) -> World:
        """What the documents of a partner may hold; those for ourselves also what is said about it."""
        book = self._owned
        words = {*words_of_facts(facts(self._session, partner)), *book.rows.get(partner, ()), *book.ours, name}
        words |= self._earned(partner, words)
        if internal:
            words |= book.inner.get(partner, frozenset())
        own = words.union(*map(pieces, words))
        said = self._said(own)
        return World(partner, name, book.terms, frozenset(own), said, self._totals(partner), ANOTHER)

    def with_frozen(self, world: World, id: int) -> World:
        """The same, with what a closed statement of the partner rests on: a deal may be someone else's by now."""
        hashes = json.loads(self._session.execute(select(statement.c.facts).where(statement.c.id == id)).scalar_one())
        bodies = self._session.execute(select(fact_chunk.c.body).where(fact_chunk.c.sha256.in_(hashes))).scalars()
        chunks = [json.loads(zlib.decompress(body)) for body in bodies]
        rows = [row for chunk in chunks for row in chunk.get("facts", {}).get("partner", ())]
        theirs = beside_or_above({row["id"]: row.get("parent") for row in rows}, world.partner)
        kept = {word for chunk in chunks if chunk.get("partner") not in theirs for word in words_in(chunk)}
        named = [row for _, row in facts(self._session, kinds=("customer", "product")) if row.id in kept]
        return replace(world, own=world.own | kept | {word for row in named for word in words_of_row(row)})

    def with_wording(self, world: World, texts: Iterable[str]) -> World:
        """The same, with texts that were written for all partners; one that names another partner adds nothing."""
        names = Terms(name for name in names_of_partners(self._session) if name not in world.own)
        clean = [text for text in texts if not any(True for _ in names.find(text))]
        return replace(world, own=world.own.union(*map(pieces, clean)))

    def _earned(self, partner: str, words: set[str]) -> set[str]:
        """The names of a partner's lines and entries, which another one of the same deal has as well, and the words of
        what its lines name of partners below it: their deals and customers, where it earns on those. What else they
        have is not its own."""
        outcome = evaluation(self._session, self._as_of).partners.get(partner) if self._owned.versions else None
        if outcome is None:
            return set()
        lines, statements = outcome.lines, outcome.statements.values()
        entries = [entry for one in statements for entry in one.entries]
        found = {line.id for line in lines} | {name for e in entries for name in (e.id, e.line, e.reference) if name}
        below = [line for line in lines if {line.customer, line.product} - {None, ""} - words]
        named = {key for line in below for key in _business(line)}
        return found.union(*(words_of_row(row) for key in named if (row := self._rows.get(key)) is not None))

    @cached_property
    def _rows(self) -> dict[tuple[str, str], Fact]:
        return {(kind, row.id): row for kind, row in facts(self._session)}

    @cached_property
    def _owned(self) -> Owned:
        return owned(self._session, self._as_of)

    def _said(self, own: set[str]) -> str:
        """The letters of the programs, without the terms of other partners that they name."""
        kept = frozenset(own & self._owned.named)
        if kept not in self._letters:
            known = {program.sha256: program for program in programs(self._session)}
            texts = [text_for(text, known[key], kept) if key in known else text for key, text in self._owned.versions]
            others = [letters for name in self._owned.named - kept if (letters := letters_of(name))]
            keys = {key for program in known.values() for key in rule_keys(program)}
            keys = {key for key in keys if not any(letters in letters_of(key) for letters in others)}
            self._letters[kept] = letters_of("\n".join([*texts, *sorted(keys)]))
        return self._letters[kept]

    def _totals(self, partner: str) -> frozenset[Decimal]:
        if not self._owned.sums:  # also where no program computes any
            return frozenset()
        outcome = evaluation(self._session, self._as_of).partners.get(partner)
        own = set(map(abs, _amounts(outcome))) if outcome else set()
        return frozenset(
            n for n in self._owned.sums - own if len(f"{n.normalize():f}".strip("0").replace(".", "")) >= _TELLING
        )


def _amounts(outcome: PartnerOutcome[Decimal]) -> Iterator[Decimal]:
    """A partner's rows, lines and movements: in a large book some of these equal a sum over others by chance."""
    for found in outcome.statements.values():
        for row in found.rows:
            yield from (row.held, row.payable, row.total)
    yield from (entry.amount for entry in outcome.entries)
    for line in outcome.lines:
        yield from (line.base, line.computed, line.amount)


def _business(line: EarningLine[Decimal]) -> Iterator[tuple[str, str]]:
    """The kinds and identifiers of the rows that a line is about."""
    own = (("customer", line.customer), ("product", line.product), ("deal", line.deal), ("contract", line.contract))
    yield from ((kind, id) for kind, id in (*own, (line.fact_kind, line.fact_id)) if id)
