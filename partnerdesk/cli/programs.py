"""`partnerdesk program`: program versions into a book, and what is wrong with a program file before that."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal
from partnerdesk.engine.problem import Problem, errors

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from partnerdesk.engine.rules import Program


def add(arguments: argparse.Namespace) -> int:
    """Adds every version as one step, or says what is wrong and adds none."""
    read, problems = _read(arguments.files)
    terminal.report(problems)
    if errors(problems):
        return 1
    with books.writing(arguments) as store:
        before = store.revision
        store.transact(f"Add program {', '.join(p.name for p in arguments.files)}", _add_all, arguments.files)
        is_new = store.revision != before
    if arguments.json:
        terminal.say_json({"versions": [_plain(p) for p in read], "changed": is_new})
        return 0
    for program in read:
        terminal.say(f"{_named(program)}, in force from {program.effective_from.isoformat()}")
    if not is_new:
        terminal.say("Nothing to do: the book has it already.")
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Reads program files and reports every problem; no book is touched."""
    read, problems = _read(arguments.files)
    if arguments.json:
        from partnerdesk.engine.record import plain

        terminal.say_json({"versions": [_plain(p) for p in read], "problems": plain(problems)})
        return 1 if errors(problems) else 0
    if not errors(problems):
        for program in read:
            terminal.say(f"{_named(program)}: {len(program.metric)} metrics, {len(program.earning)} earnings, in order")
    return terminal.report(problems)


def _read(files: list[Path]) -> "tuple[list[Program], list[Problem]]":
    from partnerdesk.program.reader import read_versions

    return read_versions(files)


def _add_all(session: "Session", files: list[Path]) -> None:
    from partnerdesk.ops.programs import add_version

    for file in sorted(files):
        add_version(session, file.read_text(encoding="utf-8-sig"), file.name)


def _plain(program: "Program") -> dict[str, str]:
    return {
        "program": program.program,
        "version": program.version,
        "effective_from": program.effective_from.isoformat(),
        "sha256": program.sha256,
    }


def _named(program: "Program") -> str:
    return f"{program.name or program.program}, version {program.version}"
