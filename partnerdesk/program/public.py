"""A version as everybody may read it: without the terms that are made for partners by name.

A module, a clause or an entry for one partner is between it and the vendor; it stands in that partner's agreement and
on its statements. A document for all partners is made of what is left here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from partnerdesk.engine.rules import Clause, Earning, Metric, Module, Need, Program, Test, Track, Where
from partnerdesk.engine.terms.modules import without

# What says which partner one is, and not of which kind it is.
_WHO = ("id", "name", "legal_name", "document_name", "tax_id", "agreement", "parent")
_AGREED = "it is agreed with the partner"
_COUNTS = "Whose facts it counts is agreed with the partner."


@dataclass(frozen=True, slots=True)
class Public:
    """A version for everybody. `left_out` names what is missing, and `named` the partners for whom it is."""

    program: Program
    left_out: tuple[str, ...]
    named: frozenset[str]


def public(program: Program) -> Public:
    """The version without modules, clauses, earnings, entries and tracks for partners by name.

    A requirement that names partners is said to be agreed with them.
    """
    gone = [f"earning.{name}" for name in _earnings(program)]
    kept = without(program, gone)
    modules = {name: m for name, m in kept.module.items() if not _names(m.partner, "partner")}
    clauses = {name: c for name, c in kept.clause.items() if not _names(c.partner, "partner")}
    told = replace(kept, module=modules, clause=clauses, example=())
    left_out = [rule.says for kind in ("module", "clause") for rule in _left(program, told, kind)]
    left_out += [program.earning[key.partition(".")[2]].says for key in gone]
    named = frozenset(str(value) for test in naming_tests(program) for value in test.one_of or ())
    return Public(replace(_told(told), example=program.example), tuple(left_out), named)


def _left(program: Program, told: Program, kind: str) -> "Iterator[Module | Clause]":
    yield from (rule for name, rule in getattr(program, kind).items() if name not in getattr(told, kind))


def _earnings(program: Program) -> list[str]:
    """The earnings for partners by name, and those that follow them."""
    gone = [name for name, rule in program.earning.items() if _is_named(rule)]
    while follows := [n for n, rule in program.earning.items() if rule.earning in gone and n not in gone]:
        gone += follows
    return gone


def _is_named(rule: Earning) -> bool:
    """Whether an earning is for partners by name alone: by its events, or by every entry of its table."""
    entries = rule.rate.entries if rule.rate is not None else ()
    return _names(rule.where) or (bool(entries) and all(_names(entry.where) for entry in entries))


def _names(where: Where, kind: str = "") -> bool:
    return any(_is_name(test, kind) for test in where)


def _is_name(test: Test, kind: str = "") -> bool:
    """Whether a test asks which partner it is, of a partner or of any fact."""
    if test.one_of is None:
        return False
    first, _, rest = test.attribute.partition(".")
    if kind == "partner":
        return first in _WHO
    return first == "partner" and (not rest or rest.partition(".")[0] in _WHO)


def _told(value: Any) -> Any:
    """A value of a version and everything inside it, without what names partners."""
    if isinstance(value, Need) and _names(value.partner, "partner"):
        return Need(says=_AGREED)
    if isinstance(value, Metric) and _names(value.where):
        where = tuple(test for test in value.where if not _is_name(test))
        value = replace(value, where=where, note=f"{value.note} {_COUNTS}".strip())
    if isinstance(value, tuple):
        kept = tuple(_told(item) for item in value if not _is_entry_by_name(item))
        return tuple(item for item in kept if item != ())
    if isinstance(value, Mapping):
        return {name: _told(item) for name, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        inside = {f.name: _told(getattr(value, f.name)) for f in fields(value) if f.name not in ("partner", "where")}
        return replace(value, **inside)
    return value


def _is_entry_by_name(item: Any) -> bool:
    """Whether an entry of a table, or a track of the score, is for partners by name."""
    if isinstance(item, Track):
        return _names(item.partner, "partner")
    return is_dataclass(item) and not isinstance(item, Test | Metric | Earning) and _names(getattr(item, "where", ()))


def naming_tests(value: Any) -> Iterator[Test]:
    """Every test in a version that names partners."""
    if isinstance(value, Module | Clause | Track | Need):
        yield from (test for test in value.partner if _is_name(test, "partner"))
    if isinstance(value, Test):
        yield from [value] if _is_name(value) else []
    elif isinstance(value, tuple):
        for item in value:
            yield from naming_tests(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from naming_tests(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from naming_tests(getattr(value, field.name))
