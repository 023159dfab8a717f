"""One cell of a plain-facts file into the exact value its field declares; strict, because nobody is there to ask.

Amounts are `1234.56`, days `2026-09-30`, flags `true` or `false`. What a person's spreadsheet may hold (thousands
separators, day first, other words for yes) is the business of `convert`, with its preview.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from partnerdesk.engine import facts
from partnerdesk.engine.facts import Attribute

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Unreadable(ValueError):
    """What is wrong with a cell; `remedy` says how to write it."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


def converter(attribute: Attribute) -> Callable[[Any], Any]:
    """The function that reads a non-empty cell of this field; it raises Unreadable."""
    if attribute.choices:
        return lambda value: _choice(value, attribute.choices)
    return _BY_KIND[attribute.kind]


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | Decimal | date):
        raise Unreadable(f"{_shown(value)} is not a text", "Write it in quotes." if isinstance(value, bool) else "")
    return value.isoformat() if isinstance(value, date) else str(value)


def _choice(value: Any, choices: tuple[str, ...]) -> str:
    text = _text(value)
    if text not in choices:
        near = next((choice for choice in choices if choice == text.strip().lower()), "")
        raise Unreadable(f"“{text}” is none of {', '.join(choices)}", f"Write {near}." if near else "")
    return text


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Unreadable(f"there is no day {value}") from None
    raise Unreadable(f"{_shown(value)} is not a day", "Write year, month and day, such as 2026-09-30.")


def _number(value: Any) -> Decimal:
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    raise Unreadable(
        f"{_shown(value)} is not an exact number", "Write digits and a decimal point only, such as -1234.56."
    )


def _whole(value: Any) -> int:
    number = _number(value)
    if number != int(number):
        raise Unreadable(f"{number} is not a whole number")
    return int(number)


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    found = _FLAGS.get(str(value).lower())
    if found is None:
        raise Unreadable(f"{_shown(value)} is neither true nor false")
    return found


def _map(value: Any) -> dict[str, str]:
    if isinstance(value, str):
        try:
            value = json.loads(value, parse_float=Decimal)
        except ValueError:
            raise Unreadable(f"{_shown(value)} is not a JSON object of texts") from None
    if not isinstance(value, Mapping):
        raise Unreadable(f"{_shown(value)} is not a table of texts")
    return {str(key): _free(text) for key, text in value.items()}


def _free(value: Any) -> str:
    """A free attribute is a text: true and false as a list of them in CSV has them."""
    return str(value).lower() if isinstance(value, bool) else _text(value)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        value = str(value).lower()
    return f"“{value}”" if isinstance(value, str | int | Decimal | date) else type(value).__name__


_BY_KIND: dict[str, Callable[[Any], Any]] = {
    facts.TEXT: _text,
    facts.REF: _text,
    facts.DAY: _day,
    facts.MONEY: _number,
    facts.RATE: _number,
    facts.WHOLE: _whole,
    facts.FLAG: _flag,
    facts.MAP: _map,
}
