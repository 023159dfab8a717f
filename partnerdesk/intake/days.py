"""Texts of a column to civil days. The order of day and month is decided for a column from all its values, or asked.

02/03/24 alone proves nothing; 02/23/24 in the same column proves that the month comes first. Where nothing proves it,
the answer is a question to the user, never a guess. Times and zones are dropped: a day is taken as it is written.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from partnerdesk.intake import months
from partnerdesk.intake.cells import Flaw, serial_day
from partnerdesk.intake.tokens import clean, is_nothing

DAY_FIRST, MONTH_FIRST = "day first", "month first"
FROM_1900, FROM_1904 = "from 1900", "from 1904"

_CLOCK = r"[T ,]+[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?:[.,][0-9]+)?"
_TIME = rf"(?:{_CLOCK}\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|[+-][0-9]{{2}}:?[0-9]{{2}})?)?"
_ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})" + _TIME, re.ASCII)
_UTC = re.compile(r"(?:Z|UTC|GMT|[+-]00:?00)$")
_SHORT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})", re.ASCII)
_PAIR = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})" + _TIME, re.ASCII)
_DAY_NAME = r"(?:[^\W\d]{2,12}\.?,?\s+)?"
_DAY_WORD = re.compile(
    _DAY_NAME
    + r"([0-9]{1,2})(?:\.|st|nd|rd|th)?[-/ .]+(?:de\s+)?([^\W\d]+)\.?,?[-/ .]+(?:de\s+)?([0-9]{4}|[0-9]{2})"
    + _TIME
)
_WORD_DAY = re.compile(
    _DAY_NAME + r"([^\W\d]+)\.?[-/ ]+([0-9]{1,2})(?:st|nd|rd|th)?,?[-/ ]+([0-9]{4}|[0-9]{2})" + _TIME
)
_WORD_ISO = re.compile(r"([0-9]{4})[-/ ]([^\W\d]+)[-/ ]([0-9]{1,2})" + _TIME)
_MONTH = re.compile(
    r"(?:([0-9]{4})[-/. ]?(?:M)?([0-9]{1,2})|([0-9]{1,2})[-/.]([0-9]{4})"
    r"|([^\W\d]+)\.?[-/ ']*([0-9]{4}|[0-9]{2})|([0-9]{4})[-/ ]([^\W\d]+))"
)
_QUARTER = re.compile(r"(?i)(?:([0-9]{4})[-/ ]?Q([1-4])|Q([1-4])(?:[-/ ']*([0-9]{4}|[0-9]{2}))?)", re.ASCII)
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:\.[0-9]+)?", re.ASCII)
_UNIX = re.compile(r"[0-9]{9,10}(?:\.[0-9]+)?|[0-9]{13}", re.ASCII)
_OPEN_END = frozenset((date(9999, 12, 31), date(2999, 12, 31), date(2099, 12, 31)))


@dataclass(slots=True)
class DayReading:
    """What the texts of a column say. `asks` is "", "order" or "serial"; `example` is a text that needs the answer."""

    days: dict[str, str | None] = field(default_factory=dict)
    bad: dict[str, str] = field(default_factory=dict)
    asks: str = ""
    example: str = ""
    order: str = ""
    how: str = ""
    is_utc: bool = False  # moments of UTC, of which the day is taken


def read(
    texts: Collection[str], order: str = "", serial: str = "", is_month: bool = False, unix: bool = False
) -> DayReading:
    """Each text to an ISO day, to None, or to a reason. `is_month` lets a month alone stand for its first day."""
    reading = DayReading(order=order)
    pairs: dict[str, tuple[int, int, int, str]] = {}
    serials: list[str] = []
    for text in texts:
        _one(text, reading, pairs, serials, is_month, unix)
    _pairs(pairs, reading)
    _serials(serials, serial, reading)
    reading.how = _how(reading, bool(pairs), bool(serials))
    return reading


def _one(
    text: str,
    reading: DayReading,
    pairs: dict[str, tuple[int, int, int, str]],
    serials: list[str],
    is_month: bool,
    unix: bool,
) -> None:
    cell = clean(text)
    if is_nothing(cell, in_text=False):
        reading.days[text] = None
    elif found := _ISO.fullmatch(cell):
        reading.is_utc |= _UTC.search(cell) is not None
        _keep(text, reading, int(found[1]), int(found[3]), int(found[4]))
    elif found := _PAIR.fullmatch(cell):
        pairs[text] = (int(found[1]), int(found[3]), _year(found[4]), found[2])
    elif unix and _UNIX.fullmatch(cell):
        reading.days[text] = _moment(cell)
    elif (found := _SHORT.fullmatch(cell)) and 1900 <= int(found[1]) <= 2100:
        _keep(text, reading, int(found[1]), int(found[2]), int(found[3]))
    elif _SERIAL.fullmatch(cell):
        serials.append(text)
    elif not _worded(text, cell, reading) and not (is_month and _month_alone(text, cell, reading)):
        reading.bad[text] = f"“{cell[:60]}” is not a date." if _MONTH.fullmatch(cell) is None else _no_day(cell)


def _no_day(cell: str) -> str:
    return f"“{cell[:60]}” has no day." if month_of(cell) else f"“{cell[:60]}” is not a date."


def _worded(text: str, cell: str, reading: DayReading) -> bool:
    for pattern, y, m, d in ((_DAY_WORD, 3, 2, 1), (_WORD_DAY, 3, 1, 2), (_WORD_ISO, 1, 2, 3)):
        found = pattern.fullmatch(cell)
        if found and (month := months.month(found[m])):
            _keep(text, reading, _year(found[y]), month, int(found[d]))
            return True
    return False


def month_of(cell: str) -> tuple[int, int] | None:
    """Year and month of a text such as 2017-12 or Dec 2017, or None."""
    found = _MONTH.fullmatch(cell)
    if found is None:
        return None
    year = found[1] or found[4] or found[6] or found[7]
    word = found[5] or found[8]
    month = months.month(word) if word else int(found[2] or found[3])
    return (_year(year), month) if 1 <= month <= 12 else None


def header_span(header: str) -> tuple[int, int, int] | None:
    """Year (or 0), first month and months of the period that heads a column: M01, Jan 26, Q3, 2026 Q3; else None."""
    text = header.strip()
    if quarter := _QUARTER.fullmatch(text):
        year = quarter[1] or quarter[4]
        return (_year(year) if year else 0, 3 * int(quarter[2] or quarter[3]) - 2, 3)
    month = _header_month(text)
    return (*month, 1) if month else None


def _header_month(text: str) -> tuple[int, int] | None:
    plain = re.fullmatch(r"M(?:onth)?[ _-]?([0-9]{1,2})", text, re.IGNORECASE | re.ASCII)
    if plain and 1 <= int(plain[1]) <= 12:
        return 0, int(plain[1])
    if alone := months.month(text):
        return 0, alone
    return month_of(text)


def _month_alone(text: str, cell: str, reading: DayReading) -> bool:
    found = month_of(cell)
    if found:
        _keep(text, reading, found[0], found[1], 1)
    return found is not None


def _year(text: str) -> int:
    """Two digits are of this century up to 68, as in POSIX."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year <= 68 else 1900)


