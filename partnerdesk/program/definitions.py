"""Metrics that several programs share: a file of definitions, included by name and version.

A definitions file opens with `definitions = "partner-health"` and `version = "1"` and holds [metric.*] tables. What a
program includes becomes a part of its text, under [included.NAME] with version and hash: a version that is kept can be
read alone, and a definition that changes later cannot change it.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from partnerdesk.engine.problem import Problem
from partnerdesk.paths import resource
from partnerdesk.program.foreign import choice
from partnerdesk.program.places import Part, Places

_ENTRY = re.compile(r"([\w-]+) ([\w.-]+)")
_TABLE = re.compile(r"^\[", re.MULTILINE)


# What a file of definitions holds, and what else may be written beside it.
_HOLDS = ("definitions", "version", "note", "metric")


@dataclass(frozen=True, slots=True)
class Completed:
    """A text with everything it includes, where the parts of it came from, and what stands in the way."""

    text: str
    parts: tuple[Part, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Definitions:
    """One file of definitions: its name and version, where it was read, its [metric.*] tables as text."""

    name: str
    version: str
    file: str
    text: str

    @property
    def tables(self) -> str:
        found = _TABLE.search(self.text)
        return self.text[found.start() :] if found else ""


def parsed(text: str) -> dict[str, Any]:
    """A TOML text with exact numbers. Raises tomllib.TOMLDecodeError, a ValueError."""
    return tomllib.loads(text, parse_float=Decimal)


def shipped() -> Path:
    """The folder of definitions that come with the program."""
    return Path(resource("programs/definitions"))


def is_definitions(path: Path) -> bool:
    """Whether a file holds definitions and no program."""
    try:
        return "definitions" in parsed(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return False


def complete(text: str, raw: dict[str, Any], name: str, folders: Iterable[Path]) -> Completed:
    """The text with everything it includes, or what stands in the way; a text that is complete stays as it is."""
    wanted, kept = raw.get("include", []), raw.get("included", {})
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(wanted, list) or not isinstance(kept, dict):
        return Completed(text)  # the reader says so
    whole, parts, problems, known = text, list[Part](), list[Problem](), set(raw.get("metric", {}))
    library, places = list(_library([*folders, shipped()])), Places(text)
    for entry in wanted:
        found = _find(str(entry), library)
        if isinstance(found, tuple):
            if str(entry).partition(" ")[0] not in kept:
                problems.append(Problem(places.place(name, "include"), *found))
        elif found.name not in kept:
            problems += [*_strange(found), *_clashes(found, known, name, places)]
            whole = f"{whole}\n{_embedded(found)}"
            first = whole.count("\n", 0, len(whole) - len(found.tables)) + 1
            parts.append(Part(first, found.file, found.text.count("\n", 0, len(found.text) - len(found.tables)) + 1))
            known |= set(parsed(found.text).get("metric", {}))
    return Completed(whole, tuple(parts), tuple(problems))


def _library(folders: Iterable[Path]) -> Iterator[Definitions]:
    """Every definitions file of the folders, the nearest folder first."""
    for folder in folders:
        for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            try:
                text = file.read_text(encoding="utf-8-sig")
                raw = parsed(text)
            except (OSError, ValueError):
                continue  # a file that is no definitions file is not ours to judge
            if isinstance(raw.get("definitions"), str):
                yield Definitions(raw["definitions"], str(raw.get("version", "")), file.name, text)


def _find(entry: str, library: list[Definitions]) -> Definitions | tuple[str, str]:
    """The definitions of an entry, or why there are none and what to write."""
    read = _ENTRY.fullmatch(entry)
    known = dict.fromkeys(f"{d.name} {d.version}" for d in library)
    if read is None:
        own = next((name for name in known if name.partition(" ")[0] == entry), "partner-health 1")
        return f"“{entry}” does not name definitions and their version.", f'Write include = ["{own}"].'
    named = [d for d in library if d.name == read[1]]
    for definitions in named:
        if definitions.version == read[2]:
            return definitions
    if named:
        versions = ", ".join(dict.fromkeys(d.version for d in named))
        return f"{read[1]} is there in version {versions}, not {read[2]}.", f'Write "{read[1]} {named[-1].version}".'
    message = f"there are no definitions “{read[1]}” beside the program or among those that come with PartnerDesk."
    return message, choice(entry, list(known))


def _strange(found: Definitions) -> Iterator[Problem]:
    """What a file of definitions holds beside metrics: it would become a part of the program unseen."""
    for key in parsed(found.text):
        if key not in _HOLDS:
            place = Places(found.text).place(found.file, key)
            yield Problem(place, "a file of definitions holds [metric.NAME] tables alone.", "Write it in the program.")


def _clashes(found: Definitions, known: set[str], name: str, places: Places) -> Iterator[Problem]:
    for metric in sorted(set(parsed(found.text).get("metric", {})) & known):
        message = f"metric {metric} stands in {found.file}, too."
        path = f"metric.{metric}"
        yield Problem(places.place(name, path), message, "Rename the program's own.")


def _embedded(found: Definitions) -> str:
    digest = sha256(found.text.encode()).hexdigest()
    return f'\n[included.{found.name}]\nversion = "{found.version}"\nsha256 = "{digest}"\n\n{found.tables}'
