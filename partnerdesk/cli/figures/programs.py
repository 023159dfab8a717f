"""`partnerdesk program`: versions into a book, and around a program file: its format, problems, words."""

import argparse
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal
from partnerdesk.cli.figures.versions import named, plain_version, program_files, read_programs
from partnerdesk.engine.problem import Problem, errors
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from partnerdesk.engine.rules import Program
    from partnerdesk.program.places import Places
    from partnerdesk.program.words import RuleWords


def add(arguments: argparse.Namespace) -> int:
    """Adds every version as one step, or says what is wrong and adds none."""
    from partnerdesk.program.reader import read_versions

    files = program_files(arguments.files)
    read, problems = read_versions(files)
    terminal.report(problems)
    if errors(problems):
        return 1
    with books.writing(arguments) as store:
        before = store.revision
        store.transact(f"Add program {', '.join(p.name for p in files)}", _add_all, files)
        is_new = store.revision != before
    if arguments.json:
        terminal.say_json({"versions": [plain_version(p) for p in read], "changed": is_new})
        return 0
    for program in read:
        terminal.say(f"{named(program)}, in force from {program.effective_from.isoformat()}")
    if not is_new:
        terminal.say("Nothing to do: the book has it already.")
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Reads program files, runs their cases and reports every problem; no book is touched."""
    files = program_files(arguments.files)
    read, problems = read_programs(files)
    lines: list[str] = []
    if not errors(problems):
        lines, more = _cases(read, files)
        problems += more
    if arguments.json:
        from partnerdesk.engine.outcome.record import plain

        terminal.say_json({"versions": [plain_version(p) for p in read], "problems": plain(problems)})
        return 1 if errors(problems) else 0
    for line in lines:
        terminal.say(line)
    return terminal.report(problems)


def _cases(read: "list[Program]", files: "list[Path]") -> tuple[list[str], list[Problem]]:
    """What each version holds, and what its worked cases complain of, each with its file and line."""
    from partnerdesk.ops.programs.cases import run_cases, without_case

    names, places = dict.fromkeys(p.program for p in read), _places(files)
    results = [result for name in names for result in run_cases([p for p in read if p.program == name])]
    lines, problems = [], []
    for program in read:
        own = [r for r in results if r.program is program]
        cases = f"{sum(r.is_met for r in own)} of {terminal.counted(len(own), 'case')} met"
        lines.append(f"{named(program)}: {_holds(program)}, {cases}")
        place = places[program.sha256]
        for number, result in enumerate(own):
            at = place(f"example.{number}")
            problems += [replace(p, place=f"{at}, {p.place}") for p in result.problems]
        remedy = "Add [[example]] with facts, the figures they give, and `covers`."
        for rule in without_case(program):
            where = f"{place(_path(program, rule))}, {rule}"
            problems.append(Problem(where, "no case works out this rule.", remedy, warning=True))
    return lines, problems


def _places(files: "list[Path]") -> "dict[str, Callable[[str], str]]":
    """By the hash of each version: its file and the line of a key in it."""
    from partnerdesk.program.places import Places
    from partnerdesk.program.reader import read_file

    found: dict[str, Callable[[str], str]] = {}
    for file in files:
        read = read_file(file)
        if read.program is not None:
            found[read.program.sha256] = partial(_place, file.name, Places(read.text))
    return found


def _place(file: str, places: "Places", path: str) -> str:
    return f"{file}, line {places.line(path)}"


def _path(program: "Program", rule: str) -> str:
    """Where a rule stands in the text: a tier by its number."""
    kind, _, name = rule.partition(".")
    return f"tier.{[tier.name for tier in program.tier].index(name)}" if kind == "tier" else rule


def _holds(program: "Program") -> str:
    """What a version is made of, in numbers: 3 metrics, 1 earning."""
    from partnerdesk.program.words.naming import many

    said = [many(len(program.metric), "metric"), many(len(program.earning), "earning")]
    return ", ".join([*said, many(len(program.fund), "fund")] if program.fund else said)


def words(arguments: argparse.Namespace) -> int:
    """Every rule, and what is measured for it, in the sentences that a partner reads."""
    from partnerdesk.program.words import metric_sentence, rule_words
    from partnerdesk.program.words.phrases import says_more

    read, problems = read_programs(program_files(arguments.files))
    measures = [{name: metric_sentence(p, name) for name in p.metric} for p in read]
    if arguments.json:
        told = [
            {**plain_version(p), "rules": [_spoken(w) for w in rule_words(p)], "metrics": measured}
            for p, measured in zip(read, measures, strict=True)
        ]
        terminal.say_json({"versions": told})
        return terminal.report(problems)
    for program, measured in zip(read, measures, strict=True):
        terminal.say(f"{named(program)}, in force from {program.effective_from.isoformat()}")
        for rule in rule_words(program):
            terminal.say()
            terminal.say(f"{rule.title} ({rule.reference})")
            terminal.say(f"  {rule.sentence}")
            if says_more(rule.parameters, rule.sentence):
                terminal.say(f"  {rule.parameters}")
        if measured:
            terminal.say()
            terminal.say("What is measured")
        for name, sentence in measured.items():
            terminal.say(f"  {sentence} (metric.{name})")
    return terminal.report(problems)


def reference(arguments: argparse.Namespace) -> int:
    """The complete format: every key, its type, default and meaning; or the JSON Schema for editors."""
    from partnerdesk.program import reference as printed

    if arguments.schema:
        terminal.say_json(printed.schema())
        return 0
    text = printed.reference(arguments.word or "")
    if not text:
        raise Refused(f"No part of the format is called “{arguments.word}”.", "Leave the word out to see all of it.")
    terminal.say(text)
    return 0


def guide(arguments: argparse.Namespace) -> int:
    """Writes the guide of one version; versions before it are looked for beside the file."""
    from partnerdesk.ops.programs.guide import export_guide
    from partnerdesk.reports.symbols import known_locale

    written = export_guide(arguments.file, arguments.out, known_locale(arguments.locale))
    if arguments.json:
        told = {"program": written.program, "version": written.version, "path": str(written.path)}
        terminal.say_json({**told, "pages": written.pages, "left_out": list(written.left_out)})
        return 0
    again = ", replacing an earlier export" if written.replaced else ""
    terminal.say(f"{written.path}: {written.pages} page{'s' * (written.pages != 1)}{again}")
    if written.left_out:
        terminal.say(f"Left out, being for partners by name: {', '.join(written.left_out)}.")
    return 0


def _spoken(rule: "RuleWords") -> dict[str, str]:
    names = ("key", "reference", "title", "sentence", "formula", "parameters")
    return {name: getattr(rule, name) for name in names}


def _add_all(session: "Session", files: list[Path]) -> None:
    from partnerdesk.ops.programs.versions import add_version
    from partnerdesk.program.reader import read_file

    for file in sorted(files):
        add_version(session, read_file(file).text, file.name)
