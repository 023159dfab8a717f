"""Columns of a table to values, each column at once: distinct texts are converted, rows only look them up.

Values come out as the file keeps them: minor units, ISO days, decimal text, 0 or 1. What cannot be read rejects its
row with file, line, column and remedy; what only the user can say becomes a question. Which field a column feeds is
`mapping`'s business, what several fields mean together that of the `shapes`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context as DecimalContext
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import DAY, FLAG, MONEY, RATE, REF, WHOLE
from partnerdesk.engine.money import decimals
from partnerdesk.intake import days, numerals, values
from partnerdesk.intake.mapping import Columns, Use
from partnerdesk.intake.question import Findings, Option
from partnerdesk.intake.salesforce import long_id
from partnerdesk.intake.sheet import NUMBER, PERCENT
from partnerdesk.intake.sheet import TEXT as CELL_TEXT
from partnerdesk.intake.table import Table
from partnerdesk.intake.targets import KEY, MONTH, SHARE, target
from partnerdesk.intake.tokens import clean, is_nothing, is_shortened, spaced

Values = list[Any]
_ONE, _MOST_DIGITS = Decimal(1), 15
_AS_KEPT = DecimalContext(prec=_MOST_DIGITS)


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number of a cell with what stood around it, before it becomes money or a rate."""

    value: Decimal
    sign: str = ""
    is_percent: bool = False


@dataclass(slots=True)
class Readings:
    """The columns of a table by target; amounts are `Number`s until their currency is known.

    `how` says in words how a column was read. `names` are the texts beside a reference: "Acme" beside 0017.
    """

    count: int
    values: dict[str, Values] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    by: dict[str, str] = field(default_factory=dict)
    how: dict[int, str] = field(default_factory=dict)


