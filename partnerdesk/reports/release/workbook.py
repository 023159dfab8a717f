"""Every part of a workbook: cells, comments, names, formats, properties, headers, charts, and what should not be there.

Whatever is in the archive is read as XML, attribute by attribute; a part that is not XML is a stranger. What a
workbook has thousands of, plain cells and plain texts, is taken out by their exact shape first: such a piece can hold
nothing but what is read from it. Parts that are the same in every workbook are read once.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import unescape

from defusedxml import ElementTree

from partnerdesk.reports.release.contents import Contents, is_number

_PARTS = (".xml", ".rels")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
# Attributes that name cells and ranges: "P2" is a place there, not somebody's identifier.
_PLACES = frozenset({"r", "ref", "sqref", "spans", "s", "activeCell", "topLeftCell", "cellRef", "uid", "Target", "Id"})
_CELL = re.compile(  # what was read is never given back: no part of it can be read in another way
    r'<c r="([A-Z]++\d++)"(?: s="\d++")?+(?: t="(s)")?+'
    r"(?:/>|>(?:<f>([^<&]*+)</f>)?+<v>(-?\d++(?:\.\d++)?+(?:E[+-]?\d++)?+)</v></c>)"
)
_ROW = re.compile(r'<row(?: (?:r|spans|s|ht|customHeight|customFormat)="[\d.:]+")*(?:/>|></row>)')
_PLAIN = r"((?:[^<&]|&(?:amp|lt|gt|quot);)*)"
_TEXT = re.compile(rf'<si><t(?: xml:space="preserve")?>{_PLAIN}</t></si>')
_WIDTH = re.compile(r'<col(?: (?:min|max|width|style|customWidth)="[\d.]+")+/>')  # numbers alone name nobody
_FOOT = re.compile(rf"<oddFooter>{_PLAIN}</oddFooter>")


def read_workbook(content: bytes, found: Contents) -> None:
    """Adds everything in a workbook's bytes to `found`."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found.texts.setdefault(archive.comment.decode("utf-8", "replace"), "the archive's comment")
        for item in archive.infolist():
            found.texts.setdefault(item.filename, item.filename)
            found.texts.setdefault(item.comment.decode("utf-8", "replace"), item.filename)
            if not item.filename.endswith(_PARTS):
                found.strangers.append(f"the attachment {item.filename}")
            elif "externalLink" in item.filename:
                found.strangers.append("a link to another workbook")
            else:
                found.add(_part(item.filename, _without_plain(item.filename, archive.read(item), found)))


def _without_plain(part: str, body: bytes, found: Contents) -> str:
    """A part without its plain cells and texts, which are added to `found`."""
    text = body.decode("utf-8")
    if "<sheetData>" in text:
        pieces = _CELL.split(text)  # what stands between the cells, and after each the four groups of one
        for cell, is_text, formula, value in zip(*(pieces[n::5] for n in range(1, 5)), strict=True):
            if value and not is_text and value not in found.numbers:
                found.numbers[value] = f"{part}, cell {cell}"
            if formula:
                _read_formula(part, formula, found)
        # What differs from partner to partner is read here, so that the rest is the same in many workbooks.
        return _without(_FOOT, _WIDTH.sub("", _ROW.sub("", "".join(pieces[::5]))), part, found)
    return _without(_TEXT, text, part, found) if "<sst" in text else text


def _without(shape: re.Pattern[str], text: str, part: str, found: Contents) -> str:
    """A part without the plain texts in elements of a shape, which are added to `found`."""
    pieces = shape.split(text)
    for words in pieces[1::2]:
        found.texts.setdefault(unescape(words, {"&quot;": '"'}) if "&" in words else words, part)
    return "".join(pieces[::2])


@lru_cache(maxsize=256)
def _part(part: str, text: str) -> Contents:
    """What the XML of a part holds."""
    found = Contents(texts=dict.fromkeys(_COMMENT.findall(text), part))
    root = ElementTree.fromstring(text.encode())
    values = {id(value) for cell in root.iter() for value in _read_values(part, cell, found)}
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        for key, value in element.attrib.items():
            _read_attribute(part, name, key.rpartition("}")[2], value, found)
        texts = [element.tail or ""]
        if name in ("si", "is", "text"):  # a text in several looks
            texts.append("".join(element.itertext()))
        if name == "f":
            _read_formula(part, element.text or "", found)
        elif id(element) not in values:
            texts.append(element.text or "")
        for said in texts:
            if said.strip():
                found.texts.setdefault(said, part)
    return found


def _read_formula(part: str, formula: str, found: Contents) -> None:
    found.inner.setdefault(formula, part)
    if '"' in formula:
        for quoted in _QUOTED.findall(formula):
            found.texts.setdefault(quoted.replace('""', '"'), part)


def _read_attribute(part: str, name: str, key: str, value: str, found: Contents) -> None:
    if key not in _PLACES or part.endswith(".rels"):
        found.texts.setdefault(value, part)
    if key in ("hidden", "veryHidden") and value not in ("0", "false"):
        found.strangers.append(f"something hidden in {part}")
    if name == "sheet" and key == "state" and value != "visible":
        found.strangers.append("a hidden sheet")


def _read_values(part: str, cell: Any, found: Contents) -> Iterator[Any]:
    """The elements that hold the number, or the place of the shared text, of a cell or of a chart's kept point."""
    kind = cell.get("t")
    if cell.tag.rpartition("}")[2] not in ("c", "pt") or kind not in (None, "n", "s", "b"):
        return
    place = f"{part}, cell {cell.get('r')}" if cell.get("r") else part
    for inner in cell:
        if inner.tag.endswith("}v") and _is_exact(inner.text or ""):
            yield inner
            if kind in (None, "n"):
                found.numbers.setdefault(inner.text, place)


def _is_exact(text: str) -> bool:
    mantissa, _, exponent = text.lower().partition("e")
    return is_number(mantissa) and (not exponent or is_number(exponent.removeprefix("+")))
