"""Modules: terms for some partners, laid over a version. A partner's terms are those of the modules that fit it.

Partners with the same modules share their terms: they are made ready once per combination.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from partnerdesk.engine.facts import Facts, Partner
from partnerdesk.engine.index import Index
from partnerdesk.engine.rules import Cap, Clause, Module, Program, Where
from partnerdesk.engine.terms import Terms
from partnerdesk.engine.where import predicate
from partnerdesk.engine.world import World

KINDS = ("metric", "earning", "cap", "safety_net", "holdback", "fund", "benefit")
_LIMITS = ("cap", "safety_net", "holdback")
# What a partner's terms depend on: the names of its modules in each version.
Chosen = tuple[tuple[str, ...], ...]


class Roster:
    """Which terms each partner has, in versions of one program on a day."""

    def __init__(self, programs: Sequence[Program], as_of: date, index: Index) -> None:
        self.programs, self.as_of, self.index = programs, as_of, index
        self.plain = Terms(programs, as_of)
        self.has_modules = any(program.module for program in programs)
        self._made: dict[Chosen, Terms] = {((),) * len(programs): self.plain}

    def world(self, partner: Partner) -> World:
        """A partner's world under its own terms."""
        world = World(self.index, partner, self.plain)
        if self.has_modules:
            terms = self._terms(tuple(fitting(program, world) for program in self.programs))
            if terms is not self.plain:
                return World(self.index, partner, terms)
        return world

    def worlds(self, partners: Iterable[Partner]) -> list[World]:
        """The worlds of several partners."""
        return [self.world(partner) for partner in partners]

    def all_terms(self, partners: Iterable[Partner]) -> list[Terms]:
        """All terms that some of these partners have, each once."""
        if not self.has_modules:
            return [self.plain]
        return list({id(w.terms): w.terms for w in self.worlds(partners)}.values()) or [self.plain]

    def _terms(self, chosen: Chosen) -> Terms:
        found = self._made.get(chosen)
        if found is None:
            own = [laid_over(program, names) for program, names in zip(self.programs, chosen, strict=True)]
            found = self._made[chosen] = Terms(own, self.as_of)
        return found


def fitting(program: Program, world: World) -> tuple[str, ...]:
    """The modules that apply to a partner, in the order of the text."""
    return tuple(name for name, module in program.module.items() if _fits(module.partner, world))


def _fits(partner: Where, world: World) -> bool:
    passes = predicate("partner", partner)
    return passes is None or passes(world.partner, world)


def clauses_of(program: Program, world: World) -> dict[str, Clause]:
    """The clauses that are for a partner, without whom else they are for."""
    own = {name: clause for name, clause in program.clause.items() if _fits(clause.partner, world)}
    return {name: replace(clause, partner=()) for name, clause in own.items()}


def modules_of(program: Program, partner: Partner) -> tuple[str, ...]:
    """The modules that apply to a partner by what its own row says."""
    return fitting(program, alone(program, partner))


def alone(program: Program, partner: Partner) -> World:
    """A partner's world of its own row and nothing else."""
    return World(Index(Facts({"partner": (partner,)})), partner, Terms([program], program.effective_from))


def laid_over(program: Program, names: Sequence[str]) -> Program:
    """The version with modules laid over it in the order of the text: what is dropped goes, the same name replaces."""
    if not names:
        return program
    found = replace(program, module={})
    for name in names:
        module = program.module[name]
        origins = dict(found.from_module) | dict.fromkeys(added(module), name)
        changed: dict[str, Any] = {kind: _rules(found, kind, module) for kind in KINDS}
        found = replace(found, **changed, from_module=tuple(origins.items()))
    return found


def without(program: Program, keys: Sequence[str]) -> Program:
    """The version without some rules, its modules as well; limits forget the earnings that are gone."""
    if not keys:
        return program
    dropping = Module(says="", partner=(), drops=tuple(keys))
    bare = laid_over(replace(program, module={"": dropping}), [""])
    return replace(bare, module={name: _module_without(m, dropping) for name, m in program.module.items()})


def _module_without(module: Module, dropping: Module) -> Module:
    """A module that changes and drops nothing of what is gone."""
    kept: dict[str, Any] = {}
    for kind in KINDS[1:]:
        own = {n: rule for n, rule in getattr(module, kind).items() if f"{kind}.{n}" not in dropping.drops}
        if kind in _LIMITS:
            own = {n: _without(rule, dropping.drops) for n, rule in own.items()}
            own = {n: rule for n, rule in own.items() if rule.of}
        kept[kind] = own
    return replace(module, **kept, drops=tuple(key for key in module.drops if key not in dropping.drops))


def _rules(program: Program, kind: str, module: Module) -> Mapping[str, Any]:
    """The rules of a kind under a module; a replaced one keeps its place, limits forget earnings that are dropped."""
    kept = {name: rule for name, rule in getattr(program, kind).items() if f"{kind}.{name}" not in module.drops}
    if kind in _LIMITS and module.drops:
        kept = {name: _without(rule, module.drops) for name, rule in kept.items()}
        kept = {name: rule for name, rule in kept.items() if rule.of}
    return kept | dict(getattr(module, kind))


def _without(limit: Any, drops: Iterable[str]) -> Any:
    """A limit that no longer covers what is dropped."""
    gone = {key.removeprefix("earning.") for key in drops if key.startswith("earning.")}
    if gone.isdisjoint(limit.of):
        return limit
    changed = {"of": tuple(name for name in limit.of if name not in gone)}
    if isinstance(limit, Cap):
        changed["cut"] = tuple(name for name in limit.cut if name not in gone)
    return replace(limit, **changed)


def added(module: Module) -> list[str]:
    """The keys of the rules that a module adds or replaces."""
    return [f"{kind}.{rule}" for kind in KINDS for rule in getattr(module, kind)]


def changes(module: Module) -> frozenset[str]:
    """The keys of the rules that a module adds, replaces or drops."""
    return frozenset([*module.drops, *added(module)])
