"""The schedule: one heading per section, one paragraph per term with its clause, where it is from and since when."""

from collections.abc import Iterator

from partnerdesk.program.agreement.content import Agreement, Section, Term
from partnerdesk.reports.guide.phrases import sentence
from partnerdesk.reports.look import BODY, CELL, CELL_BOLD, CELL_MUTED, SUB, Role
from partnerdesk.reports.page import MM, Column, Row, Span, Table, row
from partnerdesk.reports.page.flow import Line, Part, Prose, grid
from partnerdesk.reports.page.portrait import WIDTH

_TITLE = Role(12, 16, "semibold")
_NAME = Role(9.5, 13, "semibold")
_CLAUSE = Role(9, 12.5, "regular", "muted")


def parts(made: Agreement) -> list[Part]:
    """All sections in order."""
    return [part for n, section in enumerate(made.sections, 1) for part in _section(n, section)]


def _section(number: int, section: Section) -> Iterator[Part]:
    title = f"{number}  {section.title}"
    yield Part(Line(WIDTH), 0 if number == 1 else 8 * MM, keep=True)
    yield Part(Prose(title, WIDTH, _TITLE), 1 * MM, keep=True, outline=title)
    if section.note:
        yield Part(Prose(section.note, WIDTH, SUB), 0.6 * MM, keep=True)
    for term in section.terms:
        if not _is_row(term):
            yield from _term(term)
    rows = [term for term in section.terms if _is_row(term)]
    if rows:
        yield Part(grid(_table(rows), WIDTH), 3 * MM)


def _is_row(term: Term) -> bool:
    """Tiers and measures stand in tables."""
    return term.key.startswith(("tier.", "metric."))


def _term(term: Term) -> Iterator[Part]:
    yield Part(Prose(term.title, WIDTH, _NAME), 3.4 * MM, keep=True)
    yield Part(Prose(sentence(term.sentence), WIDTH, BODY), 0.6 * MM)
    if term.numbers:
        label = "Digest of the version" if term.key == "version" else "In numbers"
        words = (Span(f"{label}: ", _CLAUSE), Span(term.numbers, BODY))
        yield Part(Prose(words, WIDTH, BODY), 0.6 * MM)
    if origin := _origin(term):
        yield Part(Prose(origin, WIDTH, SUB), 0.6 * MM)


def _origin(term: Term) -> str:
    """Clause, the module it is from, the version since which it says the same."""
    told = [
        f"clause {term.reference}" if term.reference else "",
        f"from the terms “{term.origin}”" if term.origin else "",
        f"since {term.since}" if term.since else "",
    ]
    return "  ·  ".join(words for words in told if words)


def _table(terms: list[Term]) -> Table:
    if terms[0].key.startswith("tier."):
        brings = any(term.numbers for term in terms)
        columns = (
            Column("Tier", grow=0.6, least=24),
            Column("Asks for", grow=2, least=50, gap=2),
            *([Column("Brings", grow=1.2, gap=2)] if brings else []),
        )
        return Table(columns, tuple(_tier(term, brings) for term in terms))
    columns = (Column("Figure", grow=0.9, least=34), Column("How it is measured", grow=2.4, least=60, gap=2))
    return Table(columns, tuple(_measure(term) for term in terms))


def _tier(term: Term, brings: bool) -> Row:
    clause = f" ({term.reference})" if term.reference else ""
    name = (Span(term.title, CELL_BOLD), Span(clause, CELL))
    return row(name, term.sentence, *([term.numbers] if brings else []))


def _measure(term: Term) -> Row:
    clause = f" ({term.reference})" if term.reference else ""
    origin = f" From the terms “{term.origin}”." if term.origin else ""
    name = (Span(term.title, CELL_BOLD), Span(clause, CELL_MUTED))
    return row(name, (Span(term.sentence, CELL), Span(origin, CELL_MUTED)))
