"""TOML text -> a program version, or located problems: file, line, key, what is wrong, what to do."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from partnerdesk.engine.problem import Problem, errors
from partnerdesk.engine.rules import (
    Bands,
    Clawback,
    Earning,
    Need,
    Program,
    Rate,
    RateEntry,
    Step,
    Test,
    Where,
    Window,
)
from partnerdesk.program.lint import lint
from partnerdesk.program.places import Places
from partnerdesk.program.structure import UNREADABLE, Structure, show

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_TRAILING = re.compile(r"trailing (\d+) (month|quarter|half|year)s?")
_BEFORE = re.compile(r"(\d+) (month|quarter|half|year)s? before")
_SPANS = ("period", "year to date", "ever", "in force")


@dataclass(frozen=True, slots=True)
class ProgramRead:
    """The version, or None and the problems that stop it; warnings may stand beside a version."""

    program: Program | None
    problems: tuple[Problem, ...]


def read_program(text: str, name: str) -> ProgramRead:
    """One version from its text; `name` is what problems call the file."""
    places = Places(text)
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as wrong:
        return ProgramRead(None, (Problem(name, f"this is not a readable TOML text: {wrong}.", "Correct that line."),))
    structure = Structure(name, places, _HOOKS, _ALIASES)
    program = structure.table(Program, _fiscal_month(structure, raw), "", skip=frozenset({"sha256"}))
    if program is UNREADABLE or errors(structure.problems):
        return ProgramRead(None, tuple(structure.problems))
    problems = [*structure.problems, *lint(program, name, places)]
    if errors(problems):
        return ProgramRead(None, tuple(problems))
    digest = sha256(text.encode()).hexdigest()
    return ProgramRead(replace(program, sha256=digest), tuple(problems))


def read_file(path: Path) -> ProgramRead:
    """One version from a file. What cannot be read as UTF-8 text is a problem, not an exception."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return ProgramRead(None, (Problem(path.name, "this is not a UTF-8 text.", "Save the file as UTF-8."),))
    except OSError as wrong:
        return ProgramRead(
            None, (Problem(path.name, f"the file cannot be read: {wrong.strerror}.", "Check its place."),)
        )
    return read_program(text, path.name)


def read_versions(paths: list[Path]) -> tuple[list[Program], list[Problem]]:
    """All versions in files, and every problem; versions are usable only when no problem is an error."""
    reads = [read_file(path) for path in sorted(paths)]
    problems = [p for read in reads for p in read.problems]
    programs = [read.program for read in reads if read.program]
    seen: dict[date, str] = {}
    for program in programs:
        if program.effective_from in seen:
            place = f"versions {seen[program.effective_from]} and {program.version}"
            problems.append(Problem(place, "both take effect on one day.", "Give one of them another effective_from."))
        seen[program.effective_from] = program.version
    if len({p.program for p in programs}) > 1:
        names = ", ".join(sorted({p.program for p in programs}))
        problems.append(Problem(names, "these are different programs.", "Evaluate one program at a time."))
    return programs, problems


def _window(structure: Structure, raw: Any, path: str) -> Any:
    """A phrase such as "trailing 12 months" or "4 quarters before, a year earlier", or the table itself."""
    if isinstance(raw, dict):
        return structure.table(Window, raw, path)
    text = raw if isinstance(raw, str) else ""
    years = 0
    if text.endswith(", a year earlier"):
        text, years = text.removesuffix(", a year earlier"), 1
    if text in _SPANS:
        return Window(span=text, years_ago=years)
    if found := _TRAILING.fullmatch(text):
        return Window(span="months", months=int(found[1]) * _MONTHS[found[2]], years_ago=years)
    if found := _BEFORE.fullmatch(text):
        return Window(span="months", months=int(found[1]) * _MONTHS[found[2]], before=True, years_ago=years)
    known = '"period", "trailing 12 months", "4 quarters before", "year to date", "ever" or "in force"'
    return structure.problem(path, f"{show(raw)} is not a window.", f"Write {known}.")


def _where(structure: Structure, raw: Any, path: str) -> Any:
    if not isinstance(raw, dict):
        return structure.problem(path, "a filter is a table of attribute = value.", 'Write { kind = "new" }.')
    tests = [_test(structure, name, value, f"{path}.{name}") for name, value in _flat(raw)]
    return UNREADABLE if UNREADABLE in tests else tuple(tests)


_BOUNDS = ("at_least", "above", "at_most", "below")