def _keep(text: str, reading: DayReading, year: int, month: int, day: int) -> None:
    try:
        found = date(year, month, day)
    except ValueError:
        reading.bad[text] = f"“{clean(text)[:60]}” is not a day of the calendar."
        return
    if found in _OPEN_END:
        reading.days[text] = None
    elif 1900 <= found.year < 2200 and found > date(1900, 1, 1):
        reading.days[text] = found.isoformat()
    else:
        reading.bad[text] = f"“{clean(text)[:60]}” is a day in the year {found.year}, which cannot be meant."


def _moment(cell: str) -> str:
    """Seconds or milliseconds since 1970, in UTC."""
    from datetime import UTC, datetime

    seconds = int(cell) // 1000 if len(cell) == 13 else int(cell.partition(".")[0])
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _pairs(pairs: dict[str, tuple[int, int, int, str]], reading: DayReading) -> None:
    if not reading.order:
        reading.order = _proven(pairs.values())
    by_sign = {} if reading.order else _proven_apart(pairs.values())
    for text, (a, b, year, sign) in pairs.items():
        order = reading.order or by_sign.get(sign, "")
        if order == MONTH_FIRST:
            _keep(text, reading, year, a, b)
        elif order == DAY_FIRST or a == b:
            _keep(text, reading, year, b, a)
        elif a > 12 and b > 12:
            reading.bad[text] = f"“{clean(text)[:60]}” is not a day of the calendar."
        else:
            reading.asks, reading.example = "order", reading.example or clean(text)


def _proven(pairs: Iterable[tuple[int, int, int, str]]) -> str:
    """The order that the values prove, or "" where none or both do. A point between the numbers means day first."""
    day_first = month_first = False
    for a, b, _, sign in pairs:
        day_first |= (a > 12 >= b) or (sign == "." and b <= 12)
        month_first |= b > 12 >= a
    if day_first == month_first:
        return ""
    return DAY_FIRST if day_first else MONTH_FIRST


def _proven_apart(pairs: Iterable[tuple[int, int, int, str]]) -> dict[str, str]:
    """The order that the values with each sign prove, of a column into which several people wrote."""
    own: dict[str, list[tuple[int, int, int, str]]] = {}
    for pair in pairs:
        own.setdefault(pair[3], []).append(pair)
    return {sign: order for sign, some in own.items() if (order := _proven(some))}


def _serials(texts: list[str], serial: str, reading: DayReading) -> None:
    for text in texts:
        if serial not in (FROM_1900, FROM_1904):
            reading.asks, reading.example = reading.asks or "serial", reading.example or clean(text)
            continue
        try:
            day = serial_day(int(clean(text).partition(".")[0]), serial == FROM_1904)
            _keep(text, reading, day.year, day.month, day.day)
        except Flaw as flaw:
            reading.bad[text] = str(flaw)


def _how(reading: DayReading, has_pairs: bool, has_serials: bool) -> str:
    if reading.asks == "order":
        return "day or month first?"
    if reading.asks == "serial":
        return "day numbers: from 1900 or 1904?"
    if has_pairs and reading.order:
        return reading.order
    if has_serials:
        return "day numbers"
    return "year first, days of UTC" if reading.is_utc else "year first"
