"""What the cells of a column look like before anybody reads them: numbers, days, currencies."""

import re

from partnerdesk.engine.currencies import CODES
from partnerdesk.intake.numerals import sign_of, without_side
from partnerdesk.intake.sheet import DAY
from partnerdesk.intake.table import Table
from partnerdesk.intake.tokens import clean

_COMPARED = 200  # rows that are looked at
_HUNDREDTHS = re.compile(r"[0-9][.,][0-9]{2}(?![0-9.,])", re.ASCII)
_DAY = re.compile(r"[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{1,4}(?:[T ].*)?", re.ASCII)


def has_numbers(found: Table, column: int) -> bool:
    """Whether most cells of a column are numbers and not days."""
    cells = _cells(found, column)
    return bool(cells) and sum(map(is_number, cells)) * 2 > len(cells)


def has_amounts(found: Table, column: int) -> bool:
    """Whether most cells of a column are numbers with hundredths, as amounts of money are written."""
    cells = _cells(found, column)
    return bool(cells) and sum(1 for cell in cells if _HUNDREDTHS.search(cell) and is_number(cell)) * 2 > len(cells)


def has_days(found: Table, column: int) -> bool:
    """Whether most cells of a column are days, as texts or as a workbook keeps them."""
    kinds = found.sheet.kinds
    rows = found.indexes[:_COMPARED]
    kept = sum(1 for i in rows if kinds and column < len(kinds[i]) and kinds[i][column] == DAY)
    cells = _cells(found, column)
    return bool(cells) and max(kept, sum(1 for cell in cells if _DAY.fullmatch(cell))) * 2 > len(cells)


def has_currencies(found: Table, column: int) -> bool:
    """Whether all cells of a column are codes of currencies."""
    cells = _cells(found, column)
    return bool(cells) and all(cell.upper() in CODES for cell in cells)


def is_number(text: str) -> bool:
    """Whether a cleaned cell is a number, with what may stand around it: a currency, a percent sign, brackets."""
    rest = re.sub(r"[0-9.,'’\s()+\-−%]", "", without_side(text)[0])
    return any(c.isdigit() for c in text) and (not rest or sign_of(rest) != "") and not _DAY.fullmatch(text)


def _cells(found: Table, column: int) -> list[str]:
    return [text for cell in found.columns[column][:_COMPARED] if (text := clean(cell))]
