"""The first page: what the program is, what changed with this version, and how one earns in one table."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from partnerdesk.engine.figures.reasons import percent_words
from partnerdesk.engine.rules import Earning, Program
from partnerdesk.engine.terms.modules import laid_over
from partnerdesk.program.diff import differences
from partnerdesk.program.taking import takes_off, takes_only, turned
from partnerdesk.program.words.earnings import pay_words, taken_off
from partnerdesk.program.words.fiscal import year_words
from partnerdesk.program.words.naming import benefits_say
from partnerdesk.program.words.phrases import says_more
from partnerdesk.program.words.series import trigger_words
from partnerdesk.program.words.timing import vests_table
from partnerdesk.reports.format import Formats
from partnerdesk.reports.guide.data import GuideData
from partnerdesk.reports.guide.phrases import capital, counted, joined, sentence, short
from partnerdesk.reports.look import CELL, CELL_BOLD, HEADING, LEAD
from partnerdesk.reports.page import MM, Column, Row, Span, Table, row
from partnerdesk.reports.page.blocks import Block
from partnerdesk.reports.page.flow import Part, Prose, grid, titled
from partnerdesk.reports.page.portrait import WIDTH

_SHOWN = 100  # characters of a rate that the table says in full


def title(data: GuideData) -> str:
    ways, tiers = len(list(_earnings(data.program))), len(data.program.tier)
    said = [counted(ways, "way to earn", "ways to earn")] if ways else []
    said += [counted(tiers, "tier")] if tiers else []
    return short(data.name) + (f": {' and '.join(said)}" if said else "")


def parts(data: GuideData, formats: Formats) -> list[Part]:
    program = data.program
    found = [Part(Prose(sentence(program.note), WIDTH, LEAD))] if program.note else []
    table = Table((Column(width=38), Column(grow=1)), tuple(_facts(data, formats)), headed=False)
    found += titled("The program", grid(table, WIDTH), WIDTH, HEADING)
    found += _earning_table(program)
    return found + _changed(data, formats)


def _facts(data: GuideData, formats: Formats) -> Iterator[Row]:
    """What names the version, and the terms that hold for all of it."""
    program = data.program
    told = [
        ("Program", data.name if short(data.name) != data.name else ""),
        ("Paid by", program.vendor),
        ("Version", f"{program.version}, in force from {formats.day(program.effective_from)}"),
        ("Currency", f"{program.currency}, where an amount names no other"),
        ("Periods", f"a statement for each {program.statements}; the program year {year_words(program)}"),
        *(("Published in", source) for source in program.source),
    ]
    yield from (row((Span(name, CELL_BOLD),), text) for name, text in told if text)


def _earnings(program: Program) -> Iterator[tuple[Program, str, str]]:
    """Every way to earn by its name, with the version that holds it and the module whose own it is."""
    yield from ((program, key, "") for key in program.earning)
    for name, module in program.module.items():
        yield from ((laid_over(program, [name]), key, module.says) for key in module.earning)


def _earning_table(program: Program) -> list[Part]:
    rows = [_earning(*found) for found in _earnings(program)]
    if not rows:
        return []
    columns = (
        Column("Earning", grow=1, least=30),
        Column("On what", grow=2, least=44, gap=1),
        Column("How much", grow=1.6, least=36),
        Column("When payable", grow=1.2, least=30),
    )
    sub = "Each rule stands in full further on, with its conditions."
    return titled("How you earn", grid(Table(columns, tuple(rows)), WIDTH), WIDTH, HEADING, sub)


def _earning(program: Program, key: str, module: str) -> Row:
    rule = program.earning[key]
    name = (Span(rule.says, CELL_BOLD), Span(f" ({module})" if module else "", CELL))
    when = trigger_words(program, rule)
    payable = capital(vests_table(rule)) if rule.vests else "At once"
    return row(name, when, capital(_rate(program, rule)), payable + _held(program, key))


def _held(program: Program, key: str) -> str:
    """What is held back of it."""
    held = [rule for rule in program.holdback.values() if key in rule.of]
    return "".join(f"; {percent_words(rule.share)} held back ({rule.says.lower()})" for rule in held)


def _rate(program: Program, rule: Earning) -> str:
    """The rate in words, and its numbers where they are few."""
    words, numbers = pay_words(program, turned(rule) if takes_only(rule) else rule)
    more = "" if len(numbers) > _SHOWN or not says_more(numbers, words) else f": {numbers}"
    return f"{taken_off(words)}{more}" if takes_off(rule) else f"{words}{more}"


def _changed(data: GuideData, formats: Formats) -> list[Part]:
    """What differs from the version before it: what is new and gone by name, what is changed in words."""
    if not data.earlier:
        return []
    before = data.earlier[-1]
    rows = changes(before, data.program)
    found = differences(before, data.program)
    named = [(name, [c.title for c in found if c.what == what]) for what, name in _NAMED]
    texts = [f"{name}: {joined(titles)}." for name, titles in named if titles]
    blocks: list[Block] = [Prose(text, WIDTH) for text in texts or ([] if rows else ["No rule differs."])]
    blocks += [_change_table(data, formats, rows)] if rows else []
    heading = titled(f"What changed since version {before.version}", blocks[0], WIDTH, HEADING)
    return [*heading, *(Part(block, 2 * MM) for block in blocks[1:])]


def _change_table(data: GuideData, formats: Formats, rows: Sequence[tuple[str, str, str]]) -> Block:
    first = data.program.effective_from
    columns = (
        Column("Rule", width=34),
        Column(f"Until {formats.day(first - timedelta(days=1))}", grow=1, least=40),
        Column(f"From {formats.day(first)}", grow=1, least=40, gap=2),
    )
    return grid(Table(columns, tuple(row((Span(name, CELL_BOLD),), old, new) for name, old, new in rows)), WIDTH)


_NAMED = (("new", "New, in full further on"), ("gone", "No longer in the program"))
_TERMS = ("currency", "statements", "fiscal_year_starts", "fiscal_year_named", "disputes")


def changes(before: Program, after: Program) -> list[tuple[str, str, str]]:
    """Name, words before and words after, of each rule that both versions have and each term that differs."""
    found = differences(before, after)
    rows = [(c.title, c.before, c.after) for c in found if c.what == "changed" and c.title != c.key]
    terms = [c for c in found if c.title == c.key and c.key.split(".")[0] in _TERMS]
    rows += [(capital(c.key.replace(".", ", ").replace("_", " ")), c.before, c.after) for c in terms]
    old = {tier.name: benefits_say(before, tier) for tier in before.tier}
    for tier in after.tier:
        if tier.name in old and old[tier.name] != (new := benefits_say(after, tier)):
            rows.append((f"What {tier.name} brings", "; ".join(old[tier.name]), "; ".join(new)))
    return rows
