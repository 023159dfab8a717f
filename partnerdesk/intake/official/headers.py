"""A header of a payout as words: what it means by the list of settlements, without case, accents and its currency."""

import re
import unicodedata
from functools import lru_cache

from partnerdesk.engine.currencies import CODES
from partnerdesk.intake.lexicon import squash
from partnerdesk.intake.settlements import heads

_PERCENT = re.compile(r"[0-9]+(?:[.,][0-9]+)?\s*%")


@lru_cache(maxsize=4096)
def tokens(header: str) -> tuple[str, ...]:
    """The words of a header without case, accents and currency; a German compound of money is its parts."""
    plain = unicodedata.normalize("NFKD", header.replace("ø", "o").replace("ł", "l").replace("Ł", "l"))
    words = re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return tuple(part for word in words if word not in CODES for part in _compound(word.casefold()))


def phrase(header: str) -> str:
    """The words of a header as one, as the lists of whole headers have them."""
    return squash(" ".join(tokens(header)))


def meanings_of(header: str) -> tuple[str, ...]:
    """What a whole header means, by name of `settlements.heads`; "Valuta" means a day and a currency.

    A percentage in it ("USt 19 %") is no word of it.
    """
    return _meanings().get(phrase(_PERCENT.sub(" ", header)), ())


@lru_cache(maxsize=1)
def _meanings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for meaning, words in heads().items():
        for word in dict.fromkeys(map(phrase, words)):
            found[word] = (*found.get(word, ()), meaning)
    return found


def _compound(word: str) -> list[str]:
    head = word.removesuffix("betrag")
    return [head.removesuffix("s") if head != "s" else head, "betrag"] if head and head != word else [word]
