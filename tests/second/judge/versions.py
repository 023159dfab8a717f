"""Which version's rules are asked, and what modules lay over them for a partner."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.rules import Program
from tests.second.judge.book import Case
from tests.second.judge.filters import passes

LAID_OVER = ("metric", "earning", "cap", "safety_net", "holdback")


def case_of(versions: Sequence[Program], facts: Facts, as_of: date, partner: Any) -> Case:
    """A partner's case; its program is the version of the as-of day."""
    whole = sorted(versions, key=lambda version: version.effective_from)
    own = tuple(laid_over(Case(version, facts, as_of, partner)) for version in whole)
    return on_day(replace(Case(own[-1], facts, as_of, partner), versions=own), as_of)


def on_day(case: Case, day: date) -> Case:
    """The case with the rules of the version that is in force on a day; before the first one, those of the first."""
    begun = [version for version in case.versions if begins(version) <= day]
    return replace(case, program=(begun or case.versions[:1])[-1])


def begins(version: Program) -> date:
    """The first day to which a version applies: a retroactive one is run again from an earlier day on."""
    return version.transition.since or version.effective_from


def laid_over(case: Case) -> Program:
    """The version with the terms of every module that fits the partner, in the order of the text."""
    program = case.program
    for module in program.module.values():
        if not passes(case, "partner", case.partner, module.partner):
            continue
        changed = {kind: {**getattr(program, kind), **getattr(module, kind)} for kind in LAID_OVER}
        for dropped in module.drops:
            kind, _, name = dropped.partition(".")
            changed[kind].pop(name, None)
        program = replace(program, **changed)
    return program
