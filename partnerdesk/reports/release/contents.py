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
    """What a file holds, each with its place."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    pages: list[tuple[str, str]] = field(default_factory=list)  # whole pages, in the order in which they were drawn
    inner: list[tuple[str, str]] = field(default_factory=list)  # formulas and streams: only long terms mean something
    numbers: list[tuple[str, Decimal]] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)  # parts that no document of ours has


def contents(name: str, content: bytes) -> Contents:
    """Everything in a workbook, a CSV file or a PDF, by the ending of its name; the name is one of the strings."""
    from partnerdesk.reports.release.pdf import read_pdf
    from partnerdesk.reports.release.workbook import read_workbook

    found = Contents(texts=[("the file's name", PurePath(name).stem)])
    readers = {".xlsx": read_workbook, ".csv": _read_csv, ".pdf": read_pdf}
    readers[PurePath(name).suffix.lower()](content, found)
    return found


def _read_csv(content: bytes, found: Contents) -> None:
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    for number, row in enumerate(lines, 1):
        for title, value in zip(lines[0], row, strict=False):
            figure = None if title in _CODES else number_of(value)
            if figure is None:
                found.texts.append((f"row {number}", value))
            else:
                found.numbers.append((f"row {number}", figure))


def number_of(text: str) -> Decimal | None:
    """The number that a plain text is, such as -12.50; None for any other text."""
    digits = text.removeprefix("-").replace(".", "", 1)
    return Decimal(text) if digits.isascii() and digits.isdecimal() and text[-1] != "." else None
