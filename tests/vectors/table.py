"""Which published figure runs through which keys of the format: the table that `make prove PART=figures` prints."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from partnerdesk.engine.rules import Program
from partnerdesk.ops.programs.cases import CaseResult, run_cases
from partnerdesk.program.reader import read_file

HERE = Path(__file__).parent
PUBLISHED = HERE.parents[2] / "shared" / "reference" / "vectors.json"
_NAMES = re.compile(r"figures? ([\w.]+(?:-[\w.]+)*(?:, [\w.]+(?:-[\w.]+)*)*)")
_NAMES_BELOW = ("where", "partner", "by_tier", "per", "by_currency")


@dataclass(frozen=True, slots=True)
class Computed:
    """A published figure: the file and case that compute it, and the keys of the rules it runs through."""

    figure: str
    file: str
    result: CaseResult
    keys: tuple[str, ...]


def programs() -> Iterator[tuple[Path, Program]]:
    for path in sorted(HERE.glob("*.toml")):
        read = read_file(path)
        assert read.program is not None, [str(p) for p in read.problems]
        yield path, read.program


def computed() -> list[Computed]:
    """Every figure that a case names, in the order of files and cases."""
    found = []
    for path, program in programs():
        for result in run_cases([program]):
            keys = keys_of(path, result.example.covers)
            found += [Computed(name, path.name, result, keys) for name in named(result.example.source)]
    return found


def published_figures() -> dict[str, Any]:
    """The published figures by id; nothing where the reference material is not beside the project."""
    if not PUBLISHED.exists():
        return {}
    return {row["id"]: row for row in json.loads(PUBLISHED.read_text(encoding="utf-8"), parse_float=Decimal)}


def named(source: str) -> list[str]:
    """The figures that a case's source names."""
    found = _NAMES.search(source)
    return found[1].split(", ") if found else []


def keys_of(path: Path, covers: tuple[str, ...]) -> tuple[str, ...]:
    """The keys that the covered rules write, without the names of rules: `earning.rate.bands`."""
    text = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    found: set[str] = set()
    for cover in covers:
        kind, _, name = cover.partition(".")
        rule = text.get(kind, {})
        if isinstance(rule, list):
            rule = next((one for one in rule if one["name"] == name), {})
        found |= set(_written(rule.get(name, rule), kind))
    return tuple(sorted(found))


def _written(rule: Any, at: str) -> Iterator[str]:
    """The keys inside a rule; what stands below a table of names is no key."""
    if isinstance(rule, list):
        for part in rule:
            yield from _written(part, at)
    elif not isinstance(rule, dict) or at.rpartition(".")[2] in _NAMES_BELOW:
        yield at
    else:
        for key, value in rule.items():
            if key not in ("name", "says", "reference", "note", "type"):
                yield from _written(value, f"{at}.{key}")


def numbers(value: Any) -> Iterator[Decimal]:
    """The numbers of a published result, whatever it is wrapped in."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float | Decimal):
        yield Decimal(str(value))
    elif isinstance(value, dict):
        for part in value.values():
            yield from numbers(part)
    elif isinstance(value, list):
        for part in value:
            yield from numbers(part)


def texts(value: Any) -> Iterator[str]:
    """The texts of a published result."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def agrees(published: Any, result: CaseResult) -> list[str]:
    """What of a published result the case does not give; a share counts as its percent, a day as its number in its
    month and as the month's, and what is taken back with either sign."""
    given: set[Decimal] = set()
    words: set[str] = set()
    for answered in result.answers:
        if isinstance(answered.found, Decimal):
            given.add(abs(answered.found))
            if answered.figure is not None and answered.figure.unit == "%":
                given.add(abs(answered.found) * 100)
        else:
            words.add(str(answered.found))
            if isinstance(answered.found, date):
                given |= {Decimal(answered.found.day), Decimal(answered.found.month)}
    missing = [str(n) for n in numbers(published) if abs(n) not in given]
    return missing + [text for text in texts(published) if text not in words]
