"""CSV that spreadsheets, accounting systems and scripts all read: one header row, one record per row, nothing else.

UTF-8 with a byte order mark, because Excel takes a file without one for the machine's old code page and breaks every
name with an accent, while pandas, Power Query and databases read or skip the mark. Commas, CRLF, numbers with a
point and ISO days, whatever the locale: the file is for machines, the workbook beside it is for people. A text that a
spreadsheet would run as a formula or turn into an error carries a leading apostrophe (`guarded`); numbers never do.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from partnerdesk.errors import Refused
from partnerdesk.reports.sheet import fitting

Value: TypeAlias = str | Decimal | int | date | None
# Live in Excel at the start of a cell, also behind blanks and in full width. A text that looks like a guarded one
# is guarded again, so that taking one apostrophe away always gives the text.
_LIVE = re.compile(r"'*(?:[\s\0\ufeff]*[=+\-@＝＋－＠]|[\t\r\n\0])")
_ERROR = re.compile(r"'*\s*#(REF!|N/A|NAME\?|DIV/0!|VALUE!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!)\s*", re.I)

_LONG = 1_000  # characters from which on a text is measured before it goes into a cell


def csv_content(titles: Sequence[str], records: Iterable[Sequence[Value]]) -> bytes:
    """The file's bytes; every record has as many values as there are titles."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(titles)
    known: dict[str, str] = {"": ""}  # texts that were looked at already: most stand in many records
    for number, record in enumerate(records, 2):
        if len(record) != len(titles):
            raise ValueError(f"row {number} has {len(record)} values for {len(titles)} titles")
        row: list[str] = []
        for value, title in zip(record, titles, strict=True):
            if not isinstance(value, str):
                row.append(_text(value, number, title))
                continue
            if (written := known.get(value)) is None:
                written = known[value] = _text(value, number, title)
            row.append(written)
        writer.writerow(row)
    return text.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for more than text."""
    if text[:1].isalnum():  # no mark that either of them begins with
        return text
    return f"'{text}" if _LIVE.match(text) or _ERROR.fullmatch(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def _text(value: Value, number: int, title: str) -> str:
    """A value as the cell of a record in that row, under that title, has it."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        is_plain = value.isascii() and len(value) < _LONG
        return guarded(value if is_plain else fitting(value, f"row {number}, column {title}"))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal) and not value.is_finite():
        raise Refused(f"row {number}, column {title} cannot hold {value}.", "Correct the figure.")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
