"""The shorter ways in which parts of a program are written, each read into its type: phrases, bounds, tables.

Every hook takes the structure that reads, the raw value and its key path, and gives the value or UNREADABLE.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from partnerdesk.engine.rules import (
    Bands,
    Base,
    Cap,
    Clause,
    Clawback,
    Count,
    DatedAmount,
    Earning,
    Expected,
    Formula,
    Holdback,
    Need,
    Rate,
    RateEntry,
    Rounding,
    SafetyNet,
    Step,
    Term,
    Trigger,
    Where,
    Window,
)
from partnerdesk.program import foreign
from partnerdesk.program.filters import BOUNDS, where
from partnerdesk.program.head import rounding
from partnerdesk.program.structure import UNREADABLE, Hook, Structure, as_share, show
from partnerdesk.program.windows import window

_SOME = 'Write { at_least = 2, of = [{ metric = "name", at_least = 1 }, ...] }, or drop it.'
_NEEDS = {field.name for field in fields(Need)}


def need(structure: Structure, raw: Any, path: str) -> Any:
    """{ score = 75 } asks for at least 75; a metric has a bound; groups: all, any, none, { at_least = 2, of = [] }"""
    if not isinstance(raw, dict):
        tier = f'{{ tier = "{raw}" }}' if isinstance(raw, str) and raw.isidentifier() else "{ score = 75 }"
        remedy = f'Write {tier} or {{ metric = "name", at_least = 1000 }}.'
        return structure.problem(path, "a requirement is a table.", remedy)
    raw = dict(raw)
    (name, bound), *others = raw.items() or [("", None)]
    if _is_number(bound) and not others and name not in _NEEDS:
        remedy = foreign.instead(name, _NEEDS) or f'Write {{ metric = "{name}", at_least = {bound} }}.'
        return structure.problem(path, f"{name} is not a known key.", remedy)
    if "of" in raw:
        if not isinstance(raw["of"], list):
            return structure.problem(f"{path}.of", "of is a list of requirements.", _SOME)
        raw["some"] = raw.pop("at_least", len(raw["of"]))
    if "score" in raw:
        if not isinstance(raw["score"], bool):
            raw["at_least"] = raw["score"]
        raw["score"] = True
    read = structure.table(Need, raw, path)
    if read is UNREADABLE:
        return read
    groups = (read.all, read.any, read.none, read.of)
    if sum(bool(m) for m in (read.score, read.metric, read.tier, read.partner, *groups)) != 1:
        return structure.problem(
            path, "a requirement asks for one thing.", "Group several in all = [...] or any = [...]."
        )
    if (read.score or read.metric) and all(getattr(read, b) is None for b in BOUNDS):
        return structure.problem(path, "the requirement has no bound.", "Add at_least, above, at_most or below.")
    return read


_STEPPED = 'Say how: { bands = "marginal", steps = [...] }, or bands = "whole amount"'


def rate(structure: Structure, raw: Any, path: str) -> Any:
    """One number, or a table: by_tier, by_age, entries, or bands with steps."""
    if _is_number(raw):
        number = structure.scalar(Decimal, raw, path)
        return number if number is UNREADABLE else Rate(entries=(RateEntry(rate=number),))
    if not isinstance(raw, dict):
        if isinstance(raw, list):
            return structure.problem(path, "a list is not a rate.", f"{_STEPPED}, or entries = [...].")
        remedy = (as_share(raw) if isinstance(raw, str) else "") or "Write 0.08 or a rate table."
        return structure.problem(path, f"{show(raw)} is not a rate.", remedy)
    if "bands" in raw:
        read = _banded(structure, raw, path)
        return read if read is UNREADABLE else Rate(bands=read, kind="bands")
    for key in ("by_tier", "by_age", "entries"):
        if key in raw:
            return _table(structure, raw, path, key)
    remedy = "Known: by_tier, by_age, entries, bands with steps."
    if "steps" in raw:
        remedy = f"{_STEPPED}."
    elif raw and all(map(_is_number, raw.values())):
        remedy = f"Write {{ by_tier = {{ {next(iter(raw))} = ... }} }}, with every tier."
    return structure.problem(path, "this rate table is not known.", remedy)


def _table(structure: Structure, raw: dict[str, Any], path: str, key: str) -> Any:
    """A rate table, with what is said beside it: resolve, age_of, otherwise."""
    if key == "by_tier":
        named = structure.value(Mapping[str, Decimal], raw[key], f"{path}.{key}")
        entries = named
        if named is not UNREADABLE:
            entries = tuple(RateEntry(rate=r, tier=(t,)) for t, r in named.items())
    else:
        entries = structure.value(tuple[RateEntry, ...], raw[key], f"{path}.{key}")
    rest = {k: v for k, v in raw.items() if k != key}
    read = structure.table(Rate, rest, path, frozenset({"bands", "entries"}))
    return UNREADABLE if UNREADABLE in (entries, read) else replace(read, entries=entries, kind=key)


_BAND_KEYS = {"bands", *(field.name for field in fields(Bands))}


def _banded(structure: Structure, raw: dict[str, Any], path: str) -> Any:
    """Bands right in the table of a rate, or in a table of their own, beside which nothing else stands."""
    if not isinstance(raw["bands"], dict):
        return bands(structure, raw, path)
    for key in raw:
        if key != "bands":
            structure.unknown(f"{path}.{key}", key, ["bands"])
    return structure.value(Bands, raw["bands"], f"{path}.bands")


def bands(structure: Structure, raw: Any, path: str) -> Any:
    """{ how = "marginal", steps = [...] }; `bands` may stand for `how`."""
    if isinstance(raw, dict) and "how" not in raw:
        raw = {("how" if k == "bands" else k): v for k, v in raw.items()}
    return structure.table(Bands, raw, path)


def entry(structure: Structure, raw: Any, path: str) -> Any:
    """A line of a rate table; the keys of bands may stand in a table of their own or right in the line."""
    if isinstance(raw, dict) and isinstance(raw.get("bands"), str):
        own = {key: raw[key] for key in raw if key in _BAND_KEYS}
        raw = {key: raw[key] for key in raw if key not in _BAND_KEYS} | {"bands": own}
    read = structure.table(RateEntry, raw, path)
    if read is UNREADABLE:
        return read
    if sum(part is not None for part in (read.rate, read.amount, read.bands)) != 1:
        return structure.problem(path, "an entry gives one of rate, amount and bands.", "Keep one of them.")
    return read


def base(structure: Structure, raw: Any, path: str) -> Any:
    """The name of an attribute, or a table."""
    if isinstance(raw, str):
        return Base(attribute=raw)
    return structure.table(Base, raw, path)


def earning(structure: Structure, raw: Any, path: str) -> Any:
    """An earning; `on` may be a table that names any kind of fact."""
    if isinstance(raw, dict) and isinstance(raw.get("on"), dict):
        trigger = structure.table(Trigger, raw["on"], f"{path}.on")
        if trigger is UNREADABLE:
            return trigger
        read = structure.table(Earning, {**raw, "on": trigger.fact}, path)
        return read if read is UNREADABLE else replace(read, trigger=trigger)
    return structure.table(Earning, raw, path)


def amounts(structure: Structure, raw: Any, path: str) -> Any:
    """A number, "none", { metric = ... }, or a list of dated amounts."""
    items = raw if isinstance(raw, list) else [raw]
    read = [_amount(structure, item, f"{path}.{i}" if isinstance(raw, list) else path) for i, item in enumerate(items)]
    return UNREADABLE if UNREADABLE in read else tuple(read)


def _amount(structure: Structure, raw: Any, path: str) -> Any:
    if _is_number(raw):
        number = structure.scalar(Decimal, raw, path)
        return number if number is UNREADABLE else DatedAmount(amount=number)
    if raw == "none":
        return DatedAmount()
    if not isinstance(raw, dict):
        return structure.problem(path, f"{show(raw)} is not an amount.", 'Write 40_000, "none" or { metric = "name" }.')
    return structure.table(DatedAmount, {k: v for k, v in raw.items() if (k, v) != ("amount", "none")}, path)


def numbered(structure: Structure, raw: Any, path: str, kind: Any) -> Any:
    """Rules by name; a list of them is named by its numbers from 0."""
    if isinstance(raw, list):
        raw = {str(i): item for i, item in enumerate(raw)}
    return structure.named(kind, raw, path)


def _number_or(kind: Any) -> Hook:
    """What is a number, or a table that says how it is worked out."""
    return lambda structure, raw, path: (
        structure.table(kind, raw, path) if isinstance(raw, dict) else structure.scalar(Decimal, raw, path)
    )


def _by_name(kind: Any) -> Hook:
    return lambda structure, raw, path: numbered(structure, raw, path, kind)


def expected(structure: Structure, raw: Any, path: str) -> Any:
    """A figure that a case expects; numbers may be written plainly."""
    read = structure.table(Expected, raw, path)
    if read is UNREADABLE:
        return read
    if sum(part not in (None, "") for part in (read.value, read.text, read.day)) != 1:
        return structure.problem(path, "a case expects one of value, text and day.", "Keep one of them.")
    return read


def plain_date(structure: Structure, raw: Any, path: str) -> Any:
    """A TOML date without a time of day."""
    if isinstance(raw, datetime) or not isinstance(raw, date):
        return structure.problem(path, f"{show(raw)} is not a date.", "Write it as 2026-01-31, without quotes.")
    return raw


def _is_number(raw: Any) -> bool:
    return isinstance(raw, int | Decimal) and not isinstance(raw, bool)


# Rules that may also be written as a list, [[cap]], and are then named by their numbers.
NUMBERED: dict[Any, type] = {
    Mapping[str, Cap]: Cap,
    Mapping[str, SafetyNet]: SafetyNet,
    Mapping[str, Holdback]: Holdback,
}
HOOKS: dict[Any, Callable[..., Any]] = {
    Window: window,
    Where: where,
    Need: need,
    Rate: rate,
    RateEntry: entry,
    Bands: bands,
    Base: base,
    Rounding: rounding,
    Decimal | Formula | None: _number_or(Formula),
    Decimal | Term | None: _number_or(Term),
    Earning: earning,
    Expected: expected,
    tuple[DatedAmount, ...]: amounts,
    **{hint: _by_name(kind) for hint, kind in NUMBERED.items()},
    date: plain_date,
}
# How keys are written where the type's own name would not read well.
ALIASES: dict[Any, dict[str, str]] = {
    Step: {"from": "floor"},
    Clawback: {"if": "cause"},
    DatedAmount: {"from": "since"},
    Count: {"from": "first", "to": "last"},
    Clause: {"from": "since"},
}
