"""Frozen rows from plain JSON data, the way back from `engine.outcome.record`: driven by the declared types alone.

It stands below them: who reads a kept view needs none of what the engine counts with.
"""

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from partnerdesk.engine.fiscal import unit_of
from partnerdesk.engine.period import Period


def restore(hint: Any, raw: Any) -> Any:
    """The value of a declared type from its plain JSON form; numbers are exact, days are civil, periods are
    [label, first day, last day]. Raises KeyError, TypeError or ValueError for data that does not fit.
    """
    if raw is None:
        return None
    if isinstance(hint, TypeVar):
        hint = Decimal  # a frozen statement holds plain values
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return restore(next(a for a in args if a is not type(None)), raw)
    if hint is Decimal:
        return Decimal(raw)
    if hint is date:
        return date.fromisoformat(raw)
    if hint is Period:
        return _period(raw)
    if origin is tuple:
        kinds = [args[0]] * len(raw) if args[-1] is Ellipsis else args
        return tuple(restore(kind, part) for kind, part in zip(kinds, raw, strict=True))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: restore(args[1], part) for key, part in raw.items()}
    return _record(origin or hint, raw)


def _record(kind: Any, raw: Any) -> Any:
    if not isinstance(raw, dict):
        return raw
    hints = _hints(kind)
    return kind(**{name: restore(hints[name], part) for name, part in raw.items()})


@lru_cache(maxsize=64)
def _hints(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    names = [f.name for f in fields(kind)] if is_dataclass(kind) else list(kind._fields)
    return {name: hints[name] for name in names}


def _period(raw: list[str]) -> Period:
    return Period(date.fromisoformat(raw[1]), date.fromisoformat(raw[2]), unit_of(raw[0]), raw[0])
