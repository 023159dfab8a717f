"""An action in one typed line: "Send the price model @tobias fri". Owner and day are taken out, the rest is the text.

`@` names somebody of either side by the beginning of a name; a day is today, tomorrow, a weekday, next week, `+2w`,
`in 3 days`, or a date such as 24 Nov or 2026-11-24. What is not understood stays in the text.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from partnerdesk.engine.folding import folded
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.queries.partners.people import PersonRow, people

_NAMED = re.compile(r"(?:^|\s)@(\S+)")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Quick:
    """What a line means: `side` is that of the owner, else the vendor's."""

    text: str
    owner: str
    side: str
    due: date | None


def quick_action(line: str, today: date, known: Sequence[PersonRow]) -> Quick:
    """What the line means; `known` are the people that may be named."""
    rest, person = _person(line, known)
    rest, due = _day(rest, today)
    return Quick(" ".join(rest.split()), person.name if person else "", person.side if person else "vendor", due)


def add_quick_action(session: Session, partner: str, line: str, *, on: date) -> int:
    """Writes down the action that the line means; returns its id."""
    known = (*people(session, partner), *people(session, None))
    found = quick_action(line, on, known)
    return add_action(session, partner, text=found.text, side=found.side, owner=found.owner, due=found.due, on=on)


def stranger(text: str) -> str:
    """The `@name` that is left in the text of a line because it names nobody, or several; empty where there is none."""
    left = _NAMED.search(text)
    return left[0].strip().rstrip(",;") if left else ""


def day_of(text: str, today: date) -> date | None:
    """The day that a text means and nothing else in it; None where it means none."""
    rest, day = _day(text.strip(), today)
    return day if not rest.strip() else None


def person_named(word: str, known: Sequence[PersonRow]) -> PersonRow | None:
    """The only one whose name, or a part of it, begins with the word; None where there is none, or several."""
    wanted = folded(word).rstrip(",;")
    found = [p for p in known if any(part.startswith(wanted) for part in [folded(p.name), *folded(p.name).split()])]
    return found[0] if len(found) == 1 else None


def _person(line: str, known: Sequence[PersonRow]) -> tuple[str, PersonRow | None]:
    """The line without `@name`, and whom it names: the only one whose name, or a part of it, begins so."""
    for match in _NAMED.finditer(line):
        if (found := person_named(match[1], known)) is not None:
            return line[: match.start()] + " " + line[match.end() :], found
    return line, None


def _day(line: str, today: date) -> tuple[str, date | None]:
    """The line without its last word or words that mean a day, and that day."""
    for pattern, read in _DAYS:
        match = re.search(rf"(?:^|\s)(?:by\s+|until\s+|on\s+)?{pattern}$", line.rstrip(" .,"), re.IGNORECASE)
        day = read(match, today) if match else None
        if match and day is not None:
            return line[: match.start()], day
    return line, None


def _ahead(match: re.Match[str], today: date) -> date:
    """So many days, weeks or months on; a month on from the 31st is the last day of a shorter month."""
    count, unit = int(match[1]), match[2].lower()
    if unit != "m":
        return today + timedelta(days=count * (7 if unit == "w" else 1))
    month = today.month - 1 + count
    year, month = today.year + month // 12, month % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def _next_week(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _weekday(match: re.Match[str], today: date) -> date:
    ahead = (_WEEKDAYS.index(match[1][:3].lower()) - today.weekday()) % 7
    return today + timedelta(days=ahead or 7)


def _dated(match: re.Match[str], today: date) -> date | None:
    """A day and month without a year is the next one to come."""
    month = _MONTHS.index(match[2][:3].lower()) + 1
    for year in [int(match[3])] if match[3] else [today.year, today.year + 1]:
        try:
            day = date(year, month, int(match[1]))
        except ValueError:
            return None
        if match[3] or day >= today:
            return day
    return None


def _iso(match: re.Match[str], today: date) -> date | None:
    try:
        return date.fromisoformat(match[1])
    except ValueError:
        return None


_DAYS: tuple[tuple[str, Callable[[re.Match[str], date], date | None]], ...] = (
    (r"(today)", lambda match, today: today),
    (r"(tomorrow)", lambda match, today: today + timedelta(days=1)),
    (r"\+(\d{1,3})\s?([dwm])", _ahead),
    (r"next (week)", _next_week),
    (r"in (\d{1,3}) days?", lambda match, today: today + timedelta(days=int(match[1]))),
    (r"(mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|nesday|urday|sday|rsday)?", _weekday),
    (rf"(\d{{1,2}})\.? ({'|'.join(_MONTHS)})[a-z]*(?: (\d{{4}}))?", _dated),
    (r"(\d{4}-\d{2}-\d{2})", _iso),
)