class Reader:
    """Reads the mapped columns of one table."""

    def __init__(self, table: Table, findings: Findings) -> None:
        self._table, self._findings = table, findings
        self._choices = findings.choices
        self._known: dict[int, set[str]] = {}

    def read(self, mapping: Columns) -> Readings:
        """All mapped columns. Two columns of one target are one: the first value that is not empty counts."""
        readings = Readings(self._table.count)
        for use in mapping.uses:
            if not use.target:
                continue
            column = self.column(use, readings)
            before = readings.values.get(use.target)
            if before is not None:
                column = [b if b not in (None, "") else v for b, v in zip(before, column, strict=True)]
            readings.values[use.target] = column
            readings.columns.setdefault(use.target, use.column)
            if use.by:
                readings.by[use.target] = use.by
        return readings

    def column(self, use: Use, readings: Readings) -> Values:
        """The values of one column."""
        found = target(use.target)
        shape = found.shape if found else ""
        self._reject_flaws(use.column)
        if shape in (MONEY, RATE, SHARE, WHOLE):
            return self.numbers((use.column,), readings, is_whole=shape == WHOLE)[0]
        if shape in (DAY, MONTH):
            return self._days(use, shape == MONTH, readings)
        if shape == FLAG:
            return self._flags(use.column)
        if shape in (KEY, REF) or use.target.endswith(".name"):
            return self._keys(use)
        return self._texts(use.column)

    def _distinct(self, column: int, kinds: str = "") -> set[str]:
        """The distinct texts of a column; in a workbook only those of cells of these kinds."""
        cells = self._table.columns[column]
        if not self._table.sheet.kinds:
            if column not in self._known:
                self._known[column] = set(cells)
            return self._known[column] if kinds in ("", CELL_TEXT) else set()
        if not kinds:
            return set(cells)
        return {c for c, k in zip(cells, self._kinds(column), strict=True) if k in kinds}

    def _kinds(self, column: int) -> list[str]:
        of_rows = self._table.sheet.kinds
        return [of_rows[i][column] if column < len(of_rows[i]) else CELL_TEXT for i in self._table.indexes]

    def _reject_flaws(self, column: int) -> None:
        flaws = self._table.sheet.flaws
        if not flaws:
            return
        places = {index: row for row, index in enumerate(self._table.indexes)}
        for (index, j), reason in flaws.items():
            if j == column and index in places:
                row = places[index]
                remedy = "Open the workbook, let it calculate, and save it; or type the value."
                self._findings.reject(row, self._table.place(row, column), reason, remedy)

    def _reject(self, column: int, bad: Mapping[str, str], remedy: str) -> None:
        if not bad:
            return
        flaws = self._table.sheet.flaws
        for row, cell in enumerate(self._table.columns[column]):
            if cell in bad and (self._table.indexes[row], column) not in flaws:
                self._findings.reject(row, self._table.place(row, column), bad[cell], remedy)

    def _texts(self, column: int) -> Values:
        in_text_file = not self._table.sheet.kinds
        read: dict[str, str] = {}
        bad: dict[str, str] = {}
        for cell in self._distinct(column):
            text = clean(cell, in_text_file)
            read[cell] = "" if is_nothing(text) else text
            if reason := _unstorable(text):
                bad[cell] = reason
        self._reject(column, bad, "Export the file again.")
        return [read[c] for c in self._table.columns[column]]

    def _keys(self, use: Use) -> Values:
        in_text_file = not self._table.sheet.kinds
        read: dict[str, str] = {}
        bad: dict[str, str] = {}
        make: Callable[[str], str] = long_id if use.reading == "sfid" else spaced
        for cell in self._distinct(use.column):
            text = clean(cell, in_text_file)
            read[cell] = "" if is_nothing(text, in_text=False) else make(text)
            if is_shortened(text):
                bad[cell] = f"“{text}” is an identifier that a spreadsheet shortened; its digits are lost."
            elif reason := _unstorable(text):
                bad[cell] = reason
        self._reject(
            use.column, bad, "Export the file again and do not open it in a spreadsheet program before importing."
        )
        return [read[c] for c in self._table.columns[use.column]]

    def _flags(self, column: int) -> Values:
        read: dict[str, int | None] = {}
        bad: dict[str, str] = {}
        for cell in self._distinct(column):
            text = clean(cell)
            meaning = values.meaning("truth", text)
            read[cell] = 1 if meaning == "yes" else 0 if meaning == "no" else None
            if not meaning and not is_nothing(text, in_text=False):
                bad[cell] = f"“{text[:60]}” is neither yes nor no."
        self._reject(column, bad, "Write yes or no.")
        return [read[c] for c in self._table.columns[column]]

    # Days

    def _days(self, use: Use, is_month: bool, readings: Readings) -> Values:
        header = self._table.headers[use.column]
        order = self._choice("date", header)
        reading = days.read(
            self._distinct(use.column, "" if not self._table.sheet.kinds else "sdb"),
            order,
            self._choice("serial", header),
            is_month or use.reading == "month",
            use.reading == "unix",
        )
        self._ask_days(use.column, header, reading)
        readings.how[use.column] = reading.how
        self._reject(use.column, reading.bad, "Correct the date or leave the cell empty.")
        read: dict[str, str | None] = dict(reading.days)
        if self._table.sheet.kinds:
            read = self._serials(use.column, read)
        finish = _DAY_FINISH.get(use.reading)
        if finish:
            read = {cell: day and finish(day) for cell, day in read.items()}
        return [read.get(c) for c in self._table.columns[use.column]]

    def _serials(self, column: int, read: dict[str, str | None]) -> dict[str, str | None]:
        """Plain numbers of a workbook in a column of days: its own calendar is known."""
        numbers = self._distinct(column, NUMBER + PERCENT)
        serial = days.FROM_1904 if self._table.sheet.is_1904 else days.FROM_1900
        reading = days.read(numbers, serial=serial)
        self._reject(column, reading.bad, "Correct the date or leave the cell empty.")
        return reading.days | read

    def _ask_days(self, column: int, header: str, reading: days.DayReading) -> None:
        if not reading.asks:
            return
        which, words = ("date", (days.DAY_FIRST, days.MONTH_FIRST))
        if reading.asks == "serial":
            which, words = "serial", (days.FROM_1900, days.FROM_1904)
        needing = [c for c in self._distinct(column) if c not in reading.days and c not in reading.bad]
        options = tuple(Option(w, f"{w}: {_shown(reading.example, which, w)}") for w in words)
        asks = f"What day is {reading.example} in column {header}?"
        because = "No date of the column tells whether the day or the month comes first."
        if which == "serial":
            because = "The column holds day numbers, which spreadsheets count from 1900 or from 1904."
        self._hold_back(f"{which}:{header}", asks, because, options, column, set(needing))

    def _hold_back(
        self, key: str, asks: str, because: str, options: tuple[Option, ...], column: int, cells: Collection[str]
    ) -> None:
        """Ask once; until it is answered the rows that need the answer are not accepted."""
        rows = [i for i, c in enumerate(self._table.columns[column]) if c in cells]
        self._findings.ask(key, asks, because, options, len(rows))
        for row in rows:
            place = self._table.place(row, column)
            text = clean(self._table.columns[column][row])
            self._findings.reject(row, place, f"“{text}” can be read in two ways.", f"Answer the question: {asks}")

    def _choice(self, which: str, header: str) -> str:
        return self._choices.get(f"{which}:{header}") or self._choices.get(which, "")

    # Numbers

    def numbers(self, columns: Sequence[int], readings: Readings, is_whole: bool = False) -> list[Values]:
        """The numbers of columns that one program wrote alike: one decision on the decimal mark for all of them."""
        header = self._table.headers[columns[0]]
        texts: set[str] = set().union(*(self._distinct(c, CELL_TEXT) for c in columns))
        reading = numerals.read(texts, self._choice("decimal", header), is_whole)
        read = {t: None if v is None else _number(reading, t, v) for t, v in reading.numbers.items()}
        found = []
        for column in columns:
            readings.how[column] = reading.how
            if reading.asks:
                self._ask_mark(column, reading)
            self._reject(column, reading.bad, "Correct the number or leave the cell empty.")
            found.append(self._looked_up(column, read))
        return found

    def _looked_up(self, column: int, read: Mapping[str, Number | None]) -> Values:
        cells = self._table.columns[column]
        if not self._table.sheet.kinds:
            return [read.get(c) for c in cells]
        exact: dict[tuple[str, str], Number | None] = {}
        out: Values = []
        for cell, kind in zip(cells, self._kinds(column), strict=True):
            if kind == CELL_TEXT:
                out.append(read.get(cell))
                continue
            if (cell, kind) not in exact:
                exact[cell, kind] = _cell_number(cell, kind)
            out.append(exact[cell, kind])
        bad = {c: f"“{c}” is a date, not a number." for (c, k), n in exact.items() if n is None and c and k == "d"}
        self._reject(column, bad, "Correct the number or leave the cell empty.")
        return out

    def _ask_mark(self, column: int, reading: numerals.NumberReading) -> None:
        header = self._table.headers[column]
        example = reading.example
        options = tuple(
            Option(mark, f"{word}: {_value_shown(example, mark)}")
            for mark, word in ((numerals.POINT, "decimal point"), (numerals.COMMA, "decimal comma"))
        )
        needing = {c for c in self._distinct(column, CELL_TEXT) if c not in reading.numbers and c not in reading.bad}
        if needing:
            self._hold_back(
                f"decimal:{header}",
                f"What number is {example} in column {header}?",
                "No number of the column tells whether the decimal mark is a point or a comma.",
                options,
                column,
                needing,
            )


