"""Plain TOML data into the frozen types of `engine.rules`, driven by their declarations.

Every key that a type does not know, every value of the wrong kind and every missing key is a located problem; reading
goes on to find them all.
"""

import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from partnerdesk.engine.problem import Problem
from partnerdesk.program.foreign import choice, instead, shape, table_for
from partnerdesk.program.places import Places

UNREADABLE: Any = object()
_FEW = 2
Hook = Callable[["Structure", Any, str], Any]


class Structure:
    """One reading of one text: collects problems while it builds."""

    def __init__(self, file: str, places: Places, hooks: Mapping[Any, Hook], aliases: Mapping[Any, Mapping[str, str]]):
        self.file, self.places, self.hooks, self.aliases = file, places, hooks, aliases
        self.problems: list[Problem] = []
        self.top: frozenset[str] = frozenset()  # the keys of the text itself, above its tables

    def problem(self, path: str, message: str, remedy: str = "", warning: bool = False) -> Any:
        """Notes a problem at a key and stands in for the value that could not be read."""
        place = self.places.place(self.file, path) if path else self.file
        self.problems.append(Problem(place, message, remedy, warning))
        return UNREADABLE

    def value(self, hint: Any, raw: Any, path: str) -> Any:
        """The value of a declared type, or UNREADABLE."""
        if hint in self.hooks:
            return self.hooks[hint](self, raw, path)
        origin, args = typing.get_origin(hint), typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            return self.value(next(a for a in args if a is not type(None)), raw, path)
        if origin is tuple:
            return self._many(args, raw, path)
        if origin is not None and issubclass(origin, Mapping):
            return self.named(args[1], raw, path)
        if is_dataclass(hint):
            return self.table(hint, raw, path)
        return self.scalar(hint, raw, path)

    def scalar(self, hint: Any, raw: Any, path: str) -> Any:
        if hint is Any:
            return raw
        if hint is Decimal and isinstance(raw, int | Decimal) and not isinstance(raw, bool):
            return self._number(Decimal(raw), path)
        if hint is date and type(raw) is date:
            return raw
        if hint in (int, bool, str) and type(raw) is hint:
            return raw
        wanted = {Decimal: "a number", int: "a whole number", str: "a text", bool: "true or false", date: "a date"}
        remedy = "Write it as the reference shows."
        if hint is str and isinstance(raw, int | Decimal | date):
            remedy = f'Write it in quotes: "{plainly(raw)}".'
        elif hint is str and isinstance(raw, list) and all(isinstance(item, str) for item in raw):
            remedy = f'Only one can stand here: "{raw[0]}".' if raw else "Write one text in quotes."
        elif hint is int and isinstance(raw, Decimal) and raw.is_finite():
            remedy = f"Write {int(raw)} or {int(raw) + 1}." if raw != int(raw) else f"Write {int(raw)}."
        elif hint in (Decimal, int, bool) and isinstance(raw, str):
            remedy = as_share(raw) or "Write it without quotes."
        remedy = shape(path, raw) or remedy
        return self.problem(path, f"{show(raw)} is not {wanted.get(hint, hint)}.", remedy)

    def _number(self, number: Decimal, path: str) -> Any:
        """A finite number; 10.000 is ten, and may have been written for ten thousand."""
        if not number.is_finite():
            return self.problem(path, f"{number} is not a number.", "Write its digits.")
        _, digits, exponent = number.as_tuple()
        if exponent == -3 and digits[-2:] == (0, 0) and abs(number) >= 1:
            meant = f"{int(number * 1000):_}"
            self.problem(
                path, f"{number} is {number.normalize():f}.", f"Write {meant}, if that is meant.", warning=True
            )
        return number

    def _many(self, args: tuple[Any, ...], raw: Any, path: str) -> Any:
        fixed = args[-1] is not Ellipsis
        if is_dataclass(args[0]) and isinstance(raw, dict) and _are_named(args[0], raw):
            return self.problem(path, "the tables of a list have no names of their own.", f"Write [[{path}]] for each.")
        items = raw if isinstance(raw, list) else UNREADABLE if fixed else [raw]
        if items is UNREADABLE or (fixed and len(items) != len(args)):
            return self.problem(path, f"a list of {len(args)} is needed here.", "Write it in brackets.")
        hints = args if fixed else [args[0]] * len(items)
        read = [self.value(h, item, f"{path}.{i}") for i, (h, item) in enumerate(zip(hints, items, strict=True))]
        return UNREADABLE if UNREADABLE in read else tuple(read)

    def named(self, hint: Any, raw: Any, path: str) -> Any:
        """A table of named entries."""
        if not isinstance(raw, dict):
            are_tables = isinstance(raw, list) and all(isinstance(item, dict) for item in raw)
            remedy = f"Write [{path}.NAME] for each one." if are_tables else "Write { name = value }."
            return self.problem(path, "a table of named entries is needed here.", remedy)
        read = {name: self.value(hint, item, f"{path}.{name}") for name, item in raw.items()}
        return {k: v for k, v in read.items() if v is not UNREADABLE}

    def table(self, cls: Any, raw: Any, path: str, skip: frozenset[str] = frozenset()) -> Any:
        """A dataclass from a table; `skip` names fields that the text cannot set."""
        if not isinstance(raw, dict):
            remedy = f"Write it as {TABLES.get(cls.__name__, '{ key = value }')}."
            return self.problem(path, f"{show(raw)} stands where a table is needed.", remedy)
        declared, found, failed = _declared(cls), {}, False
        self.top = self.top if path else frozenset(declared)
        alias = self.aliases.get(cls, {})
        for key, item in raw.items():
            name, at = alias.get(key, key), f"{path}.{key}" if path else key
            if name not in declared or name in skip or (key in alias.values() and key not in alias):
                known = [a for a in declared if a not in alias.values() and a not in skip] + list(alias)
                self.unknown(at, key, known, is_table=isinstance(item, dict), inner=self._inner(cls, key))
                continue
            field, hint = declared[name]
            read = self.value(hint, item, at)
            choices = field.metadata.get("choices")
            if read is UNREADABLE:
                failed = True
            elif read == "" and _is_needed(field):
                self.problem(at, f"{key} is empty.", _asked(key, field))
                failed = True
            elif choices and read not in choices:
                self.problem(at, f"{show(read)} is not known here.", choice(str(read), choices))
                failed = True
            else:
                found[name] = read
        missing = [] if failed else [n for n, (field, _) in declared.items() if _is_needed(field) and n not in found]
        for name in missing:
            shown = next((a for a, n in alias.items() if n == name), name)
            self.problem(path or shown, f"{shown} is missing.", _asked(shown, declared[name][0]))
        return UNREADABLE if failed or missing else cls(**found)

    def unknown(self, path: str, key: str, known: list[str], is_table: bool = False, inner: Sequence[str] = ()) -> None:
        """Notes a key that a table does not know; `inner` names the tables in it that do."""
        near = get_close_matches(key, known, 1, 0.65)
        remedy = f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(sorted(known))}."
        if inner and not near:
            remedy = f"It is a key of {' and of '.join(inner)}."
        if key in self.top and not is_table and "." in path and not get_close_matches(key, known, 1, 0.85):
            remedy = "A key of the program itself stands above the first [table]."
        place, _, number = path.removesuffix(f".{key}").rpartition(".")
        if is_table and number.isdecimal() and "name" in known:
            remedy = f'Write [[{place}]] with name = "{key}".'
        elsewhere = "" if "." in path else table_for(key)
        self.problem(path, f"{key} is not a known key.", instead(key, known) or elsewhere or remedy)

    def _inner(self, cls: Any, key: str) -> list[str]:
        """The keys of a table whose own tables know a key; none where it would be too many to choose from."""
        found = []
        for name, (_, hint) in _declared(cls).items():
            kinds: list[Any] = [kind for kind in (hint, *typing.get_args(hint)) if is_dataclass(kind)]
            if any(self.aliases.get(kind, {}).get(key, key) in _declared(kind) for kind in kinds):
                found.append(name)
        return found if len(found) <= _FEW else []


