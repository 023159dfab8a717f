"""The format as data: every table with its keys, walked from the types of `engine.rules`.

Text and schema are both written from these sections, so a key that the types declare cannot be missing from either.
"""

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.rules import Earning, Program, Trigger, Where, Window
from partnerdesk.program.shapes import ALIASES
from partnerdesk.program.structure import TABLES

# Keys that may be a table beside their plain type.
OR_TABLE: dict[tuple[type, str], type] = {(Earning, "on"): Trigger}
PLAIN = {Decimal: "number", int: "whole number", str: "text", bool: "true or false", date: "date", Any: "value"}


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One key of a table: as it is written, its type as declared and in words, its default (None: required)."""

    name: str
    hint: Any
    type: str
    default: str | None
    says: str
    choices: tuple[str, ...]
    example: str
    unit: str


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of table: where it may stand, what it is, its keys."""

    kind: type
    places: tuple[str, ...]
    says: str
    keys: tuple[KeyEntry, ...]


def sections() -> tuple[Section, ...]:
    """Every table of the format in the order in which a program mentions it; a type that recurs stands once."""
    places: dict[type, list[str]] = {}
    _walk(Program, "", places)
    return tuple(Section(kind, tuple(found), _doc(kind), keys_of(kind)) for kind, found in places.items())


def _walk(kind: type, place: str, places: dict[type, list[str]]) -> None:
    seen = kind in places
    places.setdefault(kind, []).append(place)
    if seen:
        return
    for entry in keys_of(kind):
        tables = [
            *nested_in(entry.hint),
            *([(OR_TABLE[kind, entry.name], "")] if (kind, entry.name) in OR_TABLE else []),
        ]
        for nested, form in tables:
            path = f"{place}.{entry.name}" if place else entry.name
            if nested is not kind:
                _walk(nested, path + form, places)


def keys_of(kind: type) -> tuple[KeyEntry, ...]:
    """The keys of a table that the text can set."""
    hints = typing.get_type_hints(kind)
    written = {name: key for key, name in ALIASES.get(kind, {}).items()}
    return tuple(
        _entry(written.get(f.name, f.name), f, hints[f.name]) for f in fields(kind) if "internal" not in f.metadata
    )


def _entry(name: str, field: "Field[Any]", hint: Any) -> KeyEntry:
    meta = field.metadata
    choices = tuple(c for c in meta.get("choices", ()) if c)
    example = meta.get("example") or example_of(hint, choices)
    words = type_words(hint)
    return KeyEntry(name, hint, words, _default(field), meta.get("says", ""), choices, example, meta.get("unit", ""))


def _default(field: "Field[Any]") -> str | None:
    if field.default is MISSING and field.default_factory is MISSING:
        return None
    value = field.default
    if value is MISSING or value is None or value == () or value == "":
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_dataclass(value):
        return f'"{value.span}"' if isinstance(value, Window) else "as its own keys say"
    return f'"{value}"' if isinstance(value, str) else str(value)


def nested_in(hint: Any) -> Iterator[tuple[type, str]]:
    """The tables inside a declared type, each with how its place is written: `.NAME` or `[]`."""
    if hint == Where:
        return
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        for arg in args:
            yield from nested_in(arg)
    elif origin is tuple:
        for kind, form in nested_in(args[0]):
            yield kind, f"[]{form}"
    elif origin is not None and issubclass(origin, Mapping):
        for kind, form in nested_in(args[1]):
            yield kind, f".NAME{form}"
    elif is_dataclass(hint) and isinstance(hint, type):
        yield hint, ""


def type_words(hint: Any) -> str:
    """A declared type as a person says it."""
    if hint == Where:
        return "filter"
    if hint in PLAIN:
        return PLAIN[hint]
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(type_words(a) for a in args if a is not type(None))
    if origin is tuple:
        if args[-1] is not Ellipsis:
            return f"list of {len(args)} {type_words(args[0])}s"
        return f"list of {type_words(args[0])}"
    if origin is not None and issubclass(origin, Mapping):
        return f"table of names with {type_words(args[1])}"
    return f"{hint.__name__} table"


def example_of(hint: Any, choices: tuple[str, ...] = ()) -> str:
    """A value of a declared type as it is written in a program."""
    if choices:
        return f'"{choices[-1]}"'
    if hint == Where:
        return '{ kind = "new" }'
    plain = {Decimal: "0.10", int: "12", str: '"name"', bool: "true", date: "2026-01-31", Any: '"value"'}
    if hint in plain:
        return plain[hint]
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return example_of(next(a for a in args if a is not type(None)))
    if origin is tuple:
        inner = [example_of(a) for a in args if a is not Ellipsis]
        return f"[{', '.join(inner)}]"
    if origin is not None and issubclass(origin, Mapping):
        return f"{{ NAME = {example_of(args[1])} }}"
    return _SHORT.get(hint.__name__, "{ ... }")


# How tables look, and those that are usually written shorter.
_SHORT = TABLES | {
    "Window": '"trailing 12 months"',
    "Need": '{ metric = "revenue", at_least = 1000 }',
    "Rate": "0.10",
    "Bands": '{ how = "marginal", steps = [{ from = 0, rate = 0.05 }] }',
    "Base": '"amount"',
    "DatedAmount": "1000",
    "Keep": "{ at_least = 2 }",
}


def _doc(kind: type) -> str:
    text = kind.__doc__ or ""
    return "" if text.startswith(f"{kind.__name__}(") else " ".join(text.split())