def _flat(raw: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """`customer.country = "DE"` is read by TOML as nested tables; bounds are tables too."""
    found: list[tuple[str, Any]] = []
    for key, value in raw.items():
        if isinstance(value, dict) and not set(value) & {*_BOUNDS, "not", "known"}:
            found += _flat(value, f"{prefix}{key}.")
        else:
            found.append((f"{prefix}{key}", value))
    return found


def _test(structure: Structure, name: str, raw: Any, path: str) -> Any:
    if isinstance(raw, dict):
        for key in raw:
            if key not in (*_BOUNDS, "not", "known"):
                structure.unknown(f"{path}.{key}", key, [*_BOUNDS, "not", "known"])
                return UNREADABLE
        if "not" in raw:
            return Test(attribute=name, one_of=_values(raw["not"]), negated=True)
        if "known" in raw:
            return Test(attribute=name, is_set=raw["known"])
        return Test(attribute=name, **{k: _exact(v) for k, v in raw.items()})
    return Test(attribute=name, one_of=_values(raw))


def _values(raw: Any) -> tuple[Any, ...]:
    return tuple(_exact(v) for v in (raw if isinstance(raw, list) else [raw]))


def _exact(raw: Any) -> Any:
    """Whole numbers of a filter compare with Decimals; dates stay dates."""
    return Decimal(raw) if type(raw) is int else raw


def _need(structure: Structure, raw: Any, path: str) -> Any:
    """{ score = 75 } asks for at least 75; a metric has a bound; groups are all, any, and { at_least = 2, of = [] }."""
    if not isinstance(raw, dict):
        return structure.problem(path, "a requirement is a table.", "Write { score = 75 }.")
    raw = dict(raw)
    if "of" in raw:
        raw["some"] = raw.pop("at_least", len(raw["of"]))
    if "score" in raw:
        if not isinstance(raw["score"], bool):
            raw["at_least"] = raw["score"]
        raw["score"] = True
    need = structure.table(Need, raw, path)
    if need is UNREADABLE:
        return need
    meanings = sum(bool(m) for m in (need.score, need.metric, need.all, need.any, need.of, need.partner))
    if meanings != 1:
        return structure.problem(
            path, "a requirement asks for one thing.", "Group several in all = [...] or any = [...]."
        )
    bounded = any(b is not None for b in (need.at_least, need.above, need.at_most, need.below))
    if (need.score or need.metric) and not bounded:
        return structure.problem(path, "the requirement has no bound.", "Add at_least, above, at_most or below.")
    return need


def _rate(structure: Structure, raw: Any, path: str) -> Any:
    """One number, or a table: by_tier, by_age, entries, or bands with steps."""
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        return Rate(entries=(RateEntry(rate=Decimal(raw)),))
    if not isinstance(raw, dict):
        return structure.problem(path, f"{show(raw)} is not a rate.", "Write 0.08 or a rate table.")
    if "bands" in raw:
        table = {("how" if k == "bands" else k): v for k, v in raw.items()}
        bands = structure.table(Bands, table, path)
        return bands if bands is UNREADABLE else Rate(bands=bands, kind="bands")
    if set(raw) == {"by_tier"}:
        named = structure.value(Mapping[str, Decimal], raw["by_tier"], f"{path}.by_tier")
        if named is UNREADABLE:
            return named
        return Rate(entries=tuple(RateEntry(rate=r, tier=(t,)) for t, r in named.items()), kind="by_tier")
    for key in ("by_age", "entries"):
        if set(raw) == {key}:
            entries = structure.value(tuple[RateEntry, ...], raw[key], f"{path}.{key}")
            return entries if entries is UNREADABLE else Rate(entries=entries, kind=key)
    return structure.problem(
        path, "this rate table is not known.", "Known: by_tier, by_age, entries, bands with steps."
    )


def _earning(structure: Structure, raw: Any, path: str) -> Any:
    if isinstance(raw, dict) and isinstance(raw.get("base"), dict):
        raw = dict(raw)
        base = raw.pop("base")
        if set(base) != {"metric"}:
            return structure.problem(f"{path}.base", "a base is an attribute or { metric = ... }.")
        raw["base_metric"] = base["metric"]
    return structure.table(Earning, raw, path)


def _fiscal_month(structure: Structure, raw: dict[str, Any]) -> dict[str, Any]:
    """`fiscal_year_starts = "02-01"` is month 2."""
    text = raw.get("fiscal_year_starts", "01-01")
    found = re.fullmatch(r"(0[1-9]|1[0-2])-01", text) if isinstance(text, str) else None
    if found is None:
        path = "fiscal_year_starts"
        structure.problem(path, f"{show(text)} is not the first day of a month.", 'Write "02-01" for 1 February.')
    return raw | {"fiscal_year_starts": int(found[1]) if found else 1}


def _plain_date(structure: Structure, raw: Any, path: str) -> Any:
    if isinstance(raw, datetime) or not isinstance(raw, date):
        return structure.problem(path, f"{show(raw)} is not a date.", "Write it as 2026-01-31, without quotes.")
    return raw


_HOOKS: dict[Any, Any] = {
    Window: _window,
    Where: _where,
    Need: _need,
    Rate: _rate,
    Earning: _earning,
    date: _plain_date,
}
_ALIASES: dict[Any, dict[str, str]] = {
    Step: {"from": "floor"},
    Clawback: {"if": "cause"},
}
