"""Texts of a column to exact decimals. The decimal mark is decided for a column from all its values, or asked.

`1,234` is 1234 or 1.234: other values of the column tell, or the user does. Only ASCII digits are digits; what Python
would also take for a number (`1_000`, `NaN`, full-width digits) is reported.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from partnerdesk.engine.currencies import CODES
from partnerdesk.intake.tokens import clean, is_nothing

POINT, COMMA = ".", ","
_SIGNS = {"€": "EUR", "£": "GBP", "zł": "PLN", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS", "Kč": "CZK"}
_SHARED_SIGNS = {"$": "dollar", "US$": "USD", "¥": "yen", "kr": "krone", "Fr.": "CHF", "CHF": "CHF", "R$": "BRL"}
SHARED = frozenset(("dollar", "yen", "krone"))  # signs of several currencies
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]{1,3}", re.ASCII)
_BODY = re.compile(r"[0-9]+(?:[.,'’ ][0-9]+)*", re.ASCII)
_SIDE = re.compile(r"(?:(?<=[0-9 )])((?i:dr|cr)\.?)|(?<=[.,][0-9]{2}) ?([SH]))$", re.ASCII)
_DEBIT = ("dr", "dr.", "s")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A number before its decimal mark is known: digits with separators, sign, and what stood around it."""

    body: str
    is_negative: bool
    sign: str  # a currency code, "dollar", "yen", "krone" or ""
    is_percent: bool


@dataclass(slots=True)
class NumberReading:
    """What the texts of a column say. `asks` is whether the decimal mark must be chosen, `example` why."""

    numbers: dict[str, Decimal | None] = field(default_factory=dict)
    bad: dict[str, str] = field(default_factory=dict)
    signs: dict[str, str] = field(default_factory=dict)  # text -> currency code or sign, where there is one
    percents: set[str] = field(default_factory=set)
    asks: bool = False
    example: str = ""
    mark: str = ""
    how: str = ""


def read(texts: Collection[str], mark: str = "", is_whole: bool = False) -> NumberReading:
    """Each text to a Decimal, to None, or to a reason. `is_whole` settles `1,234`: a count has no decimals."""
    reading = NumberReading(mark=mark)
    parsed: dict[str, _Parsed] = {}
    for text in texts:
        cell = clean(text)
        if is_nothing(cell, in_text=False):
            reading.numbers[text] = None
        elif (found := _parse(cell)) is None:
            reading.bad[text] = f"“{cell[:60]}” is not a number."
        else:
            parsed[text] = found
            if found.sign:
                reading.signs[text] = found.sign
            if found.is_percent:
                reading.percents.add(text)
    if not reading.mark:
        reading.mark = _proven(p.body for p in parsed.values())
    for text, number in parsed.items():
        _settle(text, number, reading, is_whole)
    reading.how = _how(reading, parsed)
    return reading


def _parse(cell: str) -> _Parsed | None:
    if len(cell) > _LONGEST:
        return None
    if _PLAIN.fullmatch(cell):
        return _Parsed(cell.lstrip("-"), cell[0] == "-", "", False)
    if _EXPONENT.fullmatch(cell):
        return _exponent(cell)
    return _dressed(cell)


def _exponent(cell: str) -> _Parsed | None:
    """Float noise such as 2.9999999999999999E-2; a large exponent means that digits were lost."""
    value = Decimal(cell.replace(",", "."))
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent > 0 or value.adjusted() < -15:
        return None
    return _Parsed(format(abs(value), "f"), value < 0, "", False)


def _dressed(cell: str) -> _Parsed | None:
    """A number with a sign, a currency, brackets or blanks around it."""
    cell, side = without_side(cell)
    rest, sign = _without_currency(cell)
    is_percent = rest.endswith("%")
    rest = rest.removesuffix("%").strip()
    is_negative = side in _DEBIT
    if rest.startswith("(") and rest.endswith(")"):
        is_negative, rest = True, rest[1:-1].strip()
    elif rest[:1] in "-−+" or rest[-1:] in "-−":
        is_negative = is_negative or rest[:1] in "-−" or rest[-1:] in "-−"
        rest = rest[1:].strip() if rest[:1] in "-−+" else rest[:-1].strip()
    if not sign:
        rest, sign = _without_currency(rest)
    if rest[:1] in (".", ",") and rest[1:].isdecimal():
        rest = "0" + rest
    return _Parsed(rest, is_negative, sign, is_percent) if _BODY.fullmatch(rest) else None


