"""Columns of a table to values, each column at once: distinct texts are converted, rows only look them up.

Values come out as the file keeps them: ISO days, texts, 0 or 1; amounts and rates are exact numbers until their
currency is known. What cannot be read rejects its row with file, line, column and remedy; what only the user can say
becomes a question. Which field a column feeds is `mapping`'s business, what several fields mean together that of the
`shapes`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from partnerdesk.engine.facts import DAY, FLAG, MONEY, RATE, REF, WHOLE
from partnerdesk.intake import values
from partnerdesk.intake.columns import Columns
from partnerdesk.intake.day_columns import DayColumns
from partnerdesk.intake.mapping import Mapped, Use
from partnerdesk.intake.number_columns import NumberColumns
from partnerdesk.intake.question import Findings
from partnerdesk.intake.salesforce import long_id
from partnerdesk.intake.table import Table
from partnerdesk.intake.targets import KEY, MONTH, SHARE, target
from partnerdesk.intake.tokens import clean, is_nothing, is_shortened, spaced

Values = list[Any]
_LONGEST_KEY = 200
_OPENED = "Export the file again and do not open it in a spreadsheet program before importing."


@dataclass(slots=True)
class Readings:
    """The columns of a table by target, and which column of the table each came from."""

    values: dict[str, Values] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    by: dict[str, str] = field(default_factory=dict)


class Reader:
    """Reads the mapped columns of one table. `how` says in words how a column was read."""

    def __init__(self, table: Table, findings: Findings) -> None:
        self._columns = Columns(table, findings)
        self._table = table
        self._days = DayColumns(self._columns)
        self._numbers = NumberColumns(self._columns)

    @property
    def how(self) -> dict[int, str]:
        return self._days.how | self._numbers.how

    def read(self, mapped: Mapped) -> Readings:
        """All mapped columns. Two columns of one target are one: the first value that is not empty counts."""
        readings = Readings()
        for use in mapped.uses:
            if not use.target:
                continue
            column = self._column(use)
            before = readings.values.get(use.target)
            if before is not None:
                column = [b if b not in (None, "") else v for b, v in zip(before, column, strict=True)]
            readings.values[use.target] = column
            readings.columns.setdefault(use.target, use.column)
            if use.by:
                readings.by[use.target] = use.by
        self._days.ask()
        return readings

    def numbers(self, columns: Sequence[int]) -> list[Values]:
        """The numbers of columns that belong together, such as the months of a year."""
        return self._numbers.read(columns)

    def _column(self, use: Use) -> Values:
        found = target(use.target)
        shape = found.shape if found else ""
        self._columns.reject_flaws(use.column)
        if shape in (MONEY, RATE, SHARE, WHOLE):
            return self._numbers.read((use.column,), is_whole=shape == WHOLE)[0]
        if shape in (DAY, MONTH):
            return self._days.read(use.column, use.reading, shape == MONTH)
        if shape == FLAG:
            return self._flags(use.column)
        if shape in (KEY, REF) or use.target.endswith(".name"):
            return self._keys(use)
        return self._texts(use.column)

    def _texts(self, column: int) -> Values:
        read: dict[str, str] = {}
        bad: dict[str, str] = {}
        for cell in self._columns.distinct(column):
            text = clean(cell, self._columns.in_text_file)
            read[cell] = "" if is_nothing(text) else text
            if reason := _unstorable(text):
                bad[cell] = reason
        self._columns.reject(column, bad, "Export the file again.")
        return [read[c] for c in self._table.columns[column]]

    def _keys(self, use: Use) -> Values:
        read: dict[str, str] = {}
        bad: dict[str, str] = {}
        make: Callable[[str], str] = long_id if use.reading == "sfid" else spaced
        for cell in self._columns.distinct(use.column):
            text = clean(cell, self._columns.in_text_file)
            read[cell] = "" if is_nothing(text, in_text=False) else make(text)
            if is_shortened(text):
                bad[cell] = f"“{text}” is an identifier that a spreadsheet shortened; its digits are lost."
            elif len(text) > _LONGEST_KEY:
                bad[cell] = f"“{text[:40]}…” is too long for a name or an identifier."
            elif reason := _unstorable(text):
                bad[cell] = reason
        self._columns.reject(use.column, bad, _OPENED)
        return [read[c] for c in self._table.columns[use.column]]

    def _flags(self, column: int) -> Values:
        read: dict[str, int | None] = {}
        bad: dict[str, str] = {}
        for cell in self._columns.distinct(column):
            text = clean(cell)
            meaning = values.meaning("truth", text)
            read[cell] = 1 if meaning == "yes" else 0 if meaning == "no" else None
            if not meaning and not is_nothing(text, in_text=False):
                bad[cell] = f"“{text[:60]}” is neither yes nor no."
        self._columns.reject(column, bad, "Write yes or no.")
        return [read[c] for c in self._table.columns[column]]


def _unstorable(text: str) -> str:
    """Why a text cannot be kept: characters that no file can store, or that a damaged encoding left."""
    if text.isascii():
        return "The text holds a zero character." if "\0" in text else ""
    if "\ufffd" in text:
        return "The text was damaged by a wrong encoding."
    return "The text holds half of a character." if any("\ud800" <= c <= "\udfff" for c in text) else ""
