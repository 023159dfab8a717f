"""Columns of days: each decided from all its values, the undecided ones asked about when all columns are known."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from partnerdesk.engine.period import month_end
from partnerdesk.intake import days, shown
from partnerdesk.intake.columns import Columns
from partnerdesk.intake.question import Option
from partnerdesk.intake.sheet import DAY, NUMBER, PERCENT, TEXT

_REMEDY = "Correct the date or leave the cell empty."
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True, slots=True)
class _Waiting:
    column: int
    asks: str
    cells: frozenset[str]


class DayColumns:
    """Reads the columns of days of one table."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._waiting: list[_Waiting] = []
        self._proven: dict[int, str] = {}
        self.how: dict[int, str] = {}

    def read(self, column: int, reading_as: str, is_month: bool) -> list[str | None]:
        """The ISO days of a column. `reading_as` is "", month (its last day), until (the day before) or unix."""
        c = self._columns
        texts = c.distinct(column, "" if c.in_text_file else TEXT + DAY)
        order, serial = c.choice("date", column), c.choice("serial", column)
        reading = days.read(texts, order, serial, is_month or reading_as == "month", reading_as == "unix")
        if reading.asks:
            needing = frozenset(t for t in texts if t not in reading.days and t not in reading.bad)
            self._waiting.append(_Waiting(column, reading.asks, needing))
        elif reading.order:
            self._proven[column] = reading.order
        self.how[column] = reading.how
        c.reject(column, reading.bad, _REMEDY)
        read: dict[str, str | None] = dict(reading.days)
        if not c.in_text_file:
            read = self._serials(column) | read
        if finish := _FINISH.get(reading_as):
            read = {cell: day and finish(day) for cell, day in read.items()}
        return [read.get(cell) for cell in c.table.columns[column]]

    def _serials(self, column: int) -> dict[str, str | None]:
        """Plain numbers of a workbook in a column of days: its own calendar is known."""
        serial = days.FROM_1904 if self._columns.table.sheet.is_1904 else days.FROM_1900
        reading = days.read(self._columns.distinct(column, NUMBER + PERCENT + shown.KINDS), serial=serial)
        self._columns.reject(column, reading.bad, _REMEDY)
        return reading.days

    def ask(self) -> None:
        """The questions that the columns leave open; another column's order is a hint, never the answer."""
        for waiting in self._waiting:
            if waiting.asks == "serial":
                self._ask_serial(waiting)
            else:
                self._ask_order(waiting)

    def _ask_order(self, waiting: _Waiting) -> None:
        table = self._columns.table
        because = "No date of the column tells whether the day or the month comes first."
        orders = [days.DAY_FIRST, days.MONTH_FIRST]
        for column, order in self._proven.items():
            because += f" In column {table.headers[column]} it is {order}."
            orders.sort(key=lambda o, order=order: o != order)  # type: ignore[misc]
            break
        self._hold_back(waiting, "date", orders, because)

    def _ask_serial(self, waiting: _Waiting) -> None:
        because = "The column holds day numbers, which spreadsheets count from 1900 or from 1904."
        self._hold_back(waiting, "serial", [days.FROM_1900, days.FROM_1904], because)

    def _hold_back(self, waiting: _Waiting, which: str, answers: list[str], because: str) -> None:
        c = self._columns
        header, example = c.table.headers[waiting.column], c.first(waiting.column, waiting.cells)
        options = tuple(Option(a, f"{a}: {_shown(example, which, a)}") for a in answers)
        asks = f"What day is {example} in column {header}?"
        c.hold_back(f"{which}:{header}", asks, because, options, waiting.column, waiting.cells)


def _shown(example: str, which: str, answer: str) -> str:
    reading = days.read((example,), answer if which == "date" else "", answer if which == "serial" else "")
    day = reading.days.get(example)
    if not day:
        return "not a date"
    return f"{int(day[8:])} {_MONTHS[int(day[5:7]) - 1]} {day[:4]}"


def _month_end(day: str) -> str:
    return month_end(date.fromisoformat(day)).isoformat()


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


_FINISH: dict[str, Callable[[str], str]] = {"month": _month_end, "until": _day_before}
