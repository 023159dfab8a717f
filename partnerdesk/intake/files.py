"""A path to its sheets: what kind of file it is, by its first bytes, and the reader for it.

Anything that is neither a text table nor a workbook is refused with what to do instead. The name of a file says
nothing here; old report exports call web pages `.xls`.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from partnerdesk.errors import Refused
from partnerdesk.intake import bank_files, characters, delimited
from partnerdesk.intake.lexicon import is_known, squash
from partnerdesk.intake.limits import MEGABYTE, Limits
from partnerdesk.intake.sheet import Sheet
from partnerdesk.intake.worker import read_workbook

_AS_CSV = "Save it as CSV or XLSX, then import that."
_OF_BANKS = "Account statements of a bank are read as camt.052, 053, 054 or MT940."
_KNOWN = (
    (b"\xd0\xcf\x11\xe0", "is an Excel file in the format before 2007, or protected with a password"),
    (b"%PDF", "is a PDF"),
    (b"SQLite format 3", "is a database or a book"),
    (b"{\\rtf", "is a text document"),
    (b"\x1f\x8b", "is a packed archive"),
    (b"7z\xbc\xaf", "is a packed archive"),
    (b"Rar!", "is a packed archive"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"GIF8", "is a picture"),
    (b"PAR1", "is a Parquet file"),
    (b"\x7fELF", "is a program"),
    (b"MZ\x90", "is a program"),
)


def read(
    path: Path,
    limits: Limits,
    encoding: str = "",
    delimiter: str = "",
    wait: Callable[[], None] | None = None,
) -> list[Sheet]:
    """The sheets of a file, at least one. Raises Refused where it cannot be read, with what to do about it."""
    data = _bytes(path, limits)
    sha256 = hashlib.sha256(data).hexdigest()
    if data.startswith(b"PK"):
        return _workbook(path, sha256, limits, wait)
    _refuse_other(path.name, data)
    decoded = characters.settled(data, characters.decode(data, encoding), lambda cell: is_known(squash(cell)))
    if (entries := bank_files.entries_of(decoded.text, path.name)) is not None:
        return [_statement(path.name, sha256, limits, entries)]
    _refuse_markup(path.name, decoded.text)
    return [delimited.read(decoded, path.name, sha256, limits, delimiter)]


def _statement(file: str, sha256: str, limits: Limits, entries: list[bank_files.Entry]) -> Sheet:
    """An account statement as a table, each row where its entry begins."""
    if len(entries) > limits.rows:
        raise Refused(f"{file} has more than {limits.rows:,} entries.", "Split it, for instance by month.")
    return Sheet(
        file, bank_files.rows_of(entries), [0, *(entry.line for entry in entries)], sha256=sha256, encoding="UTF-8"
    )


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise Refused(f"{path.name} is a folder.", "Choose a file.")
        if not path.is_file():
            raise Refused(f"{path.name} is not an ordinary file.", "Choose a CSV or XLSX file.")
        if size > limits.file_bytes:
            most = limits.file_bytes // MEGABYTE
            raise Refused(
                f"{path.name} has {size / MEGABYTE:,.1f} MB; at most {most} MB can be imported.",
                "Split it, for instance by year.",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"There is no file {path}.", "Check the name, then try again.") from None
    except OSError as error:
        raise Refused(f"{path.name} cannot be read: {error.strerror}.", "Check that you may read the file.") from None


def _refuse_other(file: str, data: bytes) -> None:
    for start, says in _KNOWN:
        if data.startswith(start):
            raise Refused(f"{file} {says}, which cannot be imported.", _AS_CSV)


def _refuse_markup(file: str, text: str) -> None:
    head = text[:2000].lstrip("\ufeff \t\r\n").casefold()
    if head.startswith(("<!doctype html", "<html", "<table", "<head", "<meta", "<style")):
        raise Refused(
            f"{file} is a web page that calls itself a spreadsheet.",
            "Open it in a spreadsheet program and save it as XLSX.",
        )
    if head.startswith(("<?xml", "<!doctype")):
        raise Refused(f"{file} is an XML file, which cannot be imported.", f"{_AS_CSV} {_OF_BANKS}")
    if head.startswith(("{", "[{", "[[")) and '":' in head[:2000]:
        raise Refused(f"{file} is a JSON file, which cannot be imported.", _AS_CSV)


def _workbook(path: Path, sha256: str, limits: Limits, wait: Callable[[], None] | None) -> list[Sheet]:
    found = read_workbook(path, limits, wait)
    names = tuple(s["name"] for s in found)
    return [_sheet(path.name, sha256, s, names) for s in found]


def _sheet(file: str, sha256: str, found: dict[str, Any], names: tuple[str, ...]) -> Sheet:
    return Sheet(
        file,
        found["rows"],
        found["lines"],
        name=found["name"],
        others=tuple(n for n in names if n != found["name"]),
        sha256=sha256,
        is_1904=found["is_1904"],
        kinds=found["kinds"],
        flaws={(row, column): reason for row, column, reason in found["flaws"]},
        hidden=frozenset(found["hidden"]),
        merged=tuple((a, b, c, d) for a, b, c, d in found["merged"]),
    )
