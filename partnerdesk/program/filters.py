"""Filters as they are written: a table of attributes, each with a value, a list of values, or a table of one test."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from partnerdesk.engine.rules import Test
from partnerdesk.program.structure import UNREADABLE, Structure, show

BOUNDS = ("at_least", "above", "at_most", "below")
_TESTS = (*BOUNDS, "not", "known", "or_unknown")


def where(structure: Structure, raw: Any, path: str) -> Any:
    """A table of attribute = value, list of values, or bounds."""
    if not isinstance(raw, dict):
        return structure.problem(path, "a filter is a table of attribute = value.", 'Write { kind = "new" }.')
    tests = [_test(structure, name, value, f"{path}.{name}") for name, value in flat(raw)]
    return UNREADABLE if UNREADABLE in tests else tuple(tests)


def flat(raw: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """`customer.country = "DE"` is read by TOML as nested tables; bounds are tables too."""
    found: list[tuple[str, Any]] = []
    for key, value in raw.items():
        if isinstance(value, dict) and not set(value) & set(_TESTS):
            found += flat(value, f"{prefix}{key}.")
        else:
            found.append((f"{prefix}{key}", value))
    return found


def _test(structure: Structure, name: str, raw: Any, path: str) -> Any:
    if isinstance(raw, dict):
        for key in raw:
            if key not in _TESTS:
                structure.unknown(f"{path}.{key}", key, list(_TESTS))
                return UNREADABLE
        return _tested(structure, name, dict(raw), path)
    values = _values(structure, raw, path)
    return UNREADABLE if values is UNREADABLE else Test(attribute=name, one_of=values)


def _tested(structure: Structure, name: str, raw: dict[str, Any], path: str) -> Any:
    """Bounds, what it must not be, or whether it is known; only one of these, and with it whether not known passes."""
    or_unknown = raw.pop("or_unknown", False)
    alone = [key for key in ("not", "known") if key in raw]
    if not raw or (alone and len(raw) > 1) or (or_unknown and "known" in raw):
        said = " and ".join([*raw, "or_unknown"] if or_unknown else raw)
        return structure.problem(
            path, f"{said} do not make one test.", "Write bounds, not or known; or_unknown goes with bounds or not."
        )
    flags = [value for value in (or_unknown, raw.get("known")) if value is not None]
    if not all(isinstance(value, bool) for value in flags):
        return structure.problem(path, "known and or_unknown are true or false.", "Write { known = true }.")
    if "not" in raw:
        values = _values(structure, raw["not"], path)
        negated = Test(attribute=name, negated=True, or_unknown=or_unknown)
        return UNREADABLE if values is UNREADABLE else replace(negated, one_of=values)
    if "known" in raw:
        return Test(attribute=name, is_set=raw["known"])
    bounds = {key: _exact(structure, value, f"{path}.{key}") for key, value in raw.items()}
    return UNREADABLE if UNREADABLE in bounds.values() else Test(attribute=name, or_unknown=or_unknown, **bounds)


def _values(structure: Structure, raw: Any, path: str) -> Any:
    read = tuple(_exact(structure, v, path) for v in (raw if isinstance(raw, list) else [raw]))
    return UNREADABLE if UNREADABLE in read else read


def _exact(structure: Structure, raw: Any, path: str) -> Any:
    """Whole numbers of a filter compare with Decimals; dates stay dates. A list or a table is no value."""
    if isinstance(raw, datetime) or not isinstance(raw, str | int | Decimal | date):
        return structure.problem(path, f"{show(raw)} is no value of a filter.", "Write one text, number or day here.")
    return Decimal(raw) if type(raw) is int else raw
