"""What a cell of a workbook says, as text: numbers without float noise, days from serial numbers, flaws by name.

A day of a workbook is a count from 1900 or 1904 with a leap day that never was; a fraction never rounds up to the
next day.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Context, Decimal
from functools import lru_cache

from partnerdesk.intake import shown
from partnerdesk.intake.sheet import DAY, NUMBER, PERCENT, TEXT

_BUILT_IN_DAYS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_BUILT_IN_PERCENT = frozenset((9, 10))
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)
_DIGITS = 15  # what a spreadsheet keeps of a number; XML has up to 17, the last of them noise
_AS_KEPT = Context(prec=_DIGITS)
_COLUMN = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})$")


class Flaw(Exception):
    """A cell that cannot be read, and why."""


def format_kind(number: int, code: str) -> str:
    """Whether a number format shows a day, a percentage, an amount of a currency or a plain number."""
    if number in _BUILT_IN_DAYS:
        return DAY
    if number in _BUILT_IN_PERCENT:
        return PERCENT
    first = code.split(";")[0]
    bare = _NOT_CODE.sub("", first).casefold()
    if "general" in bare or not bare:
        return shown.kind_of(first) or NUMBER
    if "%" in bare:
        return PERCENT
    if any(c in bare for c in "dmyhs") and not any(c in bare for c in "0#?"):
        return DAY
    return shown.kind_of(first) or _seconds(bare)


def _seconds(bare: str) -> str:
    """A format of a time with fractions of a second has zeros too."""
    return DAY if re.search(r"s\.0+$|ss", bare) else NUMBER


@lru_cache(maxsize=65536)
def number_text(raw: str) -> str:
    """A number as the spreadsheet shows it at full precision: 15 digits, without an exponent.

    Raises Flaw for what is no finite number and for integers that a spreadsheet cannot hold exactly.
    """
    if len(raw) > 40 or not _NUMBER.fullmatch(raw):
        raise Flaw(f"“{raw[:40]}” is not a number.")
    value = _AS_KEPT.create_decimal(raw)
    if value == 0 or value.adjusted() < -30:
        return "0"
    if value.adjusted() >= _DIGITS:
        raise Flaw("The number has more than 15 digits, and a spreadsheet keeps only 15.")
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=65536)
def day_text(raw: str, is_1904: bool) -> str:
    """The civil day of a serial number, with its time where it has one. Raises Flaw for days that never were."""
    serial = Decimal(raw) if len(raw) <= 40 and _NUMBER.fullmatch(raw) else None
    if serial is None or abs(serial) > 3_000_000:
        raise Flaw(f"“{raw[:40]}” is not a day.")
    whole = int(serial // 1)
    day = serial_day(whole, is_1904)
    minutes = int((serial - whole) * 1440)
    return day.isoformat() if minutes == 0 else f"{day.isoformat()} {minutes // 60:02d}:{minutes % 60:02d}"


def serial_day(whole: int, is_1904: bool) -> date:
    """The day that a count stands for. Raises Flaw outside the calendar of spreadsheets."""
    if is_1904:
        if not 0 <= whole <= 2_957_003:
            raise Flaw(f"The serial number {whole} is not a day.")
        return date(1904, 1, 1) + timedelta(days=whole)
    if whole == 60:
        raise Flaw("The serial number 60 stands for 29 February 1900, a day that never was.")
    if not 1 <= whole <= 2_958_465:
        raise Flaw(f"The serial number {whole} is not a day.")
    return date(1899, 12, 30 if whole > 60 else 31) + timedelta(days=whole)


def unescaped(text: str) -> str:
    """Text without the `_x000D_` that spreadsheets write for characters XML cannot hold."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")


def column_of(reference: str) -> int:
    """The index of the column of a reference such as B7, or -1 where it is none."""
    return _index(reference.rstrip("0123456789"))


@lru_cache(maxsize=20_000)
def _index(letters: str) -> int:
    if not 1 <= len(letters) <= 3 or not letters.isascii() or not letters.isalpha():
        return -1
    index = 0
    for one in letters.upper():
        index = index * 26 + ord(one) - 64
    return index - 1


def row_of(reference: str) -> int:
    """The row number of a reference such as B7, or 0 where it is none."""
    found = _COLUMN.match(reference)
    return int(found[2]) if found else 0


def letter(index: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def whole(text: str | None) -> int:
    """A count of the file's own, or 0 where it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def said(
    kind: str, raw: str, styles: Sequence[str], style: int, strings: Sequence[str], is_1904: bool
) -> tuple[str, str]:
    """The text of a cell and what kind of cell it was. `kind` is the cell's type attribute; raises Flaw."""
    if kind == "s":
        index = int(raw) if raw.isdecimal() and len(raw) < 10 else -1
        if not 0 <= index < len(strings):
            raise Flaw("The cell points to a text that the workbook does not hold.")
        return strings[index], TEXT
    if kind in ("str", "inlineStr"):
        return unescaped(raw), TEXT
    if kind == "b":
        return ("TRUE" if raw.strip() == "1" else "FALSE"), TEXT
    if kind == "e":
        raise Flaw(f"The cell holds the error {raw[:20]}.")
    if kind == "d":
        return raw, TEXT
    shape = styles[style] if 0 <= style < len(styles) else NUMBER
    if shape == DAY:
        return day_text(raw, is_1904), DAY
    return number_text(raw), shape
