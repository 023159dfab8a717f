"""A JSON Schema of the format for editors: written from the same sections as the printed reference."""

import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.rules import Bands, Base, DatedAmount, Module, Need, Rate, RateEntry, Where, Window
from partnerdesk.engine.terms.modules import KINDS
from partnerdesk.program.head import DAY_OF_YEAR
from partnerdesk.program.reference.sections import OR_TABLE, KeyEntry, Section, sections
from partnerdesk.program.shapes import NUMBERED

_SCALARS: dict[Any, dict[str, Any]] = {
    Decimal: {"type": "number"},
    int: {"type": "integer"},
    str: {"type": "string"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    Any: {},
}
_VALUE = {"type": ["string", "number", "boolean"]}
_FILTER = {
    "description": "attribute = value, list of values, or bounds; nested tables follow references",
    "type": "object",
    "additionalProperties": {"anyOf": [_VALUE, {"type": "array", "items": _VALUE}, {"type": "object"}]},
}
# Shorter ways to write a table, beside the table itself.
# Of a rule that a module lays over one of the version only the keys that differ are given.
_CHANGE = "Change"
_FLAT_BANDS = {"type": "object", "required": ["bands", "steps"]}
_SHORTER: dict[Any, list[dict[str, Any]]] = {
    Window: [{"type": "string"}],
    Rate: [
        {"type": "number"},
        {"type": "object", "required": ["bands"]},
        {"type": "object", "required": ["by_tier"]},
        {"type": "object", "required": ["by_age"]},
    ],
    RateEntry: [_FLAT_BANDS],
    Bands: [_FLAT_BANDS],
    Base: [{"type": "string"}],
    DatedAmount: [{"type": "number"}, {"const": "none"}],
}


def schema() -> dict[str, Any]:
    """The schema of one program version."""
    found = sections()
    defs = {section.kind.__name__: _table(section) for section in found}
    laid_over = {key.name: key for section in found if section.kind is Module for key in section.keys}
    for name in KINDS:
        kind = typing.get_args(laid_over[name].hint)[1].__name__
        defs[f"{kind}{_CHANGE}"] = {**defs[kind], "required": []}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Partner program",
        **defs["Program"],
        "$defs": {name: made for name, made in defs.items() if name != "Program"} | {"Filter": _FILTER},
    }


def _table(section: Section) -> dict[str, Any]:
    properties = {key.name: _property(key) for key in section.keys}
    if section.kind is Module:
        properties |= {name: _changing(properties[name]) for name in KINDS}
    if section.kind is DatedAmount:
        properties["amount"] = {"anyOf": [properties["amount"], {"const": "none"}]}
    if section.kind is Need:
        properties["score"] = {"description": "Least score, or true beside a bound", "type": ["number", "boolean"]}
        properties.pop("some")
    for (kind, name), table in OR_TABLE.items():
        if section.kind is kind:
            properties[name] = {
                "description": properties[name]["description"],
                "anyOf": [{"type": "string"}, {"$ref": f"#/$defs/{table.__name__}"}],
            }
    made: dict[str, Any] = {
        "description": section.says,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": [key.name for key in section.keys if key.default is None],
    }
    shorter = _SHORTER.get(section.kind)
    return {"anyOf": [*shorter, made]} if shorter else made


def _changing(shape: Any) -> Any:
    """The shape of rules by name where each needs to say only what differs."""
    if isinstance(shape, list):
        return [_changing(part) for part in shape]
    if not isinstance(shape, dict):
        return shape
    return {key: f"{part}{_CHANGE}" if key == "$ref" else _changing(part) for key, part in shape.items()}


def _property(key: KeyEntry) -> dict[str, Any]:
    shape = dict(_shape(key.hint))
    if key.name == "fiscal_year_starts":
        shape = {"type": "string", "pattern": f"^({DAY_OF_YEAR})$"}
    if key.choices:
        shape = {"enum": list(key.choices)}
    return {"description": key.says, **shape}


def _shape(hint: Any) -> dict[str, Any]:
    if hint == Where:
        return {"$ref": "#/$defs/Filter"}
    if hint in _SCALARS:
        return _SCALARS[hint]
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        shapes = [_shape(a) for a in args if a is not type(None)]
        return shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
    if origin is tuple:
        return _list(args)
    if origin is not None and issubclass(origin, Mapping):
        named = {"type": "object", "additionalProperties": _shape(args[1])}
        return {"anyOf": [named, {"type": "array", "items": _shape(args[1])}]} if hint in NUMBERED else named
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _list(args: tuple[Any, ...]) -> dict[str, Any]:
    item = _shape(args[0])
    if args[-1] is not Ellipsis:
        return {"type": "array", "items": item, "minItems": len(args), "maxItems": len(args)}
    return {"anyOf": [{"type": "array", "items": item}, item]}
