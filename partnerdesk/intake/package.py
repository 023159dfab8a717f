"""The outer shell of a workbook: a ZIP of XML parts, looked at before anything in it is unpacked.

Sizes and ratios of the directory stop the plain bombs here; whatever lies about them meets the counting reader of
`Package.open` and the limits of the process it runs in.
"""

import zipfile
from pathlib import Path
from typing import IO, Any

from partnerdesk.errors import Refused
from partnerdesk.intake.limits import MEGABYTE, Limits

_REMEDY = "Open it in the program it came from and save it as a new XLSX or CSV file."
_MOST_PARTS, _CHUNK = 5000, 256 * 1024


class _Counted:
    """A part that refuses to give more bytes than its directory entry allows."""

    def __init__(self, part: IO[bytes], name: str, budget: int) -> None:
        self._part, self._name, self._left = part, name, budget

    def read(self, size: int = -1) -> bytes:
        data = self._part.read(size if size >= 0 else self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise Refused(f"The part {self._name} of the workbook is larger than its directory says.", _REMEDY)
        return data

    def close(self) -> None:
        self._part.close()


class Package:
    """The parts of a workbook by name."""

    def __init__(self, path: Path, limits: Limits, content: IO[bytes] | None = None) -> None:
        try:
            self._zip = zipfile.ZipFile(content or path)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, NotImplementedError, OSError):
            raise Refused(f"{path.name} is damaged: it is not a complete workbook.", _REMEDY) from None
        self._parts = {i.filename.lstrip("/").casefold(): i for i in self._zip.infolist()}
        _check(path.name, self._zip.infolist(), limits)

    def __contains__(self, name: str) -> bool:
        return name.lstrip("/").casefold() in self._parts

    def size(self, name: str) -> int:
        """The bytes of a part as its directory entry tells them; 0 for one that is not there."""
        info = self._parts.get(name.lstrip("/").casefold())
        return info.file_size if info else 0

    def open(self, name: str) -> "_Counted":
        """A part as a stream. Raises Refused where it is missing or cannot be unpacked."""
        info = self._parts.get(name.lstrip("/").casefold())
        if info is None:
            raise Refused(f"The workbook has no part {name}.", _REMEDY)
        try:
            return _Counted(self._zip.open(info), name, info.file_size)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, OSError):
            raise Refused(f"The part {name} of the workbook cannot be unpacked.", _REMEDY) from None

    def parse(self, name: str, part: "Part") -> None:
        """Hand the elements of a part to `part`. Raises Refused for a document type, entities and broken XML."""
        import zlib
        from xml.parsers import expat

        stream = self.open(name)
        parser = _parser(name, part)
        try:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Refused(f"The part {name} of the workbook is damaged in line {error.lineno}.", _REMEDY) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, LookupError, OSError):
            raise Refused(f"The part {name} of the workbook is damaged.", _REMEDY) from None
        finally:
            stream.close()


class Part:
    """What a part is told while it is read: names without their namespace, and the text inside what it wants."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters between them."""


def _parser(name: str, part: Part) -> Any:
    """An expat parser that knows neither document types nor entities nor anything outside the part."""
    from xml.parsers import expat

    def forbid(*_: object) -> None:
        what = "declares a document type, which no spreadsheet program writes"
        raise Refused(f"The part {name} of the workbook {what}.", _REMEDY)

    local: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        part.start(local.get(tag) or local.setdefault(tag, tag.rpartition("}")[2]), attributes)

    def end(tag: str) -> None:
        part.end(local[tag])

    parser: Any = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, part.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = forbid
    parser.ExternalEntityRefHandler = forbid
    return parser


def _check(file: str, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(parts) > _MOST_PARTS:
        raise Refused(f"{file} has {len(parts):,} parts, far more than a workbook.", _REMEDY)
    if any(p.flag_bits & 1 for p in parts):
        raise Refused(f"{file} is protected with a password.", "Save it without a password, then import that.")
    unpacked = sum(p.file_size for p in parts)
    if unpacked > limits.unpacked_bytes:
        size = unpacked // MEGABYTE
        raise Refused(
            f"{file} unpacks to {size:,} MB; at most {limits.unpacked_bytes // MEGABYTE} MB can be imported.",
            "Split it, for instance by year, or save the sheet as CSV.",
        )
    for p in parts:
        if p.file_size > MEGABYTE and p.file_size > limits.ratio * max(p.compress_size, 1):
            raise Refused(
                f"The part {p.filename} of {file} unpacks to {p.file_size // max(p.compress_size, 1):,} times its "
                "size, as files made to do harm do.",
                _REMEDY,
            )
