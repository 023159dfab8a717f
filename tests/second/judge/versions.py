"""Which version's rules are asked, and what modules lay over them for a partner."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.rules import Module, Program, Transition
from tests.second.judge.book import Case, rows
from tests.second.judge.filters import passes

LAID_OVER = ("metric", "earning", "cap", "safety_net", "holdback", "fund", "benefit")


def case_of(versions: Sequence[Program], facts: Facts, as_of: date, partner: Any) -> Case:
    """A partner's case; its program is the version of the as-of day."""
    whole = tuple(sorted(versions, key=lambda version: version.effective_from))
    own = tuple(part for i in range(len(whole)) for part in _parts(whole, i, Case(whole[i], facts, as_of, partner)))
    return on_day(replace(Case(own[-1], facts, as_of, partner), versions=own, plain=whole), as_of)


def _parts(whole: Sequence[Program], place: int, case: Case) -> list[Program]:
    """A version with the partner's modules; one more from each day on which an enrolment changes them."""
    version = case.program
    first = begins(version, case.as_of)
    ends = [begins(later, case.as_of) for later in whole[place + 1 :]]
    days = sorted({row.day for row in enrolments(case) if row.day is not None and first < row.day <= case.as_of})
    found, names = [laid_over(case, first)], _fitting(case, first)
    for day in days if any(module.enrolled for module in version.module.values()) else ():
        if any(end <= day for end in ends) or _fitting(case, day) == names:
            continue
        names, part = _fitting(case, day), laid_over(case, day)
        if part.transition.applies_to == "retroactive":
            part = replace(part, transition=Transition())
        found.append(replace(part, effective_from=day, version=f"{version.version}{PART}{day}"))
    return found


PART = " part "


def opens(case: Case, version: Program) -> date:
    """The first day of the text of a version, of which this may be a later part."""
    name = version.version.partition(PART)[0]
    return begins(next(one for one in case.versions if one.version == name), case.as_of)


def enrolments(case: Case) -> list[Any]:
    """The partner's enrolments in the program, in order of day and id."""
    named = (case.program.program, case.program.name)
    own = [row for row in rows(case, "enrolment") if row.partner == case.partner.id and row.program in named]
    return sorted(own, key=lambda row: (row.day or date.min, row.id))


def enrolment(case: Case, day: date) -> Any:
    """The enrolment that holds on a day, if there is one."""
    begun = [row for row in enrolments(case) if row.day is None or row.day <= day]
    return begun[-1] if begun else None


def _fitting(case: Case, day: date) -> list[str]:
    """The modules that fit the partner on a day."""
    row, found = enrolment(case, day), []
    for name, module in case.program.module.items():
        named = row is not None and any(one.strip() in (name, module.says) for one in row.module.split(","))
        if passes(case, "partner", case.partner, module.partner) and (named or not module.enrolled):
            found.append(name)
    return found


def on_day(case: Case, day: date) -> Case:
    """The case with the rules of the version that is in force on a day; before the first one, those of the first."""
    begun = [version for version in case.versions if begins(version, case.as_of) <= day]
    return replace(case, program=(begun or case.versions[:1])[-1])


def begins(version: Program, as_of: date) -> date:
    """The first day to which a version applies: a retroactive one in force is run again from an earlier day on."""
    is_run_again = version.transition.applies_to == "retroactive" and version.effective_from <= as_of
    return (version.transition.since if is_run_again else None) or version.effective_from


def laid_over(case: Case, day: date) -> Program:
    """The version with the terms of every module that fits the partner on a day, in the order of the text."""
    program = case.program
    for name in _fitting(case, day):
        program = _with(program, case.program.module[name])
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
