"""Every number of a document is one that was computed for its partner: the closed world of its data.

The data that a document is made of is walked once, field by field; a number of four digits or more in the finished
file that is none of these, in no usual rounding, is a stranger. That finds what no search for names can: a total over
all partners, or a cached value that is off by a cent.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from partnerdesk.reports.release import derived

_NEARLY = Decimal("0.000001")  # what binary fractions may leave of a sum of cents
_RUN = re.compile(r"(?<!\w)\d(?:[\d.,'’\s\u202f\xa0]*\d)?(?!\w)")
_EPOCH = date(1899, 12, 30)  # day 0 of a workbook
_DIGITS = re.compile(r"\D")
_SMALL = 4  # a number of fewer digits says nothing
_YEARS = 5  # around a day of the data, in which a deadline may fall
_ROUND = 2  # digits of a tick on an axis


class Numbers:
    """The numbers of a document's data, and those that follow from them by rounding and by adding up."""

    def __init__(self, data: Any, more: Iterable[Decimal] = ()) -> None:
        self.stated: set[Decimal] = {_short(abs(n)) for n in more}  # as they stand in the data
        self.exact: set[Decimal] = set()  # ... and what follows from them
        self.shown: set[str] = set()
        self._walked: set[int] = set()
        self._walk(data)
        self.exact |= self.stated
        for number in self.exact:
            self.shown |= _shown(number)

    def knows(self, number: Decimal) -> bool:
        """Whether a cell's number is one of the data, give or take what binary fractions leave."""
        number = _short(abs(number))
        return number in self.exact or (number.to_integral_value() == number and number < 10 ** (_SMALL - 1))

    def strangers(self, text: str) -> Iterator[str]:
        """The numbers in a text that are none of the data's."""
        for hit in _RUN.finditer(text):
            pieces = [piece for piece in re.split(r"[\s\u202f\xa0]+", hit[0]) if piece]
            if not self._are_known(pieces):
                yield hit[0]

    def _are_known(self, pieces: list[str]) -> bool:
        """Whether the pieces are numbers of the data, some of them grouped by spaces."""
        reached = [True] + [False] * len(pieces)
        for end in range(1, len(pieces) + 1):
            reached[end] = any(
                reached[start] and self._is_known("".join(pieces[start:end])) for start in range(max(0, end - 6), end)
            )
        return reached[-1]

    def _is_known(self, piece: str) -> bool:
        digits = _DIGITS.sub("", piece).lstrip("0")
        return len(digits) < _SMALL or digits in self.shown or len(digits.rstrip("0")) <= _ROUND

    def _walk(self, value: Any) -> None:
        if isinstance(value, Decimal | int):
            self.stated.add(_short(abs(Decimal(value))))
        elif isinstance(value, date):
            self._day(value)
        elif isinstance(value, str):
            self._text(value)
        elif value is not None and id(value) not in self._walked:
            self._walked.add(id(value))
            self._derive(value)
            for part in _parts(value):
                self._walk(part)

    def _derive(self, value: Any) -> None:
        rows = tuple(value.values()) if isinstance(value, Mapping) else value
        found = derived.of_rows(rows) if isinstance(rows, list | tuple) else derived.of_row(value)
        self.exact.update(_short(abs(number)) for number in found)

    def _day(self, day: date) -> None:
        self.exact.add(Decimal((day - _EPOCH).days))
        self.shown |= {str(year) for year in range(day.year - _YEARS, day.year + _YEARS + 1)}
        self.shown |= {f"{day:%Y%m%d}", f"{day:%d%m%Y}", f"{day:%m%d%Y}", f"{day:%d%Y}".lstrip("0")}
        self.shown |= {f"{day.day}{day:%m%Y}", f"{day.day}{day.month}{day.year}", f"{day.day}{day.year}"}

    def _text(self, text: str) -> None:
        for hit in _RUN.finditer(text):
            pieces = re.split(r"[\s\u202f\xa0]+", hit[0])
            for start in range(len(pieces)):
                for end in range(start + 1, min(len(pieces), start + 6) + 1):
                    self.shown.add(_DIGITS.sub("", "".join(pieces[start:end])).lstrip("0"))
        for piece in re.findall(r"\d+", text):
            self.shown.add(piece.lstrip("0"))


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return (*value.keys(), *value.values())
    if is_dataclass(value):
        return [getattr(value, f.name) for f in fields(value)]
    if isinstance(value, list | tuple | set | frozenset):
        return value
    return ()


def _short(number: Decimal) -> Decimal:
    return number.quantize(_NEARLY, ROUND_HALF_EVEN).normalize() if abs(number) < 10**20 else number


@lru_cache(maxsize=65536)
def _shown(number: Decimal) -> frozenset[str]:
    """The digits with which a number is written: with up to six places, as a percentage, in thousands and millions."""
    found = set[str]()
    for factor, places in ((1, 7), (100, 3), (Decimal("0.001"), 4), (Decimal("0.000001"), 4)):
        for place in range(places):
            for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN):
                text = f"{(number * factor).quantize(Decimal(1).scaleb(-place), rounding):f}"
                found.add(_DIGITS.sub("", text).lstrip("0"))
    return frozenset(text for text in found if len(text) >= _SMALL)
