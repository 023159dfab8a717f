"""Every number of a document is one that was computed for its partner: the closed world of its data.

A number of four digits or more in the finished
file that is none of these, in no usual rounding, is a stranger. That finds what no search for names can: a total over
all partners, or a cached value that is off by a cent.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property, lru_cache
from itertools import chain

from partnerdesk.engine.figures.writing import places
from partnerdesk.engine.money import rounded
from partnerdesk.reports.release import derived
from partnerdesk.reports.release.walked import Walked, names_of

_FINE = 6  # decimals that are looked at
_NEARLY = Decimal(1).scaleb(-_FINE)  # what binary fractions may leave of a sum of cents
_RUN = re.compile(r"(?<!\w)\d(?:[\d.,'’\s\u202f\xa0]*\d)?(?!\w)")
_EPOCH = date(1899, 12, 30)  # day 0 of a workbook
_DIGITS = re.compile(r"\D")
_WAYS = ((0, 7), (2, 3), (-3, 4), (-6, 4))  # as it is, a percentage, thousands, millions: power of ten, places
_SMALL = 4  # a number of fewer digits says nothing
_YEARS = 5  # around a day of the data, in which a deadline may fall
_TOLD, _MOST = 8, 12  # decimals of a number without end, and of any other
_ROUND = 2  # digits of a tick on an axis


class Numbers:
    """The numbers of a document's data, and those that follow from them by rounding and by adding up."""

    def __init__(self, walked: Walked, more: Iterable[Decimal] = ()) -> None:
        self._walked = walked
        self.given = {_short(abs(n)) for n in walked.numbers}  # as they stand in the data
        self.stated = self.given.union(_short(abs(n)) for n in more)
        self._days = {Decimal((day - _EPOCH).days) for day in walked.days}

    @cached_property
    def exact(self) -> set[Decimal]:
        """The numbers as they stand, and what follows from them; most documents are known without the latter."""
        found = self.stated | self._days
        for value in self._walked.rows:
            is_list = isinstance(value, list | tuple) and not names_of(type(value))
            found.update(_short(abs(n)) for n in (derived.of_rows(value) if is_list else derived.of_row(value)))
        return found

    @cached_property
    def totals(self) -> set[Decimal]:
        """The sums of the columns of all rows of a list: what a workbook adds up."""
        lists = (value for value in self._walked.rows if isinstance(value, list | tuple))
        return {_short(abs(total)) for value in lists for total in derived.totals(value)}

    @cached_property
    def shown(self) -> set[str]:
        """The digits with which texts and pages write the numbers."""
        said = chain(map(_of_day, self._walked.days), map(_of_text, self._walked.texts))
        long = (n for n in self._walked.numbers if n.is_finite() and places(n) > _FINE)
        return set().union(*said, *map(_shown, self.exact), *map(_in_full, long))

    def knows(self, number: Decimal) -> bool:
        """Whether a cell's number is one of the data, give or take what binary fractions leave."""
        number = abs(number)
        if number in self.stated:  # with no more digits than are looked at, as nearly all are
            return True
        number = _short(number)
        if number in self.stated or number in self._days:
            return True
        if number == number.to_integral_value() and number < 10 ** (_SMALL - 1):
            return True
        return number in self.totals or number in self.exact

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


def _of_day(day: date) -> set[str]:
    """The digits with which a day is written, and the years of deadlines around it."""
    years = {str(year) for year in range(day.year - _YEARS, day.year + _YEARS + 1)}
    padded = {f"{day:%Y%m%d}", f"{day:%d%m%Y}", f"{day:%m%d%Y}", f"{day:%d%Y}".lstrip("0")}
    return years | padded | {f"{day.day}{day:%m%Y}", f"{day.day}{day.month}{day.year}", f"{day.day}{day.year}"}


def _of_text(text: str) -> set[str]:
    """The digits of the numbers in a text, grouped by spaces or not."""
    found = {piece.lstrip("0") for piece in re.findall(r"\d+", text)}
    for hit in _RUN.finditer(text):
        pieces = re.split(r"[\s\u202f\xa0]+", hit[0])
        for start in range(len(pieces)):
            for end in range(start + 1, min(len(pieces), start + 6) + 1):
                found.add(_DIGITS.sub("", "".join(pieces[start:end])).lstrip("0"))
    return found


def _short(number: Decimal) -> Decimal:
    return number.quantize(_NEARLY, ROUND_HALF_EVEN).normalize() if abs(number) < 10**20 else number


def _in_full(number: Decimal) -> Iterator[str]:
    """The digits of a number of many decimals where the steps of a calculation tell it: with all that it has, or cut
    short after eight.
    """
    for shown in {_TOLD, min(places(number), _MOST)}:
        yield _DIGITS.sub("", f"{rounded(abs(number), shown):f}").lstrip("0")


@lru_cache(maxsize=65536)
def _shown(number: Decimal) -> frozenset[str]:
    """The digits with which a number is written: with up to six places, as a percentage, in thousands and millions.

    In whole numbers: cut off, and one more where it is rounded up; half up and half even are one of the two.
    """
    _, parts, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        return frozenset()
    whole, found = int("".join(map(str, parts))), set[str]()
    for power, most in _WAYS:
        for shift in range(exponent + power, exponent + power + most):
            if shift >= 0:
                found.add(str(whole * 10**shift))
                continue
            below = 10**-shift
            cut, rest = divmod(whole, below)
            found.add(str(cut))
            if 2 * rest >= below:
                found.add(str(cut + 1))
    return frozenset(text for text in found if len(text) >= _SMALL)
