"""A finished file taken apart by the reader of its kind; an attachment of a mail by the reader of its own."""

import csv
import io
from functools import partial
from pathlib import PurePath

from partnerdesk.reports.release.calendar import read_calendar
from partnerdesk.reports.release.contents import Contents, is_number
from partnerdesk.reports.release.mail import read_mail
from partnerdesk.reports.release.pdf import read_pdf
from partnerdesk.reports.release.workbook import read_workbook

_CODES = ("Rule version", "Version")  # columns of a twin whose texts may look like numbers


def taken_apart(name: str, content: bytes) -> Contents:
    """Everything in a workbook, a CSV file, a PDF, a mail or a calendar, by the ending of its name.

    The name is one of the strings.

    Raises KeyError for a kind of file that nobody can take apart: such a file is never released.
    """
    found = Contents(texts={PurePath(name).stem: "the file's name"})
    readers = {".xlsx": read_workbook, ".csv": _read_csv, ".pdf": read_pdf}
    readers[".ics"] = read_calendar
    readers[".eml"] = partial(read_mail, taken_apart=taken_apart)
    readers[PurePath(name).suffix.lower()](content, found)
    return found


def _read_csv(content: bytes, found: Contents) -> None:
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    codes = {n for n, title in enumerate(lines[0] if lines else ()) if title in _CODES}
    seen: set[str] = set()  # most values stand in many records
    for number, row in enumerate(lines, 1):
        for n, value in enumerate(row):
            if n in codes:
                found.texts.setdefault(value, f"row {number}")
            elif value not in seen:
                seen.add(value)
                (found.numbers if is_number(value) else found.texts).setdefault(value, f"row {number}")
