"""The program guide of a version that stands in a file: its cases are run, and what they give becomes the document.

No book is needed, and nothing of any partner is read: a guide says what holds for all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from partnerdesk.engine.figure import Figure
from partnerdesk.engine.problem import errors
from partnerdesk.engine.reasons import amount_words, percent_words
from partnerdesk.engine.rules import Example, Program
from partnerdesk.engine.where import plain
from partnerdesk.errors import Refused
from partnerdesk.ops.cases import Answered, CaseResult, run_case
from partnerdesk.ops.folders import made
from partnerdesk.program.definitions import is_definitions
from partnerdesk.program.reader import read_file
from partnerdesk.reports import atomic
from partnerdesk.reports.guide import GuideData, Worked, WorkedRow, compose, file_name

_MOST = 6  # parts of a calculation that are written out
_SIGNS = {"sum": " + ", "product": " × ", "difference": " \N{MINUS SIGN} ", "quotient": " ÷ "}
_NAMES = {
    "tier": "Tier in force",
    "reached": "Tier reached",
    "payout": "Paid out",
    "payout.day": "Day of payment",
    "payout.cut": "Last day that counts for the payment",
    "payouts": "Number of payments",
}
_PAYOUTS = {
    "paid": "Paid out",
    "moved": "Became payable",
    "advanced": "Advanced",
    "recovered": "Taken back of what was advanced",
    "owed": "Owed",
    "carried": "Carried over",
    "invoiced": "Invoiced",
    "lost": "Forfeited",
}


@dataclass(frozen=True, slots=True)
class ExportedGuide:
    """The guide of one version."""

    program: str
    version: str
    path: Path
    pages: int
    replaced: bool


def export_guide(file: Path, folder: Path) -> ExportedGuide:
    """Writes the guide of a program file as PDF.

    Raises Refused where the text has a problem or one of its cases does not come out: a guide never shows a figure
    that the program does not mean. Damaged where the disk is in the way.
    """
    data = guide_data(file)
    composed = compose(data)
    path = made(folder) / file_name(data)
    replaced = path.exists()
    atomic.write(path, composed.content)
    return ExportedGuide(data.program.program, data.program.version, path, composed.pages, replaced)


def guide_data(file: Path) -> GuideData:
    """What the guide of a program file is made from; earlier versions are those of the same program beside it."""
    read = read_file(file)
    wrong = errors(read.problems)
    if wrong or read.program is None:
        more = f" There are {len(wrong) - 1} more problems." if len(wrong) > 1 else ""
        raise Refused(f"{file.name} has a problem: {wrong[0]}{more}", "See them with `partnerdesk program check`.")
    program = read.program
    earlier = _earlier(file, program)
    return GuideData(program, earlier, tuple(_worked(program, earlier)))


def _earlier(file: Path, program: Program) -> tuple[Program, ...]:
    """The versions of the same program that came before, from old to new."""
    others = (path for path in sorted(file.parent.glob("*.toml")) if path != file and not is_definitions(path))
    found = [read.program for read in map(read_file, others) if read.program and not errors(read.problems)]
    before = [p for p in found if p.program == program.program and p.effective_from < program.effective_from]
    return tuple(sorted(before, key=lambda p: p.effective_from))


def _worked(program: Program, earlier: Sequence[Program]) -> Iterator[Worked]:
    versions = [*earlier, program]
    for number, example in enumerate(program.example):
        result = run_case(versions, program, number)
        wrong = errors(result.problems)
        if wrong:
            raise Refused(f"A worked case does not come out: {wrong[0]}", "Correct the rule or the case first.")
        covers = (*example.covers, *_taken_back(program, example))
        yield Worked(example.says, example.source, example.as_of, covers, tuple(_rows(program, result)))


def _taken_back(program: Program, example: Example) -> Iterator[str]:
    """The clawbacks that a case works out without naming them: the only one of an earning that it names."""
    if not any(expected.figure.partition(".")[0] == "clawback" for expected in example.expect):
        return
    for name, rule in program.earning.items():
        if f"earning.{name}" in example.covers and len(rule.clawback) == 1:
            yield f"earning.{name}.clawback.0"


def _rows(program: Program, result: CaseResult) -> Iterator[WorkedRow]:
    """Each figure of a case; with the partner it is of, where the case has several."""
    several = len({answered.expected.partner for answered in result.answers}) > 1
    for answered in result.answers:
        expected, figure = answered.expected, answered.figure
        of = f"{expected.partner}: " if several and expected.partner else ""
        period = f", {expected.period}" if expected.period else ""
        unit = figure.unit if figure is not None else ""
        name = f"{of}{figure_words(program, answered)}{period}"
        yield WorkedRow(name, _calculation(answered), answered.found, unit)


def figure_words(program: Program, answered: Answered) -> str:
    """The name of a figure in words."""
    asked = answered.expected.figure
    name, _, part = asked.partition(".")
    if asked in _NAMES:
        return _NAMES[asked]
    if name == "earned":
        rule = program.earning.get(part)
        return f"Earned as {rule.says.lower()}" if rule else "Earned"
    if name == "payout":
        return _PAYOUTS.get(part, asked)
    if name == "payable":
        return f"Payable from, {part}"
    if asked == "score" and program.score:
        return program.score.says
    if asked in program.metric:
        return program.metric[asked].says
    if answered.lines:
        line = answered.lines[0]
        return f"{line.says}, {line.fact_id}" if line.fact_id else line.says
    return answered.figure.label if answered.figure else asked


def _calculation(answered: Answered) -> str:
    """How a figure came about, in one line: a line's own reason, or its parts with their sign between them."""
    lines = answered.lines
    if len(lines) == 1:
        return lines[0].reason
    if lines:
        return _added([amount_words(line.amount.value, line.currency) for line in lines])
    figure = answered.figure
    while figure is not None and figure.op == "round":
        figure = figure.parts[0]
    if figure is None or figure.op not in _SIGNS or len(figure.parts) < 2:
        return ""
    if figure.op == "sum":
        return _added([_part(part) for part in figure.parts if part.value])
    return _SIGNS[figure.op].join(_part(part) for part in figure.parts)


def _added(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return ""
    rest = f" + {len(parts) - _MOST} more" if len(parts) > _MOST else ""
    return _SIGNS["sum"].join(parts[:_MOST]) + rest


def _part(figure: Figure) -> str:
    """A part of a calculation: its name and its value."""
    value, unit = figure.value, figure.unit
    if unit == "%":
        shown = percent_words(value)
    elif len(unit) == 3 and unit.isupper():
        shown = amount_words(value, unit)
    else:
        shown = plain(value)
    return f"{figure.label} {shown}".strip()