# How tables look that others write as one value.
TABLES = {
    "Vest": '{ share = 1, at = "payment received" }',
    "Clawback": '{ if = "churned", within_months = 12 }',
    "Count": "{ to = 3 }",
    "Factor": "{ entries = [{ factor = 2 }] }",
    "Point": "{ at = 100, points = 50 }",
    "Term": '{ metric = "name" }',
    "MixPart": '{ metric = "name", weight = 50 }',
    "ScorePart": '{ metric = "name", weight = 100, scale = [{ at = 0, points = 0 }, { at = 100, points = 100 }] }',
    "Keep": "{ at_least = 2 }",
    "Groups": '{ by = "person", keep = { at_least = 2 } }',
    "Series": '{ metric = "name", take = "mean" }',
    "Gate": '{ when = { metric = "name", at_least = 1 } }',
    "Withholding": '{ rate = 0.3, says = "Withholding tax" }',
    "OwnMinimum": '{ minimum = 500, partner = { attributes.method = "bank transfer" } }',
    "Draw": "{ amount = 1000 }",
}


def _are_named(cls: Any, raw: dict[str, Any]) -> bool:
    """Whether names stand where tables of a list are needed: [tier.Gold] for a [[tier]]."""
    return bool(raw) and not set(raw) & set(_declared(cls)) and all(isinstance(value, dict) for value in raw.values())


def _is_needed(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _asked(key: str, field: Any) -> str:
    """What to write for a key."""
    says = field.metadata.get("says", "")
    return f"Add {key}: {says.rstrip('. ')}." if says else ""


def as_share(text: str) -> str:
    """How a percentage is written, where a text is one: 25 % is 0.25."""
    number, sign, rest = text.partition("%")
    try:
        share = Decimal(number.strip().replace(",", ".")) / 100
    except InvalidOperation:
        return ""
    return f"Write {share:f}." if sign and not rest.strip() and share.is_finite() else ""


@lru_cache(maxsize=128)
def _declared(cls: Any) -> dict[str, tuple[Any, Any]]:
    hints = typing.get_type_hints(cls)
    return {f.name: (f, hints[f.name]) for f in fields(cls) if "internal" not in f.metadata}


def show(raw: Any) -> str:
    """A value of the text in a message, shortened."""
    text = plainly(raw)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def plainly(raw: Any) -> str:
    """A value as the text has it: true, not True; a list in its brackets."""
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, list):
        return f"[{', '.join(map(_quoted, raw))}]"
    if isinstance(raw, dict):
        return f"{{ {', '.join(f'{name} = {_quoted(value)}' for name, value in raw.items())} }}" if raw else "{}"
    return str(raw)


def _quoted(raw: Any) -> str:
    return f'"{raw}"' if isinstance(raw, str) else plainly(raw)
