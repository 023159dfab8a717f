"""Text as a search compares it: without case, accents and other marks, so that `luzyca` finds `Łużyca`."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "’": "'",
        "–": "-",
        "\u00a0": " ",
    }
)
# Marks that stand apart after decomposition: of Latin, Greek and Cyrillic, of Hebrew and of Arabic.
_MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]"
)


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """The text without case and marks."""
    lower = text.casefold()
    if lower.isascii():
        return lower
    taken_apart = unicodedata.normalize("NFKD", lower.translate(_PLAIN))
    return _MARKS.sub("", taken_apart).casefold().translate(_PLAIN)


# Scripts without spaces between words: each of their signs is a word of its own for a search.
_ALONE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
_WORDS = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]+")


def search_words(text: str) -> list[str]:
    """The words of a text as a search compares them: folded, without signs between them."""
    return _WORDS.findall(folded(text) if len(text) < 200 else folded.__wrapped__(text))


def marked(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where words of a text begin with one of the folded words that were looked for: start and length of that."""
    found = []
    for match in _WORDS.finditer(text):
        plain = folded(match[0])
        begun = max((len(word) for word in words if plain.startswith(word)), default=0)
        if begun:
            found.append((match.start(), _letters(match[0], begun)))
    return found


def _letters(word: str, plain: int) -> int:
    """How many letters of a word give so many folded ones."""
    for count in range(1, len(word)):
        if len(folded(word[:count])) >= plain:
            return count
    return len(word)
