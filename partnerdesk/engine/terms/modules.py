"""Modules: terms for some partners, laid over a version. A partner's terms are those of the modules that fit it.

Partners with the same modules share their terms: they are made ready once per combination. Where a partner is enrolled
in a module or leaves it on a day, its terms change on that day as they do between two versions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from partnerdesk.engine.facts import Enrolment, Facts, Partner
from partnerdesk.engine.rules import Cap, Clause, Module, Program, Transition, Where
from partnerdesk.engine.semantics import KEEPS_ITS_DAY, NEWEST
from partnerdesk.engine.terms.enrolled import enrolments, is_in_module
from partnerdesk.engine.terms.versions import Terms, Version
from partnerdesk.engine.world.index import Index
from partnerdesk.engine.world.where import predicate
from partnerdesk.engine.world.world import World

KINDS = ("metric", "earning", "cap", "safety_net", "holdback", "fund", "benefit")
_LIMITS = ("cap", "safety_net", "holdback")


class Stretch(NamedTuple):
    """The days of a version on which a partner has the same modules: from the version's first day, or from `since`."""

    number: int
    since: date | None
    modules: tuple[str, ...]


# What a partner's terms depend on.
Chosen = tuple[Stretch, ...]


class Roster:
    """Which terms each partner has, in versions of one program on a day."""

    def __init__(self, programs: Sequence[Program], as_of: date, index: Index, semantics: int = NEWEST) -> None:
        self.programs, self.as_of, self.index, self.semantics = programs, as_of, index, semantics
        self.plain = Terms(programs, as_of, semantics=semantics)
        self.has_modules = any(program.module for program in programs)
        self._made: dict[Chosen, Terms] = {tuple(Stretch(i, None, ()) for i in range(len(programs))): self.plain}

    def world(self, partner: Partner) -> World:
        """A partner's world under its own terms."""
        world = World(self.index, partner, self.plain)
        if self.has_modules:
            terms = self._terms(tuple(found for version in self.plain.versions for found in _stretches(version, world)))
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
            split = {stretch.number for stretch in chosen if stretch.since is not None}
            own = [self._laid_over(stretch, stretch.number in split) for stretch in chosen]
            going_on = [i for i, stretch in enumerate(chosen) if stretch.since is not None]
            found = self._made[chosen] = Terms(own, self.as_of, going_on, self.semantics)
        return found

    def _laid_over(self, stretch: Stretch, is_split: bool) -> Program:
        """A version under the modules of a stretch; where it has several, each takes effect on its own first day."""
        version = self.plain.versions[stretch.number]
        own = laid_over(version.program, stretch.modules)
        if not is_split or (stretch.since is None and self.semantics >= KEEPS_ITS_DAY):
            return own  # a retroactive one begins before its day, on one that may be another version's
        if stretch.since is not None and own.transition.applies_to == "retroactive":
            own = replace(own, transition=Transition())
        return replace(own, effective_from=stretch.since or version.start)


def _stretches(version: Version, world: World) -> Iterator[Stretch]:
    """The days of a version by a partner's modules, which may change with each of its enrolments."""
    program, names = version.program, fitting(version.program, world, version.start)
    yield Stretch(version.number, None, names)
    if any(module.enrolled for module in program.module.values()):
        for row in enrolments(program, world):
            if row.day is not None and version.start < row.day <= version.last:
                before, names = names, fitting(program, world, row.day)
                if names != before:
                    yield Stretch(version.number, row.day, names)


def fitting(program: Program, world: World, day: date) -> tuple[str, ...]:
    """The modules that apply to a partner on a day, in the order of the text."""
    return tuple(
        name
        for name, module in program.module.items()
        if _fits(module.partner, world) and (not module.enrolled or is_in_module(program, name, world, day))
    )


def _fits(partner: Where, world: World) -> bool:
    passes = predicate("partner", partner)
    return passes is None or passes(world.partner, world)


def clauses_of(program: Program, world: World) -> dict[str, Clause]:
    """The clauses that are for a partner, without whom else they are for."""
    own = {name: clause for name, clause in program.clause.items() if _fits(clause.partner, world)}
    return {name: replace(clause, partner=()) for name, clause in own.items()}


def modules_of(
    program: Program, partner: Partner, enrolled: Sequence[Enrolment] = (), day: date | None = None
) -> tuple[str, ...]:
    """The modules that apply to a partner by its own row and its enrolments, on a day or the version's first."""
    return fitting(program, alone(program, partner, enrolled), day or program.effective_from)


def alone(program: Program, partner: Partner, enrolled: Sequence[Enrolment] = ()) -> World:
    """A partner's world of its own row and its enrolments."""
    facts = Facts({"partner": (partner,), "enrolment": tuple(enrolled)})
    return World(Index(facts), partner, Terms([program], program.effective_from))


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
