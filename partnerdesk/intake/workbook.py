"""The sheets of a workbook, streamed from its XML, with everything that a reader of values would hide.

Formulas without a stored result, error cells, merged ranges and hidden rows come along as facts about the sheet; what
is done about them is decided later. A macro is never run, a link never followed. Untrusted files are read in a
process of their own (`worker`).
"""

import posixpath
from pathlib import Path
from typing import IO, Any

from partnerdesk.errors import Refused
from partnerdesk.intake import cells
from partnerdesk.intake.limits import Limits
from partnerdesk.intake.package import Package, Part
from partnerdesk.intake.sheet_part import SheetPart


def read(path: Path, limits: Limits, content: IO[bytes] | None = None) -> list[dict[str, Any]]:
    """Every visible sheet as plain lists, ready for JSON: name, rows, lines, kinds, flaws, hidden, merged, is_1904.

    With `content` the workbook is read from there, and `path` only names it. Raises Refused for what is no workbook,
    is damaged, or is larger than the limits.
    """
    package = Package(path, limits, content)
    name = _workbook_part(package)
    book = _Book()
    package.parse(name, book)
    relations = _relations(package, name)
    strings, styles = _Strings(), _Styles()
    for part, reader in ((_of_type(relations, "sharedStrings"), strings), (_of_type(relations, "styles"), styles)):
        if part in package:
            package.parse(part, reader)
    sheets = []
    left = limits.rows
    for title, relation in book.sheets:
        kind, part = relations.get(relation, ("", ""))
        if kind.endswith("/worksheet") and part in package:
            sheet = SheetPart(title, strings.found, styles.found, book.is_1904, limits, left)
            package.parse(part, sheet)
            left -= len(sheet.rows)
            sheets.append(sheet.plain())
    if not any(sheet["rows"] for sheet in sheets):
        raise Refused(f"{path.name} has no visible sheet with cells.", "Save the sheet as CSV, then import that.")
    return sheets


def _workbook_part(package: Package) -> str:
    if "_rels/.rels" in package:
        for kind, target in _relations(package, "").values():
            if kind.endswith("/officeDocument") and target in package:
                return target
    if "xl/workbook.xml" in package:
        return "xl/workbook.xml"
    raise Refused("The file is a ZIP archive but no workbook.", "Unpack it and import the files in it one by one.")


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Relation id -> (type, part) of a part; "" for the package."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    found = _Relations(folder)
    if path in package:
        package.parse(path, found)
    return found.found


def _of_type(relations: dict[str, tuple[str, str]], kind: str) -> str:
    return next((part for found, part in relations.values() if found.endswith(f"/{kind}")), "")


class _Relations(Part):
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.join(self._folder, target)
            self.found[attributes.get("Id", "")] = (attributes.get("Type", ""), posixpath.normpath(full))


class _Book(Part):
    """(name, relation id) of the visible sheets, and whether days count from 1904."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.is_1904 = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr":
            self.is_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif tag == "sheet" and attributes.get("state", "visible") == "visible":
            relation = next((v for k, v in attributes.items() if k.endswith("}id")), "")
            self.sheets.append((attributes.get("name", ""), relation))


class _Strings(Part):
    """The shared texts, their runs joined; reading aids for Asian names are not part of them."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._wants = self._aside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "si":
            self._parts = []
        elif tag == "rPh":
            self._aside = True
        self._wants = tag == "t" and not self._aside

    def end(self, tag: str) -> None:
        self._wants = False
        if tag == "si":
            self.found.append(cells.unescaped("".join(self._parts)))
        elif tag == "rPh":
            self._aside = False

    def text(self, data: str) -> None:
        if self._wants:
            self._parts.append(data)


class _Styles(Part):
    """What the number format of each cell style shows."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._codes: dict[int, str] = {}
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "cellXfs":
            self._inside = True
        elif tag == "numFmt":
            self._codes[cells.whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif tag == "xf" and self._inside:
            number = cells.whole(attributes.get("numFmtId"))
            self.found.append(cells.format_kind(number, self._codes.get(number, "")))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._inside = False
