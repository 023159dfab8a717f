"""One sheet of a workbook while its XML goes by: cells to texts, and what is odd about them."""

from collections.abc import Sequence
from typing import Any

from partnerdesk.errors import Refused
from partnerdesk.intake import cells
from partnerdesk.intake.cells import Flaw
from partnerdesk.intake.limits import Limits
from partnerdesk.intake.package import Part
from partnerdesk.intake.sheet import FLAW, TEXT

_HIGHEST_ROW, _MOST_MERGES = 1_048_576, 20_000


class SheetPart(Part):
    """Collects rows; raises Refused for cells and rows beyond what a sheet or the limits allow."""

    def __init__(
        self,
        name: str,
        strings: Sequence[str],
        styles: Sequence[str],
        is_1904: bool,
        limits: Limits,
        rows_left: int,
    ) -> None:
        self._name, self._strings, self._styles = name, strings, styles
        self._is_1904, self._limits, self._rows_left = is_1904, limits, rows_left
        self.rows: list[list[str]] = []
        self._lines: list[int] = []
        self._kinds: list[str] = []
        self._flaws: list[tuple[int, int, str]] = []
        self._hidden: list[int] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self._line = 0
        self._is_hidden = self._is_flawed = False
        self._texts: list[str] = []
        self._row_kinds: list[str] = []
        self._cell: dict[str, str] = {}
        self._raw: list[str] | None = None
        self._wants = self._aside = self._has_formula = False

    def plain(self) -> dict[str, Any]:
        """What was collected, ready for JSON."""
        return {
            "name": self._name,
            "rows": self.rows,
            "lines": self._lines,
            "kinds": self._kinds,
            "flaws": self._flaws,
            "hidden": self._hidden,
            "merged": self._merged,
            "is_1904": self._is_1904,
        }

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._cell, self._raw, self._has_formula = attributes, None, False
        elif tag == "v" or (tag == "t" and not self._aside):
            self._wants = True
            self._raw = self._raw or []
        elif tag == "row":
            self._begin_row(attributes)
        elif tag == "f":
            self._has_formula = True
        elif tag == "rPh":
            self._aside = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def text(self, data: str) -> None:
        if self._wants and self._raw is not None:
            self._raw.append(data)

    def end(self, tag: str) -> None:
        self._wants = False
        if tag == "c":
            self._end_cell()
        elif tag == "row":
            self._end_row()
        elif tag == "rPh":
            self._aside = False

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._line = cells.whole(number) if number else self._line + 1
        if not 1 <= self._line <= _HIGHEST_ROW:
            raise Refused(
                f"Sheet {self._name} has a row {number}; a sheet ends at row {_HIGHEST_ROW:,}.",
                "Open the file in the program it came from and save it again.",
            )
        self._is_hidden = attributes.get("hidden") in ("1", "true")
        self._is_flawed = False
        self._texts, self._row_kinds = [], []

    def _end_row(self) -> None:
        if not self._is_flawed and not any(self._texts):
            return
        if len(self.rows) >= self._rows_left:
            raise Refused(f"The workbook has more than {self._limits.rows:,} rows.", "Split it, for instance by year.")
        if self._is_hidden:
            self._hidden.append(len(self.rows))
        self.rows.append(self._texts)
        self._lines.append(self._line)
        self._kinds.append("".join(self._row_kinds))

    def _end_cell(self) -> None:
        kind = self._cell.get("t", "n")
        raw = None if self._raw is None else "".join(self._raw)
        if raw == "" and kind == "n":
            raw = None
        if raw is None and not self._has_formula:
            return
        self._make_room(self._cell.get("r"))
        text, shape = "", TEXT
        try:
            if raw is None:
                raise Flaw("The formula has no stored result.")
            style = cells.whole(self._cell.get("s"))
            text, shape = cells.said(kind, raw, self._styles, style, self._strings, self._is_1904)
        except Flaw as flaw:
            text, shape, self._is_flawed = (raw or "")[:40], FLAW, True
            self._flaws.append((len(self.rows), len(self._texts), str(flaw)))
        self._texts.append(text)
        self._row_kinds.append(shape)

    def _make_room(self, reference: str | None) -> None:
        """Empty cells up to the column of a reference."""
        column = cells.column_of(reference) if reference else len(self._texts)
        missing = column - len(self._texts)
        if not 0 <= column < self._limits.columns:
            raise Refused(
                f"Sheet {self._name} has a cell {reference or 'in column ' + cells.letter(column)}; at most "
                f"{self._limits.columns} columns can be imported.",
                "Delete the columns that are not needed.",
            )
        if missing < 0:
            raise Refused(f"Sheet {self._name} holds the cell {reference} twice.", "Save the file again.")
        if missing:
            self._texts.extend([""] * missing)
            self._row_kinds.extend(TEXT * missing)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, left = cells.row_of(first), cells.column_of(first)
        bottom, right = cells.row_of(last or first), cells.column_of(last or first)
        too_large = bottom - top > self._limits.rows and right - left > self._limits.columns
        if top < 1 or bottom < top or too_large or len(self._merged) >= _MOST_MERGES:
            raise Refused(f"Sheet {self._name} has the merged cells “{reference[:40]}”.", "Separate them, then save.")
        self._merged.append((top, left, bottom, right))
