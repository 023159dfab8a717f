"""Which version's rules are asked, and what modules lay over them for a partner."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.rules import Module, Program
from tests.second.judge.book import Case
from tests.second.judge.filters import passes

LAID_OVER = ("metric", "earning", "cap", "safety_net", "holdback")


def case_of(versions: Sequence[Program], facts: Facts, as_of: date, partner: Any) -> Case:
    """A partner's case; its program is the version of the as-of day."""
    whole = tuple(sorted(versions, key=lambda version: version.effective_from))
    own = tuple(laid_over(Case(version, facts, as_of, partner)) for version in whole)
    return on_day(replace(Case(own[-1], facts, as_of, partner), versions=own, plain=whole), as_of)


def on_day(case: Case, day: date) -> Case:
    """The case with the rules of the version that is in force on a day; before the first one, those of the first."""
    begun = [version for version in case.versions if begins(version, case.as_of) <= day]
    return replace(case, program=(begun or case.versions[:1])[-1])


def begins(version: Program, as_of: date) -> date:
    """The first day to which a version applies: a retroactive one in force is run again from an earlier day on."""
    is_run_again = version.transition.applies_to == "retroactive" and version.effective_from <= as_of
    return (version.transition.since if is_run_again else None) or version.effective_from


def laid_over(case: Case) -> Program:
    """The version with the terms of every module that fits the partner, in the order of the text."""
    program = case.program
    for module in program.module.values():
        if not passes(case, "partner", case.partner, module.partner):
            continue
        program = _with(program, module)
    return program


def _with(program: Program, module: Module) -> Program:
    """What is dropped goes, and with it limits that are left without any earning; the same name replaces."""
    changed: dict[str, dict[str, Any]] = {kind: dict(getattr(program, kind)) for kind in LAID_OVER}
    for dropped in module.drops:
        kind, _, name = dropped.partition(".")
        changed[kind].pop(name, None)
    for kind in ("cap", "safety_net", "holdback") if module.drops else ():
        for name, limit in list(changed[kind].items()):
            covered = tuple(earning for earning in limit.of if f"earning.{earning}" not in module.drops)
            changed[kind][name] = replace(limit, of=covered)
            if not covered:
                del changed[kind][name]
    for kind in LAID_OVER:
        changed[kind].update(getattr(module, kind))
    return replace(program, **changed)
