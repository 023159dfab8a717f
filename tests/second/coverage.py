"""How often each key, and each value of a key that has a fixed choice, occurred in the programs that were compared."""

import types
import typing
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import lru_cache
from typing import Any

from partnerdesk.engine.rules import Program

ENOUGH = 100
SPOKEN = "words for people: no figure depends on it"
# Keys that no figure of an evaluation depends on, by type; None stands for the key of that name in every type.
SPOKEN_ONLY: dict[tuple[str | None, str], str] = {
    **dict.fromkeys(((None, "says"), (None, "reference"), (None, "note")), SPOKEN),
    **dict.fromkeys((("Program", name) for name in ("name", "vendor", "source", "open_points")), SPOKEN),
    ("Program", "program"): "a name",
    ("Program", "version"): "a name",
    ("Program", "include"): "brings metrics into the text, which are judged as its own",
    ("Program", "benchmark"): "says which figures of others may be seen",
    ("Program", "included"): "says what was included; the metrics stand in the text",
    ("Program", "clause"): "what is agreed beside the figures",
    ("Program", "example"): "facts and figures of a case: an evaluation of its own",
    ("Metric", "unit"): "what a value is called",
    ("ScorePart", "target"): "what a plan aims at; no figure of the score",
    **dict.fromkeys((("Disputes", name) for name in ("within_days", "answer_days")), "a time for people; no figure"),
    ("Fund", "kind"): SPOKEN,
    ("Stage", "milestones"): SPOKEN,
    ("Stage", "incentive"): SPOKEN,
    ("Earning", "type"): "a code on the statement",
}
FOR_PEOPLE = ("Benchmark", "Clause", "Example", "Expected", "Included")


@lru_cache(maxsize=256)
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _types_in(hint: Any) -> list[type]:
    """The tables of the format that a declared type is made of."""
    if is_dataclass(hint) and isinstance(hint, type):
        return [hint]
    if typing.get_origin(hint) in (typing.Union, types.UnionType, tuple) or isinstance(hint, types.GenericAlias):
        return [found for arg in typing.get_args(hint) for found in _types_in(arg)]
    return [found for arg in typing.get_args(hint) for found in _types_in(arg)]


def tables() -> list[type]:
    """Every table of the format, as it is declared."""
    found: list[type] = [Program]
    for cls in found:
        for field in _keys(cls):
            found += [t for t in _types_in(_hints(cls)[field.name]) if t not in found]
    return found


def _keys(cls: type) -> list["Field[Any]"]:
    return [f for f in fields(cls) if "internal" not in f.metadata]


def counted(programs: Iterable[Program]) -> Counter[str]:
    """Each key that differs from its default, and each chosen value of a table that is there, once per program."""
    found: Counter[str] = Counter()
    for program in programs:
        found.update(set(_seen(program)))
    return found


def _seen(table: Any) -> Iterator[str]:
    cls = type(table)
    for field in _keys(cls):
        value = getattr(table, field.name)
        name = f"{cls.__name__}.{field.name}"
        if value != _default(field):
            yield name
        if field.metadata.get("choices"):
            yield f"{name} = {value}"
        for inner in _inside(value):
            yield from _seen(inner)


def _inside(value: Any) -> Iterator[Any]:
    if is_dataclass(value):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _inside(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _inside(item)


def _default(field: "Field[Any]") -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return ... if field.default is MISSING else field.default


def wanted() -> dict[str, str]:
    """Every key and value of the format, with why no figure depends on it where that is so."""
    found: dict[str, str] = {}
    for cls in tables():
        for field in _keys(cls):
            name = f"{cls.__name__}.{field.name}"
            why = SPOKEN_ONLY.get((cls.__name__, field.name)) or SPOKEN_ONLY.get((None, field.name)) or ""
            if cls.__name__ in FOR_PEOPLE:
                why = why or f"a part of {cls.__name__.lower()}, which makes no figure"
            found[name] = why
            found |= {f"{name} = {choice}": why for choice in field.metadata.get("choices", ()) if choice}
    return found


def table(seen: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """The lines to print, and the keys and values that did not occur often enough."""
    lines, rare = [], []
    for name, spoken in wanted().items():
        times = seen.get(name, 0)
        note = f"spoken only: {spoken}" if spoken else ""
        if times < ENOUGH:
            rare.append(name)
            note = f"TOO RARE, {ENOUGH} are needed"
        lines.append(f"  {name:<48} {times:>7}  {note}".rstrip())
    return lines, rare
