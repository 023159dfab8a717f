"""Writing and taking apart of iCalendar: lines of at most 75 octets, escaped texts, numbers that stay the same.

Days are whole days without a zone, as agreed days are; an entry with a time is local to whoever reads it. An action is
a whole-day event that leaves the day free, or a VTODO where the reader's program keeps those.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

WIDTH = 75  # octets of a line without its end
END = "\r\n"
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A day in a calendar. `uid` names it for good: the same entry, exported again, replaces itself.

    `time` is HH:MM and `minutes` how long it takes then; `is_todo` says that it is something to be done by the day.
    """

    uid: str
    day: date
    title: str
    text: str = ""
    place: str = ""
    time: str = ""
    minutes: int = 90
    is_todo: bool = False


def ics(name: str, entries: Iterable[Entry], stamp: datetime, *, todos: bool = False) -> bytes:
    """The calendar's bytes; `stamp`, in UTC, is when it was made. With `todos` an action is a VTODO."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//PartnerDesk//Dates//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}"]
    for entry in entries:
        lines += _entry(entry, stamp, "VTODO" if todos and entry.is_todo else "VEVENT")
    lines.append("END:VCALENDAR")
    return "".join(f"{part}{END}" for line in lines for part in _folded(line)).encode()


def _entry(entry: Entry, stamp: datetime, kind: str) -> Iterator[str]:
    yield f"BEGIN:{kind}"
    yield f"UID:{escaped(entry.uid)}"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield from _when(entry, kind)
    yield f"SUMMARY:{escaped(entry.title)}"
    for key, value in (("DESCRIPTION", entry.text), ("LOCATION", entry.place)):
        if value:
            yield f"{key}:{escaped(value)}"
    if kind == "VEVENT":
        yield f"TRANSP:{'OPAQUE' if _clock(entry) else 'TRANSPARENT'}"
    yield f"END:{kind}"


def _when(entry: Entry, kind: str) -> Iterator[str]:
    at = _clock(entry)
    if kind == "VTODO":
        yield f"DUE;VALUE=DATE:{entry.day:%Y%m%d}"
    elif at is None:
        yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}"
    else:
        yield f"DTSTART:{at:%Y%m%dT%H%M%S}"
        yield f"DTEND:{at + timedelta(minutes=entry.minutes):%Y%m%dT%H%M%S}"


def _clock(entry: Entry) -> datetime | None:
    """The moment of an entry whose time is one; what people write otherwise makes it a whole day."""
    try:
        return datetime.combine(entry.day, time.fromisoformat(entry.time.strip().zfill(5)))
    except ValueError:
        return None


def escaped(text: str) -> str:
    """A text as the value of a property: its signs are signs, and no line of it begins a property."""
    return "".join(letter for letter in text.translate(_ESCAPES) if letter >= " " or letter == "\t")


def _folded(line: str) -> Iterator[str]:
    """The parts of a line, none longer than 75 octets or breaking a letter; all but the first begin with a space."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > WIDTH:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part


def unfolded(content: bytes) -> list[tuple[str, str]]:
    """The properties of a calendar in order: name with its parameters, and the text of its value."""
    text = content.decode().replace(f"{END} ", "").replace(f"{END}\t", "")
    split = (line.partition(":") for line in text.split(END) if line)
    return [(name, _plain(value)) for name, _, value in split]


def _plain(value: str) -> str:
    out, is_escaped = [], False
    for letter in value:
        if is_escaped:
            out.append("\n" if letter in "nN" else letter)
        elif letter != "\\":
            out.append(letter)
        is_escaped = letter == "\\" and not is_escaped
    return "".join(out)
