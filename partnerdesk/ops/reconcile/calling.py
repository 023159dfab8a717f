"""Which of our names a row of a payout calls: as it stands, without its signs, or as words of a sentence.

Several references of a row are tried together, and the name of the fewest lines counts: a deal before its customer.
"""

import re
from collections.abc import Mapping, Sized

from partnerdesk.intake.official.row import OfficialRow

_AROUND = ".,;:()[]{}#\"'"
_WITHIN = re.compile(r"[+:=|;,]")


def called(row: OfficialRow, names: Mapping[str, Sized]) -> str:
    """The name, in lower case, by which a row calls a line; its first reference where it calls none, or several."""
    whole = [text for text in _texts(row) if text in names]
    if whole:
        return min(whole, key=lambda text: len(names[text]))
    found = [words for text in _texts(row) if (words := words_of(text, names))]
    single = [words[0] for words in found if len(words) == 1]
    if single:
        return min(single, key=lambda word: len(names[word]))
    return next(iter(_texts(row)), "")


def called_together(row: OfficialRow, names: Mapping[str, Sized]) -> tuple[str, ...]:
    """The names of several lines that one row calls, as a payment of many invoices does; empty where it calls one."""
    found = max((words_of(text, names) for text in _texts(row)), key=len, default=())
    return found if len(found) > 1 else ()


def words_of(text: str, names: Mapping[str, Sized]) -> tuple[str, ...]:
    """The words of a text, in lower case, that are names. Of a word and a number the number is one: “March D-100”."""
    found: dict[str, None] = {}
    for piece in text.split():
        whole = piece.strip(_AROUND)
        parts = (whole, *(part.strip(_AROUND) for part in _WITHIN.split(piece)))
        found |= dict.fromkeys(
            [part for part in parts if part in names][:1] if whole in names else _known(parts, names)
        )
    numbers = [word for word in found if any(map(str.isdigit, word))]
    return tuple(numbers or found)


def _known(parts: tuple[str, ...], names: Mapping[str, Sized]) -> list[str]:
    return [part for part in parts if part and part in names]


def _texts(row: OfficialRow) -> list[str]:
    return [text.casefold() for text in (row.reference, *row.also) if text]
