"""The sheets of a workbook, streamed from its XML, with everything that a reader of values would hide.

Formulas without a stored result, error cells, merged ranges and hidden rows come along as facts about the sheet; what
is done about them is decided later. A macro is never run, a link never followed. Untrusted files are read in a
process of their own (`worker`).
"""

import posixpath
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from partnerdesk.errors import Refused
from partnerdesk.intake import cells
from partnerdesk.intake.cells import Flaw
from partnerdesk.intake.limits import Limits
from partnerdesk.intake.package import Package
from partnerdesk.intake.sheet import NUMBER, TEXT

_HIGHEST_ROW, _MOST_MERGES = 1_048_576, 20_000
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ID_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def read(path: Path, limits: Limits) -> list[dict[str, Any]]:
    """Every visible sheet as plain lists, ready for JSON: name, rows, lines, kinds, flaws, hidden, merged, is_1904.

    Raises Refused for what is no workbook, is damaged, or is larger than the limits.
    """
    package = Package(path, limits)
    book = _workbook_part(package)
    names, is_1904 = _sheets(package, book)
    targets = _relations(package, book)
    strings = _strings(package, _of_type(targets, "sharedStrings"))
    styles = _styles(package, _of_type(targets, "styles"))
    sheets = []
    rows_left = limits.rows
    for name, relation in names:
        kind, part = targets.get(relation, ("", ""))
        if kind.endswith("/worksheet") and part in package:
            sheet = _Reader(package, part, name, strings, styles, is_1904, limits, rows_left).sheet()
            rows_left -= len(sheet["rows"])
            sheets.append(sheet)
    if not sheets:
        raise Refused(f"{path.name} has no visible sheet with cells.", "Save the sheet as CSV, then import that.")
    return sheets


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


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
    found: dict[str, tuple[str, str]] = {}
    for _, element in package.elements(path) if path in package else ():
        if _tag(element) == "Relationship" and element.get("TargetMode") != "External":
            target = element.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[element.get("Id", "")] = (element.get("Type", ""), full)
    return found


def _of_type(targets: dict[str, tuple[str, str]], kind: str) -> str:
    return next((part for found, part in targets.values() if found.endswith(f"/{kind}")), "")


def _sheets(package: Package, book: str) -> tuple[list[tuple[str, str]], bool]:
    """(name, relation id) of the visible sheets, and whether days count from 1904."""
    names: list[tuple[str, str]] = []
    is_1904 = False
    for _, element in package.elements(book):
        tag = _tag(element)
        if tag == "workbookPr":
            is_1904 = element.get("date1904", "0") in ("1", "true")
        elif tag == "sheet" and element.get("state", "visible") == "visible":
            names.append((element.get("name", ""), element.get(_ID) or element.get(_ID_STRICT) or ""))
    return names, is_1904


def _strings(package: Package, part: str) -> list[str]:
    strings: list[str] = []
    for _, element in package.elements(part) if part in package else ():
        if _tag(element) == "si":
            strings.append(_rich_text(element))
            element.clear()
    return strings


def _rich_text(element: Element) -> str:
    """The text of a string item, its runs joined; reading aids for Asian names are not part of it."""
    parts = []
    for child in element:
        tag = _tag(child)
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts.extend(t.text or "" for t in child if _tag(t) == "t")
    return cells.unescaped("".join(parts))


def _styles(package: Package, part: str) -> list[str]:
    """What the number format of each cell style shows."""
    codes: dict[int, str] = {}
    styles: list[str] = []
    inside = False
    for event, element in package.elements(part, "start", "end") if part in package else ():
        tag = _tag(element)
        if tag == "cellXfs":
            inside = event == "start"
        elif event == "start" and tag == "numFmt":
            codes[_whole(element.get("numFmtId"))] = element.get("formatCode", "")
        elif event == "start" and tag == "xf" and inside:
            number = _whole(element.get("numFmtId"))
            styles.append(cells.format_kind(number, codes.get(number, "")))
    return styles


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