def without_side(cell: str) -> tuple[str, str]:
    """An amount without the mark of debit or credit behind it, and that mark: a debit leaves an account."""
    match = _SIDE.search(cell)
    return (cell[: match.start()].strip(), (match[1] or match[2]).casefold()) if match else (cell, "")


def sign_of(text: str) -> str:
    """The currency that a sign or a code alone means: a code, one of `SHARED`, or ""."""
    for sign in (text, text.rstrip(".")):
        if found := _SIGNS.get(sign) or _SHARED_SIGNS.get(sign):
            return found
    return text if text in CODES else ""


def _without_currency(cell: str) -> tuple[str, str]:
    for sign, code in (*_SIGNS.items(), *_SHARED_SIGNS.items()):
        for rest in (cell.removeprefix(sign), cell.removesuffix(sign)):
            if rest != cell:
                return rest.strip(), code
    if len(cell) > 3 and cell[:3].upper() in CODES and not cell[3].isalpha():
        return cell[3:].strip(), cell[:3].upper()
    if len(cell) > 3 and cell[-3:].upper() in CODES and not cell[-4].isalpha():
        return cell[:-3].strip(), cell[-3:].upper()
    return cell, ""


def _marks(body: str) -> list[tuple[int, str]]:
    return [(i, c) for i, c in enumerate(body) if not c.isdigit()]


def _proven(bodies: Iterable[str]) -> str:
    """The decimal mark that the values prove; "" where none or both do."""
    found = {_evidence(body) for body in bodies}
    proven = found & {POINT, COMMA}
    return proven.pop() if len(proven) == 1 else ""


def _evidence(body: str) -> str:
    """The decimal mark that one number proves by itself, or ""."""
    marks = [(i, c) for i, c in _marks(body) if c in ".,"]
    if not marks:
        return ""
    position, last = marks[-1]
    other = COMMA if last == POINT else POINT
    decimals = len(body) - position - 1
    if len({c for _, c in marks}) == 2:
        return last if _value(body, last) is not None else ""
    if len(marks) > 1:
        return other if _value(body, other) is not None else ""
    if decimals != 3 or position > 3 or body[0] == "0" or position == 0:
        return last
    return ""


def _settle(text: str, number: _Parsed, reading: NumberReading, is_whole: bool) -> None:
    mark = reading.mark or _evidence(number.body)
    has_marks = any(c in ".," for _, c in _marks(number.body))
    if not mark and has_marks:
        if not is_whole and (_value(number.body, POINT) is not None or _value(number.body, COMMA) is not None):
            reading.asks, reading.example = True, reading.example or clean(text)
            return
        mark = COMMA if "." in number.body else POINT
    value = _value(number.body, mark or POINT)
    if value is None:
        with_mark = f" with {_named(mark)}" if has_marks and len(_marks(number.body)) == 1 else ""
        reading.bad[text] = f"“{clean(text)[:60]}” is not a number{with_mark}."
    else:
        reading.numbers[text] = -value if number.is_negative else value


def _value(body: str, mark: str) -> Decimal | None:
    whole, _, fraction = body.partition(mark)
    groups = re.split(r"[.,'’ ]", whole)
    if not fraction.isdecimal() and fraction:
        return None
    if len(groups) > 1 and not _are_groups(groups):
        return None
    return Decimal("".join(groups) + ("." + fraction if fraction else ""))


def _are_groups(groups: list[str]) -> bool:
    """Groups of three, or of two before the last three as in India."""
    first, *middle, last = groups
    if not 1 <= len(first) <= 3 or len(last) != 3:
        return False
    return all(len(g) == 3 for g in middle) or (all(len(g) == 2 for g in middle) and len(first) <= 2)


def _named(mark: str) -> str:
    return "a decimal comma" if mark == COMMA else "a decimal point"


def _how(reading: NumberReading, parsed: dict[str, _Parsed]) -> str:
    if reading.asks:
        return "decimal point or comma?"
    if any("." in p.body or "," in p.body for p in parsed.values()):
        return {COMMA: "decimal comma", POINT: "decimal point"}.get(reading.mark, "as each value shows")
    return "whole numbers"
