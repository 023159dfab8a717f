"""Terms that every program has: each of their keys has a field, at what the format takes where the text is silent."""

import tomllib
import typing
from collections.abc import Mapping
from dataclasses import is_dataclass, replace
from decimal import Decimal
from typing import Any

from partnerdesk.engine.rules import Program
from partnerdesk.program.form.cells import (
    CHOICE,
    DAY,
    FLAG,
    NUMBER,
    PERCENT,
    SHARES,
    TEXT,
    Cell,
    Row,
    caption_of,
    unit_of,
)
from partnerdesk.program.help import in_words
from partnerdesk.program.reference.sections import KeyEntry, keys_of
from partnerdesk.program.spans import Path

# The tables by the first key of their place; each place has a group of its own.
STANDING: dict[str, tuple[tuple[Path, str], ...]] = {
    "transition": ((("transition",), "What this version applies to"),),
    "fiscal_weeks": ((("fiscal_weeks",), "A fiscal year of weeks"),),
    "rounding": ((("rounding",), "Rounding"),),
    "exchange": ((("exchange",), "Exchange"),),
    "tiers": (
        (("tiers",), "How tiers move"),
        (("tiers", "up"), "Moving up"),
        (("tiers", "down"), "Moving down"),
    ),
    "settlement": ((("settlement",), "When it is paid"),),
    "disputes": ((("disputes",), "Disputes"),),
}
_OF_THE_TEXT = (
    "fiscal_year_starts",
    "fiscal_year_named",
    "statements",
)  # of a program's own keys: those that people change
_KINDS = {"number": NUMBER, "whole number": NUMBER, "date": DAY, "true or false": FLAG}


def standing(raw: Mapping[str, Any], place: Path, written: Mapping[Path, Cell]) -> tuple[Row, ...]:
    """A row for each plain key of a table of terms, in the order of the format; `written` are those of the text."""
    rows = []
    for entry in keys_of(_kind(place)):
        path = (*place, entry.name)
        if not _is_plain(entry) or (not place and entry.name not in _OF_THE_TEXT):
            continue
        name = caption_of(path)
        rows.append(Row(name[:1].upper() + name[1:], (_cell(raw, path, entry, written.get(path)),)))
    return tuple(rows)


def _kind(place: Path) -> type:
    """The declared table at a place."""
    kind: Any = Program
    for name in place:
        hint = typing.get_type_hints(kind)[name]
        kind = hint if is_dataclass(hint) else next(a for a in typing.get_args(hint) if is_dataclass(a))
    return typing.cast(type, kind)


def _is_plain(entry: KeyEntry) -> bool:
    return entry.type in _KINDS or bool(entry.choices) or entry.name in _OF_THE_TEXT


def _cell(raw: Mapping[str, Any], path: Path, entry: KeyEntry, written: Cell | None) -> Cell:
    """The field of a key: as the text has it, else at the default of the format, if it has one."""
    is_said = entry.default not in ("none", None)
    default = tomllib.loads(f"x = {entry.default}", parse_float=Decimal)["x"] if is_said else None
    choices = entry.choices if default is not None or not entry.choices else ("", *entry.choices)
    if written is not None and not (written.kind == TEXT and entry.choices):
        found = written
    else:
        kind = CHOICE if entry.choices else _KINDS.get(entry.type, TEXT)
        value: Any = Decimal(default) if isinstance(default, int) and not isinstance(default, bool) else default
        if path[-1] in SHARES and isinstance(value, Decimal):
            kind, value = PERCENT, value * 100
        unit = "%" if kind == PERCENT else unit_of(raw, path)
        found = Cell(path, "", value if value is not None or kind != CHOICE else "", kind, unit, "")
    return replace(found, caption="", says=in_words(entry.says), choices=choices, is_optional=True)
