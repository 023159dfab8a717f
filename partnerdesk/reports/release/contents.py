"""A finished file taken apart: every string, every number, and what a document of ours never holds.

A reader sees a small part of a file. Names also stand in comments, hidden sheets, number formats, properties, link
targets and attachments, so everything that is stored is looked at, whether or not something shows it.
"""

import csv
import io
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath

_CODES = ("Rule version", "Version")  # columns of a twin whose texts may look like numbers


@dataclass(slots=True)
class Contents:
    """What a file holds, each once with the place where it stands first."""

    texts: dict[str, str] = field(default_factory=dict)
    pages: list[tuple[str, str]] = field(default_factory=list)  # whole pages, in the order in which they were drawn
    inner: dict[str, str] = field(default_factory=dict)  # formulas and streams: only long terms mean something
    numbers: dict[str, str] = field(default_factory=dict)  # as they are written
    strangers: list[str] = field(default_factory=list)  # parts that no document of ours has

    def add(self, other: "Contents") -> None:
        """Takes in what a part of the file holds."""
        for mine, more in ((self.texts, other.texts), (self.inner, other.inner), (self.numbers, other.numbers)):
            for text, place in more.items():
                mine.setdefault(text, place)
        self.pages += other.pages
        self.strangers += other.strangers


def contents(name: str, content: bytes) -> Contents:
    """Everything in a workbook, a CSV file, a PDF, a mail or a calendar, by the ending of its name.

    The name is one of the strings.

    Raises KeyError for a kind of file that nobody can take apart: such a file is never released.
    """
    from partnerdesk.reports.release.calendar import read_calendar
    from partnerdesk.reports.release.mail import read_mail
    from partnerdesk.reports.release.pdf import read_pdf
    from partnerdesk.reports.release.workbook import read_workbook

    found = Contents(texts={PurePath(name).stem: "the file's name"})
    readers = {".xlsx": read_workbook, ".csv": _read_csv, ".pdf": read_pdf, ".eml": read_mail}
    readers[".ics"] = read_calendar
    readers[PurePath(name).suffix.lower()](content, found)
    return found


def _read_csv(content: bytes, found: Contents) -> None:
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    codes = {n for n, title in enumerate(lines[0] if lines else ()) if title in _CODES}
    for number, row in enumerate(lines, 1):
        place = f"row {number}"
        for n, value in enumerate(row):
            kept = found.numbers if n not in codes and is_number(value) else found.texts
            kept.setdefault(value, place)


def is_number(text: str) -> bool:
    """Whether a plain text is a number, such as -12.50."""
    digits = text.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdecimal() and text[-1] != "."


def number_of(text: str) -> Decimal | None:
    """The number that a plain text is; None for any other text."""
    return Decimal(text) if is_number(text) else None
