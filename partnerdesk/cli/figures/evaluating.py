"""`partnerdesk evaluate`: a program file on plain facts, without a book."""

import argparse
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from partnerdesk.cli import terminal
from partnerdesk.cli.figures.versions import plain_version, program_files
from partnerdesk.engine.problem import Problem, errors
from partnerdesk.errors import Refused
from partnerdesk.meant import unknown

if TYPE_CHECKING:
    from partnerdesk.cli.figures.steps import Steps
    from partnerdesk.engine.facts import Facts
    from partnerdesk.engine.figures.figure import Figure
    from partnerdesk.engine.rules import Program
    from partnerdesk.engine.whole import Evaluation


def run(arguments: argparse.Namespace) -> int:
    """Prints the figures, or every problem of the program and the facts."""
    from partnerdesk.program.reader import read_versions

    with terminal.Bar() as bar:
        bar.step(0, 3, "reading the program")
        programs, problems = read_versions(program_files([arguments.program]))
        bar.step(1, 3, "reading the facts")
        facts, more = plain_facts(arguments.facts, programs)
        problems += [*more, *_too_early(programs, arguments)]
        if errors(problems):
            return _refuse(problems, arguments.json)
        wanted = _wanted(facts, arguments.partner)
        from partnerdesk.engine.evaluate import evaluate

        bar.step(2, 3, "computing the figures")
        found = evaluate(programs, facts, arguments.as_of, partners=wanted)
        traces = _traces(programs, facts, arguments, wanted)
    if arguments.json:
        _say_json(found, programs, problems, traces)
    else:
        _say_text(found, facts, traces, bool(arguments.partner))
    return terminal.report([*problems, *found.problems])


def _too_early(programs: "Sequence[Program]", arguments: argparse.Namespace) -> list[Problem]:
    """A warning where no version is in force by the day."""
    first = min((p.effective_from for p in programs), default=arguments.as_of)
    if first <= arguments.as_of:
        return []
    message = f"the program takes effect on {first.isoformat()}; nothing counts before."
    return [Problem(f"--as-of {arguments.as_of.isoformat()}", message, "Name a later day.", warning=True)]


def _refuse(problems: list[Problem], as_json: bool) -> int:
    from partnerdesk.reports import figures

    if as_json:
        terminal.say_json({"problems": [figures.problem(p) for p in problems]})
    return terminal.report(problems)


def plain_facts(path: Path, programs: "Sequence[Program]") -> "tuple[Facts, list[Problem]]":
    """The facts with what is wrong with their cells, their references and their sense.

    An amount without a currency is in that of the newest version. Where that is none of ISO 4217 (a program of points)
    the program is warned of it, and no row is blamed for what it does not say.
    """
    from partnerdesk.engine.currencies import CODES
    from partnerdesk.intake.plain import read_facts
    from partnerdesk.ops.rows.fact_checks import check
    from partnerdesk.program.own_attributes import own_attributes

    newest = max(programs, key=lambda p: p.effective_from, default=None)
    own = frozenset[str]().union(*(own_attributes(p) for p in programs))
    read = read_facts(path, newest.currency if newest else "EUR", own)
    senseless = [p for kind, rows in read.facts.rows.items() for p in check(kind, rows)]
    if newest and newest.currency not in CODES:
        senseless = [p for p in senseless if not p.message.startswith(f"“{newest.currency}” is no currency code")]
    return read.facts, [*read.problems, *senseless]


def _wanted(facts: "Facts", partners: list[str] | None) -> list[str] | None:
    known = {p.id: p.name for p in facts.of("partner")}
    for partner in partners or []:
        if partner not in known:
            raise unknown("partner", partner, known, "Their ids stand in the partner table.", "among the facts")
    return partners


class _Told(NamedTuple):
    """What --explain asked of a partner: figures, texts and days by name; and its lines by their amounts."""

    named: dict[str, Any]
    made: dict[int, str]


