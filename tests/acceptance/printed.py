"""Reads the cells of printed pages back: which texts stand in a line, and whether a number says what it should.

Nothing here is shared with what draws pages or formats numbers; a partner's marks of numbers are written out.
"""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from tests.reports.page.reading import places

MARKS = {"fr_FR": ",", "en_GB": "."}  # what divides whole numbers from their decimals
_TIMES = {"k": Decimal(1_000), "M": Decimal(1_000_000)}


class Printed:
    """The pages of a document in one locale."""

    def __init__(self, content: bytes, mark: str) -> None:
        self._content, self._mark = content, mark
        self._pages: dict[int, list[tuple[float, float, str]]] = {}

    def texts(self, page: int) -> list[str]:
        """All texts of a page, the first line first."""
        return [text for _, _, text in self._placed(page)]

    def line(self, page: int, first: str, left: float = 0, right: float = 900) -> list[str]:
        """What stands right of a text in its row, between two places across the page."""
        lines: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for down, x, text in self._placed(page):
            if left <= x < right:
                lines[round(down)].append((x, text))
        for cells in lines.values():
            found = [text for _, text in sorted(cells)]
            if found[0] == first and len(found) > 1:
                return found[1:]
        raise AssertionError(f"no row of page {page + 1} begins with {first!r}: {self.texts(page)}")

    def below(self, page: int, head: str) -> list[str]:
        """What stands under a text, beginning at the same place."""
        (at, down), *_ = [(x, y) for y, x, text in self._placed(page) if text == head]
        return [text for y, x, text in self._placed(page) if abs(x - at) < 12 and y > down + 1]

    def above(self, page: int, foot: str) -> str:
        """What stands right above a text, beginning at the same place."""
        (at, down), *_ = [(x, y) for y, x, text in self._placed(page) if text == foot]
        return [text for y, x, text in self._placed(page) if abs(x - at) < 12 and y < down - 1][-1]

    def says(self, written: str, exact: Any) -> bool:
        """Whether a number as it is written is the exact one, rounded to the digits that are written."""
        body = "".join(written.split()).replace("\N{MINUS SIGN}", "-").lstrip("+").removesuffix("%")
        times = _TIMES.get(body[-1:], Decimal(1))
        body = body.rstrip("kM")
        is_less = body.startswith("(")
        whole, _, rest = body.strip("()").partition(self._mark)
        plain = Decimal(f"{whole.replace(',', '').replace('.', '')}.{rest or '0'}")
        shown, half = (-plain if is_less else plain) * times, Decimal(1).scaleb(-len(rest)) * times / 2
        return abs(shown - Decimal(exact)) <= half

    def _placed(self, page: int) -> list[tuple[float, float, str]]:
        if page not in self._pages:
            self._pages[page] = sorted((-y, x, text) for text, x, y in places(self._content, page))
        return self._pages[page]
