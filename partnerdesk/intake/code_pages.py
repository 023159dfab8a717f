"""Western or Central European: which of two code pages wrote a file, told by the words in it.

The same byte is ø in the one and ř in the other. No Western language writes “Dvoøák”, and Czech writes “Dvořák”: a word
belongs to a page where one language has all its letters. Words that read the same in both tell nothing.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

WESTERN, CENTRAL = "cp1252", "cp1250"
_WESTERN = (
    "äöüßéàè",  # German, with its loans
    "àâæçéèêëîïôœùûüÿ",  # French
    "áéíñóúü",  # Spanish
    "ãõáàâçéêíóôúü",  # Portuguese
    "àèéìíòóùú",  # Italian
    "æøåéäöüò",  # Danish, Norwegian
    "åäöéüàšž",  # Swedish, Finnish
    "õäöüšž",  # Estonian
    "ëïéèöüóê",  # Dutch
    "áéíóúýðþæö",  # Icelandic
    "àçèéíïòóúü",  # Catalan
)
_CENTRAL = (
    "áčďéěíňóřšťúůýž",  # Czech
    "áäčďéíĺľňóôŕšťúýž",  # Slovak
    "ąćęłńóśźż",  # Polish
    "áéíóöőúüű",  # Hungarian
    "čćđšž",  # Croatian, Slovene, Bosnian
    "ăâîşţ",  # Romanian
)
_LETTERS = "".join(_CENTRAL + _WESTERN) + "".join(_CENTRAL + _WESTERN).upper()
_BYTES = sorted({b for page in (WESTERN, CENTRAL) for b in _LETTERS.encode(page, "ignore") if b > 0x7F})
_WORD = re.compile(b"[A-Za-z" + b"".join(re.escape(bytes([b])) for b in _BYTES) + b"]+")
_SAMPLE = 200_000
_HUNGARIAN = frozenset("őű")
_FEW = 5  # words from which on nobody need be asked


class Weighed(NamedTuple):
    """Whether a file is Central European: perhaps, so that it is asked, or beyond doubt."""

    is_likely: bool
    is_sure: bool


def weighed(data: bytes) -> Weighed:
    """Judges the words of a file of one-byte letters that would read differently."""
    words = [word for word in _WORD.findall(data[:_SAMPLE]) if _differs(word)]
    if not words:
        return Weighed(False, False)
    central = [_accents(word.decode(CENTRAL, "replace")) for word in words]
    best = max(sum(accents <= set(language) for accents in central) for language in _CENTRAL)
    if best * 20 < len(words) * 19:
        return Weighed(False, False)
    western = sum(_is_of(_accents(word.decode(WESTERN, "replace")), _WESTERN) for word in words)
    is_hungarian = all(accents & _HUNGARIAN for accents in central)  # õ and û are Western letters as well
    is_sure = len(words) >= _FEW and western * 5 <= len(words) * 4
    return Weighed(western * 20 < len(words) * 19 or is_hungarian, is_sure)


def _differs(word: bytes) -> bool:
    return word.decode(WESTERN, "replace") != word.decode(CENTRAL, "replace")


def _accents(word: str) -> set[str]:
    return {letter for letter in word.lower() if letter > "\x7f"}


def _is_of(accents: set[str], languages: Sequence[Iterable[str]]) -> bool:
    return any(accents <= set(language) for language in languages)
