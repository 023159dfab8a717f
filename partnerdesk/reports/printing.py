"""How large a workbook's sheet is printed on A4 landscape, and where its pages end: widths are in characters of a cell.

Programs and the fonts they have differ in how wide they print a column, so no page is filled to its edge.
"""

from collections.abc import Collection, Iterable, Mapping

_POINT = 72 / 25.4  # points of a millimetre
_ROOM = 273 * _POINT  # between the margins of a page
_SURELY = 90  # percent of the room that a sheet fills at most, whatever font stands in for its own
LARGEST = 70  # percent at which a sheet is printed at most: about that of a statement's summary
LEAST = 65  # and at least: what needs less to be one page wide takes several side by side
_USED = 0.82  # of the room by the columns of several pages: a fifth wider where another font stands in for its own


def page_height(widths: Collection[float]) -> float:
    """How many points of rows a printed page holds, titles that repeat included: one page wide."""
    return 182 * _POINT * (100 / LARGEST if is_narrow(widths) else max(1.0, _wide(widths) / _ROOM))


def is_narrow(widths: Collection[float]) -> bool:
    """Whether columns would be enlarged beyond the other sheets to fill a page."""
    return _wide(widths) * LARGEST < _SURELY * _ROOM


def is_wide(widths: Collection[float]) -> bool:
    """Whether columns would be printed smaller than anybody reads, were they on one page."""
    return _wide(widths) * LEAST > 100 * _ROOM


def side_by_side(widths: Mapping[int, float], unbroken: Collection[int], *, has_key: bool) -> tuple[int, list[int]]:
    """The scale in percent and the first columns of all pages but the first: as few pages as the least scale needs.

    `unbroken` columns stay on the page of the one before; with `has_key` the first column stands on every page.
    """
    key = _wide([widths[0]]) if has_key else 0.0
    pages = {scale: _breaks(widths, unbroken, key, _USED * _ROOM * 100 / scale) for scale in range(LEAST, LARGEST + 1)}
    scale = max(scale for scale, breaks in pages.items() if len(breaks) == len(pages[LEAST]))
    return scale, pages[scale]


def _breaks(widths: Mapping[int, float], unbroken: Collection[int], key: float, room: float) -> list[int]:
    """The columns before which a page ends that has room for so many points."""
    breaks, used = list[int](), 0.0
    for column, wide in _groups(widths, unbroken):
        if used + wide > room and used > key:
            breaks.append(column)
            used = key
        used += wide
    return breaks


def _groups(widths: Mapping[int, float], unbroken: Collection[int]) -> list[tuple[int, float]]:
    """The first column and the points of what stands together."""
    groups: list[tuple[int, float]] = []
    for column in sorted(widths):
        wide = _wide([widths[column]])
        if groups and column in unbroken:
            first, before = groups.pop()
            groups.append((first, before + wide))
        else:
            groups.append((column, wide))
    return groups


def _wide(widths: Iterable[float]) -> float:
    """Points of columns of so many characters, from their pixels."""
    return sum(7 * width + 5 for width in widths) * 0.75
