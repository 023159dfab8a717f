"""Which words a fact or a text holds, and in which pieces they are looked for."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine import facts as declared
from partnerdesk.engine.facts import KIND_OF, Fact, Facts
from partnerdesk.queries.facts import facts

_SENTENCE = re.compile(r"[\n\r]+|(?<=[.;!?])\s+")
_PERIOD = re.compile(r"\d{4}(-\d\d|[QH]\d|-\d\d-\d\d)?")  # nobody's own
_WORD = re.compile(r"\w{12,}")  # as long as hardly any word that two texts share by chance
_LONG = 40  # characters from which on a text is looked for sentence by sentence as well
_WORDS = (declared.TEXT, declared.REF)


def names_of_partners(session: Session) -> tuple[str, ...]:
    """Every name, identifier and tax number of the book's partners: what a document for everybody does not hold."""
    found = facts(session, kinds=("partner",)).of("partner")
    names = {n for p in found for n in (p.id, p.name, p.legal_name, p.document_name, p.tax_id) if n}
    return tuple(sorted(names))


def words_of_facts(found: Facts) -> Iterator[str]:
    for _, row in found:
        yield from words_of_row(row)


def words_of_row(row: Fact) -> Iterator[str]:
    """The texts of one fact: its own fields, its free attributes and the file that it came from."""
    for a in declared.attributes(KIND_OF[type(row)]):
        value = getattr(row, a.name)
        if a.kind in _WORDS and value and not a.choices:
            yield value
        elif a.kind == declared.MAP:
            yield from value.values()
    if row.source and row.source.file:
        yield row.source.file


def words_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from words_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from words_in(part)


def pieces(text: str) -> Iterator[str]:
    """A text, the sentences of a long one, and its telling words: a part of a note is a leak as well."""
    if not _PERIOD.fullmatch(text):
        yield text
    yield from _WORD.findall(text)
    if len(text) > _LONG:
        yield from _SENTENCE.split(text)