def _number(reading: numerals.NumberReading, text: str, value: Decimal) -> Number:
    return Number(_without_noise(value), reading.signs.get(text, ""), text in reading.percents)


def _cell_number(cell: str, kind: str) -> Number | None:
    if kind not in (NUMBER, PERCENT):
        return None
    try:
        value = Decimal(cell)
    except ArithmeticError:
        return None  # a flaw of the cell, reported already
    return Number(value * 100, "", True) if kind == PERCENT else Number(value)


def _without_noise(value: Decimal) -> Decimal:
    """1475.3000000000002 is 1475.3 as a binary float prints it; no honest fraction has more than 15 digits."""
    digits, exponent = value.as_tuple().digits, value.as_tuple().exponent
    if len(digits) <= _MOST_DIGITS or not isinstance(exponent, int) or exponent >= 0:
        return value
    return value.normalize(_AS_KEPT)


def _shown(example: str, which: str, word: str) -> str:
    reading = days.read((example,), word if which == "date" else "", word if which == "serial" else "")
    day = reading.days.get(example)
    if not day:
        return "not a date"
    names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{int(day[8:])} {names[int(day[5:7]) - 1]} {day[:4]}"


def _value_shown(example: str, mark: str) -> str:
    value = numerals.read((example,), mark).numbers.get(example)
    return "not a number" if value is None else f"{value:f}"


def _month_end(day: str) -> str:
    from datetime import date

    from partnerdesk.engine.period import month_end

    return month_end(date.fromisoformat(day)).isoformat()


def _day_before(day: str) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


_DAY_FINISH: dict[str, Callable[[str], str]] = {"month": _month_end, "until": _day_before}


def _unstorable(text: str) -> str:
    """Why a text cannot be kept: characters that no file can store, or that a damaged encoding left."""
    if text.isascii():
        return "The text holds a zero character." if "\0" in text else ""
    if "\ufffd" in text:
        return "The text was damaged by a wrong encoding."
    return "The text holds half of a character." if any("\ud800" <= c <= "\udfff" for c in text) else ""


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
    from decimal import ROUND_HALF_UP

    return int(value.scaleb(decimals(currency)).quantize(_ONE, ROUND_HALF_UP))
