"""Text as a search compares it: without case, accents and other marks, so that `luzyca` finds `Łużyca`."""

import re
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
