"""Every part of a workbook: cells, comments, names, formats, properties, headers, charts, and what should not be there.

Whatever is in the archive is read as XML, attribute by attribute; a part that is not XML is a stranger.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from defusedxml import ElementTree

from partnerdesk.reports.release.contents import Contents, number_of

_PARTS = (".xml", ".rels")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
# Attributes that name cells and ranges: "P2" is a place there, not somebody's identifier.
_PLACES = frozenset({"r", "ref", "sqref", "spans", "s", "activeCell", "topLeftCell", "cellRef", "uid", "Target", "Id"})


def read_workbook(content: bytes, found: Contents) -> None:
    """Adds everything in a workbook's bytes to `found`."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found.texts.append(("the archive's comment", archive.comment.decode("utf-8", "replace")))
        for item in archive.infolist():
            found.texts.append((item.filename, item.filename))
            found.texts.append((item.filename, item.comment.decode("utf-8", "replace")))
            if not item.filename.endswith(_PARTS):
                found.strangers.append(f"the attachment {item.filename}")
            elif "externalLink" in item.filename:
                found.strangers.append("a link to another workbook")
            else:
                _read_part(item.filename, archive.read(item), found)


def _read_part(part: str, body: bytes, found: Contents) -> None:
    found.texts += [(part, hit) for hit in _COMMENT.findall(body.decode("utf-8"))]
    root = ElementTree.fromstring(body)
    values = {id(value) for cell in root.iter() for value in _read_values(part, cell, found)}
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        for key, value in element.attrib.items():
            _read_attribute(part, name, key.rpartition("}")[2], value, found)
        texts = [element.tail or ""]
        if name in ("si", "is", "text"):  # a text in several looks
            texts.append("".join(element.itertext()))
        if name == "f":
            found.inner.append((part, element.text or ""))
            texts += [quoted.replace('""', '"') for quoted in _QUOTED.findall(element.text or "")]
        elif id(element) not in values:
            texts.append(element.text or "")
        found.texts += [(part, text) for text in texts if text.strip()]


def _read_attribute(part: str, name: str, key: str, value: str, found: Contents) -> None:
    if key not in _PLACES or part.endswith(".rels"):
        found.texts.append((part, value))
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
        number = _exact(inner.text or "") if inner.tag.endswith("}v") else None
        if number is not None:
            yield inner
            if kind in (None, "n"):
                found.numbers.append((place, number))


def _exact(text: str) -> Decimal | None:
    if "e" in text.lower():
        try:
            return Decimal(text)
        except ArithmeticError:
            return None
    return number_of(text)
