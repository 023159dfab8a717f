"""Columns of numbers: exact, without float noise, their decimal mark decided from all values or asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from partnerdesk.engine.figures.reasons import exact_words
from partnerdesk.engine.money import decimals
from partnerdesk.intake import numerals, shown
from partnerdesk.intake.columns import Columns
from partnerdesk.intake.question import Option
from partnerdesk.intake.sheet import DAY, NUMBER, PERCENT, TEXT

_ONE, _MOST_DIGITS = Decimal(1), 15
_AS_KEPT = Context(prec=_MOST_DIGITS)
_REMEDY = "Correct the number or leave the cell empty."


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number of a cell with what stood around it, before it becomes money or a rate."""

    value: Decimal
    sign: str = ""
    is_percent: bool = False
    is_shown: bool = False  # the sign is the cell's format, not something that was written

    def becomes(self, value: Decimal) -> "Number":
        """Another value with the same around it."""
        return replace(self, value=value)


class NumberColumns:
    """Reads the columns of numbers of one table."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self.how: dict[int, str] = {}

    def read(self, columns: Sequence[int], is_whole: bool = False) -> list[list[Any]]:
        """The numbers of columns that belong together: one decision on the decimal mark for all of them."""
        c = self._columns
        texts: set[str] = set().union(*(c.distinct(column, TEXT) for column in columns))
        reading = numerals.read(texts, c.choice("decimal", columns[0]), is_whole)
        read = {t: None if v is None else _number(reading, t, v) for t, v in reading.numbers.items()}
        found = []
        for column in columns:
            self.how[column] = reading.how
            if reading.asks:
                self._ask(column, columns[0], reading)
            c.reject(column, reading.bad, _REMEDY)
            found.append(self._looked_up(column, read))
        return found

    def _looked_up(self, column: int, read: Mapping[str, Number | None]) -> list[Any]:
        cells = self._columns.table.columns[column]
        if self._columns.in_text_file:
            return [read.get(cell) for cell in cells]
        exact: dict[tuple[str, str], Number | None] = {}
        out: list[Any] = []
        for cell, kind in zip(cells, self._columns.kinds(column), strict=True):
            if kind == TEXT:
                out.append(read.get(cell))
                continue
            if (cell, kind) not in exact:
                exact[cell, kind] = _cell_number(cell, kind)
            out.append(exact[cell, kind])
        days = {cell for cell, kind in exact if kind == DAY and cell}
        self._columns.reject(column, {cell: f"“{cell}” is a date, not a number." for cell in days}, _REMEDY)
        return out

    def _ask(self, column: int, first: int, reading: numerals.NumberReading) -> None:
        c = self._columns
        needing = {t for t in c.distinct(column, TEXT) if t not in reading.numbers and t not in reading.bad}
        if not needing:
            return
        example, header = c.first(column, needing), c.table.headers[first]
        options = tuple(
            Option(mark, f"{word}: {_shown(example, mark)}")
            for mark, word in ((numerals.POINT, "decimal point"), (numerals.COMMA, "decimal comma"))
        )
        asks = f"What number is {example} in column {header}?"
        because = "No number of the column tells whether the decimal mark is a point or a comma."
        c.hold_back(f"decimal:{header}", asks, because, options, column, needing)


def _number(reading: numerals.NumberReading, text: str, value: Decimal) -> Number:
    return Number(_without_noise(value), reading.signs.get(text, ""), text in reading.percents)


def _cell_number(cell: str, kind: str) -> Number | None:
    sign = shown.sign_shown(kind)
    if kind not in (NUMBER, PERCENT) and not sign:
        return None
    value = Decimal(cell)
    return Number(value * 100, "", True) if kind == PERCENT else Number(value, sign, is_shown=bool(sign))


def _without_noise(value: Decimal) -> Decimal:
    """1475.3000000000002 is 1475.3 as a binary float prints it; no honest fraction has more than 15 digits."""
    digits, exponent = value.as_tuple().digits, value.as_tuple().exponent
    if len(digits) <= _MOST_DIGITS or not isinstance(exponent, int) or exponent >= 0 or value.adjusted() > 12:
        return value
    return value.normalize(_AS_KEPT)


def _shown(example: str, mark: str) -> str:
    value = numerals.read((example,), mark).numbers.get(example)
    return "not a number" if value is None else exact_words(value)


def plain(value: Decimal) -> str:
    """Digits without an exponent and without needless zeros."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def minor_units(value: Decimal, currency: str) -> int | None:
    """Whole minor units, or None where the amount is finer than the currency or too large to be one."""
    scaled = value.scaleb(decimals(currency))
    units = int(scaled)
    return units if units == scaled and abs(units) < 10**17 else None


def rounded_units(value: Decimal, currency: str) -> int:
    """Minor units rounded half up, where the user chose so."""
    return int(value.scaleb(decimals(currency)).quantize(_ONE, ROUND_HALF_UP))