def _traces(
    programs: "Sequence[Program]", facts: "Facts", arguments: argparse.Namespace, wanted: list[str] | None
) -> dict[str, _Told]:
    """Per partner the figures asked for by --explain, with every step."""
    if not arguments.explain:
        return {}
    from partnerdesk.cli.figures.steps import made_by
    from partnerdesk.cli.figures.unnamed import told, why_none
    from partnerdesk.engine.evaluate import explain
    from partnerdesk.engine.naming import named_figures

    ids = wanted or [p.id for p in facts.of("partner")]
    found: dict[str, _Told] = {}
    outcomes = []
    for partner in ids:
        outcome = explain(programs, facts, arguments.as_of, partners=[partner]).partners[partner]
        figures: dict[str, Any] = {}
        for asked in arguments.explain:
            figures |= dict(named_figures(outcome, asked)) or told(outcome, asked)
        if figures:
            found[partner] = _Told(figures, made_by(outcome.lines))
        outcomes.append(outcome)
    if not found:
        raise Refused(*why_none(outcomes, arguments.explain))
    return found


def _say_json(
    found: "Evaluation[Any]",
    programs: "Sequence[Program]",
    problems: list[Problem],
    traces: dict[str, _Told],
) -> None:
    from partnerdesk.reports import figures

    content = figures.evaluation(found)
    content["versions"] = [plain_version(p) for p in sorted(programs, key=lambda p: p.effective_from)]
    content["problems"] = [figures.problem(p) for p in problems] + content["problems"]
    for partner, (named, _) in traces.items():
        content["partners"][partner]["traces"] = {
            name: said if isinstance(said, str) else _trace(said) for name, said in named.items()
        }
    terminal.say_json(content)


def _trace(figure: "Figure") -> dict[str, Any]:
    """A figure with all its steps, and the leaves that it does not rest on: no other value of one would change it."""
    from partnerdesk.engine.figures.bearing import unused
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.reports.figures import trace

    found = trace(figure)
    without_effect = [plain(leaf) for leaf in unused(figure)]
    return found | {"unused": without_effect} if without_effect else found


def _say_text(found: "Evaluation[Any]", facts: "Facts", traces: dict[str, _Told], is_detailed: bool) -> None:
    """The overview of all partners, or of each in detail; of figures that are asked for, their explanation alone."""
    from partnerdesk.cli.figures import summary

    names = {p.id: p.name for p in facts.of("partner")}
    if traces:
        _say_traces(found, facts, names, traces)
        return
    terminal.say(f"{found.program}, version {found.version}, as of {found.as_of:%Y-%m-%d}")
    terminal.say()
    if is_detailed:
        for key, outcome in found.partners.items():
            summary.say_partner(names[key], outcome)
    else:
        summary.say_partners(names, found.partners)


def _say_traces(found: "Evaluation[Any]", facts: "Facts", names: dict[str, str], traces: dict[str, _Told]) -> None:
    from partnerdesk.cli.figures.summary import say_standing

    for partner, (named, made) in traces.items():
        figures = {name: figure for name, figure in named.items() if not isinstance(figure, str)}
        steps = _steps(found.partners[partner].statements, facts, figures.values(), made)
        for name, said in named.items():
            if name in figures:
                terminal.say(f"{names[partner]}: {name}")
                steps.say(said)
            else:
                terminal.say(f"{names[partner]}: {name} is {said}")
                say_standing(found.partners[partner], name)


def _steps(periods: Collection[str], facts: "Facts", figures: "Iterable[Figure]", made: "dict[int, str]") -> "Steps":
    """How figures are shown that were read from plain facts."""
    from partnerdesk.cli.figures.steps import Steps, facts_behind

    wanted = {field for figure in figures for field in facts_behind(figure, periods)}
    sources = {(kind, row.id): row.source for kind in {k for k, _, _ in wanted} for row in facts.of(kind)}
    places = {asked: str(source) for asked in wanted if (source := sources.get(asked[:2]))}
    return Steps(periods, "--explain", places, made=made)
