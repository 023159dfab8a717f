"""The program guide of a version: its cases are run, and what they give becomes the document.

The version stands in a file or is one of a book's. A guide says what holds for all: terms that one partner has by name
are left out, and the gate lets no guide out that holds the name of a partner of the book.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.figures.reasons import amount_words, percent_words
from partnerdesk.engine.figures.writing import written
from partnerdesk.engine.problem import errors
from partnerdesk.engine.rules import Example, Program
from partnerdesk.engine.world.where_words import plain
from partnerdesk.errors import Refused
from partnerdesk.ops.folders import made
from partnerdesk.ops.programs.cases import Answered, CaseResult, run_case
from partnerdesk.program.definitions import is_definitions
from partnerdesk.program.public import public
from partnerdesk.program.reader import ProgramRead, read_file, read_program
from partnerdesk.program.words.naming import inside
from partnerdesk.reports.format import Formats
from partnerdesk.reports.guide import GuideData, Worked, WorkedRow, compose, file_name, formats_for
from partnerdesk.reports.release import Terms, World, release
from partnerdesk.reports.release.outgoing import Outgoing, digest_of
from partnerdesk.reports.release.walked import Walked
from partnerdesk.reports.symbols import DEFAULT

Named = tuple[str, str]  # what problems call a text, and the text
_MOST = 6  # parts of a calculation that are written out
_MINUS = ("-", "\N{MINUS SIGN}")
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
    "withheld": "Tax withheld",
}


@dataclass(frozen=True, slots=True)
class ExportedGuide:
    """The guide of one version."""

    program: str
    version: str
    path: Path
    pages: int
    replaced: bool
    left_out: tuple[str, ...] = ()  # terms of partners by name: not for everybody

    @property
    def outgoing(self) -> tuple[Outgoing, ...]:
        """For the record of the book that it was written from; it is for everybody."""
        about = f"{self.program} {self.version}"
        return (Outgoing("program guide", "", about, self.path.name, digest_of(self.path)),)


def export_guide(file: Path, folder: Path, locale: str = DEFAULT) -> ExportedGuide:
    """Writes the guide of a program file as PDF, with numbers and days as the locale writes them.

    Raises Refused where the text has a problem or one of its cases does not come out: a guide never shows a figure
    that the program does not mean. Damaged where the disk is in the way.
    """
    return _write(*_sources(file), folder, locale)


def export_version_guide(
    version: Named, others: Sequence[Named], folder: Path, locale: str, partners: Iterable[str] = ()
) -> ExportedGuide:
    """The same of a text that a book has, by name and text; `others` are the book's other versions.

    `partners` are the names of its partners (`owned_words.names_of_partners`); Refused where one is in the guide.
    """
    read = [read_program(text, name).program for name, text in others]
    program = _readable(read_program(version[1], version[0]), version[0])
    return _write(program, _before(program, read), folder, locale, partners)


def _write(
    program: Program, earlier: Sequence[Program], folder: Path, locale: str, partners: Iterable[str] = ()
) -> ExportedGuide:
    formats = formats_for(locale)
    data, told = _data(program, earlier, formats), public(program)
    composed = compose(data, formats=formats)
    path = made(folder) / file_name(data)
    replaced = path.exists()
    release(path, composed.content, _world(data, {*partners, *told.named}, told.named), data)
    return ExportedGuide(program.program, program.version, path, composed.pages, replaced, told.left_out)


def guide_data(file: Path, locale: str = DEFAULT) -> GuideData:
    """What the guide of a program file is made from; earlier versions are those of the same program beside it."""
    return _data(*_sources(file), formats_for(locale))


def _sources(file: Path) -> tuple[Program, tuple[Program, ...]]:
    """The version of a file, and those before it that stand in the same folder."""
    program = _readable(read_file(file), file.name)
    others = (path for path in sorted(file.parent.glob("*.toml")) if path != file and not is_definitions(path))
    found = [read.program for read in map(read_file, others) if not errors(read.problems)]
    return program, _before(program, found)


def _data(program: Program, earlier: Sequence[Program], formats: Formats) -> GuideData:
    with written(formats):
        worked = tuple(_worked(program, earlier, formats))
    return GuideData(public(program).program, tuple(public(before).program for before in earlier), worked)


def _world(data: GuideData, partners: set[str], named: frozenset[str]) -> World:
    """What a guide may hold: no partner's name, unless it is a word of the program's own, such as that of a tier."""
    terms = Terms(partners)
    program = replace(data.program, example=())
    words = Walked(replace(data, program=program, earlier=(), worked=())).texts - named
    return World("", "everybody", terms, frozenset(words & terms.written))


def _readable(read: ProgramRead, name: str) -> Program:
    wrong = errors(read.problems)
    if wrong or read.program is None:
        more = f" There are {len(wrong) - 1} more problems." if len(wrong) > 1 else ""
        raise Refused(f"{name} has a problem: {wrong[0]}{more}", "See them with `partnerdesk program check`.")
    return read.program


def _before(program: Program, others: Sequence[Program | None]) -> tuple[Program, ...]:
    """The versions of the same program that came before, from old to new."""
    found = [p for p in others if p is not None and p.program == program.program]
    return tuple(
        sorted((p for p in found if p.effective_from < program.effective_from), key=lambda p: p.effective_from)
    )


def _worked(program: Program, earlier: Sequence[Program], formats: Formats) -> Iterator[Worked]:
    versions, named = [*earlier, program], public(program).named
    for number, example in enumerate(program.example):
        result = run_case(versions, program, number)
        wrong = errors(result.problems)
        if wrong:
            raise Refused(f"A worked case does not come out: {wrong[0]}")
        if named and _is_of(example, named):
            continue
        covers = (*example.covers, *_taken_back(program, example))
        yield Worked(example.says, example.source, example.as_of, covers, tuple(_rows(program, result, formats)))


def _is_of(example: Example, named: frozenset[str]) -> bool:
    """Whether a case is about partners that the program names."""
    return any(str(value) in named for row in example.facts.get("partner", ()) for value in row.values())


def _taken_back(program: Program, example: Example) -> Iterator[str]:
    """The clawbacks that a case works out without naming them: the only one of an earning that it names."""
    if not any(expected.figure.partition(".")[0] == "clawback" for expected in example.expect):
        return
    for name, rule in program.earning.items():
        if f"earning.{name}" in example.covers and len(rule.clawback) == 1:
            yield f"earning.{name}.clawback.0"


def _rows(program: Program, result: CaseResult, formats: Formats) -> Iterator[WorkedRow]:
    """Each figure of a case; with the name of its partner, where the case has several."""
    several = len({answered.expected.partner for answered in result.answers}) > 1
    names = {row.get("id"): row.get("name") for row in result.example.facts.get("partner", ())}
    for answered in result.answers:
        expected, figure = answered.expected, answered.figure
        of = f"{names.get(expected.partner) or expected.partner}: " if several and expected.partner else ""
        period = f", {formats.label(expected.period)}" if expected.period else ""
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
        return f"Earned as {inside(rule.says)}" if rule else "Earned"
    if name == "payout":
        return _PAYOUTS.get(part, asked)
    if name == "fund":
        fund, _, column = part.rpartition(".")
        rule_of = program.fund.get(fund)
        return f"{rule_of.says}, {column}" if rule_of else asked
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
    rest = f" and {len(parts) - _MOST} more" if len(parts) > _MOST else ""
    first, *others = parts[:_MOST]
    signed = (_SIGNS["difference"] + part[1:] if part[:1] in _MINUS else _SIGNS["sum"] + part for part in others)
    return first + "".join(signed) + rest


def _part(figure: Figure) -> str:
    """A part of a calculation: its name and its value."""
    value, unit = figure.value, figure.unit
    if unit == "%":
        shown = percent_words(value)
    elif len(unit) == 3 and unit.isupper():
        shown = amount_words(value, unit)
    else:
        shown = plain(value)
    label = "Opening balance" if figure.label.startswith("closing ") else figure.label
    return f"{label} {shown}".strip()
