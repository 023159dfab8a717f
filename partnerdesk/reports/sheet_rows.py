"""The rows of a sheet as XML, written a row at a time, byte for byte as XlsxWriter writes them.

XlsxWriter asks of each cell what its row and column would give it, and looks for marks to replace in every name of a
cell. Our cells all have a format of their own and are of five kinds, so each is one piece of text. A cell or a sheet
of any other kind goes XlsxWriter's own way.
"""

from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellDatetimeTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
)

_SPANNED = 16  # rows that tell together from which column to which they reach
_NAMES = [xl_col_to_name(column) for column in range(256)]


class RowWriter(Worksheet):  # type: ignore[misc] # XlsxWriter has no types
    """A sheet of XlsxWriter that writes its rows quicker."""

    def _write_rows(self) -> None:
        if self.comments or self.dim_colmax >= len(_NAMES):
            super()._write_rows()
            return
        self._calculate_spans()
        styles: dict[Any, str] = {}
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            cells, info, span = self.table.get(row), self.row_info.get(row), self.row_spans.get(row // _SPANNED)
            if cells:
                self._write_row(row, span, info)
                self._write_cells(row, cells, styles)
                self._xml_end_tag("row")
            elif info is not None:
                self._write_empty_row(row, span, info)

    def _write_cells(self, row: int, cells: dict[int, Any], styles: dict[Any, str]) -> None:
        """The cells of a row in the order of their columns; `styles` are those of formats that were met before."""
        parts: list[str] = []
        number = row + 1
        for column, cell in sorted(cells.items()):
            form, kind = cell.format, type(cell)
            # Formats get their numbers in the order in which cells ask for them: not before.
            style = styles.get(form) or self._style(form, styles)
            if not style:
                written = None
            elif kind is CellStringTuple:
                written = f'<c r="{_NAMES[column]}{number}"{style} t="s"><v>{cell.string}</v></c>'
            elif kind is CellNumberTuple or kind is CellDatetimeTuple:
                written = f'<c r="{_NAMES[column]}{number}"{style}><v>{cell.number:.16G}</v></c>'
            elif kind is CellBlankTuple:
                written = f'<c r="{_NAMES[column]}{number}"{style}/>'
            elif kind is CellFormulaTuple and not isinstance(cell.value, str | bool):
                formula = escape(cell.formula)
                written = f'<c r="{_NAMES[column]}{number}"{style}><f>{formula}</f><v>{cell.value}</v></c>'
            else:
                written = None
            if written is None:
                self.fh.write("".join(parts))
                parts.clear()
                self._write_cell(row, column, cell)
            else:
                parts.append(written)
        self.fh.write("".join(parts))

    def _style(self, form: Any, styles: dict[Any, str]) -> str:
        """A format as the attribute of its cells; empty for a cell without one."""
        if form is None:
            return ""
        found = styles[form] = f' s="{form._get_xf_index()}"'
        return found

    def _calculate_spans(self) -> None:
        if self.comments:
            super()._calculate_spans()
            return
        reach: dict[int, tuple[int, int]] = {}
        for row, cells in self.table.items():
            if cells:
                first, last = reach.get(row // _SPANNED, (self.xls_colmax, 0))
                reach[row // _SPANNED] = min(first, *cells), max(last, *cells)
        self.row_spans = {block: f"{first + 1}:{last + 1}" for block, (first, last) in reach.items()}
