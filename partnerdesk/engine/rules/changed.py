"""Which keys of two program versions differ, by their paths."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from partnerdesk.engine.rules.program import Program

# What names a version and does not change a figure.
_NAMES = ("program", "version", "effective_from", "note", "source", "open_points", "example", "sha256", "transition")


def changed_keys(before: Program, after: Program) -> set[str]:
    """The paths of all keys whose values differ, such as `earning.upfront.rate`; names of versions left out."""
    left, right = leaves(before), leaves(after)
    return {path for path in {*left, *right} if left.get(path) != right.get(path)}


def leaves(value: Any, path: str = "") -> dict[str, Any]:
    """Every key of a version, or of a part of one that stands at a path, with its value; names of versions left out."""
    if is_dataclass(value) and not isinstance(value, type):
        names = [f.name for f in fields(value) if path or f.name not in _NAMES]
        parts = [(name, getattr(value, name)) for name in names]
    elif isinstance(value, Mapping):
        parts = list(value.items())
    elif isinstance(value, tuple) and any(is_dataclass(v) for v in value):
        parts = [(str(i), v) for i, v in enumerate(value)]
    else:
        return {path: value}
    return {k: v for name, part in parts for k, v in leaves(part, f"{path}.{name}" if path else name).items()}
