"""Lists of people as meetings leave them: lines pasted from a mail, a table from a sheet, an attendance report.

A table is known by a header that names people; what stands above it (a report's summary) and below it (another table
of the same report) is left out. Everything else is read line by line: `Ann Silva <ann@silva.pt>; Reuter, Tobias`.
Which side somebody is on is not known here.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from partnerdesk.errors import Refused
from partnerdesk.intake import files
from partnerdesk.intake.limits import WINDOW

MOST, LONGEST = 200, 200  # people of a list, and letters of a name
PASTED = 100_000  # letters of a pasted text
# The words of a header, folded to letters alone.
_HEADERS: dict[str, tuple[str, ...]] = {
    "name": (
        *("name", "fullname", "displayname", "attendee", "attendeename", "participant", "participantname"),
        *("nameoriginalname", "username", "person", "contact", "contactname", "teilnehmer", "nom", "nombre", "nome"),
    ),
    "first": ("firstname", "givenname", "vorname", "prenom"),
    "last": ("lastname", "surname", "familyname", "nachname", "nomdefamille", "apellido", "apellidos"),
    "email": ("email", "emailaddress", "useremail", "mail", "mailadresse", "upn", "correo"),
    "role": ("role", "title", "jobtitle", "position", "function", "funktion", "rolle", "fonction", "cargo"),
    "company": ("company", "companyname", "organisation", "organization", "account", "firma", "unternehmen", "societe"),
}
_SAYS = {word: part for part, words in _HEADERS.items() for word in words}
# What a meeting program calls everybody; nobody's role in a company.
_OF_MEETINGS = frozenset(("organizer", "organiser", "presenter", "attendee", "participant", "guest", "host", "cohost"))
_LETTERS = re.compile(r"[\W_]")
_ADDRESS = re.compile(r"<?\b([\w.+%'-]+@[\w-]+(?:\.[\w-]+)+)\b>?")
_APART = re.compile(r"[;\t]")
_BRACKET = re.compile(r"\(([^()]*)\)\s*$")
_BEHIND = re.compile(r"(?<=>),|(?<=[a-z]),(?=\s*[^\s,<>]+@)", re.IGNORECASE)  # the comma after an address
_HEAD = re.compile(r"^\s*(?:to|cc|from|an|von|de|para)\s*:\s*", re.IGNORECASE)
_MARK = re.compile(r"^\s*(?:[-*\u2022\u2013]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody of a list; `role`, `company` and `email` are empty where it does not say."""

    name: str
    role: str = ""
    company: str = ""
    email: str = ""


def people_in_text(text: str) -> tuple[Named, ...]:
    """The people of a pasted text, each once, in its order. Raises Refused for more than a meeting can have."""
    if len(text) > PASTED:
        raise Refused("This is more text than a list of people.", "Paste the people alone, or choose the file.")
    lines = [line for line in text.splitlines() if line.strip()]
    return _once(_of_rows(_cut(lines)) or _of_lines(lines))


def people_in_file(path: Path) -> tuple[Named, ...]:
    """The people of a text file or workbook, of the first sheet that names some. Raises Refused as an import does."""
    for sheet in files.read(path, WINDOW):
        found = _of_rows(sheet.rows) or _of_lines([", ".join(cell for cell in row if cell) for row in sheet.rows])
        if found:
            return _once(found)
    raise Refused(f"{path.name} names nobody.", "Choose a file with a column of names.")


def _cut(lines: Sequence[str]) -> list[list[str]]:
    """The lines as a table would have them; none where a quotation mark of theirs is just a mark."""
    mark = next((mark for mark in ("\t", ";") if any(mark in line for line in lines)), ",")
    try:
        return list(csv.reader(lines, delimiter=mark, skipinitialspace=True, strict=True))
    except csv.Error:
        return []


def _of_rows(rows: Sequence[Sequence[str]]) -> list[Named]:
    """The rows below the first header that names people, up to an empty one."""
    for at, row in enumerate(rows):
        places = _places(row)
        if "name" in places or {"first", "last"} <= places.keys():
            return [found for found in _below(rows[at + 1 :], places) if found.name]
    return []


def _places(row: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for column, cell in enumerate(row):
        part = _SAYS.get(_LETTERS.sub("", cell.casefold()))
        if part:
            places.setdefault(part, column)
    return places


def _below(rows: Sequence[Sequence[str]], places: dict[str, int]) -> Iterator[Named]:
    for row in rows:
        cells = {part: row[column].strip() if column < len(row) else "" for part, column in places.items()}
        if not any(cell.strip() for cell in row):
            return
        name = cells.get("name") or f"{cells.get('first', '')} {cells.get('last', '')}"
        person = _person(name)
        role = cells.get("role", "")
        role = "" if _LETTERS.sub("", role.casefold()) in _OF_MEETINGS else role
        email = cells.get("email") or person.email
        yield Named(person.name, role or person.role, cells.get("company") or person.company, email.casefold())


def _of_lines(lines: Sequence[str]) -> list[Named]:
    """Each line is somebody, or several with semicolons between them, or with commas behind their addresses."""
    apart = (piece for line in lines for piece in _APART.split(_HEAD.sub("", line)))
    pieces = (one for piece in apart for one in (_BEHIND.split(piece) if piece.count("@") > 1 else (piece,)))
    return [found for piece in pieces if (found := _person(piece)).name]


def _person(text: str) -> Named:
    """One entry: `Reuter, Tobias (Harbour IT) <t@harbour.de>`, `Ann Silva, Account manager`, or an address alone."""
    address = _ADDRESS.search(text)
    rest = _MARK.sub("", _ADDRESS.sub("", text)).strip().strip("\"'").strip(" ,")
    bracket = _BRACKET.search(rest)
    rest = _BRACKET.sub("", rest).strip()
    email = address[1].casefold() if address else ""
    name, _, after = (part.strip() for part in rest.partition(","))
    role = after
    if after and email and " " not in name and " " not in after:
        name, role = f"{after} {name}", ""  # as mail programs sort people: Reuter, Tobias <...>
    name = " ".join(name.split()) or _spelled(email)
    return Named(name, " ".join(role.split()), " ".join(bracket[1].split()) if bracket else "", email)


def _spelled(email: str) -> str:
    """The name that an address spells out."""
    parts = re.split(r"[._-]", email.partition("@")[0])
    return " ".join(part.capitalize() for part in parts if part)


def _once(found: Sequence[Named]) -> tuple[Named, ...]:
    kept: dict[str, Named] = {}
    for person in found:
        kept.setdefault(person.name.casefold(), person)
    once = tuple(kept.values())
    long = next((person.name for person in once if len(person.name) > LONGEST), "")
    if long:
        raise Refused(f"“{long[:40]}…” is too long for a name.", "Paste the people alone, one a line.")
    if len(once) > MOST:
        raise Refused(f"This list has {len(once)} people; a review has {MOST} at most.", "Paste those who take part.")
    return once
