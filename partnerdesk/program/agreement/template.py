"""The text of an agreement: plain paragraphs with named places, filled for one partner.

A place is written {partner}; the names are a fixed list. There is nothing else to it: no conditions, no formulas, no
markup. What is filled in is never read again, so a partner's name cannot become a place or a heading. A paragraph ends
at an empty line; one short line without a stop at its end is a heading.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from partnerdesk.engine.problem import Problem
from partnerdesk.program.agreement.content import Wording

PLACES: Mapping[str, str] = {
    "number": "Number of the agreement",
    "version": "Its version: 1, 2 ...",
    "issued on": "Day on which it is issued",
    "holds from": "Day from which it holds",
    "replaces": "Number of the agreement that it replaces; “no earlier agreement” for the first",
    "partner": "Legal name of the partner, else its name",
    "partner id": "Identifier of the partner",
    "tax number": "Tax number of the partner",
    "city": "City of the partner",
    "country": "Country of the partner",
    "region": "Region of the partner",
    "account manager": "Who looks after the partner",
    "vendor": "Who pays, as the program names it",
    "program": "Name of the program",
    "program version": "Version of the program",
    "program from": "Day from which that version is in force",
    "currency": "Currency of the program",
    "statements": "Period of a statement: month, quarter",
    "dispute days": "Days in which a line may be disputed",
    "answer days": "Days in which an answer is given",
}
_PLACE = re.compile(r"\{([^{}\n]*)\}")
_STOPS = (".", ",", ";", ":", "!", "?")
_LONGEST = 70  # characters of a heading


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A paragraph of the template as it was written."""

    words: str
    is_heading: bool


def problems(text: str, name: str = "The template") -> list[Problem]:
    """What keeps a text from being used: unknown places, braces that are none, nothing to say."""
    found = [problem for n, line in enumerate(text.splitlines(), 1) for problem in _of_line(line, f"{name}, line {n}")]
    if not text.strip():
        found.append(Problem(name, "the text is empty.", "Write it, or begin with the standard text."))
    return found


def _of_line(line: str, place: str) -> Iterator[Problem]:
    for found in _PLACE.finditer(line):
        name = " ".join(found[1].split())
        if name not in PLACES:
            near = get_close_matches(name, PLACES, 1, 0.6)
            known = f"Did you mean {{{near[0]}}}?" if near else f"Known: {', '.join(PLACES)}."
            yield Problem(place, f"there is no place {{{name}}}.", known)
    if set("{}") & set(_PLACE.sub("", line)):
        yield Problem(place, "a brace without its other one.", "Write a place as {partner}, or take the brace out.")


def paragraphs(text: str) -> tuple[Unfilled, ...]:
    """The paragraphs of a template in order."""
    found = (" ".join(piece.split()) for piece in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")))
    return tuple(Unfilled(words, _is_heading(words)) for words in found if words)


def _is_heading(words: str) -> bool:
    return len(words) <= _LONGEST and not words.endswith(_STOPS)


def used(text: str) -> frozenset[str]:
    """The places that a text names."""
    return frozenset(" ".join(found[1].split()) for found in _PLACE.finditer(text))


def filled(text: str, values: Mapping[str, str]) -> tuple[Wording, ...]:
    """The text with every place filled. Raises KeyError for one without a value: see `used`."""

    def value(found: "re.Match[str]") -> str:
        return " ".join(values[" ".join(found[1].split())].split())

    return tuple(Wording(_PLACE.sub(value, part.words), part.words, part.is_heading) for part in paragraphs(text))
