"""Finding other people's words in a text: thousands of names, identifiers and sentences at once.

A long term (eight letters and digits or more) is looked for without spaces, marks and case, so that a line break, a
cleaned file name or capitals hide nothing. A short one is looked for as it is written, between word boundaries. An
occurrence that lies inside something the reader may see is explained by that: "Acme" in "Acme Services".
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, pairwise
from typing import NamedTuple

LONG = 8  # letters and digits from which on a term is looked for without anything between them
_SURE = 12  # ... and from which on it is a hit inside a longer word as well
_KEY = 2  # characters by which short terms are found: the least that a term has
_MARKS = re.compile(r"[\W_]+")
_WORDS = re.compile(r"[^\W_]+")
_KEPT = 100_000  # texts that are remembered to hold no term


class Hit(NamedTuple):
    """An occurrence of a term; `start` and `end` count in the text that was searched."""

    term: str
    start: int
    end: int


class Squeezed(NamedTuple):
    """A text's letters and digits without case, and where each of them stood."""

    text: str
    places: list[int]


def squeezed(text: str) -> Squeezed:
    """The letters and digits of a text."""
    folded = text.casefold()
    if len(folded) == len(text):  # no letter became two
        runs = [run.span() for run in _WORDS.finditer(folded)]
        if folded == text or runs == [run.span() for run in _WORDS.finditer(text)]:
            return Squeezed("".join([folded[a:b] for a, b in runs]), [n for a, b in runs for n in range(a, b)])
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if letter.isalnum():
            for part in filter(str.isalnum, letter.casefold()):  # as `letters_of` sees it: "İ" is an i and a dot
                letters.append(part)
                places.append(place)
    return Squeezed("".join(letters), places)


def letters_of(text: str) -> str:
    """The letters and digits of a text, without case."""
    return _MARKS.sub("", text.casefold())


class Terms:
    """An index of terms; what is made of numbers and marks alone is none, and neither is a single letter."""

    def __init__(self, terms: Iterable[str]) -> None:
        # By their first letters, then by their length: thousands of identifiers may begin alike.
        self._long: dict[str, dict[int, dict[str, str]]] = {}  # ... -> squeezed -> as written
        self._short: dict[tuple[str, str], dict[int, set[str]]] = {}  # ... -> as written
        self.clean: set[str] = set()  # texts that were found to hold none: most stand in many documents
        self.written = frozenset(clean for term in set(terms) if (clean := _meant(term)))
        for clean in self.written:
            letters = letters_of(clean)
            if len(letters) >= LONG:
                self._long.setdefault(letters[:LONG], {}).setdefault(len(letters), {}).setdefault(letters, clean)
            else:
                self._short.setdefault((clean[0], clean[1]), {}).setdefault(len(clean), set()).add(clean)

    def find(self, text: str, *, short: bool = True) -> Iterator[Hit]:
        """Every occurrence, those of short terms only on request."""
        if text in self.clean:
            return
        is_clean = True
        if self._may_hold_long(text):
            for hit in self._find_long(text):
                is_clean = False
                yield hit
        for hit in self._find_short(text) if short else ():
            is_clean = False
            yield hit
        if is_clean and short and len(self.clean) < _KEPT:
            self.clean.add(text)

    def _may_hold_long(self, text: str) -> bool:
        """Whether the first letters of a long term stand in the text: a quick look before the careful one."""
        letters = letters_of(text)
        ends = range(LONG, len(letters) + 1)
        return not self._long.keys().isdisjoint([letters[end - LONG : end] for end in ends])

    def _find_long(self, text: str) -> Iterator[Hit]:
        letters, places = squeezed(text)
        for start in [n for n in range(len(letters) - LONG + 1) if letters[n : n + LONG] in self._long]:
            for term, length in self._starting(letters, start, text, places):
                first, last = places[start], places[start + length - 1]
                if length >= _SURE or _is_apart(text, first, last + 1):
                    yield Hit(term, first, last + 1)

    def _starting(self, letters: str, start: int, text: str, places: list[int]) -> Iterator[tuple[str, int]]:
        """The long terms that begin at a letter, and how many letters of each stand there."""
        begin_alike = self._long[letters[start : start + LONG]]
        for length, terms in begin_alike.items():
            if written := terms.get(letters[start : start + length]):
                yield written, length
        if "…" in text:
            for term, written in chain.from_iterable(terms.items() for terms in begin_alike.values()):
                if length := _cut_off(letters, start, term, text, places):
                    yield written, length

    def _find_short(self, text: str) -> Iterator[Hit]:
        for key in sorted(self._short.keys() & pairwise(text)):
            start = text.find(pair := "".join(key))
            while start >= 0:
                for length, terms in self._short[key].items():
                    term = text[start : start + length]
                    if term in terms and _is_apart(text, start, start + length):
                        yield Hit(term, start, start + length)
                start = text.find(pair, start + 1)


def _meant(term: str) -> str:
    """A term as it is looked for; nothing where it says nothing: digits alone, marks alone, a single letter."""
    clean = term.strip()
    letters = letters_of(clean)
    return "" if letters.isdecimal() or len(clean) < _KEY or not letters else clean


def _cut_off(letters: str, start: int, term: str, text: str, places: list[int]) -> int:
    """How many letters of a term stand in the text before an ellipsis; none where it stands there whole."""
    if letters.startswith(term, start):
        return 0
    length = next((n for n, letter in enumerate(term) if letters[start + n : start + n + 1] != letter), 0)
    is_cut = length >= _SURE and text.startswith("…", places[start + length - 1] + 1)
    return length if is_cut else 0


def _is_apart(text: str, start: int, end: int) -> bool:
    """Whether the occurrence begins and ends with words."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    begins = not (before.isalnum() and text[start].isalnum())
    return begins and not (after.isalnum() and text[end - 1].isalnum())


def is_explained(text: str, hit: Hit, known: Callable[[str], Iterable[str]]) -> bool:
    """Whether the occurrence is a part of a phrase that may stand there, which the text holds around it.

    `known` gives the letters of phrases in which those of the term occur. The whole phrase stands in the text, or as
    much of it as an ellipsis leaves.
    """
    letters, places = squeezed(text)
    inside = [n for n, place in enumerate(places) if hit.start <= place < hit.end]
    if not inside:  # marks alone
        return any(True for _ in known(hit.term))
    first, last = inside[0], inside[-1] + 1
    wanted = letters[first:last]
    for phrase in known(wanted):
        at = phrase.find(wanted)
        while at >= 0:
            if letters[:first].endswith(phrase[:at]) and _goes_on(
                letters, places, last, phrase[at + len(wanted) :], text
            ):
                return True
            at = phrase.find(wanted, at + 1)
    return False


def _goes_on(letters: str, places: list[int], last: int, phrase: str, text: str) -> bool:
    """Whether the phrase goes on after the term, to its end or to an ellipsis."""
    for n, letter in enumerate(phrase):
        if letters[last + n : last + n + 1] != letter:
            return text[places[last + n - 1] + 1 : places[last + n - 1] + 2] == "…"
    return True
