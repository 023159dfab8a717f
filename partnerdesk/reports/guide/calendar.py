"""The calendar: statements, reviews, settlement and the dispute window; what counts for every amount; stages."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from partnerdesk.engine.period import Calendar, add_months, periods
from partnerdesk.engine.rules import Program, Stage
from partnerdesk.engine.settling.payday import pay_day, settlement_periods
from partnerdesk.program.words import RuleWords
from partnerdesk.program.words.fiscal import FISCAL
from partnerdesk.program.words.governance import dispute_words, stage_words
from partnerdesk.program.words.naming import many
from partnerdesk.program.words.settlement import paid_words
from partnerdesk.reports.format import Formats
from partnerdesk.reports.guide.data import GuideData
from partnerdesk.reports.guide.phrases import clause_line
from partnerdesk.reports.look import BODY, CELL_BOLD, HEADING, LEAD, ROW_BOLD
from partnerdesk.reports.page import MM, Column, Row, Span, Table, row
from partnerdesk.reports.page.flow import Part, Prose, grid, titled
from partnerdesk.reports.page.portrait import WIDTH
from partnerdesk.reports.page.text import TextLine

_SHOWN = (*FISCAL, "rounding", "exchange", "transition", "stage")


def title(data: GuideData) -> str:
    program = data.program
    return f"A statement each {program.statements}, {many(program.disputes.within_days, 'day')} to dispute a line"


def parts(data: GuideData, formats: Formats, rules: Sequence[RuleWords]) -> list[Part]:
    program = data.program
    table = Table((Column("What", width=38), Column("When", grow=1)), tuple(_when(program)))
    found = titled("Calendar", grid(table, WIDTH), WIDTH, HEADING)
    found += titled("Disputes", Prose(dispute_words(program), WIDTH, LEAD), WIDTH, HEADING)
    for rule in rules:
        if rule.key in _SHOWN:
            line = clause_line(data, rule, formats)
            if rule.key == "stage":
                found += _stages(program, rule.title, line)
            else:
                found += titled(rule.title, Prose(rule.sentence, WIDTH), WIDTH, HEADING, line)
    return found + _first_year(program, formats)


def _stages(program: Program, title: str, line: str) -> list[Part]:
    """The stages of a partner's life, a paragraph each."""
    first, *others = (Prose(_stage(program, stage), WIDTH) for stage in program.stage)
    return titled(title, first, WIDTH, HEADING, line) + [Part(block, 1.6 * MM) for block in others]


def _stage(program: Program, stage: Stage) -> TextLine:
    said = stage_words(program, stage).removeprefix(stage.name)
    return Span(stage.name, ROW_BOLD), Span(said, BODY)


def _when(program: Program) -> Iterator[Row]:
    told = [("Statements", f"Close at the end of each {program.statements}.")]
    if program.score:
        told.append(("Score", f"Taken for each {program.score.every}."))
    if program.tier:
        told.append(("Tier reviews", f"At the end of each {program.tiers.every}{_directions(program)}."))
    if pays(program):
        told.append(("Settlement", paid_words(program)))
    yield from (row((Span(name, CELL_BOLD),), text) for name, text in told)


def _directions(program: Program) -> str:
    """Where moves up or down are reviewed at other times."""
    policy = program.tiers
    other = [(word, rule.every) for word, rule in (("up", policy.up), ("down", policy.down)) if rule.every]
    return "".join(f"; moves {word} at the end of each {every}" for word, every in other if every != policy.every)


def _first_year(program: Program, formats: Formats) -> list[Part]:
    """The periods of the first twelve months with their days of payment."""
    first = program.effective_from
    last = _twelve_months(first)
    if last is None or not (pays(program) or program.tier):
        return []
    names = ["Period", "Begins", "Ends", *(["What is payable is paid"] * pays(program))]
    names += ["Tiers reviewed on figures to"] * bool(program.tier)
    table = Table(tuple(Column(name, grow=1) for name in names), tuple(_settled(program, formats, first, last)))
    sub = f"{'Settlement of the' if pays(program) else 'The'} first twelve months from {formats.day(first)}"
    return titled("The first year", grid(table, WIDTH), WIDTH, HEADING, sub)


def pays(program: Program) -> bool:
    """Whether anything can be earned; of a program of funds or tiers alone nothing falls due on a day."""
    return any((program.earning, *(module.earning for module in program.module.values())))


def _twelve_months(first: date) -> date | None:
    """The last of twelve months; None at the end of the calendar."""
    return add_months(first, 12) - timedelta(days=1) if first.year < date.max.year - 2 else None


def _settled(program: Program, formats: Formats, first: date, last: date) -> Iterator[Row]:
    rule, year = program.settlement, program.fiscal_year
    reviews = _reviews(program, first, last)
    for period in settlement_periods(Calendar(year), first, last, rule):
        days = (period.start, period.end, *([pay_day(rule, period)] * pays(program)))
        inside = [(day, word) for day, word in reviews.items() if period.start <= day <= period.end]
        reviewed = ", ".join(f"{formats.day(day)}{word}" for day, word in inside)
        yield row(formats.period(period), *map(formats.day, days), *([reviewed] * bool(program.tier)))


def _reviews(program: Program, first: date, last: date) -> dict[date, str]:
    """The days to which figures are looked at for tiers, with the direction where it is only one."""
    policy, found = program.tiers, dict[date, str]()
    ways = [(rule.every or policy.every, way) for way, rule in (("up", policy.up), ("down", policy.down))]
    for every, way in ways:
        for period in periods(first, last, every, program.fiscal_year):
            found[period.end] = "" if period.end in found else f" ({way})"
    return dict(sorted(found.items()))