class _Reader:
    """One sheet, row by row; keeps what was found so far."""

    def __init__(
        self,
        package: Package,
        part: str,
        name: str,
        strings: list[str],
        styles: list[str],
        is_1904: bool,
        limits: Limits,
        rows_left: int,
    ) -> None:
        self._package, self._part, self._name = package, part, name
        self._strings, self._styles, self._is_1904 = strings, styles, is_1904
        self._limits, self._rows_left = limits, rows_left
        self._line = 0
        self.rows: list[list[str]] = []
        self.lines: list[int] = []
        self.kinds: list[str] = []
        self.flaws: list[tuple[int, int, str]] = []
        self.hidden: list[int] = []
        self.merged: list[tuple[int, int, int, int]] = []

    def sheet(self) -> dict[str, Any]:
        data: Element | None = None
        for event, element in self._package.elements(self._part, "start", "end"):
            tag = _tag(element)
            if event == "start":
                data = element if tag == "sheetData" else data
            elif tag == "row":
                self._row(element)
                if data is not None:
                    data.clear()
            elif tag == "mergeCell":
                self._merge(element.get("ref", ""))
        return {
            "name": self._name,
            "rows": self.rows,
            "lines": self.lines,
            "kinds": self.kinds,
            "flaws": self.flaws,
            "hidden": self.hidden,
            "merged": self.merged,
            "is_1904": self._is_1904,
        }

    def _row(self, element: Element) -> None:
        number = element.get("r")
        self._line = _whole(number) if number else self._line + 1
        if not 1 <= self._line <= _HIGHEST_ROW:
            raise Refused(
                f"Sheet {self._name} has a row {number}; a sheet ends at row {_HIGHEST_ROW:,}.",
                "Open the file in the program it came from and save it again.",
            )
        texts: list[str] = []
        kinds: list[str] = []
        for cell in element:
            if _tag(cell) == "c":
                self._cell(cell, texts, kinds)
        if not any(texts) and not any(i == len(self.rows) for i, _, _ in self.flaws[-1:]):
            return
        if len(self.rows) >= self._rows_left:
            raise Refused(f"The workbook has more than {self._limits.rows:,} rows.", "Split it, for instance by year.")
        if element.get("hidden") in ("1", "true"):
            self.hidden.append(len(self.rows))
        self.rows.append(texts)
        self.lines.append(self._line)
        self.kinds.append("".join(kinds))

    def _cell(self, cell: Element, texts: list[str], kinds: list[str]) -> None:
        reference = cell.get("r")
        column = cells.column_of(reference) if reference else len(texts)
        raw, has_formula = _raw(cell)
        if raw is None and not has_formula:
            return
        if not 0 <= column < self._limits.columns:
            raise Refused(
                f"Sheet {self._name} has a cell {reference or 'in column ' + cells.letter(column)}; at most "
                f"{self._limits.columns} columns can be imported.",
                "Delete the columns that are not needed.",
            )
        if column < len(texts):
            raise Refused(f"Sheet {self._name} holds the cell {reference} twice.", "Save the file again.")
        kinds.extend(TEXT * (column - len(texts)))
        texts.extend([""] * (column - len(texts)))
        text, kind = "", TEXT
        try:
            if raw is None:
                raise Flaw("The formula has no stored result.")
            style = _whole(cell.get("s"))
            text, kind = cells.said(cell.get("t", "n"), raw, self._styles, style, self._strings, self._is_1904)
        except Flaw as flaw:
            text, kind = (raw or "")[:40], NUMBER
            self.flaws.append((len(self.rows), column, str(flaw)))
        texts.append(text)
        kinds.append(kind)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        corners = [
            cells.row_of(first),
            cells.column_of(first),
            cells.row_of(last or first),
            cells.column_of(last or first),
        ]
        if corners[0] < 1 or corners[2] < corners[0] or len(self.merged) >= _MOST_MERGES:
            raise Refused(f"Sheet {self._name} has the merged cells “{reference[:40]}”.", "Separate them, then save.")
        self.merged.append((corners[0], corners[1], corners[2], corners[3]))


def _raw(cell: Element) -> tuple[str | None, bool]:
    """The stored value of a cell, None where there is none, and whether the cell has a formula."""
    raw: str | None = None
    has_formula = False
    for child in cell:
        tag = _tag(child)
        if tag == "v":
            raw = child.text or ""
        elif tag == "is":
            raw = _rich_text(child)
        elif tag == "f":
            has_formula = True
    if raw == "" and cell.get("t", "n") == "n":
        raw = None
    return raw, has_formula
