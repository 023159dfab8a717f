"""Letting a document go: written beside its place, taken apart, compared with what is whose, and only then named.

A document with something in it that is not its partner's is deleted before anyone can open it, and the reason is
told. A file that stood in its place before stays.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from partnerdesk.errors import Refused
from partnerdesk.reports import atomic
from partnerdesk.reports.release import templates
from partnerdesk.reports.release.contents import Contents, contents
from partnerdesk.reports.release.numbers import Numbers
from partnerdesk.reports.release.terms import Terms, is_explained, letters_of

_REMEDY = "It was deleted. Nothing left the house; look at who owns the rows behind it before you export again."


@dataclass(frozen=True, slots=True)
class World:
    """What one partner's documents may hold, and what they may not.

    `terms` are the names, identifiers and texts of the whole book, `own` those that this partner may see; `said` are
    the letters of texts that everybody may see (the programs'); `totals` are sums over all partners that are none of
    this partner's figures.
    """

    partner: str
    name: str
    terms: Terms
    own: frozenset[str]
    said: str = ""
    totals: frozenset[Decimal] = frozenset()
    letters: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "letters", frozenset(map(letters_of, self.own)) - {""})

    def known(self, letters: str) -> Iterator[str]:
        """The letters of the phrases that may stand in the document and hold these letters."""
        if not any(map(str.isalnum, letters)):
            yield from (phrase for phrase in self.own if letters in phrase)
            return
        yield from (phrase for phrase in self.letters if letters in phrase)
        yield from (phrase for phrase in _said_by_us() if letters in phrase)
        if letters in self.said:
            yield letters


@lru_cache(maxsize=1)
def _said_by_us() -> frozenset[str]:
    return frozenset(map(letters_of, templates.phrases())) - {""}


def release(path: Path, content: bytes, world: World, data: Any = None, more: Iterable[Decimal] = ()) -> None:
    """Writes a finished document of a partner to `path` if nothing in it is somebody else's.

    `data` is what it was made of, `more` numbers that its layout adds up; without `data` only words are compared.
    Raises Refused with the reason, after the file was deleted; Damaged where the disk is in the way.
    """
    with atomic.written(path) as file:
        file.write(content)
        file.flush()
        file.seek(0)
        reason = next(objections(path.name, file.read(), world, data, more), "")
        if reason:
            raise Refused(f"The document for {world.name} was not released: {reason}.", _REMEDY)


def objections(
    name: str, content: bytes, world: World, data: Any = None, more: Iterable[Decimal] = ()
) -> Iterator[str]:
    """Everything that stands against releasing a file, each as half a sentence."""
    found = contents(name, content)
    yield from (f"it holds {what}" for what in found.strangers)
    yield from _foreign_words(found, world)
    if data is not None:
        yield from _foreign_numbers(found, world, Numbers(data, more))


def _foreign_words(found: Contents, world: World) -> Iterator[str]:
    seen: set[str] = set()
    for place, text in (*found.texts, *found.pages):
        if text not in seen:
            seen.add(text)
            yield from _foreign_in(place, text, world, short=True)
    for place, text in found.inner:
        yield from _foreign_in(place, text, world, short=False)


def _foreign_in(place: str, text: str, world: World, *, short: bool) -> Iterator[str]:
    for hit in world.terms.find(text, short=short):
        is_own = hit.term in world.own or letters_of(hit.term) in world.letters
        if not is_own and not is_explained(text, hit, world.known):
            yield f"“{hit.term}” in {place} belongs to somebody else"


def _foreign_numbers(found: Contents, world: World, numbers: Numbers) -> Iterator[str]:
    for place, number in found.numbers:
        if not numbers.knows(number):
            yield f"nobody computed the number {number} in {place}"
    for place, text in found.pages:
        for stranger in numbers.strangers(text):
            yield f"nobody computed the number {stranger} in {place}"
    for total in numbers.stated & world.totals:
        yield f"{total} is a sum over several partners"
