"""Engine values as plain JSON data and back: decimals and days as text, keys sorted, the same bytes every time."""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from types import NoneType
from typing import Any

from partnerdesk.engine.facts import KIND_OF, Fact
from partnerdesk.engine.figures.figure import Excluded, Figure
from partnerdesk.engine.outcome import RuleRef
from partnerdesk.engine.period import Period


def plain(value: Any) -> Any:
    """JSON data of an outcome, a statement, a figure or any part of one."""
    kind = type(value)
    turn = _KNOWN.get(kind)
    if turn is None:
        turn = _KNOWN[kind] = _turn_of(kind)
    return turn(value)


_KNOWN: dict[type, Callable[[Any], Any]] = {}  # a close makes millions of values plain


def _turn_of(kind: type) -> Callable[[Any], Any]:
    """How values of a kind become plain."""
    if issubclass(kind, str | bool | int | NoneType):
        return lambda v: v
    for base, turn in _TURNS:
        if issubclass(kind, base):
            return turn
    if is_dataclass(kind):
        names = tuple(f.name for f in fields(kind))
        return lambda v: {name: plain(getattr(v, name)) for name in names}
    raise TypeError(f"{kind.__name__} has no plain form")


def _key(key: Any) -> str:
    return " ".join(str(k) for k in key) if isinstance(key, tuple) else str(key)


def _figure(figure: Figure) -> dict[str, Any]:
    """A figure with all its steps; empty fields are left out."""
    found: dict[str, Any] = {
        "value": plain(figure.value),
        "unit": figure.unit,
        "label": figure.label,
        "op": figure.op,
        "parts": [_figure(p) for p in figure.parts],
        "origin": plain(figure.origin),
        "why": figure.why,
        "detail": plain(figure.detail),
        "excluded": plain(figure.excluded),
    }
    return {k: v for k, v in found.items() if v not in (None, "", [], ())}


def _listed(value: Any) -> Any:
    """A named tuple by its names, any other sequence in order."""
    if hasattr(value, "_asdict"):
        return {k: plain(v) for k, v in value._asdict().items()}
    return [plain(v) for v in value]


def _left_out(value: Excluded) -> dict[str, Any]:
    return {"kind": KIND_OF[type(value.fact)], "id": value.fact.id, "reason": value.reason, "rule": value.rule}


def _rule(value: RuleRef) -> dict[str, Any]:
    """A rule by its names; its module where there is one."""
    found = {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    return found if value.module else {k: v for k, v in found.items() if k != "module"}


_TURNS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (Decimal, lambda v: format(v, "f")),
    (date, lambda v: v.isoformat()),
    (Period, lambda v: v.label),
    (Excluded, _left_out),
    (RuleRef, _rule),
    (Figure, _figure),
    (Mapping, lambda v: {_key(k): plain(x) for k, x in v.items()}),
    (tuple | list, _listed),
)


def canonical(value: Any) -> bytes:
    """The one text of a value: sorted keys, no spaces, UTF-8."""
    return text_of(plain(value))


def text_of(data: Any) -> bytes:
    """The same of what is plain already."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(body: bytes) -> str:
    return sha256(body).hexdigest()


def fact_record(fact: Fact) -> dict[str, Any]:
    """A fact with where it was read and without what is empty, for freezing and hashing.

    `engine.restore` reads it back; an empty value stays where leaving it out would mean something else.
    """
    found = {}
    kind = type(fact)
    if kind not in _FIELDS:
        _FIELDS[kind] = _recorded(kind)
    for name, stays_empty in _FIELDS[kind]:
        value = getattr(fact, name)
        if value or stays_empty or value not in _EMPTY:
            found[name] = plain(value)
    if fact.source is not None:
        found["source"] = {k: v for k, v in plain(fact.source).items() if v not in _NOWHERE}
    return found


_FIELDS: dict[type, tuple[tuple[str, bool], ...]] = {}


def _recorded(kind: type[Fact]) -> tuple[tuple[str, bool], ...]:
    """The fields of a kind that are recorded, each with whether its empty value is as well."""
    return tuple((f.name, f.default not in (MISSING, *_EMPTY)) for f in fields(kind) if f.name not in _BESIDES)


_BESIDES = ("source", "known_on")
_EMPTY: tuple[Any, ...] = (None, "", {})
_NOWHERE = (None, "", 0)
