"""Everything in a PDF: the words on its pages, outline, properties, link targets, and every inflated stream.

The words come from pdfium, which knows the fonts. Beside that all objects are unpacked, because a string may stand
where no reader shows it.
"""

import re
import zlib
from collections.abc import Iterator

from partnerdesk.reports.release.contents import Contents

_STREAM = re.compile(rb"<<(?P<head>(?:[^<>]|<<[^<>]*>>|<[^<>]*>)*)>>\s*stream\r?\n(?P<body>.*?)endstream", re.DOTALL)
_LITERAL = re.compile(rb"\(((?:\\.|[^\\()])*)\)", re.DOTALL)
_HEX = re.compile(rb"(?<!<)<([0-9A-Fa-f\s]{4,})>(?!>)")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_STRANGERS = {
    b"EmbeddedFile": "an attachment",
    b"Filespec": "an attachment",
    b"JavaScript": "a script",
    b"Launch": "a link that starts a program",
    b"AcroForm": "a form",
}
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}


def read_pdf(content: bytes, found: Contents) -> None:
    """Adds everything in a PDF's bytes to `found`."""
    _read_shown(content, found)
    rest = bytearray()
    last = 0
    for hit in _STREAM.finditer(content):
        rest += content[last : hit.start("body")]
        last = hit.end("body")
        body = _inflated(hit["body"])
        if b"/Length1" in hit["head"]:  # a font's outlines: no text
            continue
        if b"/ObjStm" in hit["head"]:
            rest += body
        found.inner.update(dict.fromkeys(_as_texts(body), "an inner part"))
    rest += content[last:]
    _read_objects(bytes(rest), found)


def _read_shown(content: bytes, found: Contents) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(len(document)):
            text = document[number].get_textpage().get_text_range()
            found.pages.append((f"page {number + 1}", text))
    finally:
        document.close()


def _read_objects(objects: bytes, found: Contents) -> None:
    """Strings and kinds of everything outside the streams: outline, properties, links, names."""
    for mark, what in _STRANGERS.items():
        if b"/" + mark in objects:
            found.strangers.append(what)
    for hit in _LITERAL.finditer(objects):
        found.texts.setdefault(_string(_unescaped(hit[1])), "the file's inner strings")
    for hit in _HEX.finditer(objects):
        digits = b"".join(hit[1].split())
        text = _string(bytes.fromhex(digits.decode()[: len(digits) & ~1]))
        found.texts.setdefault(text, "the file's inner strings")


def _inflated(body: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(body)
    except zlib.error:
        return body


def _as_texts(body: bytes) -> Iterator[str]:
    """A stream as the texts it may hold: one byte or two a letter."""
    yield body.decode("utf-8", "replace")
    if b"\0" in body:
        yield body.decode("utf-16-be", "replace")
        yield body.decode("utf-16-le", "replace")


def _unescaped(text: bytes) -> bytes:
    def plain(hit: re.Match[bytes]) -> bytes:
        code = hit[1]
        return bytes([int(code, 8) & 255]) if code[:1].isdigit() else _LETTERS.get(code, code)

    return _ESCAPE.sub(plain, text)


def _string(text: bytes) -> str:
    if text.startswith(b"\xfe\xff"):
        return text[2:].decode("utf-16-be", "replace")
    return text.decode("latin-1")
