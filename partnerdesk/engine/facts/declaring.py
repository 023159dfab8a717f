"""How a kind of fact is declared: what every row carries, and what each of its fields is.

The helpers say in one line what a field is, what it means to people, and its default (`...` for one that is required).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

TEXT, DAY, MONEY, RATE, WHOLE, FLAG, MAP, REF = "text", "day", "money", "rate", "whole", "flag", "map", "ref"
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row was read: file, sheet and row of an import batch, or the person who typed it."""

    batch: int | None = None
    file: str = ""
    sheet: str = ""
    row: int = 0
    by: str = ""

    def __str__(self) -> str:
        if not self.file:
            return f"typed by {self.by}" if self.by else "typed"
        sheet = f", sheet {self.sheet}" if self.sheet else ""
        return f"{self.file}{sheet}, row {self.row}"


def _say(kind: str, says: str, default: Any, to: str = "", choices: tuple[str, ...] = ()) -> Any:
    metadata = {"is": kind, "says": says, "to": to, "choices": choices}
    if default is ...:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def text_field(says: str, default: Any = "", choices: tuple[str, ...] = ()) -> Any:
    return _say(TEXT, says, default, choices=choices)


def day_field(says: str, default: Any = None) -> Any:
    return _say(DAY, says, default)


def money_field(says: str, default: Any = None) -> Any:
    return _say(MONEY, says, default)


def rate_field(says: str, default: Any = None) -> Any:
    return _say(RATE, says, default)


def whole_field(says: str, default: Any = None) -> Any:
    return _say(WHOLE, says, default)


def flag_field(says: str, default: Any = None) -> Any:
    return _say(FLAG, says, default)


def ref_field(to: str, says: str, default: Any = None) -> Any:
    return _say(REF, says, default, to=to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every row carries. `attributes` holds free named texts of the user's own."""

    id: str = text_field("Identifier, unique within its kind", ...)
    attributes: Mapping[str, str] = field(
        default_factory=dict, metadata={"is": MAP, "says": "Free attributes"}, hash=False
    )
    known_on: date | None = day_field("Since when this row was known")
    source: Source | None = field(default=None, compare=False, metadata={"is": "source", "says": "Where it was read"})
