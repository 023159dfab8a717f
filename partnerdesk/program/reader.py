"""TOML text -> a program version, or located problems: file, line, key, what is wrong, what to do."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Any

from partnerdesk.engine.facts import KINDS
from partnerdesk.engine.problem import Problem, errors
from partnerdesk.engine.rules import Program
from partnerdesk.program.definitions import complete, parsed
from partnerdesk.program.head import fiscal_day, in_smallest_unit
from partnerdesk.program.lint import lint
from partnerdesk.program.places import Part, Places
from partnerdesk.program.shapes import ALIASES, HOOKS
from partnerdesk.program.structure import UNREADABLE, Structure
from partnerdesk.program.unreadable import unreadable


@dataclass(frozen=True, slots=True)
class ProgramRead:
    """The version, or None and the problems that stop it; warnings may stand beside a version.

    `text` is the whole of it, with the definitions that it includes: what a book keeps.
    """

    program: Program | None
    problems: tuple[Problem, ...]
    text: str = ""


def read_program(text: str, name: str, folders: Sequence[Path] = ()) -> ProgramRead:
    """One version from its text; `name` is what problems call the file, `folders` may hold definitions it includes."""
    try:
        raw = parsed(text)
    except tomllib.TOMLDecodeError as wrong:
        return ProgramRead(None, (unreadable(text, wrong, name),))
    if raw and raw.keys() <= KINDS.keys():
        says = f"it holds facts ({', '.join(list(raw)[:3])}{' ...' if len(raw) > 3 else ''}), and no program."
        return ProgramRead(None, (Problem(name, says, "Give facts behind the program, in a folder of their own."),))
    parts: tuple[Part, ...] = ()
    if "include" in raw:
        whole = complete(text, raw, name, folders)
        if whole.problems:
            return ProgramRead(None, whole.problems)
        text, parts, raw = whole.text, whole.parts, parsed(whole.text)
    places = Places(text, parts)
    structure = Structure(name, places, HOOKS, ALIASES)
    raw = without_misnamed(structure, raw)
    program = structure.table(Program, fiscal_day(structure, with_modules(raw)), "")
    if program is UNREADABLE or errors(structure.problems):
        return ProgramRead(None, tuple(structure.problems))
    program = in_smallest_unit(program)
    problems = [*structure.problems, *lint(program, name, places)]
    if errors(problems):
        return ProgramRead(None, tuple(problems))
    digest = sha256(text.encode()).hexdigest()
    return ProgramRead(replace(program, sha256=digest), tuple(problems), text)


def read_file(path: Path) -> ProgramRead:
    """One version from a file. What cannot be read as UTF-8 text is a problem, not an exception."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = wrong.object[: wrong.start].count(ord("\n")) + 1
        place = f"{path.name}, line {line}"
        return ProgramRead(None, (Problem(place, "this is not a UTF-8 text.", "Save the file as UTF-8."),))
    except OSError as wrong:
        return ProgramRead(
            None, (Problem(path.name, f"the file cannot be read: {wrong.strerror}.", "Check its place."),)
        )
    return read_program(text, path.name, (path.parent, path.parent / "definitions"))


def read_versions(paths: list[Path]) -> tuple[list[Program], list[Problem]]:
    """All versions in files, and every problem; versions are usable only when no problem is an error."""
    reads = [read_file(path) for path in sorted(paths)]
    problems = [p for read in reads for p in read.problems]
    programs = [read.program for read in reads if read.program]
    problems += _not_apart([(path.name, read) for path, read in zip(sorted(paths), reads, strict=True)])
    if len({p.program for p in programs}) > 1:
        names = ", ".join(sorted({p.program for p in programs}))
        problems.append(Problem(names, "these are different programs.", "Evaluate one program at a time."))
    return programs, problems


def _not_apart(reads: list[tuple[str, ProgramRead]]) -> list[Problem]:
    """Versions that begin on the day of another one of their program, are called like it, or pay in another currency:
    all amounts are counted in that of the last one.
    """
    seen: dict[tuple[str, date], str] = {}
    named: dict[tuple[str, str], str] = {}
    currencies: dict[str, tuple[str, str]] = {}
    problems = []
    for file, read in reads:
        if read.program is None:
            continue
        day = read.program.program, read.program.effective_from
        if day in seen:
            place = Places(read.text).place(file, "effective_from")
            message = f"versions {seen[day]} and {read.program.version} both take effect on one day."
            problems.append(Problem(place, message, "Give one of them another effective_from."))
        elif (name := (read.program.program, read.program.version)) in named:
            place = Places(read.text).place(file, "version")
            message = f"{named[name]} is called version {read.program.version}, too."
            problems.append(Problem(place, message, "Give each version a name of its own."))
        first = currencies.setdefault(read.program.program, (file, read.program.currency))
        if first[1] != read.program.currency:
            place = Places(read.text).place(file, "currency")
            message = f"it is in {read.program.currency}, {first[0]} in {first[1]}: all is counted in the last one's."
            problems.append(Problem(place, message, "Keep one currency, or begin a program of its own.", warning=True))
        seen[day] = read.program.version
        named[read.program.program, read.program.version] = file
    return problems


# What a module may lay over the version.
_OVERLAID = ("metric", "earning", "cap", "safety_net", "holdback", "fund", "benefit")


def with_modules(raw: dict[str, Any]) -> dict[str, Any]:
    """The text with the rules of its modules made whole: what a module does not say of a rule stands in the version."""
    modules = raw.get("module")
    if not isinstance(modules, dict):
        return raw
    return raw | {"module": {name: _overlaid(raw, module) for name, module in modules.items()}}


def without_misnamed(structure: Structure, raw: dict[str, Any]) -> dict[str, Any]:
    """The text without rules of modules that are nearly a rule of the version, and no rules of their own: each of them
    is noted, and what it lacks is no problem beside that.
    """
    modules = raw.get("module")
    if not isinstance(modules, dict):
        return raw
    return raw | {"module": {name: _named(structure, raw, name, module) for name, module in modules.items()}}


def _named(structure: Structure, raw: dict[str, Any], name: str, module: Any) -> Any:
    if not isinstance(module, dict):
        return module
    found = dict(module)
    for kind in _OVERLAID:
        rules, own = module.get(kind), raw.get(kind)
        if isinstance(rules, dict) and isinstance(own, dict):
            path = f"module.{name}.{kind}"
            found[kind] = {r: keys for r, keys in rules.items() if not _is_misnamed(structure, path, r, keys, own)}
    return found


def _is_misnamed(structure: Structure, path: str, rule: str, keys: Any, own: dict[str, Any]) -> bool:
    near = get_close_matches(rule, own, 1, 0.7)
    if rule in own or not near or not isinstance(keys, dict) or "says" in keys:
        return False
    message = f"the version has no {path.rpartition('.')[2]} {rule} that this could change."
    structure.problem(f"{path}.{rule}", message, f"Did you mean {near[0]}?")
    return True


def _overlaid(raw: dict[str, Any], module: Any) -> Any:
    if not isinstance(module, dict):
        return module
    found = dict(module)
    for kind in _OVERLAID:
        rules, own = module.get(kind), raw.get(kind)
        if isinstance(rules, dict) and isinstance(own, dict):
            found[kind] = {
                name: {**own[name], **rule} if isinstance(rule, dict) and isinstance(own.get(name), dict) else rule
                for name, rule in rules.items()
            }
    return found
