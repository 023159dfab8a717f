"""Filters as they are written: a table of attributes, each with a value, a list of values, or a table of one test."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from partnerdesk.engine.rules import Test
from partnerdesk.program.structure import UNREADABLE, Structure

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
    return Test(attribute=name, one_of=_values(raw))


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
        return Test(attribute=name, one_of=_values(raw["not"]), negated=True, or_unknown=or_unknown)
    if "known" in raw:
        return Test(attribute=name, is_set=raw["known"])
    return Test(attribute=name, or_unknown=or_unknown, **{key: _exact(value) for key, value in raw.items()})


def _values(raw: Any) -> tuple[Any, ...]:
    return tuple(_exact(v) for v in (raw if isinstance(raw, list) else [raw]))


def _exact(raw: Any) -> Any:
    """Whole numbers of a filter compare with Decimals; dates stay dates."""
    return Decimal(raw) if type(raw) is int else raw
