"""The first part of an agreement: who agrees, its text, and the fields where both sides sign."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.program.agreement.content import Agreement
from partnerdesk.reports.look import BODY, CELL_BOLD, SUB, Role
from partnerdesk.reports.page import MM, Column, Paper, Row, Span, Table, row, wrapped
from partnerdesk.reports.page.blocks import Block
from partnerdesk.reports.page.flow import Part, Prose, grid
from partnerdesk.reports.page.portrait import WIDTH

HARD_SPACE = "\u00a0"
_HEADING = Role(11, 15, "semibold")
_TEXT = Role(9.5, 14)
_BETWEEN = 10 * MM  # the two sides


def parts(made: Agreement) -> list[Part]:
    """Parties, paragraphs, signatures."""
    table = Table((Column(width=38), Column(grow=1)), tuple(_parties(made)), headed=False)
    found = [Part(grid(table, WIDTH))]
    for number, paragraph in enumerate(made.text, 1):
        role = _HEADING if paragraph.is_heading else _TEXT
        before = 6 * MM if paragraph.is_heading else 2.4 * MM
        keep = paragraph.is_heading or number == len(made.text)
        found.append(Part(Prose(paragraph.words, WIDTH, role), before, keep=keep))
    return [*found, Part(Signatures((made.vendor, made.name), WIDTH), 6 * MM)]


def _parties(made: Agreement) -> Iterator[Row]:
    first, follows = day(made.holds_from), f"; it replaces {made.replaces}" if made.replaces else ""
    told = [
        ("Agreement", f"{made.number}, version {made.version}, issued {day(made.issued_on)}"),
        ("Holds", f"from {first}{follows}"),
        ("Vendor", made.vendor),
        ("Partner", f"{made.name}, {made.partner}"),
        ("On record as", "; ".join(f"{name}: {value}" for name, value in made.facts)),
        ("Program", f"{made.program}, version {made.program_version}"),
    ]
    yield from (row((Span(name, CELL_BOLD),), value) for name, value in told if value)


def day(of: date) -> str:
    """A day that is never broken over two lines, written as in the terms."""
    return day_words(of).replace(" ", HARD_SPACE)


@dataclass(frozen=True, slots=True)
class Signatures:
    """Two fields side by side: for whom, then lines for name, place and day, and signature. Never divided."""

    sides: tuple[str, str]
    width: float

    @property
    def _half(self) -> float:
        return (self.width - _BETWEEN) / 2

    @property
    def _head(self) -> float:
        return max(len(wrapped(f"For {side}", BODY, self._half)) for side in self.sides) * BODY.leading

    @property
    def height(self) -> float:
        return self._head + len(_LINES) * _STEP

    def draw(self, paper: Paper, x: float, top: float) -> float:
        for number, side in enumerate(self.sides):
            left = x + number * (self._half + _BETWEEN)
            paper.paragraph(left, top, self._half, f"For {side}", BODY)
            below = top + self._head
            for name in _LINES:
                below += _STEP
                paper.rule(left, left + self._half, below - SUB.leading - 0.8 * MM, "text", 0.5)
                paper.paragraph(left, below - SUB.leading, self._half, name, SUB)
        return top + self.height

    def split(self, height: float) -> "tuple[Block | None, Block | None]":
        return (self, None) if self.height <= height + 0.1 else (None, self)


_LINES = ("Name and function", "Place and day", "Signature")
_STEP = 11.5 * MM
