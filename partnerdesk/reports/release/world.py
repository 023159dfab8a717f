"""What one partner's documents may hold, and what they may not: the words and sums of a book by owner."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from partnerdesk.reports.release import templates
from partnerdesk.reports.release.terms import Terms, is_explained, letters_of


@dataclass(frozen=True, slots=True)
class World:
    """What one partner's documents may hold, and what they may not.

    `terms` are the names, identifiers and texts of the whole book, `own` those that this partner may see; `said` are
    the letters of texts that everybody may see (the programs'); `totals` are sums over all partners that are none of
    this partner's figures. A document for everybody has no partner, and only what is said in it may be in its world.
    """

    partner: str
    name: str
    terms: Terms
    own: frozenset[str]
    said: str = ""
    totals: frozenset[Decimal] = frozenset()
    veil: str = ""  # what stands for another partner of a shared deal
    letters: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "letters", frozenset(map(letters_of, self.own)) - {""})

    def known(self, letters: str) -> Iterator[str]:
        """The letters of the phrases that may stand in the document and hold these letters."""
        if not any(map(str.isalnum, letters)):
            yield from (phrase for phrase in self.own if letters in phrase)
            return
        yield from (phrase for phrase in self.letters if letters in phrase)
        yield from _said_by_us_with(letters)
        if letters in self.said:
            yield letters

    def foreign(self, text: str, place: str, *, short: bool = True) -> Iterator[str]:
        """What in a text belongs to somebody else, each as half a sentence."""
        if text in self.own:
            return
        for hit in self.terms.find(text, short=short):
            is_own = hit.term in self.own or letters_of(hit.term) in self.letters
            if not is_own and not is_explained(text, hit, self.known):
                yield f"“{hit.term}” in {place} belongs to somebody else"


@lru_cache(maxsize=1)
def _said_by_us() -> frozenset[str]:
    return frozenset(map(letters_of, templates.phrases())) - {""}


@lru_cache(maxsize=4096)
def _said_by_us_with(letters: str) -> tuple[str, ...]:
    """Our own phrases that hold these letters: the same names come up in document after document."""
    return tuple(phrase for phrase in _said_by_us() if letters in phrase)
