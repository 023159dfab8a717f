"""The words of a mail from a template: the first line is the subject, the rest the text, with places in braces.

Each kind of mail has its own places; what is filled in is never read again, so a name cannot become a place.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from partnerdesk.engine.problem import Problem
from partnerdesk.errors import Refused

STATEMENT, REVIEW, NUDGE, FORECAST = "statement", "review", "nudge", "forecast"

_OF_ALL = {
    "contact": "Who it goes to, by name",
    "partner": "Name of the partner",
    "vendor": "Our name",
    "sender": "Who signs, as set under Documents",
}
PLACES: Mapping[str, Mapping[str, str]] = {
    STATEMENT: {
        "number": "Number of the statement",
        "period": "Its period",
        "program": "Name of the program",
        **_OF_ALL,
    },
    REVIEW: {"period": "Period of the review", "program": "Name of the program", **_OF_ALL},
    FORECAST: {
        "from": "First month of the forecast",
        "until": "Its last month",
        "period": "Both",
        "low": "Amount that nine of ten futures reach",
        "middle": "Amount that half of them reach",
        "high": "Amount that one of ten reaches",
        "currency": "Currency of the amounts",
        "months": "The three amounts of every month, a line each",
        "deals": "How many open deals it rests on",
        "renewals": "How many renewals",
        "day": "Day of the forecast",
        "program": "Name of the program",
        **_OF_ALL,
    },
    NUDGE: {"actions": "What is open on their side, a line each", **_OF_ALL},
}
_PLACE = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class MailText:
    """What a mail says, and the template with its places empty."""

    subject: str
    body: str
    template: str


def problems(template: str, kind: str) -> list[Problem]:
    """What keeps a template from being used: unknown places, single braces, no subject or nothing below it."""
    found = [problem for n, line in enumerate(template.splitlines(), 1) for problem in _of_line(line, kind, n)]
    subject, _, body = template.strip().partition("\n")
    if not subject:
        found.append(Problem("Line 1", "The text of the mail has no subject.", "Its first line is the subject."))
    elif not body.strip():
        found.append(Problem("Line 2", "The mail says nothing below its subject.", "Write it under an empty line."))
    return found


def _of_line(line: str, kind: str, number: int) -> Iterator[Problem]:
    known, at = PLACES[kind], f"Line {number}"
    for name in _PLACE.findall(line):
        if name not in known:
            near = get_close_matches(name, known, 1, 0.6)
            remedy = f"Did you mean {{{near[0]}}}?" if near else f"There are {', '.join(map('{{{}}}'.format, known))}."
            yield Problem(at, f"The text of the mail names {{{name}}}, which is no place.", remedy)
    if set("{}") & set(_PLACE.sub("", line)):
        yield Problem(at, "A brace has no other one.", "Write a place as {contact}, or take the brace out.")


def filled(template: str, kind: str, values: Mapping[str, str]) -> MailText:
    """The text with its places filled. Raises Refused for a template with problems; KeyError for a missing value."""
    if wrong := problems(template, kind):
        raise Refused(wrong[0].message, f"{wrong[0].place}: {wrong[0].remedy}")
    said = _PLACE.sub(lambda place: values[place[1]], template.replace("\r\n", "\n"))
    subject, _, body = said.strip().partition("\n")
    if not subject.strip():
        raise Refused("The mail has no subject once it is filled.", "Write a word into the first line of its text.")
    return MailText(" ".join(subject.split()), body.strip() + "\n", _PLACE.sub("", template))
