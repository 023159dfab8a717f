"""What a partner wrote into a cell, as the text by which it is compared; or why it cannot be taken."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from partnerdesk.errors import Refused
from partnerdesk.ops.plan.contents import clean, text_of
from partnerdesk.ops.plan.layout import Block, Field
from partnerdesk.reports.plan.sheets import CHOICE, COUNT, DAY, NUMBER
from partnerdesk.reports.symbols import Symbols
from partnerdesk.reports.typed import day_from, number_from

LONGEST = 4_000  # characters of a text
_DIGITS = 12  # that binary fractions leave untouched
_MOST_DIGITS = 15
_PLAIN = re.compile(r"-?\d+(\.\d+)?")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?: 00:00)?")


@dataclass(frozen=True, slots=True)
class Read:
    """A text, or a problem with it in words; `is_share` says that a number was written with a per cent sign."""

    text: str
    problem: str = ""
    is_share: bool = False


def read_cell(field: Field, cell: str, known: Symbols) -> Read:
    """The text of a cell in the terms of its field; numbers and days typed as text are read in the partner's locale."""
    text = clean(cell)
    if not text:
        return Read("")
    try:
        if field.kind == DAY:
            return Read(_day(text, known).isoformat())
        if field.kind in (NUMBER, COUNT):
            return _number(field, text, known)
    except Refused as refused:
        return Read("", refused.sentence.rstrip("."))
    if field.kind == CHOICE:
        found = next((choice for choice in field.choices if choice.casefold() == text.casefold()), None)
        return Read(found) if found else Read("", f"“{text[:60]}” is none of {', '.join(field.choices)}")
    if len(text) > LONGEST:
        return Read("", f"the text has {len(text):,} characters, and {LONGEST:,} are taken at most")
    return Read(text)


def _day(text: str, known: Symbols) -> date:
    found = _ISO.fullmatch(text)
    return date.fromisoformat(found[1]) if found else day_from(text, known)


def _number(field: Field, text: str, known: Symbols) -> Read:
    is_percent = text.endswith("%")
    body = text.removesuffix("%").strip()
    value = Decimal(body) if _PLAIN.fullmatch(body) else number_from(body, known)
    value = _rounded(value / 100 if is_percent else value)
    if value.adjusted() >= _MOST_DIGITS:
        return Read("", f"“{text[:40]}” has more than {_MOST_DIGITS} digits")
    if field.kind == COUNT and (value != value.to_integral_value() or value < 0):
        return Read("", f"“{text}” is no whole number")
    return Read(text_of(value), is_share=is_percent)


def as_shares(block: Block, read: Mapping[str, Read]) -> dict[str, str]:
    """The fields of a new row. A target in per cent is kept as shares, and one of its numbers above 1 says that they
    were written as 95; those with a sign are shares already.
    """
    given = {name: found.text for name, found in read.items() if found.text}
    numbers = {name: Decimal(given[name]) for name in _numbers(block, given) if not read[name].is_share}
    if not _is_in_percent(block, given) or all(abs(value) <= 1 for value in numbers.values()):
        return given
    return given | {name: text_of(value / 100) for name, value in numbers.items()}


def as_read(block: Block, name: str, given: Mapping[str, str]) -> str:
    """A field of a new row as a person reads it: shares with their sign."""
    if name in _numbers(block, given) and _is_in_percent(block, given):
        return f"{text_of(Decimal(given[name]) * 100)} %"
    return given[name]


def _numbers(block: Block, given: Mapping[str, str]) -> list[str]:
    return [field.name for field in block.fields if field.kind == NUMBER and field.name in given]


def _is_in_percent(block: Block, given: Mapping[str, str]) -> bool:
    return block.key == "target" and given.get("unit") == "%"


def _rounded(value: Decimal) -> Decimal:
    """Without what binary fractions leave at the end."""
    if len(value.as_tuple().digits) <= _DIGITS:
        return value
    try:
        return value.quantize(Decimal(1).scaleb(value.adjusted() - _DIGITS + 1)).normalize()
    except InvalidOperation as error:
        raise Refused(f"“{value}” is no number that can be kept.") from error


def value_of(field: Field, text: str) -> Any:
    """The value that a text stands for: a day, a number, a count, or the text itself."""
    if field.kind not in (DAY, NUMBER, COUNT):
        return text
    if not text:
        return None
    if field.kind == DAY:
        return date.fromisoformat(text)
    return Decimal(text) if field.kind == NUMBER else int(text)
