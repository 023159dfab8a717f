"""How large a workbook's sheet is printed on A4 landscape, one page wide: widths are in characters of a cell.

Programs and the fonts they have differ in how wide they print a column, so no page is filled to its edge.
"""

from collections.abc import Collection, Iterable

_POINT = 72 / 25.4  # points of a millimetre
_ROOM = 273 * _POINT  # between the margins of a page
_SURELY = 90  # percent of the room that a sheet fills at most, whatever font stands in for its own
LARGEST = 70  # percent at which a sheet is printed at most: about that of a statement's summary


def page_height(widths: Collection[float]) -> float:
    """How many points of rows a printed page holds, titles that repeat included: one page wide."""
    return 182 * _POINT * (100 / LARGEST if is_narrow(widths) else max(1.0, _wide(widths) / _ROOM))


def is_narrow(widths: Collection[float]) -> bool:
    """Whether columns would be enlarged beyond the other sheets to fill a page."""
    return _wide(widths) * LARGEST < _SURELY * _ROOM


def _wide(widths: Iterable[float]) -> float:
    """Points of columns of so many characters, from their pixels."""
    return sum(7 * width + 5 for width in widths) * 0.75
