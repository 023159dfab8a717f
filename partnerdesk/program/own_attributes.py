"""The free attributes that a program's rules read: columns of its facts that no field is named like."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from partnerdesk.engine.rules import Program
from partnerdesk.engine.world.derived import DAYS

_MARK = "attributes."
_OF_DAYS = re.compile(r"attributes\.([^.]+)")


def own_attributes(program: Program) -> frozenset[str]:
    """Their names, wherever a rule filters, counts, groups or pays by them."""
    return frozenset(name for text in _texts(program) if _MARK in text for name in _named(text))


def _named(path: str) -> list[str]:
    """The free attributes of a path: the days from one to another may name two."""
    if DAYS in path.split("."):
        return _OF_DAYS.findall(path)
    return [path.rpartition(_MARK)[2]]


def _texts(part: Any) -> Iterator[str]:
    """Every text inside a rule; the cases are facts, which read nothing."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, tuple):
        for value in part:
            yield from _texts(value)
    elif is_dataclass(part):
        for field in fields(part):
            if field.name != "example":
                yield from _texts(getattr(part, field.name))
