"""All texts of an exported file, as a reader of the test's own finds them: nothing of the product takes part.

A PDF is inflated stream by stream, and every string that is drawn is turned into letters by the font it is drawn in.
That is much faster than pypdf's layout; `agrees` holds both against each other.
"""

import csv
import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from pypdf import PdfReader

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_DRAWN = re.compile(rb"/(F\d+\+\d+) [\d.]+ Tf|\(((?:\\.|[^\\()])*)\) Tj|\bET\b", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTER = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>")
_FOLD = re.compile(r"\r?\n[ \t]")


class Read(NamedTuple):
    """What a file holds: `words` as somebody reads them, `inner` what draws them."""

    words: str
    inner: str = ""


def read(path: Path) -> Read:
    """Unpacked parts, inflated streams, letters on pages, cells, lines."""
    content = path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return Read("\n".join(archive.read(name).decode("utf-8", "replace") + name for name in archive.namelist()))
    if path.suffix == ".pdf":
        reader = PdfReader(io.BytesIO(content))
        fonts, streams = _fonts(reader), [_inflated(body) for body in _STREAM.findall(content)]
        words = [str(reader.metadata), str(reader.outline), *(drawn(stream, fonts) for stream in streams)]
        return Read("\n".join(words), "\n".join(body.decode("latin-1") for body in (content, *streams)))
    if path.suffix == ".ics":
        return Read(_FOLD.sub("", content.decode("utf-8")))
    return Read("\n".join("\t".join(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig")))))


def drawn(stream: bytes, fonts: dict[bytes, list[str]]) -> str:
    """What a page's stream draws, a line for each string; one may need several fonts."""
    found, letters = list[str](), list[str]()
    for font, text in _DRAWN.findall(stream):
        if font:
            letters = fonts[font]
        elif text:
            found += (letters[code] for code in _ESCAPE.sub(_plain, text))
        else:
            found.append("\n")
    return "".join(found)


def agrees(path: Path) -> None:
    """Everything that pypdf reads on the pages of a PDF was found, letter by letter."""
    reader = PdfReader(path)
    found = "".join(read(path).words.split())
    for number, page in enumerate(reader.pages, 1):
        for word in page.extract_text().split():
            assert word in found, f"{path.name}, page {number}: {word} was not found"


def _fonts(reader: PdfReader) -> dict[bytes, list[str]]:
    """The letters of each font's codes by the name that streams use."""
    found: dict[bytes, list[str]] = {}
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for name, font in resources.get("/Font", {}).items():
            if (key := name.removeprefix("/").encode()) not in found:
                found[key] = _letters(font.get_object())
    return found


def _letters(font: Any) -> list[str]:
    letters = [chr(code) for code in range(256)]
    if "/ToUnicode" in font:
        for code, text in _LETTER.findall(font["/ToUnicode"].get_data()):
            letters[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    return letters


def _inflated(body: bytes) -> bytes:
    return zlib.decompressobj().decompress(body) if body[:1] == b"x" else body


def _plain(hit: re.Match[bytes]) -> bytes:
    code = hit[1]
    if code[:1].isdigit():
        return bytes([int(code, 8) & 255])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(code, code)
