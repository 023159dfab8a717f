"""Who owns which words of a book: read once for an export, then one `World` per partner for the gate.

What a partner may see is decided in `queries.world`; everything else that the book holds about anyone is a term that
must not stand in that partner's documents.
"""

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import Column, Select, Table, Text, select
from sqlalchemy.orm import Session

from partnerdesk.engine import facts as declared
from partnerdesk.engine.facts import KIND_OF, Fact, Facts
from partnerdesk.models import metadata
from partnerdesk.models.facts import TABLES
from partnerdesk.models.statements import fact_chunk, program_version, statement
from partnerdesk.ops.for_everybody import texts_for_everybody
from partnerdesk.program.apart import text_for
from partnerdesk.program.public import public
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation, programs
from partnerdesk.queries.settings import book_settings
from partnerdesk.queries.world import ANOTHER
from partnerdesk.reports.release import Terms, World
from partnerdesk.reports.release.terms import letters_of

_SENTENCE = re.compile(r"[\n\r]+|(?<=[.;!?])\s+")
_PERIOD = re.compile(r"\d{4}(-\d\d|[QH]\d|-\d\d-\d\d)?")  # nobody's own
_WORD = re.compile(r"\w{12,}")  # as long as hardly any word that two texts share by chance
_LONG = 40  # characters from which on a text is looked for sentence by sentence as well
_TELLING = 5  # digits, without the zeros at the end, that two sums hardly share by chance
_WORDS = (declared.TEXT, declared.REF)


class Whose:
    """The words of a book by partner."""

    def __init__(self, session: Session, as_of: date) -> None:
        self._session, self._as_of = session, as_of
        self._letters: dict[frozenset[str], str] = {}  # of the programs, by the partners whose own terms are in them

    def world(self, partner: str, name: str) -> World:
        """What the documents of a partner may hold."""
        words = {*_words_of_facts(facts(self._session, partner)), *self._rows.get(partner, ()), *self._ours, name}
        own = words.union(*map(_pieces, words))
        said = self._said(own)
        return World(partner, name, self._terms, frozenset(own), said, self._totals(partner), ANOTHER)

    def with_frozen(self, world: World, id: int) -> World:
        """The same, with what a closed statement of the partner rests on: a deal may be someone else's by now."""
        hashes = json.loads(self._session.execute(select(statement.c.facts).where(statement.c.id == id)).scalar_one())
        bodies = self._session.execute(select(fact_chunk.c.body).where(fact_chunk.c.sha256.in_(hashes))).scalars()
        kept = {word for body in bodies for word in _words_in(json.loads(zlib.decompress(body)))}
        named = [row for kind in ("customer", "product") for row in self._everything.of(kind) if row.id in kept]
        return replace(world, own=world.own | kept | {word for row in named for word in _words_of_row(row)})

    def with_wording(self, world: World, texts: Iterable[str]) -> World:
        """The same, with texts that were written for all partners; one that names another partner adds nothing."""
        names = Terms(name for name in names_of_partners(self._session) if name not in world.own)
        clean = [text for text in texts if not any(True for _ in names.find(text))]
        return replace(world, own=world.own.union(*map(_pieces, clean)))

    @cached_property
    def _everything(self) -> Facts:
        return facts(self._session)

    @cached_property
    def _terms(self) -> Terms:
        owned = (word for words in self._rows.values() for word in words)
        return Terms(piece for word in (*_words_of_facts(self._everything), *owned) for piece in _pieces(word))

    @cached_property
    def _rows(self) -> dict[str, set[str]]:
        """The texts of plans, notes, reviews, agreements and statements by partner."""
        found: dict[str, set[str]] = {}
        for query in _owned_texts():
            for owner, *texts in self._session.execute(query):
                found.setdefault(owner, set()).update(text for text in texts if text)
        return found

    @cached_property
    def _ours(self) -> frozenset[str]:
        """What the vendor says of itself, and what it writes for every partner."""
        chosen = book_settings(self._session)
        names = Terms(names_of_partners(self._session))
        written = texts_for_everybody(self._session)
        open_to_all = {text for text in written if not any(True for _ in names.find(text))}
        return frozenset(({chosen.vendor, chosen.sender} | open_to_all) - {""})

    def _said(self, own: set[str]) -> str:
        """The letters of the programs, without the terms of other partners that they name."""
        kept = frozenset(own & self._named)
        if kept not in self._letters:
            known = {program.sha256: program for program in programs(self._session)}
            texts = [text_for(text, known[key], kept) if key in known else text for key, text in self._versions]
            self._letters[kept] = letters_of("\n".join(texts))
        return self._letters[kept]

    @cached_property
    def _named(self) -> frozenset[str]:
        """The partners that the programs name."""
        return frozenset[str]().union(*(public(program).named for program in programs(self._session)))

    @cached_property
    def _versions(self) -> list[tuple[str, str]]:
        wanted = select(program_version.c.sha256, program_version.c.text)
        return [(row.sha256, row.text) for row in self._session.execute(wanted)]

    @cached_property
    def _sums(self) -> frozenset[Decimal]:
        """Every figure of the statements, added over all partners that have it."""
        sums: dict[tuple[str, str], list[tuple[Decimal, ...]]] = {}
        if not programs(self._session):
            return frozenset()
        for outcome in evaluation(self._session, self._as_of).partners.values():
            for label, found in outcome.statements.items():
                for row in found.rows:
                    sums.setdefault((label, row.key), []).append((row.held, row.payable, row.total))
        columns = (column for rows in sums.values() for column in zip(*rows, strict=True))
        return frozenset(abs(sum(column, Decimal(0))) for column in columns if sum(map(bool, column)) > 1)

    def _totals(self, partner: str) -> frozenset[Decimal]:
        if not self._sums:  # also where no program computes any
            return frozenset()
        outcome = evaluation(self._session, self._as_of).partners.get(partner)
        statements = outcome.statements.values() if outcome else ()
        own = {abs(n) for found in statements for row in found.rows for n in (row.held, row.payable, row.total)}
        return frozenset(
            n for n in self._sums - own if len(f"{n.normalize():f}".strip("0").replace(".", "")) >= _TELLING
        )


