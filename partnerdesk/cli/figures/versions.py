"""Program versions on the command line: the files that an argument means, and how a version is named in JSON.

The `sha256` of a version is that of its text, as `program add` tells it; the `program_hash` of an evaluation is over
those of all its versions, oldest first.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.engine.problem import Problem
    from partnerdesk.engine.rules import Program


def program_files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and of a folder the program files in it; files of definitions are parts, no programs."""
    return [file for path in paths for file in (_inside(path) if path.is_dir() else [path])]


def _inside(folder: Path) -> list[Path]:
    from partnerdesk.program.definitions import is_definitions

    found = [path for path in sorted(folder.glob("*.toml")) if not is_definitions(path)]
    if not found:
        raise Refused(f"The folder {folder} holds no program.", "A program is a TOML file.")
    return found


def read_programs(files: Sequence[Path]) -> "tuple[list[Program], list[Problem]]":
    """The versions of any number of programs, with what is wrong in each file and between versions of one program."""
    from partnerdesk.program.reader import read_file, read_versions

    groups: dict[str, list[Path]] = {}
    for file in files:
        program = read_file(file).program
        groups.setdefault(program.program if program else "", []).append(file)
    read = [read_versions(group) for group in groups.values()]
    return [p for programs, _ in read for p in programs], [p for _, problems in read for p in problems]


def plain_version(program: "Program") -> dict[str, str]:
    """A version as JSON names it."""
    return {
        "program": program.program,
        "version": program.version,
        "effective_from": program.effective_from.isoformat(),
        "sha256": program.sha256,
    }


def named(program: "Program") -> str:
    """A version as the terminal names it."""
    return f"{program.name or program.program}, version {program.version}"
