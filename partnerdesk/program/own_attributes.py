"""The free attributes that a program's rules read: columns of its facts that no field is named like."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from partnerdesk.engine.rules import Program

_MARK = "attributes."


def own_attributes(program: Program) -> frozenset[str]:
    """Their names, wherever a rule filters, counts, groups or pays by them."""
    return frozenset(text.rpartition(_MARK)[2] for text in _texts(program) if _MARK in text)


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