def names_of_partners(session: Session) -> tuple[str, ...]:
    """Every name, identifier and tax number of the book's partners: what a document for everybody does not hold."""
    found = facts(session, kinds=("partner",)).of("partner")
    names = {n for p in found for n in (p.id, p.name, p.legal_name, p.document_name, p.tax_id) if n}
    return tuple(sorted(names))


def _words_of_facts(found: Facts) -> Iterator[str]:
    for _, row in found:
        yield from _words_of_row(row)


def _words_of_row(row: Fact) -> Iterator[str]:
    """The texts of one fact: its own fields, its free attributes and the file that it came from."""
    for a in declared.attributes(KIND_OF[type(row)]):
        value = getattr(row, a.name)
        if a.kind in _WORDS and value and not a.choices:
            yield value
        elif a.kind == declared.MAP:
            yield from value.values()
    if row.source and row.source.file:
        yield row.source.file


def _words_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words_in(part)


def _pieces(text: str) -> Iterator[str]:
    """A text, the sentences of a long one, and its telling words: a part of a note is a leak as well."""
    if not _PERIOD.fullmatch(text):
        yield text
    yield from _WORD.findall(text)
    if len(text) > _LONG:
        yield from _SENTENCE.split(text)


def _owned_texts() -> Iterator[Select[Any]]:
    """For each table that belongs to partners and holds no facts: its partner and its texts."""
    for table in metadata.sorted_tables:
        owner = _owner(table) if table.name not in TABLES else None
        known = {str(check.name) for check in table.constraints}  # a word from a list of ours is nobody's
        free = (c for c in table.columns if not any(name.endswith(f"{c.name}_known") for name in known))
        texts = [c for c in free if isinstance(c.type, Text) and not _names_partner(c)]
        if owner is not None and texts:
            column, parents = owner
            joined: Any = table
            for child, parent in parents:
                joined = joined.join(parent.table, child == parent)
            yield select(column, *texts).select_from(joined)


def _owner(table: Table) -> tuple[Column[Any], list[tuple[Column[Any], Column[Any]]]] | None:
    """The column that names a row's partner, and the references that lead to it."""
    if "partner" in table.c and _names_partner(table.c.partner):
        return table.c.partner, []
    for key in table.foreign_keys:
        if key.column.table is not table and (above := _owner(key.column.table)) is not None:
            return above[0], [(key.parent, key.column), *above[1]]
    return None


def _names_partner(column: Column[Any]) -> bool:
    """Whether a column names the partner of its row; on a ladder it is a person of the partner's side."""
    return column.name == "partner" and not column.info.get("personal")
