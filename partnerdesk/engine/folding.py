"""Text as a search compares it: without case, accents and other marks, so that `luzyca` finds `Łużyca`."""

import unicodedata
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


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """The text without case and marks."""
    lower = text.casefold()
    if lower.isascii():
        return lower
    taken_apart = unicodedata.normalize("NFKD", lower.translate(_PLAIN))
    return "".join(c for c in taken_apart if not unicodedata.combining(c)).translate(_PLAIN)
