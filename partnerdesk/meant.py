"""What is said of an id that is not there: one sentence, which one may be meant, and where all of them stand."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from partnerdesk.errors import Refused

_ALIKE = 0.6  # of difflib's ratio: about two letters wrong in five
_PART = 3  # letters of a name from which on it is looked for in the others
_OFFERED = 3


def unknown(noun: str, said: str, known: Iterable[str], listed: str, among: str = "in this book") -> Refused:
    """The refusal of something that is named and not there; `known` are ids, with their names where it is a mapping.

    `listed` is a sentence that says where they stand, `among` the words for where it was looked for.
    """
    if not said.strip():
        return Refused(f"No {noun} is named.", listed)
    near = meant(said, known)
    return Refused(f"There is no {noun} {said} {among}.", f"Did you mean {near}? {listed}" if near else listed)


def meant(said: str, known: Iterable[str]) -> str:
    """Which ids may be meant, as “P-001 (Nordlys Data)”; empty where none is like it.

    One whose id or name it is in other capitals, or without the hyphens and zeros before a number, comes first, then
    those of whose name it is a part, then the one whose id or name is written nearly so.
    """
    names = dict(known) if isinstance(known, Mapping) else dict.fromkeys(known, "")
    typed = _bare(said)
    words = {_bare(word): id for id, name in names.items() for word in (name, id) if word}
    found: list[str] = []
    if typed in words:
        found = [words[typed]]
    elif len(typed) >= _PART:
        found = [id for id, name in names.items() if typed in _bare(name)][:_OFFERED]
    found = found or [words[word] for word in get_close_matches(typed, words, 1, _ALIKE)]
    return " or ".join(f"{id} ({names[id]})" if names[id] not in ("", id) else id for id in found if id != said)


def _bare(text: str) -> str:
    """A word as it is compared: P9, p-9 and P-009 are the same, and so are Nordlys Data and nordlys-data."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[\W_]+", "", text.casefold()))
