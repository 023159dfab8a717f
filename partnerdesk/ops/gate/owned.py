"""The words of a whole book by owner, and the sums over its partners: read once for a state of the book.

Every document that leaves asks for them, one after the other, and mostly nothing was written in between.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Column, Select, Table, Text, false, select
from sqlalchemy.orm import Session

from partnerdesk.models import metadata
from partnerdesk.models.base import INNER, OURS
from partnerdesk.models.facts import TABLES
from partnerdesk.models.statements import posted_entry, program_version, statement
from partnerdesk.ops.gate.for_everybody import texts_for_everybody
from partnerdesk.ops.gate.owned_words import names_of_partners, pieces, words_of_facts
from partnerdesk.program.public import public
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation, programs
from partnerdesk.queries.kept import kept
from partnerdesk.queries.settings import book_settings
from partnerdesk.reports.release import Terms

_TYPED = ("adjustment", "payment", "tax")  # kinds of entries whose note somebody wrote


@dataclass(frozen=True, slots=True)
class Owned:
    """What of a book's words and sums is whose; `rows` are texts of plans, notes, reviews and the like by partner.

    `inner` are those among them that no document for the partner holds, such as internal notes about it. `ours` is
    what the vendor says of itself and what it writes for everybody, `named` the partners that the programs name,
    `versions` the programs' texts with their digests, `sums` every figure of the statements added over all partners
    that have it.
    """

    terms: Terms
    rows: Mapping[str, frozenset[str]]
    inner: Mapping[str, frozenset[str]]
    ours: frozenset[str]
    named: frozenset[str]
    versions: tuple[tuple[str, str], ...]
    sums: frozenset[Decimal]


def owned(session: Session, as_of: date) -> Owned:
    """The words of the book as this session sees it, and its sums as of a day."""
    return kept(session, "the words of the book by owner", as_of, lambda: _read(session, as_of))


def _read(session: Session, as_of: date) -> Owned:
    rows, inner = _rows(session)
    words = (
        *words_of_facts(facts(session)),
        *(w for found in (rows, inner) for texts in found.values() for w in texts),
    )
    named = frozenset[str]().union(*(public(program).named for program in programs(session)))
    versions = session.execute(select(program_version.c.sha256, program_version.c.text))
    terms = Terms(piece for word in words for piece in pieces(word))
    texts = tuple((v.sha256, v.text) for v in versions)
    return Owned(terms, rows, inner, _ours(session), named, texts, _sums(session, as_of))


def _rows(session: Session) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """The texts of each partner that its documents may hold, and those about it that are for us alone."""
    shared: dict[str, set[str]] = {}
    inner: dict[str, set[str]] = {}
    for query, inner_columns in _owned_texts():
        for owner, is_inner, *texts in session.execute(query):
            for text, is_ours in zip(texts, inner_columns, strict=True):
                if text:
                    (inner if is_inner or is_ours else shared).setdefault(owner, set()).add(text)
    return _frozen(shared), _frozen(inner)


def _frozen(found: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {owner: frozenset(texts) for owner, texts in found.items()}


def _ours(session: Session) -> frozenset[str]:
    chosen = book_settings(session)
    names = Terms(names_of_partners(session))
    written = texts_for_everybody(session)
    open_to_all = {text for text in written if not any(True for _ in names.find(text))}
    closed = statement.c.number, statement.c.period, statement.c.engine
    open_to_all.update(*session.execute(select(*closed).distinct()))
    return frozenset(({chosen.vendor, chosen.sender} | open_to_all) - {""})


def _sums(session: Session, as_of: date) -> frozenset[Decimal]:
    sums: dict[tuple[str, str], list[tuple[Decimal, ...]]] = {}
    if not programs(session):
        return frozenset()
    for outcome in evaluation(session, as_of).partners.values():
        for label, found in outcome.statements.items():
            for row in found.rows:
                sums.setdefault((label, row.key), []).append((row.held, row.payable, row.total))
    columns = (column for rows in sums.values() for column in zip(*rows, strict=True))
    return frozenset(abs(sum(column, Decimal(0))) for column in columns if sum(map(bool, column)) > 1)


@cache
def _owned_texts() -> tuple[tuple[Select[Any], list[bool]], ...]:
    return tuple(_selects())


def _selects() -> Iterator[tuple[Select[Any], list[bool]]]:
    """For each table that belongs to partners and holds no facts: its partner, whether a row is for us alone, and its
    texts; and which of these are always for us alone.
    """
    for table in metadata.sorted_tables:
        owner = _owner(table) if table.name not in TABLES else None
        known = {str(check.name) for check in table.constraints}  # a word from a list of ours is nobody's
        free = (c for c in table.columns if not any(name.endswith(f"{c.name}_known") for name in known))
        theirs = (c for c in free if not _names_partner(c) and OURS not in c.info)
        texts = [c for c in theirs if isinstance(c.type, Text)]
        if owner is not None and texts:
            column, parents = owner
            joined: Any = table
            for child, parent in parents:
                joined = joined.join(parent.table, child == parent)
            is_inner = table.info.get(INNER, false())
            yield select(column, is_inner, *texts).select_from(joined), [INNER in c.info for c in texts]
    written = select(posted_entry.c.partner, false(), posted_entry.c.note)
    yield written.where(posted_entry.c.kind.in_(_TYPED)), [False]


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
