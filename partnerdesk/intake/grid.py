"""Sheets of a workbook as cells by place, and where two workbooks differ: what a returned file is checked with."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from partnerdesk.intake import workbook
from partnerdesk.intake.cells import letter
from partnerdesk.intake.limits import NONE, WINDOW
from partnerdesk.intake.package import Package, Part
from partnerdesk.intake.worker import read_workbook

Grid: TypeAlias = Mapping[tuple[int, int], str]  # (row from 1, column from 0) -> text; empty cells are left out
_MARK = "2 Earnings"  # the sheet that a statement has and other files have not
_NUMBER = re.compile(r"\bST-\d{4}")  # of a statement, in the title of its workbook
_PLAN = "Joint plan"  # the first sheet of a plan
_SMALL = 1024 * 1024  # bytes of a list of sheets


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that is not what was issued; empty texts for what was added or is missing."""

    sheet: str
    cell: str  # such as B7; empty for a whole sheet or row
    issued: str
    returned: str


def grids(path: Path) -> dict[str, Grid]:
    """The sheets of a file from outside, read in a process of its own. Raises Refused as an import does."""
    return _grids(read_workbook(path, WINDOW))


def grids_of(name: str, content: bytes) -> dict[str, Grid]:
    """The sheets of a workbook that we made ourselves."""
    return _grids(workbook.read(Path(name), NONE, BytesIO(content)))


def _grids(sheets: Sequence[Mapping[str, Any]]) -> dict[str, Grid]:
    return {
        sheet["name"]: {
            (line, column): text
            for line, row in zip(sheet["lines"], sheet["rows"], strict=True)
            for column, text in enumerate(row)
            if text
        }
        for sheet in sheets
    }


def filled(path: Path) -> tuple[dict[str, Grid], dict[tuple[str, int, int], str]]:
    """The sheets of a file from outside, and the cells that cannot be read, by sheet and place, each with the reason.

    Raises Refused as an import does.
    """
    sheets = read_workbook(path, WINDOW)
    flaws = {(s["name"], s["lines"][row], column): why for s in sheets for row, column, why in s["flaws"]}
    return _grids(sheets), flaws


def is_statement(path: Path) -> bool:
    """Whether a file has the sheets of a statement, or, where they were renamed, the title that one has; only its list
    of sheets and its title are looked at."""
    return _has_sheet(path, _MARK) or bool(_NUMBER.search(_title(path)))


def is_plan(path: Path) -> bool:
    """Whether a file has the sheets of a joint plan."""
    return _has_sheet(path, _PLAN)


def _has_sheet(path: Path, name: str) -> bool:
    names = _Names()
    _look(path, "xl/workbook.xml", names)
    return name in names.found


def _title(path: Path) -> str:
    told = _Title()
    _look(path, "docProps/core.xml", told)
    return told.found


def _look(path: Path, name: str, part: Part) -> None:
    """Reads one small part; of a file that is none, whoever opens it as what it is says what is wrong with it."""
    from partnerdesk.errors import Refused

    try:
        package = Package(path, WINDOW)
        if 0 < package.size(name) <= _SMALL:
            package.parse(name, part)
    except Refused:
        return


class _Names(Part):
    def __init__(self) -> None:
        self.found: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            self.found.append(attributes.get("name", ""))


class _Title(Part):
    def __init__(self) -> None:
        self.found, self._is_inside = "", False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._is_inside = tag == "title"

    def end(self, tag: str) -> None:
        self._is_inside = False

    def text(self, data: str) -> None:
        self.found += data if self._is_inside else ""


def differences(sheet: str, issued: Grid, returned: Grid) -> Iterator[Difference]:
    """The cells of a sheet that differ, from the top."""
    for place in sorted({*issued, *returned}):
        was, now = issued.get(place, ""), returned.get(place, "")
        if was != now:
            yield Difference(sheet, f"{letter(place[1])}{place[0]}", was, now)


def row_of(grid: Grid, line: int) -> dict[int, str]:
    """The cells of one row by column."""
    return {column: text for (row, column), text in grid.items() if row == line}
